"""What is given as evidence, as a finding and as a claim, and what a figure is when it is worked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from craffu.published.rules import Days
from craffu.scrutiny.claiming.kinds import ClaimKind, Evidence, Of
from craffu.scrutiny.claiming.rules import Sample, Unit
from craffu.scrutiny.interviewing.kinds import ReviewQuestion


@dataclass(frozen=True, slots=True)
class Worked:
    """A figure as it was worked out from its source at a moment, with everything by which it is worked out again.

    `count` of `of` is what it comes to; `value` the share, rate or count. None is hidden, or is not known, and `note` says why.
    """

    source: str
    part: str
    definition: str
    snapshot: str
    sha256: str
    days: Days
    taken_on: date
    unit: Unit
    count: int | None
    of: int | None
    value: float | None
    interval: tuple[float, float] | None = None
    chosen: Sample = Sample.CENSUS
    as_of: date | None = None
    note: str = ""
    # By what a measure is split, and which of those it is of; both empty are all of it.
    split: str = ""
    split_of: str = ""
    # Whether the public is told it: one area that is told may tell another that is hidden.
    is_told: bool = True
    # Words of an interview whose consent was taken back, an answer on which two reviewers do not agree: not to be quoted.
    may_be_quoted: bool = True


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What is attached, called what in both languages. `period` is of a published figure, `year` of a measure.

    `split` is by what a measure is split, and `split_of` of which of those it is; both empty are all of it.
    """

    kind: Evidence
    title_en: str
    title_cy: str
    source: str
    part: str = ""
    period: str = ""
    year: Of = Of.NOW
    sha256: str = ""
    split: str = ""
    split_of: str = ""


@dataclass(frozen=True, slots=True)
class NewFinding:
    """`number` is that of one to be mended, None of a new one."""

    number: int | None
    serves: ReviewQuestion
    text_en: str
    text_cy: str
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """What a sentence says brought a figure about, and the day on which it began."""

    text_en: str
    text_cy: str
    on: date


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A sentence of a finding. `number` is that of one to be mended, None of a new one; evidence is named by its numbers."""

    number: int | None
    finding: int
    kind: ClaimKind
    text_en: str
    text_cy: str
    evidence: int
    beside: int | None = None
    causes: Sequence[Cause] = ()
    bears_out: Sequence[int] = ()
    against: Sequence[int] = ()
    is_withdrawn: bool = False
