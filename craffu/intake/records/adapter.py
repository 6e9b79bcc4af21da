"""The seven kinds of a force's own records as adapters: one engine, seven layouts, and any number of mapping files."""

from dataclasses import replace
from functools import partial
from typing import Final

from craffu.intake.archives import Limits
from craffu.intake.opening import Wanted
from craffu.intake.records.apply import take_in
from craffu.intake.records.layout import KINDS
from craffu.intake.records.mapping import Mapped, own_layout, read_mapping
from craffu.intake.records.reasons import reasons
from craffu.intake.tables.csv_rows import with_value
from craffu.intake.taking import Adapter

_WANTED: Final = Wanted(
    kind="csv", also=("xlsx", "ods"), suffixes=(".csv", ".xlsx", ".ods"), limits=Limits(document_bytes=500_000_000)
)


def _correct(words: str, _content: str, field: str, _line: int, value: str) -> str | None:
    return with_value(words, field, value)


def _adapter(mapped: Mapped) -> Adapter:
    return Adapter(
        kind=mapped.layout.kind,
        mapping_version=mapped.version,
        wanted=replace(_WANTED, in_order=tuple(mapped.layout.tables)),
        take_in=partial(take_in, mapped=mapped),
        reasons=reasons,
        correct=_correct,
        with_mapping=partial(_mapped, mapped.layout.kind),
        mapping_words=mapped.words,
        reads_ahead=True,
    )


def _mapped(kind: str, data: bytes) -> Adapter:
    """The adapter of a kind for files as one system sends them. Raises MappingRefused."""
    return _adapter(read_mapping(kind, data))


RECORDS: Final = tuple(_adapter(own_layout(kind)) for kind in KINDS)
