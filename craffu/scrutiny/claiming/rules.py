"""What a finding rests on: claims, each with its query, snapshot, period, number and rows (SCR-06, SCR-09; MSR-07).

Pure. A claim that no longer reproduces is not published; what weakens it is said beside it.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from craffu.measures.comparing import Dated, Flag, Side, compare
from craffu.measures.releasing import public_share
from craffu.published.disclosure import To, show_count
from craffu.scrutiny.claiming.kinds import ClaimKind
from craffu.scrutiny.claiming.numerals import counts_told, says_most, shares_told

# Fewer cases than this are told with a warning (MSR-04).
FEW: Final = 30
_HALF: Final = 0.5
# A snapshot older than this, when it is published, is said to be (project decision: one month and the week that a report takes).
STALE_AFTER_DAYS: Final = 38


class Sample(StrEnum):
    """How the cases were chosen: each by chance, all of them, or by judgement."""

    RANDOM = "random"
    CENSUS = "census"
    JUDGEMENT = "judgement"


class Unit(StrEnum):
    """What a claim's value counts in."""

    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"
    DAYS = "days"


class Why(StrEnum):
    """Why a claim cannot be published."""

    MISSING = "missing"
    NO_EVIDENCE_ROWS = "no_evidence_rows"
    DOES_NOT_REPRODUCE = "does_not_reproduce"
    JUDGEMENT_SAMPLE = "judgement_sample_counts_only"
    # Two reviewers do not agree on the question, or whoever spoke took their consent back (SCR-08, VIC-08).
    NOT_TO_BE_QUOTED = "not_to_be_quoted"
    # Its words tell a count that the public is not told, or only to the nearest five (MSR-03).
    TELLS_HIDDEN = "tells_hidden"


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure in a report and what it was worked out from.

    `recomputed` and `evidence_rows` are None until they were looked up.
    """

    value: float
    unit: Unit
    query: str
    snapshot: str
    period: str
    number: int | None
    sample: Sample = Sample.CENSUS
    evidence_rows: int | None = None
    recomputed: float | None = None


type Refusal = tuple[Why, str]
"""Why not, and of which part where one is missing."""


def why_not_published(claim: Claim) -> list[Refusal]:
    """Nothing where it may be. What is not yet looked up is not held against it: whoever publishes looks it up first."""
    parts = (("query", claim.query), ("snapshot", claim.snapshot), ("period", claim.period), ("n", claim.number))
    found = [(Why.MISSING, name) for name, said in parts if said is None or said == ""]
    if claim.sample is Sample.JUDGEMENT and claim.unit is not Unit.COUNT:
        found.append((Why.JUDGEMENT_SAMPLE, ""))
    if claim.evidence_rows == 0:
        found.append((Why.NO_EVIDENCE_ROWS, ""))
    if claim.recomputed is not None and claim.recomputed != claim.value:
        found.append((Why.DOES_NOT_REPRODUCE, ""))
    return found


def tells_hidden(sentence: str, counts: Iterable[int]) -> list[int]:
    """Of these counts those that a sentence tells though the public is told none, or another to the nearest five (MSR-03)."""
    said = counts_told(sentence)
    return [count for count in counts if count in said and show_count(count, To.PUBLIC) != count]


# A share is told where it is said to within half a hundredth.
_WITHIN_SHARE: Final = 0.5


def tells_hidden_share(sentence: str, count: int, of: int) -> bool:
    """Whether a sentence tells a share that the public is not told, or not as it is told, from rounded counts (MSR-03)."""
    if not 0 <= count <= of or not of:
        return False
    shown = public_share(count, of)
    told = {share for share in shares_told(sentence) if abs(share - 100 * count / of) <= _WITHIN_SHARE}
    return any(shown is None or abs(share - shown.percent) > _WITHIN_SHARE for share in told)


_QUOTED: Final = re.compile(r"“([^”]+)”|‘([^’]+(?:’\w[^’]*)*)’(?!\w)|\"([^\"]+)\"")
_LEAST_QUOTED: Final = 3


def quotes(sentence: str, passage: str) -> bool:
    """Whether a sentence puts words into quotation marks, and each such word for word as the passage has them.

    A gap is shown by three dots. Capitals, spaces and the kind of an apostrophe make no other words.
    """
    found = [next(one for one in groups if one) for groups in _QUOTED.findall(sentence)]
    parts = [part for one in found for part in re.split(r"…|\.\.\.|\[[^\]]*\]", one) if part.strip(" .,;:!?")]
    said = _as_compared(passage)
    return bool(parts) and all(
        len(words := _as_compared(part).strip(" .,;:!?")) >= _LEAST_QUOTED and words in said for part in parts
    )


def _as_compared(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").casefold().split())


class Doubt(StrEnum):
    """What is said beside a claim, though it reproduces."""

    FEW = "few"
    STALE = "stale"
    CAUSE_AFTER = "cause_after"
    DIFFERENT_DEFINITIONS = "different_definitions"
    SERIES_BREAK = "series_break"
    METHODS_CONTRADICT = "methods_contradict"
    MOST_NOT_CERTAIN = "most_not_certain"


_OF_FLAG: Final = {
    Flag.EXPLANATION_POSTDATES_PERIOD: Doubt.CAUSE_AFTER,
    Flag.DIFFERENT_DEFINITIONS: Doubt.DIFFERENT_DEFINITIONS,
    Flag.SERIES_BREAK: Doubt.SERIES_BREAK,
}


@dataclass(frozen=True, slots=True)
class Told:
    """What one method says of the same matter: what files show, what victims say. `holds` is whether it bears the claim out."""

    method: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Backing:
    """What a claim is to be seen against.

    `sides` are the figures it rests on, each with its definition and days; one, or two that it compares. `causes` are what the
    report says brought it about, `breaks` known changes of what is counted. `sentences` are its words in either language, and
    `intervals` those of the shares it rests on, as parts of one.
    """

    sides: Sequence[Side]
    number: int
    taken_on: date
    published_on: date
    causes: Iterable[Dated] = ()
    breaks: Iterable[Dated] = ()
    methods: Sequence[Told] = ()
    sentences: Sequence[str] = ()
    intervals: Sequence[tuple[float, float]] = ()


type Doubted = tuple[Doubt, str]
"""A doubt and what it is about, in the words of whoever named the cause, the break or the method; empty where it has no name."""


def doubts(backing: Backing) -> list[Doubted]:
    """What must be said beside a claim. A cause that began after the days it is to explain is no cause of them (MSR-07).

    That something is most is not certain where the interval of its share includes half (MSR-04).
    """
    first, last = backing.sides[0], backing.sides[-1]
    found = [(_OF_FLAG[flag], name) for flag, name in compare(first, last, backing.breaks, backing.causes).flags]
    if backing.number < FEW:
        found.append((Doubt.FEW, ""))
    if (backing.published_on - backing.taken_on).days > STALE_AFTER_DAYS:
        found.append((Doubt.STALE, ""))
    if len({one.holds for one in backing.methods}) > 1:
        found.append((Doubt.METHODS_CONTRADICT, ", ".join(one.method for one in backing.methods if not one.holds)))
    if any(map(says_most, backing.sentences)) and any(low <= _HALF <= high for low, high in backing.intervals):
        found.append((Doubt.MOST_NOT_CERTAIN, ""))
    return found


class Stands(StrEnum):
    """How a claim stands: published is what holds, and nothing else (P32)."""

    HOLDS = "holds"
    NOT_CHECKED = "not_checked"
    STALE = "stale"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    NOT_REPRODUCED = "not_reproduced"


def stands(kind: ClaimKind, refusals: Collection[Refusal], doubted: Collection[Doubted], *, is_checked: bool) -> Stands:
    """The worst that is to be said of a claim. Few cases, and a most that is not certain, are said beside it and stop nothing.

    Where methods contradict each other a figure is contradicted; what the commissioner makes of both may say just that.
    """
    whys, found = {why for why, _ in refusals}, {doubt for doubt, _ in doubted}
    if Why.DOES_NOT_REPRODUCE in whys:
        return Stands.NOT_REPRODUCED
    if whys or found & {Doubt.DIFFERENT_DEFINITIONS, Doubt.SERIES_BREAK}:
        return Stands.UNSUPPORTED
    if Doubt.CAUSE_AFTER in found or (Doubt.METHODS_CONTRADICT in found and kind is not ClaimKind.JUDGEMENT):
        return Stands.CONTRADICTED
    if Doubt.STALE in found:
        return Stands.STALE
    return Stands.HOLDS if is_checked else Stands.NOT_CHECKED


# Engines agree to so much of a figure, and to each count (commands, modes).
WITHIN: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Figure:
    """So many of so many, and what that comes to."""

    count: int | None
    of: int | None
    value: float | None


def reproduces(held: Figure, again: Figure) -> bool:
    """Whether a figure that was worked out again is the same: one of other counts is another, though its share be alike."""
    if (held.count, held.of) != (again.count, again.of):
        return False
    if held.value is None or again.value is None:
        return held.value is again.value
    return abs(held.value - again.value) <= WITHIN
