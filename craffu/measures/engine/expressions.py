"""The measures over a snapshot, each as one expression that any engine works out (MSR-01, MSR-05, MSR-06; ADR 79).

Pure: what a row means was decided by its package as it was extracted; here rows known at the instant are counted. Each answers
one row for each value of what it is split by, with counts alone: shares, rates and intervals are worked out from those.
"""

from typing import Final

import ibis
import ibis.expr.types as ir

from craffu.breaches.extract import ARRESTS, BREACHES, BROKEN, MISMATCHES
from craffu.breaches.standpoints.rules import Mismatch
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.counting import BY, Split, counted, in_period, known, number
from craffu.measures.rules import BREACH, COHORT_DAYS, LAG_DAYS
from craffu.orders.extract import NOTIFICATIONS, ORDERS, REVIEWS, STAGES
from craffu.orders.life.stages import Ended
from craffu.orders.reviewing.rules import Voice
from craffu.people.extract import PEOPLE
from craffu.victims.contacts.rules import BREACHES as NOT_KEPT
from craffu.victims.contacts.rules import Kept
from craffu.victims.extract import PROMISES

# What an order ends by that was not breached: any of them competes alike.
ENDED: Final = 2
# So many must have spoken of an incident before they can disagree.
VIEWS: Final = 2


def _persons(asked: Asked) -> ir.Table:
    rows = known(PEOPLE, asked)
    return rows.select("person", whose=rows.record)


def _whose(rows: ir.Table, asked: Asked) -> ir.Table:
    """The same rows with the person whose record each names, null where it is nobody's."""
    people = _persons(asked)
    return rows.left_join(people, rows.respondent == people.whose).drop("whose")


def active(asked: Asked, split: Split) -> ir.Table:
    """MET11: the orders that stand. An interim order and the full one that followed are one episode."""
    orders = known(ORDERS, asked)
    standing = orders.filter(orders.is_live, orders.over_at.isnull() | (orders.over_at > asked.as_of))
    rows = _whose(standing, asked)
    return counted(
        rows, split, episodes=rows.episode.nunique(), persons=rows.person.nunique(), orders=rows.count(),
        interim=number(rows.is_interim), unserved=number(~rows.is_served),
    )  # fmt: skip


def notified(asked: Asked, split: Split) -> ir.Table:
    """MET13: of the clocks whose last day fell in the period, and that were answered or ran out, those answered in time."""
    clocks = known(NOTIFICATIONS, asked)
    ran_out = (clocks.ends_at <= asked.as_of) & (clocks.over_at.isnull() | (clocks.over_at >= clocks.ends_at))
    rows = clocks.filter(clocks.is_given | ran_out, in_period(clocks.last_day, asked))
    is_told = rows.notified_at.notnull()
    in_time = is_told & (rows.notified_at < rows.ends_at)
    return counted(
        rows,
        split,
        on_time=number(in_time),
        of=rows.count(),
        late=number(is_told & ~in_time),
        never=number(~is_told),
    )


def heard(asked: Asked, split: Split) -> ir.Table:
    """MET16: of the reviews closed in the period, those answered by a view, by a reason alone, or by a standing wish."""
    reviews = known(REVIEWS, asked)
    rows = reviews.filter(in_period(reviews.closed_on, asked))
    return counted(
        rows, split, view=number(rows.answer == Voice.GIVEN.value), reason_only=number(rows.answer == Voice.DECLINED.value),
        standing_wish=number(rows.answer == Voice.STANDING_WISH.value), of=rows.count(), neither=number(rows.answer == ""),
    )  # fmt: skip


def promises(asked: Asked, split: Split) -> ir.Table:
    """MET27: of the contacts promised and due in the period, those made by their time through an agreed channel."""
    made = known(PROMISES, asked)
    rows = made.filter(in_period(made.due_on, asked))
    among = sorted(one.value for one in NOT_KEPT | {Kept.KEPT, Kept.EXCUSED})
    return counted(
        rows, split, kept=number(rows.status == Kept.KEPT.value), of=number(rows.status.isin(among)),
        excused=number(rows.status == Kept.EXCUSED.value), not_yet_due=number(rows.status == Kept.RUNNING.value),
    )  # fmt: skip


def incidents(asked: Asked) -> ir.Table:
    """The incidents on record: what was joined to another is of that one, and what the clock alone raised is none (BRC-07)."""
    rows = known(BREACHES, asked)
    return rows.filter(rows.is_own, rows.is_recorded)


def _bound(asked: Asked) -> ir.Table:
    """Each order with the days on which it was served and in force, as far as they have come."""
    orders = known(ORDERS, asked)
    rows = orders.filter(orders.binds_from.notnull(), orders.binds_from <= asked.as_of_day)
    last = ibis.least(ibis.coalesce(rows.binds_to, asked.as_of_day), asked.as_of_day)
    return rows.select(
        "order", "episode", "respondent", "kind", "is_interim", "binds_from", "binds_to", last_bound=last
    )


def _against_orders(asked: Asked) -> ir.Table:
    """Each incident that is not disproved with each order that it is held to have broken while that bound."""
    own = incidents(asked)
    own = own.filter(~own.is_disproved).select("breach", "happened_on", "is_proved")
    broken = known(BROKEN, asked)
    broken = broken.select(of_breach=broken.breach, of_order=broken["order"])
    bound = _bound(asked)
    rows = own.join(broken, own.breach == broken.of_breach)
    rows = rows.join(bound, rows.of_order == bound["order"])
    return rows.filter(rows.happened_on.between(rows.binds_from, rows.last_bound))


def happened(asked: Asked, split: Split) -> ir.Table:
    """MET17, its counts alone: distinct incidents on served orders."""
    against = _against_orders(asked)
    against = against.filter(in_period(against.happened_on, asked))
    return counted(
        against, split, alleged=against.breach.nunique(), proven=against.breach.nunique(where=against.is_proved)
    )


def incidence(asked: Asked, split: Split) -> ir.Table:
    """MET17: distinct incidents on served orders, and the days of those; of all kinds together, days of a person with any."""
    incidents = happened(asked, split)
    bound = _bound(asked)
    cut = bound.mutate(
        starts=ibis.greatest(bound.binds_from, asked.begins), stops=ibis.least(bound.last_bound, asked.ends)
    )
    cut = cut.filter(cut.starts <= cut.stops)
    days = (
        counted(cut, split, days=ibis.coalesce((cut.stops - cut.starts + 1).sum(), 0))
        if split
        else _days_of_persons(cut, asked)
    )
    days = days.rename(of=BY)
    rows = days.cross_join(incidents) if split is None else days.outer_join(incidents, days.of == incidents[BY])
    return rows.select(
        ibis.coalesce(rows.of, rows[BY]).name(BY),
        alleged=ibis.coalesce(rows.alleged, 0),
        proven=ibis.coalesce(rows.proven, 0),
        days=ibis.coalesce(rows.days, 0),
    )


def _days_of_persons(cut: ir.Table, asked: Asked) -> ir.Table:
    """Days on which any order bound somebody, each once: of every stretch what lies beyond all that began before it."""
    rows = _whose(cut, asked)
    rows = rows.mutate(who=ibis.coalesce(rows.person, rows.respondent))
    before = rows.stops.max().over(
        ibis.window(group_by="who", order_by=["starts", "stops", "order"], preceding=(None, 1))
    )
    rows = rows.mutate(covered=ibis.coalesce(before, rows.starts - 1))
    fresh = ibis.greatest(rows.stops - ibis.greatest(rows.starts, rows.covered + 1) + 1, 0)
    return counted(rows, None, days=ibis.coalesce(fresh.sum(), 0))


def _cohort(asked: Asked) -> ir.Table:
    """The episodes served within the year that ended so long before the last day asked about that each was watched for a year,
    and the lag besides. A year before, that is another year of episodes, as they are known now.
    """
    bound = _bound(asked)
    episodes = bound.group_by("episode").agg(
        served_on=bound.binds_from.min(),
        ended_on=bound.binds_to.max(),
        is_open=bound.binds_to.isnull().any(),
        full=bound.kind.max(where=~bound.is_interim),
        other=bound.kind.max(),
    )
    latest = min(asked.ends, asked.as_of_day) - COHORT_DAYS - LAG_DAYS
    rows = episodes.filter(episodes.served_on.between(latest - COHORT_DAYS + 1, latest))
    return rows.mutate(kind=ibis.coalesce(rows.full, rows.other))


def _first_breaches(asked: Asked) -> ir.Table:
    against = _against_orders(asked)
    return against.group_by(against.episode.name("of_episode")).agg(first_on=against.happened_on.min())


def ever_breached(asked: Asked, split: Split) -> ir.Table:
    """MET18: of that cohort the episodes with an incident within 365 days of service."""
    rows = _with_breaches(asked)
    return counted(rows, split, breached=number(rows.is_breached), of=rows.count())


def _with_breaches(asked: Asked) -> ir.Table:
    cohort, first = _cohort(asked), _first_breaches(asked)
    rows = cohort.left_join(first, cohort.episode == first.of_episode)
    since = rows.first_on - rows.served_on
    return rows.mutate(since=since, is_breached=ibis.coalesce(since <= COHORT_DAYS, ibis.literal(value=False)))


def spells(asked: Asked, split: Split) -> ir.Table:
    """MET18, beside it: how many of the cohort ended after how many days, and by what, watched for a year at most."""
    rows = _with_breaches(asked)
    over = ibis.ifelse(rows.is_open, ibis.null("int64"), rows.ended_on - rows.served_on + 1)
    is_over = ibis.coalesce(over <= COHORT_DAYS, ibis.literal(value=False))
    rows = rows.mutate(
        days=ibis.cases((rows.is_breached, rows.since), (is_over, over), else_=ibis.literal(COHORT_DAYS, "int64")),
        cause=ibis.cases((rows.is_breached, BREACH), (is_over, ENDED), else_=0).cast("int64"),
    )
    return _alike(rows, split, ["days", "cause"])


def _alike(rows: ir.Table, split: Split, names: list[str]) -> ir.Table:
    """How many rows say the same."""
    by = ibis.null("string") if split is None else rows[split]
    return rows.mutate(**{BY: by}).group_by([BY, *names]).agg(number=lambda one: one.count())


def repeat(asked: Asked, split: Split) -> ir.Table:
    """MET19: of the persons with an incident in the 365 days to the instant, those with several."""
    rows = incidents(asked)
    last_year = rows.happened_on.between(asked.as_of_day - COHORT_DAYS + 1, asked.as_of_day)
    rows = _whose(rows.filter(~rows.is_disproved, last_year), asked)
    people = rows.group_by(who=ibis.coalesce(rows.person, rows.respondent)).agg(incidents=rows.breach.nunique())
    return counted(people, split, repeat=number(people.incidents > 1), of=people.count())


def arrested(asked: Asked, split: Split) -> ir.Table:
    """MET20: of the incidents reported in the period that have had their 24 hours, those with an arrest within them."""
    rows = incidents(asked)
    rows = rows.filter(in_period(rows.reported_on, asked))
    arrests = known(ARRESTS, asked)
    held = arrests.join(rows, arrests.breach == rows.breach)
    of = held.group_by(of_breach=held.breach).agg(
        is_arrested=held.arrested_at.between(held.reported_at, held.arrest_by).any(),
        is_before=(held.arrested_at < held.reported_at).any(),
    )
    rows = rows.left_join(of, rows.breach == of.of_breach)
    is_ripe = rows.arrest_by <= asked.as_of
    in_time = ibis.coalesce(rows.is_arrested, ibis.literal(value=False))
    not_arrested = is_ripe & ~in_time
    return counted(
        rows, split, arrested=number(is_ripe & in_time), of=number(is_ripe), not_yet_due=number(~is_ripe),
        arrested_before_report=number(not_arrested & rows.is_before),
        no_arrest_with_reason=number(not_arrested & (rows.arrest_answer == "no")),
    )  # fmt: skip


def disagreeing(asked: Asked, split: Split) -> ir.Table:
    """MET24: of the incidents reported in the period on which two or more have spoken, those of which something disagrees."""
    rows = incidents(asked)
    rows = rows.filter(in_period(rows.reported_on, asked))
    open_ = known(MISMATCHES, asked)
    codes = {one.value: one.value.lower() for one in Mismatch}
    of = open_.group_by(of_breach=open_.breach).agg(
        **{name: (open_.code == code).any() for code, name in codes.items()}
    )
    rows = rows.left_join(of, rows.breach == of.of_breach)
    has_views = rows.views >= VIEWS
    return counted(
        rows, split, unresolved=number(has_views & rows.of_breach.notnull()), of=number(has_views), reported=rows.count(),
        **{name: number(has_views & rows[name]) for name in codes.values()},
    )  # fmt: skip


def stages(asked: Asked, split: Split) -> ir.Table:
    """MET08: how many intervals of each stage that began in the period took how many days, and how they ended if they have."""
    rows = known(STAGES, asked)
    rows = rows.filter(in_period(rows.began_on, asked))
    is_over = ibis.coalesce(rows.end_known_from <= asked.as_of, ibis.literal(value=False))
    last = ibis.ifelse(is_over, rows.ended_on, ibis.literal(asked.as_of_day, "int64"))
    rows = rows.mutate(
        days=ibis.greatest(last - rows.began_on, 0),
        cause=ibis.cases((~is_over, 0), (rows.how == Ended.COMPLETE.value, BREACH), else_=ENDED).cast("int64"),
    )
    return _alike(rows, split, ["stage", "days", "cause"])
