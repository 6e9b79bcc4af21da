"""A generated force whose orders were entered, served, watched and reviewed as its extract says, at the instants that it says."""

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import time_machine as time_travel

from craffu.access.acting import Acting
from craffu.clocks.london import end_of
from craffu.config.demo.playing.player import Player
from craffu.config.demo.playing.stage import People
from craffu.config.generate.force import Wanted, generate
from craffu.intake.running import take_in


@dataclass(frozen=True)
class Compared:
    folder: Path
    by: Acting
    first: dict[str, date]
    last: date
    player: Player

    @property
    def at(self) -> datetime:
        return end_of(self.last)


def told(folder: Path) -> list[dict[str, str]]:
    with (folder / "truth" / "order_figures.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def played(folder: Path, by: Acting, people: People, wanted: Wanted, traveller: time_travel.Traveller) -> Compared:
    generate(folder, wanted)
    first = {row["period"]: date.fromisoformat(row["number"]) for row in told(folder) if row["name"] == "first_day"}
    traveller.move_to(end_of(wanted.until) - timedelta(minutes=5))
    done = take_in(by=by, kind="rms", paths=[folder / "police"])
    assert done.reconciled
    player = Player(folder, by, people)
    player.play(end_of(wanted.until))
    return Compared(folder, by, first, wanted.until, player)
