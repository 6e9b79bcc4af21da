"""All that the page of a breach shows, read for one reader. Some twenty queries, whatever there is of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.breaches import due as breaches
from craffu.breaches.ledger.queries import BreachStory, breaches_against, story_of_breach
from craffu.breaches.ledger.then import Then, orders_then
from craffu.breaches.models import Breach
from craffu.breaches.standpoints.reading import do_not_agree, orders_reviewed, since_when
from craffu.breaches.standpoints.rules import CourtResult, Mismatch
from craffu.cases.victim_queries import victims_in
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.orders.following.queries import heightened_periods
from craffu.orders.models import Order
from craffu.people.queries import Identity, identities, members
from craffu.victims.leaks.queries import values_of
from craffu.web.people.reached import without_reach
from craffu.web.triage.presenters import Followed, Open
from craffu.web.triage.words import NOBODY_YET
from craffu.work.models import WorkItem
from craffu.work.queries import items_of

MOST_EARLIER: Final = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """One breach with its story, the orders then, who everybody is, by source record, and every record of the respondent."""

    by: Acting
    breach: Breach
    story: BreachStory
    orders: Sequence[Then]
    who: Mapping[int, Identity]
    his: frozenset[int]
    items: Sequence[WorkItem]
    found: Sequence[Open]
    # Where those whom it concerns can be reached: kept out of what is told of it, and never shown (SEC-06).
    reached: Sequence[tuple[str, str]] = field(default=(), repr=False)

    @property
    def refs(self) -> list[str]:
        """What the log says was shown."""
        named = [
            f"breach/{self.breach.reference}",
            *(f"order/{one.order.reference}" for one in self.orders),
            *(f"person/{one.reference}" for one in self.who.values()),
        ]
        others = {one.other for one in self.story.moves if one.other is not None}
        others |= {self.breach.joined_to} if self.breach.joined_to is not None else set()
        named += [f"breach/{one.reference}" for one in others]
        return [*named, f"case/{self.breach.case.reference}"] if self.breach.case else named

    @property
    def refs_compared(self) -> list[str]:
        """What the log says where the standpoints alone were shown: with the orders whose conditions they name."""
        said = {each.partition("/")[0] for one in self.story.words for each in one.conditions} & self.open_orders
        return [f"breach/{self.breach.reference}", *(f"order/{one}" for one in said)]

    def shown(self, said: str) -> str:
        """What somebody wrote, as it is shown."""
        return without_reach(said, self.reached)

    @property
    def open_orders(self) -> frozenset[str]:
        return frozenset(one.order.reference for one in self.orders)

    def protected(self, one: Then) -> list[Identity]:
        """Whom an order protects, each once."""
        known = (self.who[record] for record in one.protects if record in self.who)
        return list({each.reference: each for each in known}.values())


def seen_breach(by: Acting, breach: Breach, now: datetime) -> Seen:
    story = story_of_breach(by, breach)
    orders = orders_then(by, story)
    records = {one for one in (breach.respondent_id, breach.victim_id, breach.at_risk_id) if one is not None}
    records |= {record for one in orders for record in one.protects}
    # What somebody wrote may tell where any victim of its case can be reached, also one whom no order protects (SEC-06).
    has_words, system = _has_words(story), acting_system(by.force, by.actor.name)
    beside = victims_in(system, breach.case_id) if has_words and breach.case_id is not None else []
    everybody = frozenset(records.union(beside))
    mine = members(by).filter(person__in=members(by).filter(record__one_of=everybody).values("person"))
    belonging = list(mine.select_related("person").order_by("record_id"))
    whose = {one.record_id: one.person_id for one in belonging}
    concerned = {whose[record] for record in records if record in whose}
    known = identities(
        by, {one.person_id: one.person for one in belonging if one.person_id in concerned}.values(), whose=whose
    )
    who = {record: known[whose[record]] for record in records if record in whose}
    respondent = whose.get(breach.respondent_id)
    his = frozenset(record for record, person in whose.items() if person == respondent) or {breach.respondent_id}
    items = items_of(by, breaches.SOURCE.key, str(breach.pk))
    found, theirs = open_mismatches(by, story, items, now), sorted(set(whose) - his)
    reached = values_of(system, theirs) if has_words else []
    return Seen(by, breach, story, orders, who, frozenset(his), items, found, reached)


def _has_words(story: BreachStory) -> bool:
    """Whether anybody wrote anything of it: only then is there something in which an address can stand."""
    written = (story.sources, story.moves, story.explained, story.answers)
    return any(one.words for several in written for one in several) or any(one.reason for one in story.words)


def open_mismatches(by: Acting, story: BreachStory, items: Sequence[WorkItem], now: datetime) -> list[Open]:
    """What does not agree now, whether or not the clock has run since; in nobody's work yet until it has."""
    if story.breach.joined_to_id is not None:
        return []
    # Whether an order was reviewed counts for what a court found proved alone (M8).
    orders = [one.order for one in story.holding] if story.breach.court == CourtResult.PROVED else []
    reviewed = orders_reviewed(by, orders)
    since = since_when(story, reviewed)
    owners = {
        one.facts.get("code"): one.owner.name
        for one in items
        if one.kind == breaches.MISMATCH and one.over_at is None and one.owner is not None
    }
    return [Open(code, since(code), owners.get(code.value, NOBODY_YET)) for code in do_not_agree(story, reviewed, now)]


def earlier(seen: Seen) -> tuple[list[Breach], bool]:
    """The breaches before this one of whoever the respondent is, the latest first, and whether there are more."""
    rows = breaches_against(seen.by, seen.his).exclude(pk=seen.breach.pk)
    before = list(rows.filter(happened_from__lte=seen.breach.happened_to)[: MOST_EARLIER + 1])
    return before[:MOST_EARLIER], len(before) > MOST_EARLIER


def followed(seen: Seen, now: datetime) -> list[Followed]:
    """The orders watched more closely now: those that were broken, else what took the place of an interim one (MON-03, CLK-05).

    Two queries at most.
    """
    broken = {one.order.pk: one.order for one in seen.orders}
    full = {one.main_id: one for one in broken.values() if one.main_id is not None and one.main_id not in broken}
    mains = Order.objects.for_user(seen.by).filter(pk__one_of=frozenset(full)) if full else ()
    listed = [(one, "") for one in broken.values()] + [(one, full[one.pk].reference) for one in mains]
    periods = heightened_periods(seen.by, [one.pk for one, _interim in listed]) if listed else {}
    return [
        Followed(one.reference, period.last_day, interim)
        for one, interim in listed
        if (period := periods.get(one.pk)) is not None and period.holds(day_of(now))
    ]


def code_of(text: str) -> Mismatch | None:
    return next((one for one in Mismatch if one.value == text), None)
