"""What is asked before a paper is printed and after: marks, what was printed and given, and what is protected about a victim."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from craffu.access.acting import Acting, acting_system
from craffu.cases.victim_queries import victims_beside
from craffu.common.refusals import allows
from craffu.orders.models import Order, OrderPaper, PaperGiven, PaperMarked, PaperPrinted
from craffu.orders.papers.policies import SEALED
from craffu.orders.permissions import check_can_open_paper
from craffu.orders.printing.rules import Kept, is_privileged
from craffu.orders.queries import OrderStory
from craffu.people.queries import is_heard_since, records_of_whoever
from craffu.people.scanning import kinds_found
from craffu.victims.agreements.queries import is_agreed_since
from craffu.victims.leaks.queries import found_of_anybody, values_of


def marks_of(by: Acting, order: Order) -> dict[int, str]:
    """What was last said of each paper kept with an order, by its row. One query."""
    rows = PaperMarked.objects.for_user(by).filter(paper__order=order).order_by("id")
    return dict(rows.values_list("paper_id", "mark"))


def kept_of(papers: Iterable[OrderPaper], marks: Mapping[int, str]) -> list[Kept]:
    return [Kept(one.pk, one.kind, marks.get(one.pk)) for one in papers]


def papers_open_to(by: Acting, papers: Iterable[OrderPaper], marks: Mapping[int, str]) -> list[OrderPaper]:
    """The papers of which somebody may know: whoever may not read what is privileged is not told that it is there (SEC-12)."""
    return [
        one
        for one in papers
        if allows(
            check_can_open_paper,
            by,
            is_sealed_order=one.kind == SEALED,
            is_privileged=is_privileged(one.kind, marks.get(one.pk)),
        )
    ]


def printed_of(by: Acting, order: Order) -> list[PaperPrinted]:
    """The papers printed of an order, the newest first, without their content. One query."""
    rows = PaperPrinted.objects.for_user(by).filter(order=order).select_related("by")
    return list(rows.defer("content").order_by("-id"))


def find_printed(by: Acting, order: Order, number: int) -> PaperPrinted | None:
    """One printed paper of an order, with its content."""
    row: PaperPrinted | None = (
        PaperPrinted.objects.for_user(by).filter(order=order, pk=number).select_related("by").first()
    )
    return row


def given_of(by: Acting, order: Order) -> list[PaperGiven]:
    """To whom the printed papers of an order were given, in the order in which that was. One query."""
    rows = PaperGiven.objects.for_user(by).filter(printed__order=order).select_related("by", "printed")
    return list(rows.defer("printed__content").order_by("given_at", "id"))


def enclosed_contents(by: Acting, order: Order, numbers: Iterable[int]) -> list[OrderPaper]:
    """Papers kept with an order, with their content, in the order in which they came."""
    return list(OrderPaper.objects.for_user(by).filter(order=order, pk__in=list(numbers)).order_by("id"))


def protected_in(by: Acting, story: OrderStory, text: str) -> dict[str, int]:
    """VIC-09: which kinds of what is protected stand in a text, and how many of each: about the victims beside the respondent,
    and of any other victim a whole address, a telephone or an e-mail. What the respondent gave is their own.
    """
    system = acting_system(by.force, by.actor.name)
    found = kinds_found(text, values_of(system, records_beside(system, story)))
    own = records_of_whoever(system, [story.order.respondent_id])
    return dict.fromkeys(found_of_anybody(system, text, without=own), 1) | found


def is_more_known(by: Acting, story: OrderStory, at: datetime) -> bool:
    """VIC-09: whether there is now more to search a paper for than when it was printed: a person, a contact or an agreement."""
    if any(one.protects and one.known_from > at for one in story.protects):
        return True
    system = acting_system(by.force, by.actor.name)
    records = records_beside(system, story)
    return is_heard_since(system, records, at) or is_agreed_since(system, records, at)


def records_beside(system: Acting, story: OrderStory) -> list[int]:
    """Every record of each victim beside the respondent and of each person ever named as protected, none of the respondent's.

    Read as the system reads: whoever prints need not know where somebody lives.
    """
    own = records_of_whoever(system, [story.order.respondent_id])
    named = {*victims_beside(system, own), *(one.record_id for one in story.protects)} - set(own)
    return sorted(set(records_of_whoever(system, named)) - set(own))
