"""Reads of cases and of what courts said in them, each for a reader of one force and, where asked, as known at an instant."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet

from craffu.access.acting import Acting
from craffu.cases.models import (
    Case,
    CaseReference,
    CaseRole,
    ChargeHeard,
    Hearing,
    HearingVersion,
    Outcome,
    ResultGiven,
)
from craffu.cases.rules import Described
from craffu.people.models import RecordedIdentifier, RecordVersion


def find_case(by: Acting, reference: str) -> Case | None:
    case: Case | None = Case.objects.for_user(by).filter(reference=reference).first()
    return case


def cases_page(by: Acting) -> QuerySet[Case]:
    """Every case of the reader's force, newest first, with what it is called elsewhere and the stage it is at."""
    cases: QuerySet[Case] = Case.objects.for_user(by).prefetch_related("references", "stages").order_by("-id")
    return cases


def latest_versions(by: Acting, known_at: datetime | None = None) -> QuerySet[HearingVersion]:
    """The court's latest word on each hearing, as known now or at an earlier instant (X10).

    The message received last, whenever it was stored: one that was held back and released later is no later word.
    """
    versions: QuerySet[HearingVersion] = HearingVersion.objects.for_user(by)
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    received_later = Q(received_at__gt=OuterRef("received_at"))
    same_run = Q(received_at=OuterRef("received_at"), number__gt=OuterRef("number"))
    return versions.filter(~Exists(versions.filter(received_later | same_run, hearing=OuterRef("hearing"))))


def court_story(
    by: Acting, *, records: Iterable[int] | None = None, case: Case | None = None, known_at: datetime | None = None
) -> list[HearingVersion]:
    """Every message about the hearings of some source records or of a case, in the order of the hearings.

    Those about one hearing are in the order received: the last is the court's latest word. Each carries its charges and
    results. Three queries, whatever the number of hearings.
    """
    versions = HearingVersion.objects.for_user(by).select_related("hearing__case", "hearing__role")
    if known_at is not None:
        versions = versions.filter(known_from__lte=known_at)
    if records is not None:
        versions = versions.filter(hearing__role__record__in=list(records))
    if case is not None:
        versions = versions.filter(hearing__case=case)
    in_order = versions.order_by("hearing__held_on", "hearing_id", "received_at", "number")
    return list(in_order.prefetch_related(_charges(by)))


def _charges(by: Acting) -> Prefetch[str]:
    """The charges of a message with their results, in the court's order."""
    results = ResultGiven.objects.for_user(by).order_by("position")
    charges = (
        ChargeHeard.objects.for_user(by)
        .select_related("offence")
        .prefetch_related(Prefetch("results", queryset=results))
        .order_by("position")
    )
    return Prefetch("charges", queryset=charges)


def standing_findings(by: Acting, case: Case) -> list[bool | None]:
    """Whether the court has done with each offence, by the last hearing that named that offence. One query.

    An offence that a later hearing does not name stands as it was left: it has not gone away.
    """
    heard = _in_order(
        ChargeHeard.objects.for_user(by).filter(version__in=latest_versions(by).filter(hearing__case=case))
    )
    return list(dict(heard.values_list("offence_id", "final")).values())


def _in_order(charges: QuerySet[ChargeHeard]) -> QuerySet[ChargeHeard]:
    """In the order in which the hearings were held."""
    return charges.order_by("version__hearing__held_on", "version__hearing_id", "position")


def outcomes_of(by: Acting, offences: Iterable[int], known_at: datetime | None = None) -> dict[int, Outcome]:
    """How each offence ended, by the last hearing that named it: an offence taken up again has not ended.

    An outcome of a replaced message does not count.
    """
    standing = latest_versions(by, known_at)
    heard = _in_order(ChargeHeard.objects.for_user(by).filter(offence__in=list(offences), version__in=standing))
    last_heard = dict(heard.values_list("offence_id", "version_id"))
    ended = Outcome.objects.for_user(by).filter(offence__in=list(last_heard), version__in=list(last_heard.values()))
    return {one.offence_id: one for one in ended.order_by("id") if one.version_id == last_heard[one.offence_id]}


def roles_in(by: Acting, case: Case) -> list[CaseRole]:
    return list(CaseRole.objects.for_user(by).filter(case=case).order_by("id"))


def roles_of_records(by: Acting, records: Iterable[int]) -> list[CaseRole]:
    return list(
        CaseRole.objects.for_user(by).filter(record__in=list(records)).select_related("case").order_by("case_id", "id")
    )


def message_known(by: Acting, kind: str, value: str, content_sha256: str) -> bool:
    """Whether a message saying exactly this was taken in before, for the case another system calls `value` (INT-01)."""
    reference = CaseReference.objects.for_user(by).filter(kind=kind, value=value, case=OuterRef("hearing__case"))
    told = HearingVersion.objects.for_user(by).filter(content_sha256=content_sha256)
    return bool(told.filter(Exists(reference)).exists())


@dataclass(frozen=True, slots=True)
class HearingKnown:
    """What the messages about a hearing said, by their hashes: the latest with when it came, and those it replaced."""

    latest: str
    received_at: datetime
    number: int
    earlier: tuple[str, ...]


def hearing_known(by: Acting, record: int, kind: str, value: str, held_on: date) -> HearingKnown | None:
    """What we know of a record's hearing on a day in the case another system calls `value`."""
    reference = CaseReference.objects.for_user(by).filter(kind=kind, value=value, case=OuterRef("hearing__case"))
    told = list(
        HearingVersion.objects.for_user(by)
        .filter(Exists(reference), hearing__role__record=record, hearing__held_on=held_on)
        .order_by("received_at", "number")
        .values_list("content_sha256", "received_at", "number")
    )
    if not told:
        return None
    *earlier, (latest, received_at, number) = told
    return HearingKnown(latest, received_at, number, tuple(content for content, _, _ in earlier))


def known_defendants(by: Acting, kind: str, value: str, fold_name: Callable[[str, str], str]) -> list[Described]:
    """The defendants already in the case another system calls `value`, as their records last described them.

    A record that came with several arrest summons numbers, or once with and once without, is described by each.
    """
    reference = CaseReference.objects.for_user(by).filter(kind=kind, value=value).first()
    if reference is None:
        return []
    records = (
        CaseRole.objects.for_user(by)
        .filter(case=reference.case_id, role=CaseRole.Role.DEFENDANT)
        .values_list("record_id", flat=True)
    )
    versions = (
        RecordVersion.objects.for_user(by).filter(record__in=list(records)).order_by("record_id", "received_at", "id")
    )
    arrests: dict[int, str] = dict(
        RecordedIdentifier.objects.for_user(by)
        .filter(version__in=versions, kind=RecordedIdentifier.Kind.ASN, standing="valid")
        .order_by("id")
        .values_list("version_id", "normalised")
    )
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


def hearings_listed(by: Acting, first: date, last: date) -> list[ResultGiven]:
    """Next hearings the courts have set between two days, both included, by the courts' latest word."""
    return list(
        ResultGiven.objects.for_user(by)
        .filter(next_on__range=(first, last), charge__version__in=latest_versions(by))
        .select_related("charge__version__hearing__case", "charge__version__hearing__role")
        .order_by("next_on", "next_at", "id")
    )


def newest_hearings(by: Acting, limit: int) -> list[HearingVersion]:
    """The hearings we heard of last, newest first."""
    return list(
        latest_versions(by).select_related("hearing__case", "hearing__role").order_by("-known_from", "-id")[:limit]
    )


@dataclass(frozen=True, slots=True)
class CaseSum:
    """A case in a list: how many defendants, and the day of its latest hearing."""

    defendants: int
    last_hearing: date | None


def cases_summed(by: Acting, cases: Iterable[int]) -> dict[int, CaseSum]:
    """What a list of cases says of each, by the case's row number. Two queries."""
    wanted = list(cases)
    defendants = (
        CaseRole.objects.for_user(by)
        .filter(case__in=wanted, role=CaseRole.Role.DEFENDANT)
        .order_by()
        .values_list("case_id")
        .annotate(number=Count("id"))
    )
    hearings = (
        Hearing.objects.for_user(by).filter(case__in=wanted).order_by().values_list("case_id").annotate(Max("held_on"))
    )
    counted, held = dict(defendants), dict(hearings)
    return {case: CaseSum(counted.get(case, 0), held.get(case)) for case in wanted}
