"""The only writes of printed papers: kept as they leave, logged as a disclosure in the same act, and given to somebody."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.exports.actions import disclose
from craffu.access.exports.rules import Asked
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged, version_of
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.models import PaperGiven, PaperMarked, PaperPrinted
from craffu.orders.permissions import check_can_mark, check_can_print, check_is_somebody
from craffu.orders.printing.facts import Handed, NewPaper
from craffu.orders.printing.policies import (
    check_audience,
    check_can_be_marked,
    check_each_is_decided,
    check_given,
    check_given_by_now,
    check_mark,
    check_may_leave_again,
    check_nothing_protected,
    check_only,
)
from craffu.orders.printing.queries import find_printed, is_more_known, kept_of, marks_of, protected_in
from craffu.orders.printing.reasons import purposes_of
from craffu.orders.printing.rules import Printed, goes_in, undecided
from craffu.orders.queries import OrderStory, find_order, find_paper, story_of_order

FIELDS = ("orders.Order.kind", "orders.Condition.words", "people.RecordVersion.family_name")


def seen_of(story: OrderStory) -> str:
    """The state of an order that a paper is printed from: its moves, its words and everything said of it (T30)."""
    standing = story.standing
    grown = (story.papers, story.attempts, story.protects, story.pack, story.entries)
    return version_of(
        story.order.reference, story.order.moves_made, standing.number if standing else 0, *(len(one) for one in grown)
    )


@action
def keep_printed(
    *, by: Acting, order: str, paper: NewPaper, asked: Asked, refs: Sequence[str] = (), now: datetime | None = None
) -> PaperPrinted:
    """A paper leaves: it is kept whole and its disclosure logged, or neither, and then it is not sent.

    Raises Conflict where the order changed while it was printed, NotNow where it holds what is protected about a victim or a
    paper that may not be in it, FactorNotFresh and Refusal as every export does.
    """
    at = now or clock.now()
    check_can_print(by, paper.kind)
    check_audience(paper.kind, paper.audience)
    lock_until_commit("order", by.force.code, order)
    found = check_is_there(find_order(by, order))
    story = story_of_order(by, found)
    check_unchanged(paper.seen, seen_of(story))
    if paper.kind != Printed.CARD:
        check_nothing_protected(protected_in(by, story, paper.words))
    if paper.kind == Printed.BUNDLE:
        papers = kept_of(story.papers, marks_of(by, found))
        check_each_is_decided(undecided(papers, paper.audience))
        check_only(goes_in(papers, paper.audience), [number for number, _digest in paper.enclosed])
    row: PaperPrinted = PaperPrinted.objects.create(
        force=by.force, order=found, kind=paper.kind, audience=paper.audience, language=paper.language,
        terms_number=paper.terms_number, wording=paper.wording, enclosed=[list(one) for one in paper.enclosed],
        size=len(paper.content), sha256=hashlib.sha256(paper.content).hexdigest(),
        content=base64.b64encode(paper.content).decode(), by=by.user, known_from=at,
    )  # fmt: skip
    counts = {"enclosed": len(paper.enclosed)} if paper.enclosed else {}
    _log(by, asked, paper.kind, [f"order/{order}", *refs], counts, at)
    return row


def _log(by: Acting, asked: Asked, kind: str, refs: Sequence[str], counts: Mapping[str, int], at: datetime) -> None:
    disclose(
        by=by, kind=events.ORDER_PRINTED, asked=asked, purposes=purposes_of(kind), refs=refs, fields=FIELDS, counts=counts,
        now=at,
    )  # fmt: skip


@action
def send_again(
    *, by: Acting, order: str, number: int, asked: Asked, now: datetime | None = None
) -> tuple[PaperPrinted, bytes]:
    """The very same paper once more, to somebody: a disclosure of its own.

    Raises NotPermitted where there is none, and NotNow where a paper in it no longer goes in, or more became known of a victim
    after it was printed; a card stays with the police and may have both.
    """
    at = now or clock.now()
    lock_until_commit("order", by.force.code, order)
    found = check_is_there(find_order(by, order))
    printed = check_is_there(find_printed(by, found, number))
    check_can_print(by, printed.kind)
    if printed.kind != Printed.CARD:
        story = story_of_order(by, found)
        check_may_leave_again(
            goes_in(kept_of(story.papers, marks_of(by, found)), printed.audience),
            [number for number, _digest in printed.enclosed],
            is_more_known=is_more_known(by, story, printed.known_from),
        )
    _log(by, asked, printed.kind, [f"order/{order}"], {}, at)
    return printed, base64.b64decode(printed.content)


@action
def record_given(*, by: Acting, order: str, number: int, handed: Handed, now: datetime | None = None) -> PaperGiven:
    """A printed paper was given to whom it was printed for. Raises NotNow for anybody else, and for a time that cannot be."""
    at = now or clock.now()
    user = check_is_somebody(by)
    found = check_is_there(find_order(by, order))
    printed = check_is_there(find_printed(by, found, number))
    check_can_print(by, printed.kind)
    check_given(printed.audience, handed.given_to, handed.method)
    check_given_by_now(printed.known_from, handed.given_at, at)
    row: PaperGiven = PaperGiven.objects.create(
        force=by.force, printed=printed, given_to=handed.given_to, method=handed.method, given_at=handed.given_at,
        words=handed.words.strip(), by=user, known_from=at,
    )  # fmt: skip
    audit.record(kind=events.ORDER_PAPER_GIVEN, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=at)
    return row


@action
def mark_paper(*, by: Acting, order: str, number: int, mark: str, now: datetime | None = None) -> PaperMarked:
    """What may become of a paper kept with an order. Raises NotNow once it is privileged: nobody here lifts that."""
    at = now or clock.now()
    check_can_mark(by)
    user = check_is_somebody(by)
    check_mark(mark)
    lock_until_commit("order", by.force.code, order)
    found = check_is_there(find_order(by, order))
    paper = check_is_there(find_paper(by, found, number))
    check_can_be_marked(paper.kind, marks_of(by, found).get(paper.pk))
    row: PaperMarked = PaperMarked.objects.create(force=by.force, paper=paper, mark=mark, by=user, known_from=at)
    audit.record(kind=events.ORDER_PAPER_MARKED, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=at)
    return row
