"""How every promise, piece of news, revisit and measure of a whole force stands at an instant, by the rules of each.

VIC-01 to VIC-05, VIC-08. Whoever it is about, each table is read once; nobody is named. A limit is the one to which somebody
was entitled, and a wish the one that stood, on the day on which it happened (MET28): a page shows what holds today.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.models import CaseRole
from craffu.clocks.london import day_of
from craffu.victims.happenings.queries import Happened, News, code_status, news_of
from craffu.victims.models import EntitlementSaid, MeasureTold, SafetyMeasure
from craffu.victims.notices.code import Entitlement
from craffu.victims.queries import day_of_agreement, standing
from craffu.victims.stories import Story, stories, victims_of_records

NOT_WANTED: Final = "not_wanted"
TOLD, NOT_TOLD = "told", "not_told"


@dataclass(frozen=True, slots=True)
class Stood:
    """One thing that is counted: `key` names it as its table does, `day` is the one by whose end it was due."""

    key: str
    record: int
    day: date
    status: str


@dataclass(frozen=True, slots=True)
class Everybody:
    """Every victim's story at an instant, and to which limits each was entitled since when, by record."""

    stories: tuple[Story, ...]
    entitled: dict[int, list[tuple[date, Entitlement]]]
    now: datetime


def everybody(by: Acting, now: datetime) -> Everybody:
    """Everybody who is a victim in a case. Fourteen queries, however many they are."""
    roles = CaseRole.objects.for_user(by.joining()).filter(role=CaseRole.Role.VICTIM).order_by()
    victims = victims_of_records(by, frozenset(roles.values_list("record_id", flat=True)))
    said = EntitlementSaid.objects.for_user(by).filter(known_from__lte=now).defer("reason").order_by("id")
    entitled: dict[int, list[tuple[date, Entitlement]]] = {}
    for one in standing(said):
        entitled.setdefault(one.record_id, []).append((one.on, Entitlement(one.entitlement)))
    return Everybody(tuple(stories(by, victims, now).values()), entitled, now)


def promises(found: Everybody) -> Iterator[Stood]:
    """VIC-04: every contact that was promised."""
    for story in found.stories:
        for one in story.promises:
            made = one.promise
            yield Stood(_key(made.source_key, made.pk), made.record_id, day_of(made.due_at), one.stands.status.value)


def code_notices(found: Everybody) -> Iterator[Stood]:
    """VIC-05: every step of which the Code says that they are told; what they do not want to hear of is told apart."""
    for story, one in _news(found):
        if one.code is not None:
            status = code_status(one.code, one.happened.told_at, found.now).value if one.is_wanted else NOT_WANTED
            yield Stood(one.happened.key, story.victim.record, one.code.due_day, status)


def safety_news(found: Everybody) -> Iterator[Stood]:
    """VIC-05: everything that their safety hangs on, warned of before it or told within the hour."""
    for story, one in _news(found):
        if one.safety is not None:
            ends = one.safety.warn_before or one.safety.tell_by
            yield Stood(one.happened.key, story.victim.record, day_of(ends), one.safety.status.value)


def _news(found: Everybody) -> Iterator[tuple[Story, News]]:
    for story in found.stories:
        said = sorted(each for record in story.victim.records for each in found.entitled.get(record, ()))
        for one in story.happened:
            for news in _of_one(story, one, said, found.now):
                yield story, news


def _of_one(story: Story, one: Happened, said: list[tuple[date, Entitlement]], now: datetime) -> list[News]:
    day = day_of(one.at)
    entitled = next((which for since, which in reversed(said) if since <= day), Entitlement.ENHANCED)
    stood = [version for version in story.versions if day_of_agreement(version) <= day]
    return news_of([one], stood, entitled, now)


def revisits(found: Everybody) -> Iterator[Stood]:
    """VIC-03: every revisit of an agreement that what happened on a day asked for."""
    for story in found.stories:
        for one in story.revisits:
            key = f"{story.victim.reference}/{one.contact.day.isoformat()}"
            yield Stood(key, story.victim.record, one.contact.due_day, one.status.value)


def measures(by: Acting, now: datetime) -> Iterator[Stood]:
    """VIC-08: everything that was done for somebody's safety, and whether they were told of it. Two queries."""
    told_of = (
        MeasureTold.objects.for_user(by).filter(known_from__lte=now).select_related("measure").defer("measure__words")
    )
    told = {
        _key(one.measure.source_key, one.measure_id)
        for one in standing(told_of.order_by("id"))
        if one.told_on <= day_of(now)
    }
    done = SafetyMeasure.objects.for_user(by).filter(known_from__lte=now).defer("words").order_by("id")
    for one in standing(done):
        if one.done_on <= day_of(now):
            key = _key(one.source_key, one.pk)
            yield Stood(key, one.record_id, one.done_on, TOLD if key in told else NOT_TOLD)


def _key(source_key: str, number: int) -> str:
    """A row's own key at its sender, which a row said anew has too; else its number."""
    return source_key or str(number)
