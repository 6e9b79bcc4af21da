"""What a run leaves for records that arrive after it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from craffu.linkage.arrivals.tokens import OneOfTokens, tokens_of, value
from craffu.linkage.model.blocking import Rule


@dataclass(frozen=True, slots=True)
class Basis:
    """The rules to look for pairs by, what far too many records say, what a whole table says of any pair, how far one is believed
    without birthdays, and how many records say anything in each column that is counted."""

    rules: tuple[Rule, ...]
    identifiers: frozenset[int]
    dates: frozenset[int]
    first_of_january: bool
    shift: float
    homes_are_shared: bool
    namesakes: bool
    believed: tuple[tuple[float, float], ...]
    totals: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        return {
            "rules": [[list(one.left), list(one.right)] for one in self.rules], "identifiers": sorted(self.identifiers),
            "dates": sorted(self.dates), "first_of_january": self.first_of_january, "shift": self.shift,
            "homes_are_shared": self.homes_are_shared, "namesakes": self.namesakes,
            "believed": [list(one) for one in self.believed], "totals": dict(self.totals),
        }  # fmt: skip

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> Self:
        return cls(
            tuple(Rule(tuple(left), tuple(right)) for left, right in said["rules"]), frozenset(said["identifiers"]),
            frozenset(said["dates"]), said["first_of_january"], said["shift"], said["homes_are_shared"], said["namesakes"],
            # What a run of before kept has none, and is made anew by the next.
            tuple((weight, share) for weight, share in said.get("believed", ())), said["totals"],
        )  # fmt: skip

    @property
    def cut_identifiers(self) -> OneOfTokens:
        return OneOfTokens("identifier", self.identifiers)

    @property
    def cut_dates(self) -> OneOfTokens:
        return OneOfTokens("born", self.dates)

    def reads_alike(self, other: "Basis") -> bool:
        """Whether records have the same keys by either."""
        mine, theirs = (
            (one.rules, one.identifiers, one.dates, one.first_of_january) for one in (self, other)
        )  # fmt: skip
        return mine == theirs


def tokens_of_values(column: str, said: Sequence[str]) -> frozenset[int]:
    return frozenset(tokens_of(value(column, one) for one in said))


@dataclass(frozen=True, slots=True)
class Keyed:
    """A record, the version of it that was read, and what it is found by."""

    record: int
    version: int
    keys: tuple[str, ...] = field(repr=False)


type Often = Iterator[tuple[str, str, int]]
"""Column, value, and how many records say it."""
