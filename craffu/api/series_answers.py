"""What the API answers of published figures: each with its definition, publisher, licence and caveats (MSR-01)."""

from datetime import date
from typing import Any

from ninja import Schema


class SeriesLine(Schema):
    """A published series in a list."""

    key: str
    title_en: str
    title_cy: str
    unit: str
    period_kind: str
    publisher_en: str
    publisher_cy: str


class SeriesList(Schema):
    """Every series that is known."""

    series: list[SeriesLine]


class BreakAnswer(Schema):
    """A day on which what is counted changed: periods on its two sides are not compared (MSR-07)."""

    on: date
    why_en: str
    why_cy: str


class PublishedFigureAnswer(Schema):
    """The publisher's last word on one number. Where there is no value `missing` says why."""

    measure: str
    period: str
    period_end: date
    value: int | None
    as_printed: str
    missing: str
    flags: list[Any]
    version: int


class SeriesAnswer(SeriesLine):
    """A series with all that must be said beside its figures, and fifty of them, the last period first.

    `never` and `never_sum` are what may not be done with them; `errors` is how many our checks found in its files.
    """

    definition_en: str
    definition_cy: str
    source_en: str
    source_cy: str
    licence: str
    attribution: str
    caveats_en: list[str]
    caveats_cy: list[str]
    breaks: list[BreakAnswer]
    never: list[str]
    never_sum: list[str]
    errors: int
    area: str
    figures: list[PublishedFigureAnswer]
    page: int
    pages: int
    total: int
