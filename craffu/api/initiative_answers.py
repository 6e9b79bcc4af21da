"""What the API answers of the force's initiatives: how each stands, and its figures before and after (C4)."""

from datetime import date
from typing import Literal

from ninja import Schema


class InitiativeLine(Schema):
    """An initiative in a list. `owner` is a post and never a name."""

    reference: str
    title_en: str
    title_cy: str
    matter: str
    owner: str
    stands: str
    begins_on: date
    ended_on: date | None
    measure: str
    part: str


class InitiativesPage(Schema):
    """Fifty initiatives, the last begun first."""

    initiatives: list[InitiativeLine]
    page: int
    pages: int
    total: int


class DifferenceAnswer(Schema):
    """By how much a share differs from the baseline (a difference), or a count or a rate (a ratio less one); 95% interval."""

    value: float
    interval: tuple[float, float]
    of: Literal["share", "count", "rate"]


class InitiativeFigureAnswer(Schema):
    """What its measure came to over days, as the reader may be told (MSR-03). Where it is hidden there are no counts;
    where there is no figure `note` says why.

    `measure_version` is that of the definition it was counted by, from which `snapshot`.
    """

    is_baseline: bool
    first: date
    last: date
    count: int | None
    of: int | None
    is_hidden: bool
    note: str
    difference: DifferenceAnswer | None
    measure_version: int
    snapshot: str


class InitiativeAnswer(InitiativeLine):
    """One initiative. A difference is no proof of effect; a baseline chosen after it began proves less."""

    aim: str
    baseline_first: date
    baseline_last: date
    is_fixed_before: bool
    figures: list[InitiativeFigureAnswer]
