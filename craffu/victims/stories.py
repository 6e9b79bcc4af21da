"""All that bears on what a victim was promised and is owed, read at once for one or for many, as things stand at an instant.

What is dated after that instant has not happened yet, and what was not known then is not used: a past instant is answered as it
was (X10).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.access.reach.queries import beyond
from craffu.cases.models import CaseRole, CaseStage
from craffu.cases.states import OVER, Stage
from craffu.clocks.london import day_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.models import Person
from craffu.people.queries import members
from craffu.victims.agreements.rules import Revisit
from craffu.victims.contacts.queries import PromiseStands, first_open, last_contact, stands
from craffu.victims.happenings.queries import Happened, News, happened_among, news_of, revisits_of
from craffu.victims.models import (
    AgreementVersion,
    CaseHappening,
    Contact,
    EntitlementSaid,
    Promise,
    PromiseExcuse,
    ToldOfHappening,
)
from craffu.victims.models.recorded import OfVictim
from craffu.victims.notices.code import Entitlement
from craffu.victims.queries import Victim, day_of_agreement, shut_cases, standing


@dataclass(slots=True)
class Story:
    """What was agreed with a victim, promised, done and told, and how all that stands at `now`."""

    victim: Victim
    now: datetime
    versions: list[AgreementVersion] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    promises: list[PromiseStands] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    stages: list[CaseStage] = field(default_factory=list)
    entitlement_said: EntitlementSaid | None = None

    @property
    def entitled(self) -> Entitlement:
        """Enhanced, unless somebody decided otherwise with a reason (VIC-05)."""
        said = self.entitlement_said
        return Entitlement(said.entitlement) if said is not None else Entitlement.ENHANCED

    @property
    def news(self) -> list[News]:
        return news_of(self.happened, self.versions, self.entitled, self.now)

    @property
    def revisits(self) -> list[Revisit]:
        return revisits_of(self.happened, self.versions, self.now)

    @property
    def agreement(self) -> AgreementVersion | None:
        """What was agreed or declined last."""
        return self.versions[-1] if self.versions else None

    @property
    def next_promise(self) -> PromiseStands | None:
        return first_open(self.promises)

    @property
    def last_contact(self) -> Contact | None:
        return last_contact(self.contacts)

    @property
    def live_cases(self) -> dict[str, datetime]:
        """The cases of hers in which something is still expected, each with when it entered its first stage that we know."""
        last: dict[int, CaseStage] = {}
        first: dict[int, datetime] = {}
        for one in self.stages:
            last[one.case_id] = one
            first.setdefault(one.case_id, one.known_from)
        return {self.victim.cases[case]: first[case] for case, one in last.items() if Stage(one.stage) not in OVER}


def story_of(by: Acting, victim: Victim, now: datetime) -> Story:
    return stories(by, [victim], now)[victim.person.pk]


def stories(by: Acting, victims: Collection[Victim], now: datetime) -> dict[int, Story]:
    """The story of each of these, by the person's row number. Eight queries, whatever their number."""
    found = {one.person.pk: Story(one, now) for one in victims}
    whose = {record: one.person.pk for one in victims for record in one.records}
    for version in _said(by, AgreementVersion, whose, now).select_related("recorded_by", "officer"):
        found[whose[version.record_id]].versions.append(version)
    for contact in _said(by, Contact, whose, now).filter(at__lte=now).select_related("recorded_by"):
        found[whose[contact.record_id]].contacts.append(contact)
    for said in _said(by, EntitlementSaid, whose, now):
        found[whose[said.record_id]].entitlement_said = said
    for one in found.values():
        one.versions = _in_order([v for v in standing(one.versions) if day_of_agreement(v) <= day_of(now)])
        one.contacts = sorted(standing(one.contacts), key=lambda contact: (contact.at, contact.pk))
    _add_promises(by, found, whose, now)
    _add_what_happened(by, found, whose, now)
    return found


def _said[R: OfVictim](by: Acting, model: type[R], whose: dict[int, int], now: datetime) -> QuerySet[R]:
    rows: QuerySet[R] = model.objects.for_user(by).filter(record__one_of=frozenset(whose), known_from__lte=now)
    return rows.order_by("id")


def _in_order(versions: Iterable[AgreementVersion]) -> list[AgreementVersion]:
    return sorted(versions, key=lambda one: (day_of_agreement(one), one.known_from, one.pk))


def _add_promises(by: Acting, found: dict[int, Story], whose: dict[int, int], now: datetime) -> None:
    excuses: dict[int, PromiseExcuse] = {}
    for excuse in standing(_said(by, PromiseExcuse, whose, now).filter(at__lte=now)):
        excuses[excuse.promise_id] = excuse
    for promise in standing(_said(by, Promise, whose, now)):
        story = found[whose[promise.record_id]]
        story.promises.append(stands(promise, story.contacts, excuses.get(promise.pk), now))
    for story in found.values():
        story.promises.sort(key=lambda one: (one.promise.due_at, one.promise.pk))


def _add_what_happened(by: Acting, found: dict[int, Story], whose: dict[int, int], now: datetime) -> None:
    told: dict[tuple[str, int], datetime] = {}
    for one in standing(_said(by, ToldOfHappening, whose, now).filter(at__lte=now)):
        key = ("happening", one.happening_id) if one.happening_id else ("stage", one.stage_id or 0)
        told[key] = min(one.at, told.get(key, one.at))
    recorded: dict[int, list[CaseHappening]] = {}
    for happening in standing(_said(by, CaseHappening, whose, now).filter(learnt_at__lte=now)):
        recorded.setdefault(whose[happening.record_id], []).append(happening)
    in_case: dict[int, list[int]] = {}
    for person, story in found.items():
        for case in story.victim.cases:
            in_case.setdefault(case, []).append(person)
    stages = CaseStage.objects.for_user(by.joining()).filter(case__one_of=frozenset(in_case), known_from__lte=now)
    for stage in stages.order_by("id"):
        for person in in_case[stage.case_id]:
            found[person].stages.append(stage)
    for person, story in found.items():
        story.happened = happened_among(story.victim, recorded.get(person, ()), story.stages, told)


def victims_of_people(by: Acting, people: Collection[int]) -> list[Victim]:
    """Of these people, by row number, those who are a victim in a case, with all their records and cases.

    What keeps one from the reader is said in `shut`; one with a covert case that is shut to them is left out. Three queries.
    """
    rows = members(by).filter(person__one_of=frozenset(people)).select_related("person").order_by("record_id")
    records: dict[int, list[int]] = {}
    persons: dict[int, Person] = {}
    for row in rows:
        records.setdefault(row.person_id, []).append(row.record_id)
        persons[row.person_id] = row.person
    whose = {record: person for person, of in records.items() for record in of}
    roles: Any = CaseRole.objects.for_user(by.joining())
    hers = roles.filter(record__one_of=frozenset(whose), role=CaseRole.Role.VICTIM).order_by("id")
    cases: dict[int, dict[int, str]] = {}
    last: dict[int, int] = {}
    for record, case, called in hers.values_list("record_id", "case_id", "case__reference"):
        cases.setdefault(whose[record], {})[case] = called
        last[whose[record]] = record
    unreached = beyond(by, "case", {called for of in cases.values() for called in of.values()})
    return [
        Victim(persons[person], tuple(records[person]), last[person], of, shut_cases(by, of.values(), unreached))
        for person, of in sorted(cases.items())
        if not any(by.is_hidden("case", called) for called in of.values())
    ]


def victims_of_records(by: Acting, records: Collection[int]) -> list[Victim]:
    """The victims whose source records these are. Four queries."""
    rows = members(by).filter(record__one_of=frozenset(records)).order_by()
    return victims_of_people(by, frozenset(rows.values_list("person_id", flat=True)))
