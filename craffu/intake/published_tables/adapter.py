"""Every kind of published table as an adapter of intake (requirements M1; commands.md)."""

from dataclasses import replace
from typing import Final

from craffu.intake.archives import Limits
from craffu.intake.published_tables import MAPPING_VERSION, figures, reference_lists, street_crime
from craffu.intake.published_tables.layouts import LAYOUTS
from craffu.intake.published_tables.reasons import sentence
from craffu.intake.published_tables.street_steps import KIND
from craffu.intake.tables.csv_rows import with_value
from craffu.intake.taking import Adapter


def correct(words: str, _content: str, field: str, _line: int, value: str) -> str | None:
    """The row as a file of its own with one value put right; None where it has no such column."""
    return with_value(words, field, value)


_FIGURES = tuple(
    Adapter(
        kind=layout.kind,
        mapping_version=MAPPING_VERSION,
        wanted=figures.WANTED,
        take_in=figures.take_in_figures(layout),
        reasons=sentence,
        correct=correct,
    )
    for layout in LAYOUTS
)

_LISTS = tuple(
    Adapter(
        kind=kept.kind,
        mapping_version=MAPPING_VERSION,
        wanted=reference_lists.WANTED,
        take_in=reference_lists.take_in_list(kept),
        reasons=sentence,
        correct=correct,
    )
    for kept in (reference_lists.AREA_LOOKUP, reference_lists.PLACES)
)

STREET_CRIME = Adapter(
    kind=KIND,
    mapping_version=MAPPING_VERSION,
    wanted=replace(reference_lists.WANTED, limits=Limits(document_bytes=400_000_000)),
    take_in=street_crime.take_in,
    reasons=sentence,
    correct=correct,
    reads_ahead=True,
)

PUBLISHED_TABLES: Final = (*_FIGURES, STREET_CRIME, *_LISTS)
