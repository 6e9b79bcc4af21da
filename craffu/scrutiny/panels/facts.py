"""What is given of a panel of volunteers: what it is, members, training, a case, and verdicts. Words show in no log."""

from dataclasses import dataclass, field
from datetime import date

from craffu.scrutiny.panels.kinds import Training, Verdict


@dataclass(frozen=True, slots=True)
class NewPanel:
    """Its name and what it is for, in both languages."""

    title_en: str
    title_cy: str
    purpose_en: str
    purpose_cy: str


@dataclass(frozen=True, slots=True)
class NewMember:
    """`username` is whose account; `sits` is false of whoever sits on it no longer."""

    username: str
    sits: bool
    on: date


@dataclass(frozen=True, slots=True)
class NewTraining:
    username: str
    training: Training
    on: date


@dataclass(frozen=True, slots=True)
class NewMatter:
    """A case of a dip sample, by the sample's reference and the case's number in it."""

    sample: str
    number: int


@dataclass(frozen=True, slots=True)
class NewVerdict:
    """A verdict and why, in the words of whoever gives it."""

    verdict: Verdict
    words: str = field(repr=False)
