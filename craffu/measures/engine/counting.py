"""What every measure over a snapshot counts with: rows known at an instant, in a period, for each value of a split (ADR 79)."""

from typing import Any, Final

import ibis
import ibis.expr.types as ir

from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract
from craffu.measures.engine.asking import AREA, TEAM, Asked
from craffu.orders.extracts.duties import AGES
from craffu.orders.extracts.places import PLACES

_TYPES: Final = {
    "reference": "string", "code": "string", "number": "int64", "yes": "boolean", "day": "int64", "instant": "int64",
}  # fmt: skip
# Of which tables it is known where their rows belong, and which column names the order or the case that does.
_PLACED: Final = {
    "orders": "order", "notifications": "order", "reviews": "order", "cards": "order", "ran_out": "order", "stages": "of",
    "considered": "case",
}  # fmt: skip
# The column of each answer that says what its row is of; null is all of it.
BY: Final = "by"

type Split = str | None


def table(extract: Extract) -> ir.Table:
    return ibis.table({name: _TYPES[holds.value] for name, holds in extract.columns.items()}, name=extract.name)


def known(extract: Extract, asked: Asked) -> ir.Table:
    """The rows of a table that stood at the instant."""
    rows = table(extract)
    found = rows.filter(rows[KNOWN_FROM] <= asked.as_of)
    if KNOWN_UNTIL in extract.columns:
        until = found[KNOWN_UNTIL]
        found = found.filter(until.isnull() | (until > asked.as_of))
    if not asked.beside or extract.name not in _PLACED:
        return found
    return (_with_place if asked.beside in (AREA, TEAM) else _with_whom)(found, _PLACED[extract.name], asked)


def _with_place(rows: ir.Table, key: str, asked: Asked) -> ir.Table:
    """The same rows with the area to which each belonged, empty where nobody had said; or with the team, after its area."""
    places = known(PLACES, asked)
    placed = places.select("area", "team", placed=places.of)
    found = rows.left_join(placed, rows[key] == placed.placed)
    area, team = ibis.coalesce(found.area, ""), ibis.coalesce(found.team, "")
    is_team = asked.beside == TEAM
    return found.mutate(**{asked.beside: area + "/" + team if is_team else area}).drop(
        "placed", AREA if is_team else TEAM
    )


def _with_whom(rows: ir.Table, key: str, asked: Asked) -> ir.Table:
    """The same rows with the age, sex or ethnicity of whom each order is against, or what they are to the victim.

    Empty where it is not known.

    Both as they are known now at any instant: an age is that of the day on which the order was made.
    """
    whom = table(AGES)
    of = whom.select(asked.beside, of_order=whom["order"])
    found = rows.left_join(of, rows[key] == of.of_order).drop("of_order")
    return found.mutate(**{asked.beside: ibis.coalesce(found[asked.beside], "")})


def number(is_so: Any) -> Any:
    """How many rows are so: nought where there are none."""
    return is_so.count(where=is_so)


def counted(rows: ir.Table, split: Split, **counts: Any) -> ir.Table:
    """So many of each value of a split; of all of them in one row."""
    if split is None:
        return rows.agg(**counts).mutate(**{BY: ibis.null("string")})
    return rows.group_by(rows[split].name(BY)).agg(**counts)


def in_period(day: Any, asked: Asked) -> Any:
    return day.between(asked.begins, asked.ends)
