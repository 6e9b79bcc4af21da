"""What the records tell of that raises heightened follow-up by itself: of the order, its respondent, and those it protects.

MON-03. Nothing is written here. What a record tells is a trigger from when we knew of it, and only while the order stands.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.custody.queries import releases_of
from craffu.cases.models import CaseRole, CaseVersion, DetentionVersion, RiskEvent
from craffu.cases.queries import hearings_listed
from craffu.cases.risk.crimes import SENT, crime_sent
from craffu.cases.risk.rules import Asks
from craffu.clocks.london import day_of, start_of, utc_text
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.once import once
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.considering.reading import SUSPECTED
from craffu.orders.following.nearness import came_near
from craffu.orders.following.rules import HEIGHTENED_DAYS, Told, Trigger
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order
from craffu.orders.noting.facts import Noted
from craffu.orders.watching.kinds import What
from craffu.orders.watching.reading import Watch, watched_with_stories
from craffu.orders.watching.rules import asked
from craffu.orders.watching.stood import is_missed
from craffu.people.facts import HomeSaid
from craffu.people.queries import homes_said, members
from craffu.people.tokens import places_told
from craffu.victims.happenings.kinds import Happening
from craffu.victims.models import CaseHappening, FearedDate
from craffu.victims.queries import not_struck, standing

OF_RISK: Final[Mapping[str, Trigger]] = {
    Asks.POSSIBLE_BREACH_RAISED.value: Trigger.POSSIBLE_BREACH_RAISED,
    Asks.RELEASED.value: Trigger.RELEASED_FROM_CUSTODY,
    Asks.NEW_REPORT.value: Trigger.NEW_REPORT_SAME_VICTIM,
    Asks.VICTIM_MORE_AFRAID.value: Trigger.VICTIM_MORE_AFRAID,
    Asks.RELATIONSHIP_OR_ADDRESS_CHANGED.value: Trigger.NAME_OR_ADDRESS_CHANGED,
}
RELEASES: Final = (Happening.RELEASE_FROM_CUSTODY.value, Happening.RELEASE_FROM_PRISON.value)
_EVER: Final = datetime.min.replace(tzinfo=UTC)
_A_PERIOD: Final = timedelta(days=HEIGHTENED_DAYS)


@dataclass(slots=True)
class _About:
    """One order that stands, with the records of the people it is about, and the cases in which they play a part."""

    watch: Watch
    respondent: frozenset[int]
    protected: frozenset[int]
    suspected_in: set[int] = field(default_factory=set)
    victims_in: set[int] = field(default_factory=set)

    @property
    def order(self) -> Order:
        return self.watch.story.order

    @property
    def stood_from(self) -> datetime:
        """Since when we know that the order stands: whoever entered it knew what was known then."""
        return min(one.known_from for one in self.watch.story.moves if one.to_status in LIVE)

    @property
    def cases(self) -> set[int]:
        """The cases between them, and the order's own: what happens there is about this order."""
        own = {self.order.case_id} if self.order.case_id else set()
        return (self.suspected_in & self.victims_in) | own


@once
def triggers_told(by: Acting, orders: Collection[int], now: datetime) -> dict[int, list[Told]]:
    """Of each of these orders that stands, every trigger that the records tell of, those that come by themselves later too.

    As known at an instant; twenty-nine queries at most, however many orders. What lies so far back that the closer watch it
    would have brought is over is left out.
    """
    watches = watched_with_stories(by, orders, now)
    standing_now = {pk: one for pk, one in watches.items() if one.history and one.history[-1].status in LIVE}
    if not standing_now:
        return {}
    about = _about(by, standing_now)
    found: dict[int, list[Told]] = {pk: list(_of_the_order(one, now)) for pk, one in about.items()}
    for told_of in (_released, _happened, _reported, _hearings, _feared, _near_home):
        for pk, told in told_of(by, about, now):
            found[pk].append(told)
    return {pk: list(_of_its_time(about[pk], told, now)) for pk, told in found.items()}


def _of_its_time(one: _About, told: Iterable[Told], now: datetime) -> Iterator[Told]:
    """What happened before the order was made is no news of it, and what is told twice is told once, as it was known first."""
    made_at = one.order.made_at
    seen: set[tuple[Trigger, str]] = set()
    for each in sorted(told, key=lambda this: (this.raised_at, this.key)):
        is_new = (each.trigger, each.key) not in seen
        is_after = each.on is not None or made_at is None or each.at >= made_at
        if is_new and is_after and each.raised_at + _A_PERIOD >= now:
            seen.add((each.trigger, each.key))
            yield each


def _about(by: Acting, watches: Mapping[int, Watch]) -> dict[int, _About]:
    named = {one.story.order.respondent_id for one in watches.values()}
    named |= {record for one in watches.values() for record in one.story.protected}
    whose = dict(members(by).filter(record__one_of=frozenset(named)).order_by().values_list("record_id", "person_id"))
    records: dict[int, set[int]] = defaultdict(set)
    of_them = members(by).filter(person__one_of=frozenset(whose.values())).order_by()
    for record, person in of_them.values_list("record_id", "person_id"):
        records[person].add(record)

    def all_of(given: Iterable[int]) -> frozenset[int]:
        return frozenset(each for one in given for each in {one} | records.get(whose.get(one, 0), set()))

    about = {
        pk: _About(one, all_of([one.story.order.respondent_id]), all_of(one.story.protected))
        for pk, one in watches.items()
    }
    everybody = frozenset(each for one in about.values() for each in one.respondent | one.protected)
    suspected, victims = defaultdict(set), defaultdict(set)
    roles = CaseRole.objects.for_user(by).filter(record__one_of=everybody).order_by()
    for record, case, role in roles.values_list("record_id", "case_id", "role"):
        if role in SUSPECTED:
            suspected[record].add(case)
        elif role == CaseRole.Role.VICTIM:
            victims[record].add(case)
    for one in about.values():
        one.suspected_in = {case for record in one.respondent for case in suspected[record]}
        one.victims_in = {case for record in one.protected for case in victims[record]}
    return about


def _of_the_order(one: _About, now: datetime) -> Iterator[Told]:
    """What the order itself tells: served, to be asked to end, near its end, the notification missed, heard again."""
    story, kind, stands = one.watch.story, kind_of(one.order.kind), one.watch.history[-1]
    for move in story.moves:
        if move.move == "serve" and one.order.served_at is not None:
            at = one.order.served_at
            yield Told(Trigger.ORDER_SERVED, f"served:{move.number}", at, move.known_from)
    for noted in story.noted:
        if noted.what == Noted.RELAXATION_SOUGHT:
            yield Told(Trigger.RELAXATION_OR_DISCHARGE_SOUGHT, f"noted:{noted.pk}", noted.at, noted.known_from)
    for each in asked(kind, one.watch.history, now):
        if each.what is What.WATCH and each.done_at is None:
            yield Told(Trigger.ORDER_EXPIRY_WATCH, f"watch:{each.key}", each.raised_at, each.raised_at)
        if each.what is What.NOTIFICATION and is_missed(each, stands.notified_at):
            yield Told(Trigger.NOTIFICATION_MISSED, each.key, each.due_at, max(each.due_at, each.raised_at))
    for on in {stands.next_hearing_on, stands.main_hearing_on}:
        if on is not None:
            yield _near(Trigger.HEARING_NEAR, on, _known_of(one.watch, on))


def _known_of(watch: Watch, on: date) -> datetime:
    """Since when we know, without a break, that the order or its application is heard on a day."""
    since = watch.history[-1].since
    for each in reversed(watch.history):
        if on not in (each.next_hearing_on, each.main_hearing_on):
            break
        since = each.since
    return since


def _near(trigger: Trigger, on: date, known_at: datetime) -> Told:
    return Told(trigger, on.isoformat(), start_of(on), known_at, on)


def _released(by: Acting, about: Mapping[int, _About], now: datetime) -> Iterator[tuple[int, Told]]:
    """The newest word on each detention of a respondent, whatever it was for, and each release from prison. Two queries."""
    respondents = frozenset(each for one in about.values() for each in one.respondent)
    rows = DetentionVersion.objects.for_user(by).filter(record__one_of=respondents, known_from__lte=now)
    last: dict[tuple[str, str], tuple[int, datetime]] = {}
    known: dict[tuple[str, str, datetime], datetime] = {}
    columns = ("source", "key", "record_id", "released_at", "known_from")
    for source, key, record, at, known_from in rows.order_by("said_at", "received_at", "number").values_list(*columns):
        last.pop((source, key), None)
        if at is not None:
            last[source, key] = (record, at)
            known.setdefault((source, key, at), known_from)
    for (source, key), (record, at) in last.items():
        told = Told(Trigger.RELEASED_FROM_CUSTODY, utc_text(at), at, known[source, key, at])
        yield from ((pk, told) for pk, one in about.items() if record in one.respondent)
    for each in releases_of(by, respondents, now):
        # Known by its day alone: they may be free from its first hour on.
        at = start_of(each.on)
        told = Told(Trigger.RELEASED_FROM_CUSTODY, utc_text(at), at, each.known_from)
        yield from ((pk, told) for pk, one in about.items() if each.record in one.respondent)


def _happened(by: Acting, about: Mapping[int, _About], now: datetime) -> Iterator[tuple[int, Told]]:
    """What people recorded in the cases of those concerned. Two queries."""
    cases = frozenset(case for one in about.values() for case in one.cases | one.victims_in)
    # What nobody recorded stands in the ledger of breaches, which raises it itself.
    events = RiskEvent.objects.for_user(by).filter(
        case__one_of=cases, kind__in=list(OF_RISK), known_from__lte=now, recorded_by__isnull=False
    )
    for number, case, kind, at, known_from in events.order_by("id").values_list(
        "pk", "case_id", "kind", "happened_at", "known_from"
    ):
        trigger = OF_RISK[kind]
        is_of_the_victim = trigger in {Trigger.VICTIM_MORE_AFRAID, Trigger.NEW_REPORT_SAME_VICTIM}
        by_time = trigger in {Trigger.RELEASED_FROM_CUSTODY, Trigger.NEW_REPORT_SAME_VICTIM}
        told = Told(trigger, utc_text(at) if by_time else f"risk:{number}", at, known_from)
        for pk, one in about.items():
            if case in one.cases or (is_of_the_victim and case in one.victims_in):
                yield pk, told
    rows = CaseHappening.objects.for_user(by).filter(case__one_of=cases, kind__in=RELEASES, known_from__lte=now)
    for row in not_struck(rows.defer("words").order_by("id")):
        told = Told(Trigger.RELEASED_FROM_CUSTODY, utc_text(row.at), row.at, row.known_from)
        yield from ((pk, told) for pk, one in about.items() if row.case_id in one.cases)


def _reported(by: Acting, about: Mapping[int, _About], now: datetime) -> Iterator[tuple[int, Told]]:
    """Each crime of stalking or harassment reported of somebody it protects, whoever is suspected of it. One query.

    The report that opened the order's own case is no new one.
    """
    cases = frozenset(case for one in about.values() for case in one.victims_in)
    rows = CaseVersion.objects.for_user(by).filter(case__one_of=cases, known_from__lte=now)
    known: dict[tuple[int, datetime], datetime] = {}
    for *row, known_from in rows.order_by("known_from", "id").values_list(*SENT, "known_from"):
        sent = crime_sent(tuple(row))
        if sent.is_asked:
            known.setdefault((sent.case, sent.reported_at), known_from)
    opened: dict[int, datetime] = {}
    for case, at in known:
        opened[case] = min(at, opened.get(case, at))
    for (case, at), known_from in known.items():
        told = Told(Trigger.NEW_REPORT_SAME_VICTIM, utc_text(at), at, known_from)
        for pk, one in about.items():
            if case in one.victims_in and (case, at) != (one.order.case_id, opened[case]):
                yield pk, told


def _hearings(by: Acting, about: Mapping[int, _About], now: datetime) -> Iterator[tuple[int, Told]]:
    """The hearings that courts have set for a respondent. One query."""
    respondents = frozenset(each for one in about.values() for each in one.respondent)
    for each in hearings_listed(by, day_of(now), date.max, respondents):
        told = _near(Trigger.HEARING_NEAR, each.listing.on, each.told_at)
        record = each.set_at.role.record_id
        yield from ((pk, told) for pk, one in about.items() if record in one.respondent)


def _feared(by: Acting, about: Mapping[int, _About], now: datetime) -> Iterator[tuple[int, Told]]:
    """The days that somebody it protects fears, each by its first word that stands. One query."""
    protected = frozenset(each for one in about.values() for each in one.protected)
    rows = FearedDate.objects.for_user(by).filter(record__one_of=protected, known_from__lte=now)
    since: dict[tuple[int, date], datetime] = {}
    for row in standing(rows.defer("words").order_by("id")):
        if row.is_struck:
            since.pop((row.record_id, row.on), None)
        else:
            since.setdefault((row.record_id, row.on), row.known_from)
    for (record, on), known_from in since.items():
        told = _near(Trigger.FEARED_DATE_NEAR, on, known_from)
        yield from ((pk, told) for pk, one in about.items() if record in one.protected)


def told_near(by: Acting, orders: Collection[int], address: str, now: datetime) -> set[int]:
    """Those of these orders that stand, and protect somebody at home where an address says, or under its postcode. By tokens
    alone, as the system reads. As many queries for several orders as for one.
    """
    tokens = places_told(address)
    if not tokens:
        return set()
    watches = watched_with_stories(by, orders, now)
    about = _about(by, {pk: one for pk, one in watches.items() if one.history and one.history[-1].status in LIVE})
    said = homes_said(by, {each for one in about.values() for each in one.protected}, now)
    his = [HomeSaid(0, 0, now, now, tokens)]
    return {
        pk
        for pk, one in about.items()
        if any(came_near(his, [each for each in said if each.record in one.protected], _EVER))
    }


def _near_home(by: Acting, about: Mapping[int, _About], now: datetime) -> Iterator[tuple[int, Told]]:
    """An address that puts the respondent at the home of somebody it protects, or under its postcode. Two queries.

    By tokens alone: nothing says which home, or whose.
    """
    said: dict[int, list[HomeSaid]] = defaultdict(list)
    for each in homes_said(by, {record for one in about.values() for record in one.respondent | one.protected}, now):
        said[each.record].append(each)
    for pk, one in about.items():
        his, hers = (
            [each for record in records for each in said[record]] for records in (one.respondent, one.protected)
        )
        for near in came_near(his, hers, one.stood_from):
            yield pk, Told(Trigger.HOME_NEAR_PROTECTED, f"home:{near.version}", near.known_from, near.known_from)
