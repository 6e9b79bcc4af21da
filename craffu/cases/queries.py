"""Reads of cases and of what courts said in them, each for a reader of one force and, where asked, as known at an instant."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import numbered, prepared
from craffu.access.later import Later
from craffu.access.reach.queries import narrows, shut_to, standing_somewhere
from craffu.cases.models import (
    Case,
    CaseReference,
    CaseRole,
    CaseStage,
    ChargeHeard,
    Hearing,
    HearingVersion,
    ResultGiven,
    RoleWaiting,
)
from craffu.cases.rules import Described, HearingWord, Listing, OffenceLeft, hearings_expected, named_as
from craffu.cases.states import Stage
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.common.ahead import give
from craffu.linkage.facts import Played
from craffu.linkage.rules import Role
from craffu.people.models import RecordedIdentifier, RecordVersion

# How far back somebody looks for cases that nobody has placed.
_NEWEST = 20_000


def find_case(by: Acting, reference: str) -> Case | None:
    return next(iter(_case_called(by, reference)), None)


@prepared
def _case_called(by: Acting, reference: str) -> QuerySet[Case]:
    found: QuerySet[Case] = Case.objects.for_user(by).filter(reference=reference).order_by("id")
    return found[:1]


def cases_page(by: Acting) -> QuerySet[Case]:
    """Every case of the reader's force, newest first."""
    cases: QuerySet[Case] = Case.objects.for_user(by).order_by("-id")
    return cases


def first_known(by: Acting) -> datetime | None:
    """When the first case of a force came to be known here; None where there is none. One query."""
    found: datetime | None = Case.objects.for_user(by).order_by("id").values_list("known_from", flat=True).first()
    return found


class CaseListed(NamedTuple):
    """A case in a list."""

    pk: int
    reference: str


def cases_part(by: Acting, *, first: int, most: int) -> Later[list[CaseListed]]:
    """So many of `cases_page` after the first ones. One query."""
    return Later(lambda rows: list(map(CaseListed._make, rows)), _cases_part.later(by, first=first, most=most))


@prepared
def _cases_part(by: Acting, *, first: int, most: int) -> QuerySet[Case, Any]:
    return cases_page(by).values_list(*CaseListed._fields)[first : first + most]


@numbered
def cases_up_to(by: Acting, *, most: int) -> QuerySet[Case, Any]:
    """How many cases `cases_page` gives, or `most` where it gives as many or more: no more are read."""
    return cases_page(by).order_by().values_list("pk")[:most]


def cases_number(by: Acting) -> int:
    """How many cases `cases_page` gives. It takes longer the more there are."""
    return int(Case.objects.number_for(by))


def cases_nowhere(by: Acting, most: int) -> list[Case]:
    """Of the newest cases those that belong to nobody and to no area yet, so that no narrowed role reaches them (SEC-01).

    Three queries at most; none is told of in a force that narrows no role, where everybody reaches them.
    """
    if not narrows(by.force):
        return []
    cases = Case.objects.for_user(by)
    last = cases.aggregate(last=Max("id"))["last"] or 0
    nowhere = cases.filter(~standing_somewhere(by.force.pk, "case", "reference"), id__gt=last - _NEWEST)
    return list(nowhere.order_by("-id")[:most])


def references_of(by: Acting, case: int, most: int) -> Later[tuple[list[CaseReference], int]]:
    """What others call a case, the courts first, and how many more names it has: one of many crimes has many."""

    def told(first: list[CaseReference]) -> tuple[list[CaseReference], int]:
        if len(first) <= most:
            return first, 0
        return first[:most], CaseReference.objects.for_user(by).filter(case=case).count() - most

    return Later(told, _first_references.later(by, case, most=most + 1))


@prepared
def _first_references(by: Acting, case: int, *, most: int) -> QuerySet[CaseReference]:
    called: QuerySet[CaseReference] = CaseReference.objects.for_user(by).filter(case=case).order_by("-kind", "id")
    return called[:most]


@prepared
def stages_of(by: Acting, case: int) -> QuerySet[CaseStage]:
    """Every stage that a case came to, in order."""
    stages: QuerySet[CaseStage] = CaseStage.objects.for_user(by).filter(case=case).order_by("id")
    return stages


def latest_versions(by: Acting, known_at: datetime | None = None) -> QuerySet[HearingVersion]:
    """The court's latest word on each hearing, as known now or at an earlier instant (X10).

    The message received last, whenever it was stored: one that was held back and released later is no later word.
    """
    versions: QuerySet[HearingVersion] = HearingVersion.objects.for_user(by)
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    return versions.filter(no_later_message(versions))


def no_later_message(among: QuerySet[HearingVersion], path: str = "") -> Q:
    """Of a message, or of what it said, to which `path` leads: none of these has taken its place for its hearing (INT-01)."""
    later = Q(received_at__gt=OuterRef(f"{path}received_at"))
    same_run = Q(received_at=OuterRef(f"{path}received_at"), number__gt=OuterRef(f"{path}number"))
    return ~Q(Exists(among.filter(later | same_run, hearing=OuterRef(f"{path}hearing"))))


def court_story(
    by: Acting, *, records: Iterable[int] | None = None, case: Case | None = None, known_at: datetime | None = None
) -> list[HearingVersion]:
    """Every message about the hearings of some source records or of a case, in the order of the hearings.

    Those about one hearing are in the order received: the last is the court's latest word. Each carries its charges and
    results. Three queries, whatever the number of hearings.
    """
    versions = HearingVersion.objects.for_user(by)
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    if records is not None:
        versions = versions.filter(hearing__role__record__in=list(records))
    if case is not None:
        versions = versions.filter(hearing__case=case)
    return messages(by, versions)


def messages(by: Acting, versions: QuerySet[HearingVersion]) -> list[HearingVersion]:
    """These messages in the order of the hearings, then as they were received, with their charges and results."""
    return with_charges(by, list(in_order(versions)))


def in_order(versions: QuerySet[HearingVersion]) -> QuerySet[HearingVersion]:
    """Messages in the order of the hearings, then as they were received, each with its hearing, the case and whose it was."""
    ordered = versions.order_by("hearing__held_on", "hearing_id", "received_at", "number")
    return ordered.select_related("hearing__case", "hearing__role")


def with_charges(by: Acting, versions: list[HearingVersion]) -> list[HearingVersion]:
    """The same messages with their charges and the results of these, in the court's order. Two queries, or none."""
    charges = _charges_of(by, frozenset(one.pk for one in versions)) if versions else []
    results = _results_of(by, frozenset(one.pk for one in charges)) if charges else []
    give(charges, "results", results)
    give(versions, "charges", charges)
    return versions


@prepared
def _charges_of(by: Acting, versions: frozenset[int]) -> QuerySet[ChargeHeard]:
    charges = ChargeHeard.objects.for_user(by).filter(version__one_of=versions)
    heard: QuerySet[ChargeHeard] = charges.select_related("offence").order_by("position")
    return heard


@prepared
def _results_of(by: Acting, charges: frozenset[int]) -> QuerySet[ResultGiven]:
    results: QuerySet[ResultGiven] = ResultGiven.objects.for_user(by).filter(charge__one_of=charges)
    return results.order_by("position")


def standing_findings(by: Acting, case: Case) -> list[bool | None]:
    """Whether the court has done with each offence, by the last hearing that named that offence. Two queries.

    An offence that a later hearing does not name stands as it was left: it has not gone away. The latest words are found first:
    asked for within the other question, a planner without statistics may look for them anew for every charge and message.
    """
    latest: dict[int, int] = dict(_messages_in(by, case.pk))
    return list(dict(_done_with(by, frozenset(latest.values()))).values())


@prepared
def _messages_in(by: Acting, case: int) -> QuerySet[HearingVersion, tuple[int, int]]:
    """Every message about a case's hearings in the order received: the hearing, and the message."""
    messages = HearingVersion.objects.for_user(by).filter(hearing__case=case).order_by("received_at", "number")
    said: QuerySet[HearingVersion, tuple[int, int]] = messages.values_list("hearing_id", "id")
    return said


@prepared
def _done_with(by: Acting, messages: frozenset[int]) -> QuerySet[ChargeHeard, tuple[int, bool | None]]:
    heard = _in_order(ChargeHeard.objects.for_user(by).filter(version__one_of=messages))
    return heard.values_list("offence_id", "final")


def _in_order(charges: QuerySet[ChargeHeard]) -> QuerySet[ChargeHeard]:
    """In the order in which the hearings were held."""
    return charges.order_by("version__hearing__held_on", "version__hearing_id", "position")


@prepared
def roles_in(by: Acting, case: int) -> QuerySet[CaseRole]:
    roles: QuerySet[CaseRole] = CaseRole.objects.for_user(by).filter(case=case).order_by("id")
    return roles


def roles_of_records(by: Acting, records: Iterable[int]) -> list[CaseRole]:
    return _roles_of(by, tuple(records))


@prepared
def _roles_of(by: Acting, records: tuple[int, ...]) -> QuerySet[CaseRole]:
    roles = CaseRole.objects.for_user(by).filter(record__in=records)
    played: QuerySet[CaseRole] = roles.select_related("case").order_by("case_id", "id")
    return played


def records_in_cases(by: Acting, cases: Collection[int]) -> set[int]:
    """The source records that play any part in these cases, by row number. One query."""
    rows = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases)).order_by()
    return set(rows.values_list("record_id", flat=True))


_PARTS: Final = {
    CaseRole.Role.VICTIM: Role.VICTIM, CaseRole.Role.SUSPECT: Role.SUSPECT, CaseRole.Role.DEFENDANT: Role.SUSPECT,
}  # fmt: skip


def parts_played(by: Acting, records: Collection[int]) -> dict[int, Played]:
    """Which of these records are a victim's or a suspect's in any case, and as whom each case names them, open to the reader or
    not: nobody is joined because somebody may not see why they are held apart (IDN-05). One query.
    """
    rows = CaseRole.objects.for_user(by.joining()).filter(record__one_of=frozenset(records)).order_by()
    roles: dict[int, set[Role]] = {}
    named: dict[int, dict[str, str]] = {}
    for record, role, case, source, key in rows.values_list(
        "record_id", "role", "case_id", "record__source", "record__source_key"
    ):
        named.setdefault(record, {})[f"{case} {source}"] = named_as(key)
        roles.setdefault(record, set()).update([_PARTS[role]] if role in _PARTS else [])
    return {record: Played(frozenset(roles[record]), cases) for record, cases in named.items()}


def cases_of_records(by: Acting, records: Collection[int]) -> list[tuple[int, int]]:
    """The cases in which these source records play a part, each as record and case. One query."""
    return cases_of_records_later(by, records).answer


def cases_of_records_later(by: Acting, records: Collection[int]) -> Later[list[tuple[int, int]]]:
    """The same, to be asked with others."""
    return _cases_of.later(by, frozenset(records))


@prepared
def _cases_of(by: Acting, records: frozenset[int]) -> QuerySet[CaseRole, tuple[int, int]]:
    roles: QuerySet[CaseRole] = CaseRole.objects.for_user(by).filter(record__one_of=records).order_by()
    return roles.values_list("record_id", "case_id").distinct()


def cases_known(by: Acting, references: Iterable[str]) -> set[str]:
    """Of these references those that a case of the force bears, open to the reader or not. One query."""
    cases = Case.objects.for_user(by.joining()).filter(reference__in=sorted(set(references)))
    return set(cases.order_by().values_list("reference", flat=True))


def closed_cases_of(by: Acting, records: Iterable[int]) -> list[str]:
    """The cases, not open to the reader, in which these source records play a part: their references alone.

    An officer at a door must know that there is something to ask for (SEC-02), but never of one that is covert. No query
    where nothing is shut to them, two at most.
    """
    if by.sees_all:
        return []
    roles = CaseRole.objects.for_user(by.joining()).filter(record__in=list(records))
    named = set(roles.order_by().values_list("case__reference", flat=True))
    return sorted(shut_to(by, "case", named) - by.hidden.get("case", frozenset()))


def message_known(by: Acting, kind: str, value: str, content_sha256: str) -> bool:
    """Whether a message saying exactly this was taken in before, for the case another system calls `value` (INT-01)."""
    return bool(_messages_saying(by, kind, value, content_sha256))


@prepared
def _messages_saying(by: Acting, kind: str, value: str, content: str) -> QuerySet[HearingVersion, int]:
    reference = CaseReference.objects.for_user(by).filter(kind=kind, value=value, case=OuterRef("hearing__case"))
    told = HearingVersion.objects.for_user(by).filter(Exists(reference), content_sha256=content)
    said: QuerySet[HearingVersion, int] = told.order_by().values_list("pk", flat=True)
    return said[:1]


@dataclass(frozen=True, slots=True)
class HearingKnown:
    """What the messages about a hearing said, by their hashes: the latest with when it came, and those it replaced."""

    latest: str
    received_at: datetime
    number: int
    earlier: tuple[str, ...]


def hearing_known(by: Acting, record: int, kind: str, value: str, held_on: date) -> HearingKnown | None:
    """What we know of a record's hearing on a day in the case another system calls `value`."""
    told = _messages_about(by, record, kind, value, held_on)
    if not told:
        return None
    *earlier, (latest, received_at, number) = told
    return HearingKnown(latest, received_at, number, tuple(content for content, _, _ in earlier))


@prepared
def _messages_about(
    by: Acting, record: int, kind: str, value: str, held_on: date
) -> QuerySet[HearingVersion, tuple[str, datetime, int]]:
    reference = CaseReference.objects.for_user(by).filter(kind=kind, value=value, case=OuterRef("hearing__case"))
    told = HearingVersion.objects.for_user(by).filter(
        Exists(reference), hearing__role__record=record, hearing__held_on=held_on
    )
    said: QuerySet[HearingVersion, tuple[str, datetime, int]] = told.order_by("received_at", "number").values_list(
        "content_sha256", "received_at", "number"
    )
    return said


def known_defendants(by: Acting, kind: str, value: str, fold_name: Callable[[str, str], str]) -> list[Described]:
    """The defendants already in the case another system calls `value`, as their records last described them.

    A record that came with several arrest summons numbers, or once with and once without, is described by each.
    """
    cases = _cases_called(by, kind, value)
    records = _defendants_in(by, cases[0]) if cases else []
    if not records:
        return []
    versions = _descriptions(by, frozenset(records))
    arrests: dict[int, str] = dict(_arrests_of(by, frozenset(one.pk for one in versions)))
    latest: dict[int, Described] = {}
    came_with: dict[int, dict[str, None]] = {}
    for version in versions:
        born = version.born_on or (latest[version.record_id].born_on if version.record_id in latest else "")
        came_with.setdefault(version.record_id, {})[arrests.get(version.pk, "")] = None
        latest[version.record_id] = Described(
            asn="",
            name=fold_name(version.given_names, version.family_name),
            born_on=born,
            record=version.record_id,
        )
    return [replace(one, asn=asn) for record, one in latest.items() for asn in came_with[record]]


@prepared
def _cases_called(by: Acting, kind: str, value: str) -> QuerySet[CaseReference, int]:
    named = CaseReference.objects.for_user(by).filter(kind=kind, value=value).order_by("id")
    said: QuerySet[CaseReference, int] = named.values_list("case_id", flat=True)
    return said[:1]


@prepared
def _defendants_in(by: Acting, case: int) -> QuerySet[CaseRole, int]:
    roles = CaseRole.objects.for_user(by).filter(case=case, role=CaseRole.Role.DEFENDANT).order_by("id")
    said: QuerySet[CaseRole, int] = roles.values_list("record_id", flat=True)
    return said


@prepared
def _descriptions(by: Acting, records: frozenset[int]) -> QuerySet[RecordVersion]:
    versions = RecordVersion.objects.for_user(by).filter(record__one_of=records)
    in_order: QuerySet[RecordVersion] = versions.order_by("record_id", "received_at", "number")
    return in_order


@prepared
def _arrests_of(by: Acting, versions: frozenset[int]) -> QuerySet[RecordedIdentifier, tuple[int, str]]:
    """The arrest summons numbers that are of the right form in these versions, each with its version."""
    numbers = RecordedIdentifier.objects.for_user(by).filter(
        version__one_of=versions, kind=RecordedIdentifier.Kind.ASN, standing="valid"
    )
    said: QuerySet[RecordedIdentifier, tuple[int, str]] = numbers.order_by("id").values_list("version_id", "normalised")
    return said


@dataclass(frozen=True, slots=True)
class Ahead:
    """A hearing that a court has set, the hearing at which it did, and when we were told."""

    listing: Listing
    set_at: Hearing
    told_at: datetime


def hearings_listed(by: Acting, first: date, last: date, records: frozenset[int] | None = None) -> list[Ahead]:
    """The hearings that courts have set between two days, both included, by their latest word, each defendant's once a day.

    One query, of everybody or of these records alone. One that was held since, on its day or later, is not ahead.
    """
    told: dict[int, dict[int, list[ResultGiven]]] = {}
    for result in _listed(by, first, last, records):
        version = result.charge.version
        told.setdefault(version.hearing.role_id, {}).setdefault(version.pk, []).append(result)
    ahead = [one for messages in told.values() for one in _ahead(messages, first)]
    return sorted(ahead, key=lambda one: (one.listing.on, one.listing.at or time.min, one.set_at.pk))


@prepared
def _listed(by: Acting, first: date, last: date, records: frozenset[int] | None) -> QuerySet[ResultGiven]:
    """The results by which courts have set hearings between two days that were not held since."""
    role = "charge__version__hearing__role"
    held = Hearing.objects.for_user(by).filter(role=OuterRef(role), held_on__gte=OuterRef("next_on"))
    listed = (
        ResultGiven.objects.for_user(by)
        .filter(~Exists(held), next_on__range=(first, last), charge__version__in=latest_versions(by))
        .select_related("charge__version__hearing__case", role)
        .only(
            "next_on", "next_at", "next_court", "charge__offence", "charge__final", "charge__version__received_at",
            "charge__version__number", "charge__version__bail_status", "charge__version__hearing__held_on",
            "charge__version__hearing__case__reference", f"{role}__record",
        )
    )  # fmt: skip
    if records is not None:
        listed = listed.filter(**{f"{role}__record__one_of": records})
    in_order: QuerySet[ResultGiven] = listed.order_by("id")
    return in_order


def _ahead(messages: Mapping[int, list[ResultGiven]], first: date) -> Iterator[Ahead]:
    """What messages about one defendant in one case have set, by the results in which they did."""
    versions = {number: results[0].charge.version for number, results in messages.items()}
    words = [
        as_word(version, [(one.charge, [one]) for one in messages[number]]) for number, version in versions.items()
    ]
    for expected in hearings_expected(words, first):
        version = versions[expected.version]
        yield Ahead(expected.listing, version.hearing, version.received_at)


def as_word(version: HearingVersion, charges: Iterable[tuple[ChargeHeard, Iterable[ResultGiven]]]) -> HearingWord:
    """A message as the rules weigh it, with some of its charges and their results."""
    return HearingWord(
        version=version.pk,
        held_on=version.hearing.held_on,
        received_at=version.received_at,
        number=version.number,
        bail_status=version.bail_status,
        offences=tuple(OffenceLeft(charge.offence_id, charge.final, _listings(results)) for charge, results in charges),
    )


def _listings(results: Iterable[ResultGiven]) -> tuple[Listing, ...]:
    return tuple(Listing(one.next_on, one.next_at, one.next_court) for one in results if one.next_on)


@dataclass(frozen=True, slots=True)
class NewHearing:
    """The courts' latest word on a hearing: when it was held, in which case and of which source record, and when we heard.

    `amends` says whether it took the place of a message received earlier.
    """

    held_on: date
    case: str
    record: int
    received_at: datetime
    amends: bool


def newest_hearings(by: Acting, limit: int) -> list[NewHearing]:
    """The hearings we came to know of last, newest first. One query."""
    return [NewHearing(*one) for one in _known_last(by, most=limit)]


@prepared
def _known_last(by: Acting, *, most: int) -> QuerySet[HearingVersion, Any]:
    """The hearings of `newest_hearings`, as `NewHearing` names what is said of each."""
    others = HearingVersion.objects.for_user(by).filter(hearing=OuterRef("hearing")).exclude(pk=OuterRef("pk"))
    newest = latest_versions(by).order_by("-known_from", "-received_at", "-id")[:most]
    said = ("hearing__held_on", "hearing__case__reference", "hearing__role__record_id", "received_at")
    return newest.values_list(*said, Exists(others))


@dataclass(frozen=True, slots=True)
class CaseSum:
    """A case in a list: what others call it, the courts first; the stage it is at, how many defendants, its latest hearing."""

    called: tuple[str, ...]
    stage: Stage | None
    defendants: int
    last_hearing: date | None


def cases_summed(by: Acting, cases: Iterable[int]) -> Later[dict[int, CaseSum]]:
    """What a list of cases says of each, by the case's row number. Four queries."""
    wanted = frozenset(cases)

    def summed(
        references: Iterable[tuple[int, str]],
        defendants: Iterable[tuple[int, int]],
        last_held: Iterable[tuple[int, date]],
        stages: Iterable[tuple[int, str]],
    ) -> dict[int, CaseSum]:
        called: dict[int, list[str]] = {}
        for case, value in references:
            called.setdefault(case, []).append(value)
        counted, held, present = dict(defendants), dict(last_held), _stages_now(stages)
        return {
            case: CaseSum(tuple(called.get(case, ())), present.get(case), counted.get(case, 0), held.get(case))
            for case in wanted
        }

    asked = (_references_of, _defendants_of, _last_held, _stages_of)
    return Later(summed, *(one.later(by, wanted) for one in asked))


@prepared
def _references_of(by: Acting, cases: frozenset[int]) -> QuerySet[CaseReference, tuple[int, str]]:
    references = CaseReference.objects.for_user(by).filter(case__one_of=cases).order_by("-kind", "id")
    said: QuerySet[CaseReference, tuple[int, str]] = references.values_list("case_id", "value")
    return said


@prepared
def _defendants_of(by: Acting, cases: frozenset[int]) -> QuerySet[CaseRole, tuple[int, int]]:
    roles = CaseRole.objects.for_user(by).filter(case__one_of=cases, role=CaseRole.Role.DEFENDANT).order_by()
    number: QuerySet[CaseRole, tuple[int, int]] = roles.values_list("case_id").annotate(number=Count("id"))
    return number


@prepared
def _last_held(by: Acting, cases: frozenset[int]) -> QuerySet[Hearing, tuple[int, date]]:
    hearings = Hearing.objects.for_user(by).filter(case__one_of=cases).order_by()
    last: QuerySet[Hearing, tuple[int, date]] = hearings.values_list("case_id").annotate(Max("held_on"))
    return last


def called(by: Acting, kind: str, values: Collection[str]) -> dict[str, int]:
    """The case that each of these references of one kind belongs to, for those that are known. One query."""
    if not values:
        return {}
    known = CaseReference.objects.for_user(by).filter(kind=kind, value__one_of=frozenset(values))
    return dict(known.order_by().values_list("value", "case_id"))


def roles_held(by: Acting, cases: Collection[int]) -> set[tuple[int, int, str]]:
    """Every role in these cases, as case, source record and role. One query."""
    if not cases:
        return set()
    roles = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases))
    return set(roles.order_by().values_list("case_id", "record_id", "role"))


def roles_waiting(
    by: Acting, source: str, crimes: Collection[str] = (), records: Collection[str] = ()
) -> list[RoleWaiting]:
    """The roles that wait for one of these crimes, or for one of a source's records under these keys."""
    waiting = RoleWaiting.objects.for_user(by).filter(source=source)
    if not (crimes or records) or not waiting.exists():
        return []
    return list(waiting.filter(Q(crime__in=list(crimes)) | Q(record_key__in=list(records))).order_by("id"))


def stages_now(by: Acting, cases: Collection[int]) -> dict[int, Stage]:
    """The stage each case is at, for those that are at one. One query."""
    return _stages_now(_stages_of(by, frozenset(cases)))


def _stages_now(stages: Iterable[tuple[int, str]]) -> dict[int, Stage]:
    return {case: Stage(stage) for case, stage in stages}


@prepared
def _stages_of(by: Acting, cases: frozenset[int]) -> QuerySet[CaseStage, tuple[int, str]]:
    stages = CaseStage.objects.for_user(by).filter(case__one_of=cases).order_by("id")
    said: QuerySet[CaseStage, tuple[int, str]] = stages.values_list("case_id", "stage")
    return said
