"""`craffu tick`: the clock that runs: what is due, missed or taken further now, or as of an instant (MON-04, T29)."""

import argparse
import json
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import OperationalError

from craffu.access.queries import NoForce, home_force
from craffu.clocks.london import NotOneInstant, instant_of, utc_text
from craffu.common import clock
from craffu.common.own_folders import remove_left
from craffu.common.storing import cannot_store
from craffu.config.cli import NotCarriedOut
from craffu.config.commands.database import ready
from craffu.daily.digesting import digest_force
from craffu.daily.scoring import score_force
from craffu.daily.ticking import tick


def run(args: argparse.Namespace) -> int:
    at = _instant(args.at)
    ready()
    remove_left(settings.CRAFFU_HOME)
    try:
        force = home_force()
        score_force(force, at)
        done = tick(force=force, at=at, everything=args.everything)
        digest_force(force, at)
    except NoForce as fault:
        raise NotCarriedOut(str(fault)) from fault
    except OperationalError as fault:
        if cannot_store(fault):
            raise
        raise NotCarriedOut("The database is busy. What was settled is kept; run it again to go on.") from fault
    answer = {"tick": utc_text(at), **asdict(done)}
    if args.json:
        print(json.dumps(answer))
    else:
        print(
            f"{answer['tick']}: {done.raised} raised, {done.expired} missed, {done.escalated} taken to the inspector, "
            f"{done.unchanged} looked at and unchanged"
        )
    return 0


def _instant(text: str | None) -> datetime:
    """The instant that was typed, in London's time where it says no offset; now, where none was."""
    if text is None:
        return clock.now()
    try:
        return instant_of(datetime.fromisoformat(text))
    except NotOneInstant as fault:
        raise NotCarriedOut(f"--at {text}: {fault}") from fault
    except ValueError as fault:
        raise NotCarriedOut(f"--at {text} is no instant: give one like 2026-11-24T09:00 or with an offset.") from fault
