"""General notes as they are found again, and what is held of those whom a question is about: to compare with, never to show."""

from collections.abc import Iterable, Sequence

from craffu.access.acting import Acting, acting_system
from craffu.cases.models import AdviceAsked, CaseRole
from craffu.orders.advising.kinds import Topic
from craffu.orders.advising.rules import words_asked
from craffu.orders.models import AdviceNote, Order, OrderProtects
from craffu.people.queries import identities, people_of_records, records_of_whoever
from craffu.victims.leaks.queries import values_of

# So many notes a search shows, the last written first.
MOST: int = 50


def notes_found(by: Acting, text: str = "", topic: Topic | None = None) -> list[AdviceNote]:
    """The notes in which every word that is asked for stands, of a topic or of all. One query."""
    rows = AdviceNote.objects.for_user(by).exclude(words="").select_related("by")
    if topic is not None:
        rows = rows.filter(topic=topic.value)
    for word in words_asked(text):
        rows = rows.filter(folded__contains=word)
    return list(rows.order_by("-id")[:MOST])


def notes_of(by: Acting, asked: Iterable[int]) -> dict[int, AdviceNote]:
    """Each note, or that there is none, by the question's row number. One query."""
    rows = AdviceNote.objects.for_user(by).filter(asked__in=sorted(asked))
    return {one.asked_id: one for one in rows}


def records_about(by: Acting, asked: AdviceAsked) -> list[int]:
    """Everybody in the case of a question, and under its order, by every record of whoever they are. Read as the system reads."""
    system = acting_system(by.force, by.actor.name)
    records = set(CaseRole.objects.for_user(system).filter(case=asked.case_id).values_list("record_id", flat=True))
    orders = Order.objects.for_user(system)
    mine = orders.filter(reference=asked.about_order) if asked.about_order else orders.filter(case=asked.case_id)
    numbers = list(mine.values_list("pk", "respondent_id"))
    records |= {respondent for _, respondent in numbers}
    protects = OrderProtects.objects.for_user(system).filter(order__in=[order for order, _ in numbers])
    records |= set(protects.values_list("record_id", flat=True))
    return records_of_whoever(system, sorted(records))


def details_of(by: Acting, records: Sequence[int]) -> tuple[list[str], list[tuple[str, str]]]:
    """Every name of whoever these records are, and every contact and safe word of theirs. Read as the system reads."""
    system = acting_system(by.force, by.actor.name)
    people = dict.fromkeys(people_of_records(system, records).values())
    known = identities(system, people).values()
    names = [name for one in known for name in (one.name, *one.other_names)]
    return names, values_of(system, records)
