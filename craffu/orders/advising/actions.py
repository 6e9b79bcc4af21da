"""Advice about an order, and the general note that a specialist writes beside an answer, or declines to write (RES-04, R1b)."""

from dataclasses import dataclass
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.cases.advice import actions as advice
from craffu.cases.advice.permissions import check_can_ask
from craffu.cases.advice.rules import Adviser
from craffu.cases.models import AdviceAnswered, AdviceAsked
from craffu.common import clock
from craffu.common.door import action
from craffu.orders import events
from craffu.orders.advising.kinds import Holds, Topic
from craffu.orders.advising.policies import check_holds_nobody, check_note_is_whole
from craffu.orders.advising.queries import details_of, records_about
from craffu.orders.advising.rules import holds
from craffu.orders.models import AdviceNote
from craffu.orders.queries import find_order
from craffu.people.search.folding import fold
from craffu.victims.leaks.queries import found_of_anybody


@dataclass(frozen=True, slots=True)
class NewNote:
    """A general note: what it is about, and its words. Both empty: the specialist writes none."""

    topic: Topic | None = None
    words: str = ""


@action
def ask_about_order(
    *, by: Acting, order: str, adviser: Adviser, question: str, now: datetime | None = None
) -> AdviceAsked:
    """Put a question about an order to a specialist. It stands with the order's case too, where it is of one."""
    check_can_ask(by)
    found = check_is_there(find_order(by, order))
    case = found.case.reference if found.case else None
    return advice.ask_advice(by=by, case=case, adviser=adviser, question=question, order=found.reference, now=now)


@action
def answer_with_note(
    *,
    by: Acting,
    case: str | None,
    number: int,
    words: str,
    note: NewNote,
    order: str = "",
    now: datetime | None = None,
) -> AdviceAnswered:
    """The force's own specialist answers, and writes a general note or none. Raises NotNow where the note holds something of
    anybody: then nothing is kept, the answer neither.
    """
    at = now or clock.now()
    said = note.words.strip()
    check_note_is_whole(has_topic=note.topic is not None, has_words=bool(said))
    row = advice.answer_advice(by=by, case=case, number=number, words=words, order=order, now=at)
    if said:
        check_holds_nobody(_held_in(by, row.asked, said))
    topic = note.topic.value if note.topic else ""
    kept: AdviceNote = AdviceNote.objects.create(
        force=by.force, asked=row.asked, topic=topic, words=said, folded=fold(said), by=row.by, known_from=at
    )
    kind = events.ADVICE_NOTE_WRITTEN if said else events.ADVICE_NOTE_DECLINED
    audit.record(kind=kind, actor=by.actor, refs=[f"note/{kept.pk}"], request=by.request, now=at)
    return row


def _held_in(by: Acting, asked: AdviceAsked, text: str) -> list[Holds]:
    """What of somebody stands in a note: of those whom the question is about, or a contact of any victim at all."""
    found = holds(text, *details_of(by, records_about(by, asked)))
    if Holds.CONTACT not in found and found_of_anybody(by, text):
        return [one for one in Holds if one in found or one is Holds.CONTACT]
    return found
