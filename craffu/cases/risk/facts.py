"""What is said of risk in a case, before it is stored."""

from dataclasses import dataclass, field
from datetime import date, datetime

from craffu.cases.risk.forms.facts import Answered
from craffu.cases.risk.rules import Asks, Grade, Observed, Reply, SecondLook


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """An assessment as its assessor gives it; `facts` are those of RSK-04 that they know of.

    With `answered` the tool, its version and its licence are those of the form that was loaded.
    """

    tool: str
    version: str
    licence_ref: str
    document_ref: str
    assessed_at: datetime
    grade: Grade
    facts: tuple[SecondLook, ...] = ()
    next_due: date | None = None
    words: str = field(default="", repr=False)
    answered: Answered | None = None


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Something that happened after which the last grade may no longer hold."""

    kind: Asks
    happened_at: datetime
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewObservation:
    """One answer about one fact; `value` is her own rating, or how long and how often."""

    fact: Observed
    answer: Reply
    source: str = field(repr=False)
    on: date
    value: str = field(default="", repr=False)
