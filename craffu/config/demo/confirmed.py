"""Links of the invented force that its linkage reviewers looked at and confirmed, so that a court may be told what hangs on them.

A model joins most records of most people, and what nobody confirmed is told to no court (IDN-06, BRC-07). So two reviewers have
confirmed the links on which a few histories rest; those of everybody else are as the model left them.
"""

from collections import Counter
from datetime import datetime
from typing import Final

from django.db.models import Q

from craffu.access.acting import Acting
from craffu.access.queries import acting_user, find_user
from craffu.breaches.history.queries import every_row, links_of, seen
from craffu.breaches.ledger.states import Status
from craffu.breaches.models import Breach, BreachMismatch
from craffu.breaches.standpoints.rules import CourtResult, Mismatch
from craffu.common.door import action
from craffu.intake.linking.actions import agree_pair, decide_pair
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.linkage.models import PairDecided
from craffu.people.models import Person
from craffu.people.queries import people_of_records

REVIEWERS: Final = ("link-clerk", "link-clerk-2")
REASON: Final = "Demo: names, dates of birth and numbers of both records were compared; they are one person’s"
# Whose they are is asked of so many incidents.
_MOST: Final = 5_000
# Two who decide say the opposite of each other.
_CONTRADICTIONS: Final = (
    Mismatch.REPORTED_AND_NOT_ACCEPTED, Mismatch.ACCEPTED_AND_NO_ACTION, Mismatch.NOT_ACCEPTED_AND_PROVED,
    Mismatch.CHARGED_AND_NOT_PROVED,
)  # fmt: skip
# What a history is confirmed for: an incident that a court found proved, one of which sources contradict each other, one that
# broke an order that we hold; and that there is any.
_SHOWS: Final = ("proved", "contradicted", "of_an_order", "incidents")


@action
def confirm_links(by: Acting, now: datetime) -> None:
    """Confirm the links on which some histories rest: of each thing that a history may show that of most incidents which does.

    One reviewer decides, and another agrees where a word needs it (IDN-03). Somebody is left of whom nothing is confirmed, where
    there are two.
    """
    first, second = map(find_user, REVIEWERS)
    if first is None or second is None:
        return
    people = _histories(by)
    best = {max(people, key=lambda one: _rank(people[one], what)): None for what in _SHOWS if people}
    for person in list(best)[: max(1, len(people) - 1)]:
        for pair in _pairs_to_confirm(by, person, now):
            row = decide_pair(by=acting_user(first), pair=pair, given=NewWord(Word.SAME, REASON))
            if row.needs_another:
                agree_pair(by=acting_user(second), pair=pair, agrees=True)


def told_to_a_court(by: Acting) -> list[str]:
    """By their references, the people the links of whose histories were confirmed here. Two queries."""
    rows = PairDecided.objects.for_user(by).filter(by__username=REVIEWERS[0]).select_related("pair").order_by("id")
    whose = people_of_records(by, {one.pair.left_id for one in rows if one.reason == REASON})
    return sorted({one.reference for one in whose.values()})


def _rank(history: Counter[str], what: str) -> tuple[bool, int]:
    return history[what] > 0, history["incidents"]


def _histories(by: Acting) -> dict[Person, Counter[str]]:
    """Everybody who has a history, with how many of its incidents show what. Three queries."""
    # What the clock alone raised is no fact, and no paper tells of it.
    rows = Breach.objects.for_user(by).filter(
        ~Q(status=Status.POSSIBLE) | Q(is_said=True) | ~Q(court=""), joined_to=None
    )
    of_each = ("pk", "respondent_id", "court", "of_order_id", "of_several")
    found = list(rows.order_by("id").values_list(*of_each)[:_MOST])
    open_ = BreachMismatch.objects.for_user(by).filter(until=None, code__in=_CONTRADICTIONS)
    contradicted = set(open_.values_list("breach_id", flat=True))
    whose = people_of_records(by, {record for _, record, *_ in found})
    people: dict[Person, Counter[str]] = {}
    for breach, record, court, order, of_several in found:
        shown = {
            "incidents": True, "proved": court == CourtResult.PROVED, "contradicted": breach in contradicted,
            "of_an_order": order is not None or of_several,
        }  # fmt: skip
        history = people.setdefault(whose[record], Counter())
        history += Counter([what for what, is_so in shown.items() if is_so])
    return people


def _pairs_to_confirm(by: Acting, person: Person, now: datetime) -> list[str]:
    """The pairs by which a model alone joined to a person what their incidents rest on."""
    of = seen(by, person)
    rows = list(every_row(by, of, now))
    rests_on = {one.breach.respondent_id for one in rows}
    rests_on |= {tie.order.respondent_id for one in rows for tie in one.ties}
    links = links_of(by, of, sorted(rests_on & {*of.records})).values()
    return sorted({one.pair for one in links if not one.is_confirmed and one.pair})
