"""What the pages of visits and checks show: what is due and why, what came of it, and how each condition is monitored (P16)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.clocks.london import day_of
from craffu.orders.models import CheckMade
from craffu.orders.monitoring.due import why_of
from craffu.orders.monitoring.facts import NewPlan
from craffu.orders.monitoring.lines import Line
from craffu.orders.monitoring.queries import Monitored, last_said
from craffu.orders.monitoring.schedule import Scheduled
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.edits import both_versions
from craffu.web.library.words import CHECKS, EVIDENCE
from craffu.web.monitoring import words
from craffu.web.orders.opening import order_link
from craffu.web.orders.presenters import paper_address
from craffu.web.orders.words import CONDITION_TYPES, kind_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.statuses import Status


def condition_words(line: Line) -> str:
    """`1: No direct contact`."""
    one = line.condition
    return _("%(number)s: %(type)s") % {"number": one.number, "type": CONDITION_TYPES.get(one.type, one.type)}


def method_words(methods: Iterable[str]) -> list[Text]:
    return [CHECKS[one] for one in methods if one in CHECKS]


def status_of(check: Scheduled, now: datetime) -> Status:
    if check.overdue_from <= now:
        return words.MISSED
    return words.TODAY if check.due_on <= day_of(now) else words.AHEAD


def due_table(orders: Iterable[Monitored], now: datetime, *, names_order: bool, may_log: bool) -> Params | None:
    """The next check of each condition, the first due first: how, when, how often and why."""
    head: list[cells.Heading] = [
        *([_("Order")] if names_order else []), _("Condition"), _("How"), _("Due"), _("How often, and why"),
        *([_("Log")] if may_log else []),
    ]  # fmt: skip
    found = [(check, line, one) for one in orders for line in one.standing if (check := line.next) is not None]
    rows = [
        [
            *([cells.link(order_link(one.order.reference))] if names_order else []),
            cells.words(condition_words(line)),
            cells.lines(method_words(line.methods) or [_("Nobody has said how")]),
            cells.tag(status_of(check, now).tag, _("by the end of %(day)s") % {"day": day_words(check.due_on)}),
            cells.words(words.WHY_CHECKED[why_of(check)]),
            *([cells.link(_log_link(one, line))] if may_log else []),
        ]
        for check, line, one in sorted(
            found, key=lambda each: (each[0].due_on, each[2].order.pk, each[1].condition.number)
        )
    ]
    return cells.table(_("Checks to make"), head, rows, is_hidden=True) if rows else None


def _log_link(one: Monitored, line: Line) -> Link:
    address = reverse("order_check_new", kwargs={"order": one.order.reference})
    said = _("Log an outcome: condition %(number)s") % {"number": line.condition.number}
    return Link(said, f"{address}?condition={line.condition.number}")


def nothing_due(orders: Iterable[Monitored], now: datetime) -> str:
    """What kind of nothing it is: until when, or that nothing will be. Empty where something is due today or was missed."""
    live = [one for one in orders if one.is_live]
    days = [check.due_on for one in live for line in one.standing if (check := line.next) is not None]
    if days:
        first = min(days)
        return _("No check is due before %(day)s.") % {"day": day_words(first)} if first > day_of(now) else ""
    if not live:
        return _("No check is due: there is no live order.")
    if not any(line.checks for one in live for line in one.standing):
        return _("No check is due: checks begin when an order is served.")
    return _("No check is due: no condition can be checked now.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the timeline."""

    at: datetime
    when: str
    status: Params
    said: tuple[Text, ...]
    words: str = ""
    paper: str = ""


def timeline(orders: Iterable[Monitored], now: datetime) -> list[Entry]:
    """What came of every check, which were missed, and when they were not there; the newest first."""
    found = [entry for one in orders for entry in (*_made(one), *_missed(one, now), *_away(one))]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def _made(one: Monitored) -> Iterator[Entry]:
    for check in one.made:
        yield Entry(
            check.at, instant_words(check.at), words.OUTCOMES[check.outcome].tag, (*_of(one, check), check.by.name),
            check.words, paper_address(one.order.reference, check.paper_id) if check.paper_id else "",
        )  # fmt: skip


def _of(one: Monitored, check: CheckMade) -> tuple[Text, ...]:
    numbers = [each.condition.number for each in check.covers.all()]
    said = ngettext("Order %(order)s, condition %(numbers)s", "Order %(order)s, conditions %(numbers)s", len(numbers))
    listed = ", ".join(map(str, numbers))
    return (said % {"order": one.order.reference, "numbers": listed}, CHECKS.get(check.method, check.method))


def _missed(one: Monitored, now: datetime) -> Iterator[Entry]:
    for line in one.lines:
        for check in line.checks:
            if check.was_missed(now):
                said = _("Order %(order)s, condition %(condition)s") % {
                    "order": one.order.reference, "condition": condition_words(line)
                }  # fmt: skip
                yield Entry(check.overdue_from, day_words(check.due_on), words.MISSED.tag, (said, _late_words(check)))


def _late_words(check: Scheduled) -> Text:
    if check.done_at is not None:
        return _("Made late, %(when)s") % {"when": instant_words(check.done_at)}
    return words.ENDED[check.why] if check.why is not None else _("Not made yet")


def _away(one: Monitored) -> Iterator[Entry]:
    for row in last_said(one.away):
        said = _("Order %(order)s: from %(first)s to %(last)s") % {
            "order": one.order.reference, "first": day_words(row.first_day), "last": day_words(row.last_day)
        }  # fmt: skip
        yield Entry(
            row.known_from, instant_words(row.known_from), Status(words.AWAY[row.why], "grey").tag, (said, row.by.name)
        )


def away_now(orders: Iterable[Monitored], today: date) -> list[str]:
    """Where they are today, by each order, and until when."""
    return [
        _("%(where)s until %(day)s: checks that cannot be made are not asked for (order %(order)s).")
        % {"where": words.AWAY[row.why], "day": day_words(row.last_day), "order": one.order.reference}
        for one in orders
        for row in last_said(one.away)
        if row.first_day <= today <= row.last_day and one.is_live
    ]


def heightened_now(orders: Iterable[Monitored], now: datetime) -> list[str]:
    """Until when each order is followed up more closely (MON-03)."""
    found = []
    for one in orders:
        until = max((time.last for time in one.heightened if time.covers(now)), default=None)
        if until is not None and one.is_live:
            said = {"day": day_words(until), "order": one.order.reference}
            found.append(_("Heightened follow-up until %(day)s: a check every 3 days (order %(order)s).") % said)
    return found


def unplanned_words(number: int) -> str:
    """Of how many conditions nobody has confirmed how they are monitored; empty for none (MON-02)."""
    if not number:
        return ""
    return ngettext(
        "Nobody has confirmed how %(number)s condition is monitored.",
        "Nobody has confirmed how %(number)s conditions are monitored.",
        number,
    ) % {"number": number}


@dataclass(frozen=True, slots=True)
class OrderShown:
    """One order on the page of visits: what it is, and what can be done about its checks."""

    reference: str
    kind: Text
    unplanned: str


def orders_shown(orders: Iterable[Monitored]) -> list[OrderShown]:
    return [
        OrderShown(
            one.order.reference,
            kind_words(one.order.kind, is_interim=one.order.is_interim),
            unplanned_words(len(one.unplanned)),
        )
        for one in orders
        if one.is_live
    ]


def orders_named(orders: Iterable[Monitored], now: datetime) -> list[str]:
    """The orders that the page of visits names: those that live, and those under which something was done or missed."""
    return [one.order.reference for one in orders if one.is_live or timeline([one], now)]


def plan_table(one: Monitored, *, may_plan: bool) -> Params | None:
    """How each condition is monitored: confirmed, proposed, or not said yet (MON-02)."""
    head: list[cells.Heading] = [
        _("Condition"), _("State"), _("How"), _("What proves a breach"), _("What is tolerated"), _("How often"),
        *([_("Change")] if may_plan else []),
    ]  # fmt: skip
    rows = [
        [
            cells.lines([condition_words(line), line.condition.words]),
            cells.tag(plan_status(line).tag),
            *_plan_cells(line),
            *([cells.link(_plan_link(one, line))] if may_plan else []),
        ]
        for line in one.standing
    ]
    return cells.table(_("How each condition is monitored"), head, rows, is_hidden=True) if rows else None


def plan_status(line: Line) -> Status:
    if line.plan is None:
        return words.PROPOSED if line.proposal.evidence is not None else words.NO_PLAN
    return words.PLANNED if line.plan.is_checkable else words.UNCHECKED


def _plan_cells(line: Line) -> list[Params]:
    plan, proposal = line.plan, line.proposal
    if plan is None:
        evidence = EVIDENCE[proposal.evidence] if proposal.evidence else _("Not said")
        how = method_words(one.value for one in proposal.methods) or [_("Not said")]
        return [
            cells.lines(how),
            cells.words(evidence),
            cells.words(_("Not said")),
            cells.words(_("By the risk grade")),
        ]
    if not plan.is_checkable:
        return [cells.words(plan.cannot), *(cells.words(_("None")) for _number in range(3))]
    return [
        cells.lines(method_words(plan.methods)), cells.words(EVIDENCE[plan.evidence]), cells.words(plan.tolerance),
        cells.words(_every(plan.every_days)),
    ]  # fmt: skip


def both_plans(line: Line, given: NewPlan) -> Params:
    """How a condition is monitored as it stands now, and as it was given (T30)."""
    last = line.plans[-1] if line.plans else None
    stands = _said_of(last.methods, last.evidence, last.tolerance, last.every_days, last.cannot) if last else [""] * 5
    yours = _said_of(given.methods, given.evidence, given.tolerance, given.every_days, given.cannot)
    names = [_("How"), _("What proves a breach"), _("What is tolerated"), _("How often"), _("Why it cannot be checked")]
    return both_versions(zip(names, stands, yours, strict=True))


def _said_of(methods: Iterable[str], evidence: str, tolerance: str, days: int | None, cannot: str) -> list[Text]:
    how = "; ".join(map(str, method_words(methods)))
    return [how, EVIDENCE.get(evidence, evidence), tolerance, "" if cannot else _every(days), cannot]


def _every(days: int | None) -> str:
    return _("Every %(days)s days, or more often by the grade") % {"days": days} if days else _("By the risk grade")


def _plan_link(one: Monitored, line: Line) -> Link:
    number = line.condition.number
    address = reverse("order_check_plan_one", kwargs={"order": one.order.reference, "number": number})
    return Link(_("Say how condition %(number)s is monitored") % {"number": number}, address)
