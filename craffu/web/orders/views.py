"""The pages that show orders: a list, one order as it stands, and what its words were when (page map, P11 and P12)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.access.acting import Acting
from craffu.cases.advice.permissions import check_can_read_advice
from craffu.cases.permissions import check_can_view_case
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.measures.permissions import check_can_see
from craffu.orders import events
from craffu.orders.clocks.notifications import WITH_DUTY
from craffu.orders.clocks.of_order import clocks_of
from craffu.orders.drafting.policies import PUT_FORWARD
from craffu.orders.effect.rules import enforceable
from craffu.orders.following.queries import follow_ups
from craffu.orders.library.queries import newer_wordings
from craffu.orders.life.queries import lock_of, steps_of
from craffu.orders.life.states import LIVE, OrderStatus
from craffu.orders.models import Order, OrderTerms
from craffu.orders.models.terms import DRAFTED
from craffu.orders.notifying.queries import received_under
from craffu.orders.papers.card import lacks_of_card
from craffu.orders.permissions import (
    check_can_agree_to_terms,
    check_can_compare,
    check_can_consider,
    check_can_follow_up,
    check_can_note_notification,
    check_can_own,
    check_can_view_order,
    check_can_work_inbox,
)
from craffu.orders.printing.queries import marks_of, papers_open_to
from craffu.orders.protecting.queries import people_protected, records_protected
from craffu.orders.queries import (
    OrderStory,
    as_happened,
    checked_terms,
    followed_after,
    found_to_differ,
    interims_of,
    orders_number,
    orders_page,
    story_of_order,
)
from craffu.orders.transfers.queries import force_coded, moving, transfers_of
from craffu.orders.watching.reading import answered
from craffu.people.permissions import check_can_view_person
from craffu.web.consulting import looked_at
from craffu.web.following import presenters as following
from craffu.web.letters.views import may_see_letters
from craffu.web.library.presenters import in_words
from craffu.web.middleware import acting
from craffu.web.monitoring.section import section_of
from craffu.web.notifying import presenters as notifying
from craffu.web.orders import difference_presenters as differences
from craffu.web.orders import presenters, words
from craffu.web.orders.correct_views import differences_found
from craffu.web.orders.noting_views import notes_made, notes_to_make
from craffu.web.orders.opening import crumbs, head, open_order
from craffu.web.orders.owner_views import may_change, owner_words
from craffu.web.orders.parties import Whose, respondents, whose_of
from craffu.web.orders.scanning_views import may_check_pack
from craffu.web.orders.terms_forms import pointed_out
from craffu.web.orders.transfer_presenters import responsible_words
from craffu.web.paging import one_page
from craffu.web.people.presenters import name_shown
from craffu.web.people.use import use_notices
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.reviews.views import reviews_part

# As long as an application can still be changed, its conditions are drafted and its pack is put together; until it is lodged
# the pack is read here.
DRAFTED_IN = frozenset({OrderStatus.CONSIDERING, OrderStatus.DECIDED})
BEFORE_COURT = DRAFTED_IN | PUT_FORWARD


@require_safe
def order_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_view_order(by)
    shown = one_page(request, orders_page(by), total=orders_number(by))
    refs = [f"order/{order.reference}" for order in shown.rows]
    cases = {f"case/{order.case.reference}" for order in shown.rows if order.case}
    against = respondents(by, shown.rows)
    people = {f"person/{one.reference}" for one in against.values()}
    looked_at(request, events.ORDERS_LISTED, [*refs, *cases, *people])
    title = _("Orders")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "shown": shown,
        "orders": presenters.orders_table(shown.rows, against=against),
        "works_inbox": allows(check_can_work_inbox, by),
        "sees_figures": allows(check_can_see, by),
    }
    return render(request, "orders/list.html", page)


@require_safe
def order_detail(request: HttpRequest, order: str) -> HttpResponse:
    """One order. A response officer sees its words and its service, and nothing else of it."""
    by, found = open_order(request, order)
    is_part = not allows(check_can_view_order, by)
    story, whose, now = story_of_order(by, found), whose_of(by, found), clock.now()
    interims, standing = [] if is_part else interims_of(by, found), story.standing_for(is_part=is_part)
    protected = people_protected(by, story.protects)
    use = use_notices(by, [found.respondent_id, *records_protected(story.protects)])
    named = [*(f"person/{one.reference}" for one in protected), *(ref for one in use for ref in one.refs)]
    looked_at(request, events.ORDER_VIEWED, [*_refs(story, whose, interims, is_part=is_part), *named])
    title = _("Order %(reference)s") % {"reference": order}
    page = {
        "head": PageHead(title, breadcrumbs=(*crumbs(by), Link(title, ""))),
        "order": order,
        "is_part": is_part,
        "may_print": found.status in LIVE,
        "bar": presenters.identity_bar(
            story, whose, checked_terms(standing), is_part=is_part, has_links=allows(check_can_view_person, by),
            has_case=allows(check_can_view_case, by),
        ),
        "effect": presenters.effect_list(
            enforceable(story.kind, as_happened(found), now), found, story.kind.effect
        ),
        "use": use,
        "sealed": presenters.sealed_order(story),
        "prevailing": words.prevailing(found.kind),
        "protects": [f"{name_shown(one)} ({one.reference})" for one in protected],
        "may_protect": allows(check_can_consider, by),
        "standing": presenters.terms_line(standing) if standing else "",
        "conditions": presenters.conditions(standing),
        "differs": differences_found(story),
        "service": presenters.service_table(story.attempts),
        "steps": presenters.steps(found, steps_of(by, story, now), lock_of(found, now)),
        "notes_to_make": notes_to_make(by, story),
        "may_check_pack": may_check_pack(by, story),
        **({} if is_part else _whole(by, story, whose, interims)),
    }  # fmt: skip
    return render(request, "orders/detail.html", {**page, "parts": _parts(page)})


def _parts(page: Mapping[str, object]) -> list[Link]:
    """Where on the page each part of the order begins, of those that it has; none for whoever sees its words alone."""
    if page["is_part"]:
        return []
    parts = {
        "steps": (_("Steps"), True),
        "clocks": (_("Clocks"), True),
        "conditions": (_("Conditions"), True),
        "service": (_("Service"), True),
        "notifications": (_("Notifications"), page["asks_to_notify"]),
        "follow-up": (_("Heightened follow-up"), page["may_follow_up"]),
        "reviews": (_("Reviews"), page["reviews"]),
        "monitoring": (_("Monitoring"), page["monitoring"]),
        "papers": (_("Papers"), True),
        "chain": (_("Chain"), True),
        "moves": (_("Moves"), True),
    }
    return [Link(said, f"#{part}") for part, (said, is_shown) in parts.items() if is_shown]


def _refs(story: OrderStory, whose: Whose, interims: list[Order], *, is_part: bool) -> list[str]:
    """What the page names, as the log writes it."""
    order = story.order
    refs = [f"order/{order.reference}", *(f"order/{one.reference}" for one in interims)]
    if whose.identity is not None:
        refs.append(f"person/{whose.identity.reference}")
    if order.main is not None and not is_part:
        refs.append(f"order/{order.main.reference}")
    if order.case is not None and not is_part:
        refs.append(f"case/{order.case.reference}")
    return refs


def _whole(by: Acting, story: OrderStory, whose: Whose, interims: list[Order]) -> dict[str, object]:
    order, now = story.order, clock.now()
    lacks = lacks_of_card(story, whose.respondent)
    clocks = clocks_of(
        story.kind, as_happened(order), answered(story, interims, followed_after(by, order)),
        is_interim=order.is_interim, is_indefinite=bool(order.is_indefinite), now=now,
    )  # fmt: skip
    may_compare = allows(check_can_compare, by)
    return {
        "reviews": reviews_part(by, story),
        "owner": owner_words(story),
        **_followed(by, order, now),
        **_notified(by, order),
        "notes_made": notes_made(story),
        "may_give": may_change(by, story),
        "progress": presenters.progress(story.moves),
        "term": presenters.term_to_query(order, whose.identity.born_on if whose.identity else ""),
        "clocks": presenters.clocks_table(clocks, order),
        "has_ended": order.ended_at is not None,
        "papers": presenters.papers_table(order.reference, papers_open_to(by, story.papers, marks_of(by, order))),
        "chain": presenters.chain_table(story, interims),
        "moves": presenters.moves_table(story.moves),
        "monitoring": section_of(by, story, now),
        "card": presenters.card_words(lacks),
        "card_lacks": presenters.card_list(lacks),
        "transfer": _transfer_words(by, order, now),
        "may_transfer": allows(check_can_own, by) and order.status in LIVE,
        "may_ask_advice": allows(check_can_read_advice, by),
        "may_compare": may_compare and order.status in LIVE and story.standing is not None,
        "may_correct": may_compare and bool(story.made and found_to_differ(story.standing)),
        "may_keep": may_compare,
        "may_see_letters": may_see_letters(by, story),
        "may_read_pack": allows(check_can_consider, by) and order.status in BEFORE_COURT,
        "may_draft": allows(check_can_consider, by) and order.status in DRAFTED_IN,
    }


def _followed(by: Acting, order: Order, now: datetime) -> dict[str, object]:
    """Heightened follow-up, for those who follow an order up (MON-03)."""
    if not allows(check_can_follow_up, by) or order.made_at is None:
        return {"may_follow_up": False}
    raised = follow_ups(by, [order.pk]).get(order.pk, [])
    return {
        "may_follow_up": True,
        "heightened": following.heightened_words(following.period_of(raised), day_of(now)),
        "triggers": following.follow_up_table(order.reference, raised, now),
    }


def _notified(by: Acting, order: Order) -> dict[str, object]:
    """What was notified, without its names and addresses (MON-05)."""
    if order.kind not in WITH_DUTY or order.made_at is None:
        return {"asks_to_notify": False}
    received = received_under(by, [order.pk]).get(order.pk, [])
    may_record = allows(check_can_note_notification, by)
    return {
        "asks_to_notify": True,
        "first_notified": notifying.first_words(received),
        "notifications": notifying.notifications_table(order.reference, received, has_links=may_record),
        "may_notify": may_record,
    }


def _transfer_words(by: Acting, order: Order, now: datetime) -> str:
    """Whose the respondent is, once they have moved to or from another force (ORD-22)."""
    rows = transfers_of(by, order)
    if not rows:
        return ""
    force = force_coded(rows[-1].other_force)
    return responsible_words(moving(rows[-1], now), {force.code: force} if force else {})


@require_safe
def order_conditions(request: HttpRequest, order: str) -> HttpResponse:
    """Every version of the words, and how two of them differ: the last two, unless others are chosen (ORD-15)."""
    by, found = open_order(request, order)
    story = story_of_order(by, found)
    # What was only drafted is no part of the order's words for whoever meets the respondent at a door.
    versions = story.terms if allows(check_can_view_order, by) else story.made
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("Conditions of order %(reference)s") % {"reference": order}
    page: dict[str, object] = {"head": head(by, order, title), "versions": len(versions), "difference": None}
    if versions:
        after = _version(versions, request.GET.get("after", ""), versions[-1])
        before = _version(versions, request.GET.get("before", ""), versions[-2] if len(versions) > 1 else versions[0])
        page |= {
            "standing": presenters.terms_line(after),
            "checked": presenters.checked_cell(found.kind, after, checked_terms(after)),
            "conditions": presenters.conditions(after, _pointed(after), _newer(by, after)),
            "sealed": presenters.sealed_order(story),
            "prevailing": words.prevailing(found.kind),
            "waiting": presenters.bespoke_waiting(after) if after == story.standing and not story.made else [],
            "may_approve": allows(check_can_agree_to_terms, by),
            "order": order,
        }
        if len(versions) > 1:
            page |= {
                "before": differences.select_of("before", _("Earlier version"), versions, before.number),
                "after": differences.select_of("after", _("Later version"), versions, after.number),
                "difference": differences.difference_table(before, after),
            }
    return render(request, "orders/conditions.html", page)


def _version(versions: Sequence[OrderTerms], asked: str, otherwise: OrderTerms) -> OrderTerms:
    return next((one for one in versions if str(one.number) == asked), otherwise)


def _pointed(terms: OrderTerms) -> dict[int, tuple[str, ...]]:
    """What is vague in a draft: the words of a court are not questioned here."""
    if terms.why != DRAFTED:
        return {}
    return {one.number: pointed_out(one.type, one.words) for one in terms.conditions.all()}


def _newer(by: Acting, terms: OrderTerms) -> dict[str, presenters.NewerWording]:
    """Where the library has worded anew what a draft took from it: the draft keeps its words, and says so (ORD-14)."""
    if terms.why != DRAFTED:
        return {}
    found = newer_wordings(by, {one.library for one in terms.conditions.all()})
    return {name: presenters.NewerWording(in_words(taken), in_words(now)) for name, (taken, now) in found.items()}
