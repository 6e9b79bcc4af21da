"""Measures of how orders came about, were served and kept, each one expression (MET01 to MET15, MET25, MET26; MSR-05)."""

from collections.abc import Callable
from typing import Final

import ibis
import ibis.expr.types as ir

from craffu.cases.extract import CRIMES
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.counting import Split, counted, in_period, known, number
from craffu.orders.extract import ORDERS, STAGES
from craffu.orders.extracts.applications import APPLICATIONS, CHANGES, CONSIDERED, GRANTED, REFUSED, REQUESTS, WITHDRAWN
from craffu.orders.extracts.duties import (
    CANCELLED,
    CARDS,
    CHECKS,
    IN_TIME,
    LATE,
    NOT_YET_DUE,
    RAN_OUT,
    REVIEWS_DUE,
)
from craffu.orders.life.stages import Ended, Stage
from craffu.orders.papers.rules import MAY_LACK
from craffu.orders.serving.rules import ALERT_AFTER_DAYS

# `orders.apply_within`: a proposal (requirements 5.2, MET03).
APPLY_WITHIN_DAYS: Final = 28
WHATS: Final = ("vary", "renew", "discharge")
APPLICANTS: Final = ("police", "respondent", "victim", "prosecution", "court", "not_said")

type Counts = Callable[[Asked, Split], ir.Table]


def _made_beside_crimes(kind: str, part: str) -> Counts:
    """Orders of a kind made on this force's applications, those made otherwise apart, and stalking crimes of the same days."""

    def asks(asked: Asked, split: Split) -> ir.Table:
        orders = known(ORDERS, asked)
        made = orders.filter(in_period(orders.made_on, asked), orders.kind == kind)
        of_orders = counted(made, split, **{part: number(made.is_ours), "not_ours": number(~made.is_ours)})
        crimes = known(CRIMES, asked)
        recorded = crimes.filter(crimes.is_crime, crimes.is_stalking, in_period(crimes.recorded_on, asked))
        return of_orders.cross_join(recorded.agg(crimes=recorded.count()))

    return asks


full_orders: Final = _made_beside_crimes("SPO", "full")
interim_orders: Final = _made_beside_crimes("ISPO", "interim")


def considered(asked: Asked, split: Split) -> ir.Table:
    """MET02: of the cases of stalking opened in the period that have had their 48 hours, those decided about within them."""
    cases = known(CONSIDERED, asked)
    rows = cases.filter(in_period(cases.opened_on, asked))
    is_ripe = rows.decide_by <= asked.as_of
    is_decided = rows.decided_at.notnull() & (rows.decided_at <= asked.as_of)
    in_time = is_decided & (rows.decided_at <= rows.decide_by)
    return counted(
        rows, split, in_time=number(is_ripe & in_time), of=number(is_ripe), late=number(is_ripe & is_decided & ~in_time),
        undecided=number(is_ripe & ~is_decided), not_yet_due=number(~is_ripe),
    )  # fmt: skip


def applied(asked: Asked, split: Split) -> ir.Table:
    """MET03: of the decisions to apply made in the period that have had 28 whole days, those lodged within them."""
    stages = known(STAGES, asked)
    rows = stages.filter(stages.stage == Stage.DECIDED_TO_LODGED.value, in_period(stages.began_on, asked))
    is_over = ibis.coalesce(rows.end_known_from <= asked.as_of, ibis.literal(value=False))
    is_reversed = is_over & (rows.how == Ended.OTHERWISE.value)
    is_lodged = is_over & (rows.how == Ended.COMPLETE.value)
    is_ripe = (rows.began_on + APPLY_WITHIN_DAYS < asked.now_day) & ~is_reversed
    in_time = is_lodged & (rows.ended_on - rows.began_on <= APPLY_WITHIN_DAYS)
    return counted(
        rows, split, in_time=number(is_ripe & in_time), of=number(is_ripe), reversed=number(is_reversed),
        not_yet_due=number(~is_ripe & ~is_reversed),
    )  # fmt: skip


def declined(asked: Asked, split: Split) -> ir.Table:
    """MET04: of the requests for authority decided in the period, those turned down."""
    requests = known(REQUESTS, asked)
    rows = requests.filter(in_period(requests.decided_on, asked))
    return counted(rows, split, declined=number(rows.is_declined), of=rows.count())


def granted(asked: Asked, split: Split) -> ir.Table:
    """MET05: of the applications granted or refused in the period, those granted."""
    every = known(APPLICATIONS, asked)
    rows = every.filter(in_period(every.ended_on, asked), every.result.isin([GRANTED, REFUSED]))
    return counted(rows, split, granted=number(rows.result == GRANTED), of=rows.count())


def ended(asked: Asked, split: Split) -> ir.Table:
    """MET06: of the applications that ended in the period, those refused and those withdrawn."""
    every = known(APPLICATIONS, asked)
    rows = every.filter(in_period(every.ended_on, asked))
    is_withdrawn = rows.result == WITHDRAWN
    return counted(
        rows, split, refused=number(rows.result == REFUSED), withdrawn=number(is_withdrawn), of=rows.count(),
        withdrawn_at_hearing=number(is_withdrawn & rows.is_at_hearing),
    )  # fmt: skip


def with_interim(asked: Asked, split: Split) -> ir.Table:
    """MET07: of the applications lodged in the period, those with an interim one, and those in which one was granted."""
    every = known(APPLICATIONS, asked)
    rows = every.filter(in_period(every.lodged_on, asked))
    return counted(
        rows, split, requested=number(rows.interim_on.notnull()), granted=number(rows.is_interim_made),
        requested_at_lodging=number(rows.interim_on <= rows.lodged_on), of=rows.count(), still_open=number(rows.result == ""),
    )  # fmt: skip


def served_in_time(asked: Asked, split: Split) -> ir.Table:
    """MET09: of the orders made in the period that have had their day, those served in person by its end."""
    orders = known(ORDERS, asked)
    rows = orders.filter(in_period(orders.made_on, asked))
    is_ripe = rows.serve_by <= asked.as_of
    return counted(
        rows, split, in_time=number(is_ripe & (rows.in_person_at < rows.serve_by)), of=number(is_ripe),
        in_court=number(is_ripe & (rows.in_court_at < rows.serve_by)), not_yet_due=number(~is_ripe),
    )  # fmt: skip


def unserved(asked: Asked, split: Split) -> ir.Table:
    """MET10: of the orders that stand and that nobody was served with, those made more than three days before."""
    orders = known(ORDERS, asked)
    rows = orders.filter(orders.is_live, orders.over_at.isnull() | (orders.over_at > asked.as_of), ~orders.is_served)
    return counted(rows, split, over_3_days=number(asked.now_day - rows.made_on > ALERT_AFTER_DAYS), of=rows.count())


def complete(asked: Asked, split: Split) -> ir.Table:
    """MET12: of the orders that stand, those whose card lacks nothing."""
    rows = known(CARDS, asked)
    lacks = {f"lacks_{name}": number(rows[f"lacks_{name}"]) for name in MAY_LACK}
    return counted(rows, split, complete=number(rows.is_complete), of=rows.count(), **lacks)


def checked(asked: Asked, split: Split) -> ir.Table:
    """MET14: of the checks due in the period, those made by their day."""
    checks = known(CHECKS, asked)
    rows = checks.filter(in_period(checks.due_on, asked))
    return counted(
        rows, split, in_time=number(rows.status == IN_TIME), of=number(rows.status.isin([IN_TIME, LATE])),
        cancelled=number(rows.status == CANCELLED), not_yet_due=number(rows.status == NOT_YET_DUE),
    )  # fmt: skip


def reviewed(asked: Asked, split: Split) -> ir.Table:
    """MET15: of the reviews due in the period, those complete by their day."""
    reviews = known(REVIEWS_DUE, asked)
    rows = reviews.filter(in_period(reviews.due_on, asked))
    return counted(
        rows, split, in_time=number(rows.status == IN_TIME), of=number(rows.status.isin([IN_TIME, LATE])),
        not_yet_due=number(rows.status == NOT_YET_DUE),
    )  # fmt: skip


def lapsed(asked: Asked, split: Split) -> ir.Table:
    """MET25: of the orders that ran out in the period, those whose end nobody had decided fourteen days before."""
    orders = known(RAN_OUT, asked)
    rows = orders.filter(in_period(orders.last_day, asked))
    return counted(rows, split, unreviewed=number(rows.is_unreviewed), of=rows.count())


def changed(asked: Asked, split: Split) -> ir.Table:
    """MET26: of the changes that courts decided in the period, those granted; by what was asked and by whom, beside."""
    changes = known(CHANGES, asked)
    rows = changes.filter(in_period(changes.determined_on, asked))
    return counted(
        rows, split, granted=number(rows.is_granted), of=rows.count(), by_variation=number(rows.is_by_variation),
        **{f"granted_{what}": number(rows.is_granted & (rows.what == what)) for what in WHATS},
        **{f"asked_by_{who}": number(rows.applicant == who) for who in APPLICANTS},
    )  # fmt: skip
