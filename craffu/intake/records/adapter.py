"""The seven kinds of a force's own records as adapters: one engine, seven layouts, and any number of mapping files."""

from dataclasses import replace
from functools import partial
from typing import Final

from craffu.common import clock
from craffu.intake.archives import Limits
from craffu.intake.opening import Wanted
from craffu.intake.records.apply import take_in
from craffu.intake.records.layout import KINDS
from craffu.intake.records.mapping import Mapped, own_layout, read_mapping
from craffu.intake.records.reasons import reasons
from craffu.intake.tables.csv_rows import with_value
from craffu.intake.taking import Adapter, Taking
from craffu.orders.reconciling.actions import SOURCE as COURT_ORDERS
from craffu.orders.reconciling.actions import compare_what_came

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
        at_end=_compare_orders if mapped.layout.kind == COURT_ORDERS else None,
    )


def _compare_orders(taking: Taking) -> None:
    """A list of orders is held against the register once all of it has come (ORD-19)."""
    compare_what_came(by=taking.by, now=clock.now())


def _mapped(kind: str, data: bytes) -> Adapter:
    """The adapter of a kind for files as one system sends them. Raises MappingRefused."""
    return _adapter(read_mapping(kind, data))


RECORDS: Final = tuple(_adapter(own_layout(kind)) for kind in KINDS)
