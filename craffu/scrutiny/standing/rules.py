"""The standing answer: which tests are met, which are not, which have too few cases, and what changed since it was last signed
(SCR-13).

Pure. No single case turns a test silently, and a person signs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

# `scr.test_min_cases` of the rules.
FEWEST_CASES: Final = 10


class Verdict(StrEnum):
    """What a test says. Keys are stored."""

    MET = "met"
    NOT_MET = "not_met"
    TOO_FEW = "too_few_cases"


class Better(StrEnum):
    """Which way a share is better."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Test:
    """A share and the target that it is held against, exactly as both were said."""

    __test__ = False  # no test of ours, though its name is the field's

    key: str
    numerator: int
    denominator: int
    target: Fraction
    better: Better

    @property
    def verdict(self) -> Verdict:
        if self.denominator < FEWEST_CASES:
            return Verdict.TOO_FEW
        return self._verdict_of(self.numerator)

    @property
    def hangs_on_one(self) -> bool:
        """Whether one case more or fewer would turn it; one that has too few cases hangs on nothing."""
        if self.verdict is Verdict.TOO_FEW:
            return False
        near = (self.numerator - 1, self.numerator + 1)
        return any(self._verdict_of(one) is not self.verdict for one in near if 0 <= one <= self.denominator)

    def _verdict_of(self, numerator: int) -> Verdict:
        share = Fraction(numerator, self.denominator)
        is_met = share >= self.target if self.better is Better.HIGH else share <= self.target
        return Verdict.MET if is_met else Verdict.NOT_MET


@dataclass(frozen=True, slots=True)
class Change:
    """A test whose verdict is another than in the last signed answer, and why, as somebody said; empty where nobody did."""

    key: str
    before: Verdict
    now: Verdict
    cause: str


class Why(StrEnum):
    """Why an answer may not be published."""

    NOT_SIGNED = "not_signed_by_a_person"
    NOT_DATED = "not_dated"
    CHANGE_WITHOUT_CAUSE = "change_without_cause"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed the words, and when. A system's own account is no person."""

    is_by_a_person: bool
    on: date | None


@dataclass(frozen=True, slots=True)
class StandingAnswer:
    """Every test with its verdict, what hangs on one case, what changed, and why not to publish, of which test."""

    verdicts: Mapping[str, Verdict]
    hanging: tuple[str, ...]
    changes: tuple[Change, ...]
    refusals: tuple[tuple[Why, str], ...]

    def of(self, verdict: Verdict) -> list[str]:
        return [key for key, one in self.verdicts.items() if one is verdict]


def standing_answer(
    tests: Sequence[Test], signature: Signature, before: Mapping[str, Verdict], causes: Mapping[str, str]
) -> StandingAnswer:
    """The answer by these tests; `before` are the verdicts of the last signed one, `causes` why a test turned (SCR-13).

    A test that the last answer did not have is no change.
    """
    verdicts = {one.key: one.verdict for one in tests}
    changes = [
        Change(key, before[key], now, causes.get(key, ""))
        for key, now in verdicts.items()
        if before.get(key, now) is not now
    ]
    refusals = []
    if not signature.is_by_a_person:
        refusals.append((Why.NOT_SIGNED, ""))
    if signature.on is None:
        refusals.append((Why.NOT_DATED, ""))
    refusals += [(Why.CHANGE_WITHOUT_CAUSE, one.key) for one in changes if not one.cause]
    return StandingAnswer(
        verdicts, tuple(one.key for one in tests if one.hangs_on_one), tuple(changes), tuple(refusals)
    )
