"""What is given of an initiative, of how it goes, and of what its measure came to (C4)."""

from dataclasses import dataclass
from datetime import date

from craffu.scrutiny.initiatives.kinds import Course
from craffu.scrutiny.initiatives.rules import Period
from craffu.scrutiny.recommending.kinds import Matter


@dataclass(frozen=True, slots=True)
class NewInitiative:
    """What it is called in both languages, what it is to reach, which post has it, and what is to show it."""

    title_en: str
    title_cy: str
    aim: str
    matter: Matter
    owner: str
    begins_on: date
    measure: str
    part: str
    baseline: Period


@dataclass(frozen=True, slots=True)
class NewCourse:
    """What is said of it on a day. `version` is the number of words that were said when the form was opened."""

    course: Course
    on: date
    words: str
    version: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What a measure came to over a period, by which version of its definition and from which snapshot."""

    period: Period
    is_baseline: bool
    count: int | None
    of: int | None
    value: float | None
    note: str
    version: int
    snapshot: str
    digest: str
