"""Who holds which post of the fictional force and who is away, as all that is written of its staff needs it."""

from dataclasses import dataclass

from craffu.config.generate.chance import Flags, Ints, Words
from craffu.config.generate.days import NEVER
from craffu.config.generate.tables import rows_of, words

SYSTEM = "staff"
STATIONS = words([row["station"] for row in rows_of("stations.csv")])
# Nobody is away for ever; what has no end yet ends on no day that matters.
PRESENT = -NEVER


@dataclass(frozen=True, slots=True)
class Staff:
    """Who there is. `at` numbers the posts, and whoever holds each; away_from and away_until are of each, empty in turn."""

    at: Ints
    refs: Words
    opened: Ints
    vacant: Flags
    held_since: Ints
    last_until: Ints
    had_another: Flags
    away_from: Ints
    away_until: Ints
    covered_by: Words

    @property
    def present(self) -> Ints:
        return self.at[~self.vacant]

    def away_on(self, day: int) -> Flags:
        return (self.away_from <= day) & (day <= self.away_until)
