"""What the public asks of orders, each as one expression: orders made by kind and age, reports, breaches and arrests (X14)."""

import ibis
import ibis.expr.types as ir

from craffu.breaches.extract import ARRESTS
from craffu.clocks.london import end_of, start_of
from craffu.measures.engine.asking import Asked, instant_number
from craffu.measures.engine.counting import in_period, known, number
from craffu.measures.engine.expressions import incidents
from craffu.orders.extract import ORDERS
from craffu.orders.extracts.duties import AGES


def orders_made(asked: Asked) -> ir.Table:
    """How many orders of each kind were made in the period against respondents of each age."""
    orders, ages = known(ORDERS, asked), known(AGES, asked)
    made = orders.filter(in_period(orders.made_on, asked)).select("kind", whose=orders["order"])
    aged = ages.select("age", of_order=ages["order"])
    rows = made.left_join(aged, made.whose == aged.of_order)
    rows = rows.mutate(age=ibis.coalesce(rows.age, ""))
    return rows.group_by(["kind", "age"]).agg(orders=rows.count())


def incidents_of(asked: Asked) -> ir.Table:
    """Incidents reported in the period; those that happened in it and are not disproved, and those of them that were proved."""
    rows = incidents(asked)
    happened = in_period(rows.happened_on, asked) & ~rows.is_disproved
    return rows.agg(
        reports=number(in_period(rows.reported_on, asked)),
        breaches=number(happened),
        proved=number(happened & rows.is_proved),
    )


def arrests_of(asked: Asked) -> ir.Table:
    """Arrests for breaches, each once however many incidents it was for."""
    arrests, own = known(ARRESTS, asked), incidents(asked)
    begins, ends = instant_number(start_of(asked.first)), instant_number(end_of(asked.last))
    within = arrests.filter(arrests.arrested_at >= begins, arrests.arrested_at < ends)
    rows = within.semi_join(own, within.breach == own.breach)
    return rows.agg(arrests=rows.arrest.nunique())
