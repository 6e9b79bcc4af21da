"""The only writes of an order's words: a version of its terms, and that somebody else compared it with the sealed order.

Typed words that were found to differ from it are put right by a further version: the court changed nothing.

ORD-15, ORD-20.
"""

import json
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.conditions.rules import ConditionType
from craffu.orders.drafting.policies import check_is_drafted, check_is_not_put_forward
from craffu.orders.facts import NewCondition, NewTerms
from craffu.orders.life.policies import check_is_as_seen
from craffu.orders.models import Condition, Order, OrderPaper, OrderTerms, TermsCompared
from craffu.orders.permissions import check_can_compare, check_can_consider, check_is_named
from craffu.orders.queries import checked_terms, find_order, find_paper, found_to_differ, story_of_order
from craffu.orders.scanning.policies import check_zone_gives_nothing_away
from craffu.orders.scanning.queries import zones_that_give_away
from craffu.orders.terms.policies import (
    check_can_be_compared,
    check_can_be_corrected,
    check_differences_are_said,
    check_is_another,
    check_is_last_image,
    check_something_is_corrected,
)
from craffu.orders.terms.rules import Label
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell


@action
def keep_terms(
    *,
    by: Acting,
    order: Order,
    given: NewTerms,
    why: str,
    applies_from: datetime | None,
    entered_by: User | None = None,
    now: datetime | None = None,
) -> OrderTerms:
    """A further version of an order's terms; the earlier ones stay as they were (ORD-15). Called by the moves that bring one.

    `entered_by` is who typed them, where that is not `by`.
    """
    at = now or clock.now()
    number = OrderTerms.objects.for_user(by).filter(order=order).count() + 1
    terms: OrderTerms = OrderTerms.objects.create(
        force=by.force, order=order, number=number, why=why, applies_from=applies_from, language=given.language,
        locality=given.locality.strip(), has_no_locality=given.has_no_locality,
        entered_by=entered_by or by.user, known_from=at,
    )  # fmt: skip
    approved = _approved_before(by, order, given, why)
    for place, one in enumerate(given.conditions, start=1):
        Condition.objects.create(
            force=by.force, terms=terms, number=place, type=one.type, is_requirement=one.is_requirement,
            words=one.words.strip(), words_cy=one.words_cy.strip(),
            inputs=json.dumps(dict(one.inputs), ensure_ascii=False, sort_keys=True) if one.inputs else "",
            behaviour=one.behaviour.strip(), necessity=one.necessity.strip(), supervisor=one.supervisor.strip(),
            first_day=one.first_day, last_day=one.last_day, library=one.library,
            approved_by=one.approved_by or approved.get(one.words.strip()),
        )  # fmt: skip
    return terms


def _approved_before(by: Acting, order: Order, given: NewTerms, why: str) -> dict[str, User]:
    """Who approved which words of this order alone, while it is drafted: approved once, they stay approved (ORD-14)."""
    if why != "drafted" or not any(one.type == ConditionType.BESPOKE for one in given.conditions):
        return {}
    rows = Condition.objects.for_user(by).filter(
        terms__order=order, type=ConditionType.BESPOKE, approved_by__isnull=False
    )
    return {one.words: one.approved_by for one in rows.select_related("approved_by").order_by("id")}


@action
def draft_terms(
    *, by: Acting, order: str, given: NewTerms, seen: int | None = None, now: datetime | None = None
) -> OrderTerms:
    """The terms that an application asks for, as they are drafted. `seen` is the number of the last version before them.

    Raises NotPermitted where there is no such order, Conflict where somebody kept another version meanwhile (T30), and NotNow
    while it is before whoever authorises it, authorised or made (ORD-03), or where a zone gives away where somebody lives
    (VIC-09).
    """
    at = now or clock.now()
    check_can_consider(by)
    check_is_named(by)
    lock_until_commit("order", by.force.code, order)
    found = check_is_there(find_order(by, order))
    check_is_as_seen(seen, OrderTerms.objects.for_user(by).filter(order=found).count())
    check_is_not_put_forward(found.status)
    check_is_drafted(is_made=found.made_at is not None)
    check_zone_gives_nothing_away(zones_that_give_away(by, found, given))
    terms = keep_terms(by=by, order=found, given=given, why="drafted", applies_from=None, now=at)
    tell(force=by.force.code, topic=ORDERS, subjects=[found.pk], at=at)
    audit.record(kind=events.ORDER_TERMS_DRAFTED, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=at)
    return terms


@action
def compare_terms(
    *, by: Acting, order: str, number: int, paper: int, is_same: bool, differs: str = "", now: datetime | None = None
) -> TermsCompared:
    """Somebody held a version of the terms against the image of the sealed order. Never whoever typed it.

    Raises NotPermitted for them, NotNow where there is no such version or image, or differences were found and not said, and
    Conflict where a further image of the sealed order came since the one that they had before them.
    """
    at = now or clock.now()
    check_can_compare(by)
    check_is_named(by)
    lock_until_commit("order", by.force.code, order)
    found = check_is_there(find_order(by, order))
    story = story_of_order(by, found)
    terms = check_is_there(next((one for one in story.terms if one.number == number), None))
    image = find_paper(by, found, paper)
    check_is_another(terms.entered_by.username if terms.entered_by else None, by.actor.name)
    check_can_be_compared(is_image=image is not None and image.kind == "sealed_order", is_last=terms == story.standing)
    check_is_last_image(paper, [one.pk for one in story.papers if one.kind == "sealed_order"])
    check_differences_are_said(is_same=is_same, differs=differs)
    assert image is not None  # noqa: S101 - just checked
    row: TermsCompared = TermsCompared.objects.create(
        force=by.force, terms=terms, paper=image, is_same=is_same, differs=differs.strip(), by=by.user, at=at
    )
    tell(force=by.force.code, topic=ORDERS, subjects=[found.pk], at=at)
    audit.record(kind=events.ORDER_TERMS_COMPARED, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=at)
    return row


@action
def correct_terms(
    *, by: Acting, order: str, given: NewTerms, seen: int | None = None, now: datetime | None = None
) -> OrderTerms:
    """Typed words that differ from the sealed order are put right: a further version, in force since the one it puts right was.

    No variation: nobody is told that the order changed. It reads *not checked* until somebody else than who typed it has compared
    it. `seen` is the number of the last version before them. Raises NotPermitted where there is no such order, Conflict where
    somebody kept another version meanwhile (T30), NotNow where no difference was found or nothing is changed.
    """
    at = now or clock.now()
    check_can_compare(by)
    check_is_named(by)
    lock_until_commit("order", by.force.code, order)
    found = check_is_there(find_order(by, order))
    story = story_of_order(by, found)
    check_is_as_seen(seen, len(story.terms))
    wrong = story.standing
    check_can_be_corrected(is_made=bool(story.made), differs=bool(found_to_differ(wrong)))
    assert wrong is not None  # noqa: S101 - just checked
    check_something_is_corrected(is_same=_says_the_same(wrong, given))
    terms = keep_terms(by=by, order=found, given=given, why="corrected", applies_from=wrong.applies_from, now=at)
    tell(force=by.force.code, topic=ORDERS, subjects=[found.pk], at=at)
    audit.record(kind=events.ORDER_TERMS_CORRECTED, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=at)
    return terms


def _says_the_same(terms: OrderTerms, given: NewTerms) -> bool:
    """Whether typed words are those that stand, in their order, with the limits of the order."""
    limits = (terms.language, terms.locality, terms.has_no_locality)
    typed = (given.language, given.locality.strip(), given.has_no_locality)
    return limits == typed and [_said(one) for one in terms.conditions.all()] == [
        _said(one) for one in given.conditions
    ]


def _said(one: Condition | NewCondition) -> tuple[object, ...]:
    """A condition as an order words it, whoever supervises it and its own days with it."""
    words = (one.words.strip(), one.words_cy.strip(), one.supervisor.strip())
    return (one.type, one.is_requirement, words, one.first_day, one.last_day)


@action
def put_in_doubt(*, by: Acting, order: Order, image: OrderPaper, now: datetime | None = None) -> TermsCompared | None:
    """A later image of an order has come: words that read *compared* are held against it anew (ORD-20). None where none do."""
    at = now or clock.now()
    terms = story_of_order(by, order).standing
    found = checked_terms(terms)
    if terms is None or found is None or found.label is not Label.COMPARED:
        return None
    row: TermsCompared = TermsCompared.objects.create(
        force=by.force, terms=terms, paper=image, is_same=False, by=by.user, at=at
    )  # fmt: skip
    tell(force=by.force.code, topic=ORDERS, subjects=[order.pk], at=at)
    refs = [f"order/{order.reference}"]
    audit.record(kind=events.ORDER_TERMS_COMPARED, actor=by.actor, refs=refs, request=by.request, now=at)
    return row
