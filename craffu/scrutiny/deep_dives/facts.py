"""What is given to open a deep dive, plan it, name who takes part, and recommend."""

from dataclasses import dataclass
from datetime import date

from craffu.scrutiny.deep_dives.kinds import Method
from craffu.scrutiny.recommending.kinds import Matter


@dataclass(frozen=True, slots=True)
class NewDive:
    """Its title, question and terms of reference in both languages, and the days that it is about."""

    title_en: str
    title_cy: str
    question_en: str
    question_cy: str
    terms_en: str
    terms_cy: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class NewPlan:
    method: Method
    words: str
    due_on: date
    is_done: bool


@dataclass(frozen=True, slots=True)
class NewPerson:
    """`username` is whose account; `part` what they do in it."""

    username: str
    part: str
    has_interest: bool
    interest: str = ""


@dataclass(frozen=True, slots=True)
class NewRecommended:
    """`number` is that of one to be mended, None of a new one."""

    number: int | None
    matter: Matter
    text_en: str
    text_cy: str
    measure: str = ""
    target: str = ""
