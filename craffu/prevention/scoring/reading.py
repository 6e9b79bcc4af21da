"""What the register knows of whom anybody accuses, and from when: crimes, charges, outcomes, findings, breaches (PRI-01).

Read by case, so that one person and everybody are read the same way. No name, no place and no word of anybody is read, nor is
anything that may not enter a score (PRI-08).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import batched
from typing import Any, Final

from craffu.access.acting import Acting, acting_system
from craffu.access.restricted.queries import covert_among
from craffu.breaches.detecting.codes import kinds_said
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.models import Breach, BreachOfOrder, StandpointTaken
from craffu.breaches.standpoints.rules import CourtResult, PoliceDecision
from craffu.cases.models import Case, CaseOutcome, CaseRole, CaseVersion, ChargeHeard, Outcome
from craffu.cases.queries import cases_of_records
from craffu.clocks.london import day_of, end_of, start_of
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.people.queries import belonging_now, mates
from craffu.prevention.models import ActSetAside
from craffu.prevention.scoring.known import Act, Change, Span, spans, with_set_aside
from craffu.prevention.scoring.rules import FLOOR_ORDERS

_CASES_AT_ONCE: Final = 500
# Charged or summonsed: what of the Home Office outcomes says more than that somebody is suspected.
CHARGED: Final = frozenset({"1", "1A"})
ACCUSED: Final = (CaseRole.Role.SUSPECT, CaseRole.Role.DEFENDANT)

type Roles = Mapping[int, Mapping[str, list[int]]]


def spans_of_everybody(by: Acting) -> Iterator[Span]:
    """Every act that the register tells of whoever is accused of it, some hundreds of cases at a time.

    A score is of all that the register holds, whoever asks for it: what a reader may open is asked where it is shown.
    """
    by = acting_system(by.force, "scores")
    accused = CaseRole.objects.for_user(by).filter(role__in=ACCUSED).order_by("case_id")
    for some in batched(accused.values_list("case_id", flat=True).distinct(), _CASES_AT_ONCE):
        yield from spans_of_cases(by, some)
    yield from _of_breaches_alone(by, None)


def spans_of_records(by: Acting, records: Collection[int]) -> list[Span]:
    """Those of whoever these records are, and of each case that they are accused in."""
    theirs = mates(by, records) | set(records)
    cases = {case for _, case in cases_of_records(by, theirs)}
    found = [one for some in batched(sorted(cases), _CASES_AT_ONCE) for one in spans_of_cases(by, some)]
    found += _of_breaches_alone(by, theirs)
    return [one for one in found if one.record in theirs]


def spans_of_cases(by: Acting, cases: Collection[int]) -> Iterator[Span]:
    """The acts of some cases. Eleven queries, however many."""
    open_to_all = set(cases) - _covert(by, cases)
    roles = _roles(by, open_to_all)
    findings = _findings(by, open_to_all, roles)
    aside = _set_aside(by, {record for case in open_to_all for record in _accused(roles, case)})
    told = set()
    for act in _of_crimes(by, open_to_all, roles, findings):
        told.add(act.case)
        yield from spans(with_set_aside(act, aside))
    for act in _of_charges(by, [one for one in open_to_all if str(one) not in told], roles, findings):
        yield from spans(with_set_aside(act, aside))


def _covert(by: Acting, cases: Collection[int]) -> set[int]:
    """Cases of which nobody may know enter no score: it would tell of them (PRI-08, SEC-02)."""
    named = covert_among(by.force, "case")
    if not named:
        return set()
    rows = Case.objects.for_user(by).filter(pk__one_of=frozenset(cases), reference__one_of=frozenset(named))
    return set(rows.order_by().values_list("pk", flat=True))


def _set_aside(by: Acting, records: Collection[int]) -> dict[tuple[int, str], datetime]:
    """What answers to challenges set aside of these records, and from when."""
    rows = ActSetAside.objects.for_user(by).filter(record__one_of=frozenset(records)).order_by()
    return {(record, act): at for record, act, at in rows.values_list("record_id", "act", "known_from")}


def _roles(by: Acting, cases: Collection[int]) -> Roles:
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = CaseRole.objects.for_user(by).filter(case__one_of=frozenset(cases)).order_by("id")
    for case, record, role in rows.values_list("case_id", "record_id", "role"):
        found[case][role].append(record)
    return found


def _accused(roles: Roles, case: int) -> set[int]:
    return {record for role in ACCUSED for record in roles[case][role]}


def _victims(roles: Roles, case: int) -> frozenset[int]:
    return frozenset(roles[case][CaseRole.Role.VICTIM])


def _of_crimes(
    by: Acting, cases: Collection[int], roles: Roles, findings: Mapping[int, Mapping[int, tuple[Change, ...]]]
) -> Iterator[Act]:
    """Each crime of these cases with all its words, and what was decided of it."""
    words: dict[tuple[int, str, str], list[Change]] = defaultdict(list)
    rows = CaseVersion.objects.for_user(by).filter(case__one_of=frozenset(cases))
    names = (
        "case_id", "source", "crime", "said_at", "recorded_as", "home_office_class", "offence_code", "occurred_from",
        "occurred_to", "reported_at", "recorded_at", "risk_grade",
    )  # fmt: skip
    for row in rows.order_by("said_at", "received_at", "number").values(*names):
        of_crime = words[row["case_id"], row["source"], row["crime"]]
        # What is said first counts from when it was recorded; a later word from when it was said.
        first = row["recorded_at"] or row["reported_at"]
        of_crime.append(Change(max(row["said_at"], of_crime[0].at) if of_crime else first, _said(row)))
    charged = _charged(by, {crime for _case, _source, crime in words})
    police = _police(by, cases)
    for (case, source, crime), changes in words.items():
        key, of_one = f"{source}/{crime}", findings.get(case, {})
        said = police.get(key, {})
        yield Act(
            key, str(case), _accused(roles, case), _victims(roles, case),
            (*changes, *charged.get((source, crime), ())),
            {record: (*of_one.get(record, ()), *said.get(record, ())) for record in {*of_one, *said}},
        )  # fmt: skip


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    occurred = row["occurred_from"] or row["occurred_to"]
    kinds = kinds_said(row["offence_code"], row["home_office_class"])
    return {
        "occurred_on": None if occurred is None else day_of(occurred), "code": row["offence_code"],
        "class_": row["home_office_class"], "grade": row["risk_grade"], "is_incident": row["recorded_as"] == "incident",
        "is_cancelled": row["recorded_as"] == "cancelled", "says_breach": bool(kinds), "order": _order(kinds),
    }  # fmt: skip


def _order(kinds: Collection[str]) -> str:
    """Of several kinds of order one that is a floor, where there is one."""
    return min(kinds, key=lambda one: (one not in FLOOR_ORDERS, one), default="")


def _charged(by: Acting, crimes: Collection[str]) -> dict[tuple[str, str], list[Change]]:
    found: dict[tuple[str, str], list[Change]] = defaultdict(list)
    rows = CaseOutcome.objects.for_user(by).filter(crime__one_of=frozenset(crimes), code__in=sorted(CHARGED))
    for source, crime, on in rows.order_by("decided_on").values_list("source", "crime", "decided_on"):
        found[source, crime].append(Change(end_of(on), {"is_charged": True}))
    return found


def _police(by: Acting, cases: Collection[int]) -> dict[str, dict[int, list[Change]]]:
    """What the police said of breaches that a crime told of, by that crime and whose breach it would be; and of which order.

    Of one that is told of twice, what they said of the breach that it was joined to.
    """
    rows = (
        Breach.objects.for_user(by).filter(case__one_of=frozenset(cases), found_by=FoundBy.CRIME.value).order_by("id")
    )
    crimes: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for pk, joined_to, key, respondent in rows.values_list("pk", "joined_to", "key", "respondent"):
        crimes[joined_to or pk].append((key.rpartition("/")[0], respondent))
    found: dict[str, dict[int, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for breach, change in _decided(by, crimes):
        for crime, respondent in crimes[breach]:
            found[crime][respondent].append(change)
    return found


def _decided(by: Acting, breaches: Collection[int]) -> Iterator[tuple[int, Change]]:
    """What police said of each of these, and a court that found it proved, or that after all it was not."""
    kinds: dict[int, set[str]] = defaultdict(set)
    ties = BreachOfOrder.objects.for_user(by).filter(breach__one_of=frozenset(breaches), holds=True).order_by("id")
    for breach, kind in ties.values_list("breach_id", "order__kind"):
        kinds[breach].add(kind)
    taken = StandpointTaken.objects.for_user(by).filter(
        breach__one_of=frozenset(breaches), standpoint__in=[Standpoint.COURT.value, Standpoint.POLICE.value]
    )
    proved: set[int] = set()
    words = taken.order_by("at", "id").values_list("breach_id", "standpoint", "decision", "at")
    for breach, standpoint, decision, at in words:
        said: dict[str, Any] = {"police": decision != PoliceDecision.NO_BREACH}
        if standpoint == Standpoint.COURT:
            said = {"is_proved": decision == CourtResult.PROVED}
            proved |= {breach} if said["is_proved"] else set()
            if breach not in proved:
                continue
        if kinds[breach]:
            said["order"] = _order(kinds[breach])
        yield breach, Change(at, said)


def _findings(by: Acting, cases: Collection[int], roles: Roles) -> dict[int, dict[int, tuple[Change, ...]]]:
    """What courts found of each who is accused in a case, by record: the defendant, and whoever police name who is the same."""
    rows = Outcome.objects.for_user(by).filter(offence__case__one_of=frozenset(cases)).order_by("true_from", "id")
    told = list(rows.values_list("offence__case_id", "offence__role__record_id", "kind", "true_from"))
    whose = belonging_now(by, {record for case, *_ in told for record in _accused(roles, case)})
    found: dict[int, dict[int, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for case, defendant, kind, on in told:
        change = Change(end_of(on), {"is_convicted": kind == Outcome.Kind.CONVICTED, "is_charged": True})
        suspects = roles[case][CaseRole.Role.SUSPECT]
        for record in _accused(roles, case):
            is_same = record == defendant or whose.get(record, -record) == whose.get(defendant, -defendant)
            if is_same or suspects == [record]:
                found[case][record].append(change)
    return {case: {one: tuple(several) for one, several in of_case.items()} for case, of_case in found.items()}


def _of_charges(
    by: Acting, cases: Collection[int], roles: Roles, findings: Mapping[int, Mapping[int, tuple[Change, ...]]]
) -> Iterator[Act]:
    """Of cases that only a court tells of, each offence that somebody is charged with, by the first hearing that named it."""
    rows = ChargeHeard.objects.for_user(by).filter(offence__case__one_of=frozenset(cases))
    names = (
        "offence_id", "offence__case_id", "offence__code", "offence__role__record_id", "started_on", "charged_on",
        "version__hearing__held_on",
    )  # fmt: skip
    seen: set[int] = set()
    for row in rows.order_by("version__hearing__held_on", "version__received_at", "id").values(*names):
        if row["offence_id"] in seen:
            continue
        seen.add(row["offence_id"])
        case, record, code = row["offence__case_id"], row["offence__role__record_id"], row["offence__code"]
        kinds = kinds_said(code)
        said = {
            "occurred_on": row["started_on"], "code": code, "is_charged": True, "says_breach": bool(kinds),
            "order": _order(kinds),
        }  # fmt: skip
        first = Change(start_of(row["charged_on"] or row["version__hearing__held_on"]), said)
        yield Act(
            f"court/{row['offence_id']}", str(case), [record], _victims(roles, case), (first,), findings.get(case, {})
        )


def _of_breaches_alone(by: Acting, records: Collection[int] | None) -> Iterator[Span]:
    """What police or a court found to be a breach that no crime tells of, but custody, probation, a contact or an officer."""
    rows = Breach.objects.for_user(by).filter(joined_to=None).exclude(found_by=FoundBy.CRIME.value)
    if records is not None:
        rows = rows.filter(respondent__one_of=frozenset(records))
    names = ("pk", "reference", "case_id", "respondent_id", "victim_id", "happened_from", "raised_at")
    told: dict[int, dict[str, Any]] = {row["pk"]: row for row in rows.order_by("id").values(*names)}
    crimes = _crimes_joined(by, told)
    within = {row["case_id"] for row in (*told.values(), *crimes.values()) if row["case_id"] is not None}
    covert = _covert(by, within)
    aside = _set_aside(by, {row["respondent_id"] for row in told.values()})
    decided: dict[int, list[Change]] = defaultdict(list)
    for breach, change in _decided(by, told):
        decided[breach].append(change)
    for pk, changes in decided.items():
        row = told[pk]
        if row["case_id"] in covert:
            continue
        first = _first(changes[0], row["raised_at"])
        crime = crimes.get(pk)
        # A crime that tells of it too is the same incident.
        of = row if crime is None or crime["case_id"] in covert else crime
        said = {"occurred_on": day_of(of["happened_from"])}
        victims = frozenset() if row["victim_id"] is None else frozenset({row["victim_id"]})
        case = row["reference"] if of["case_id"] is None else str(of["case_id"])
        act = Act(row["reference"], case, [row["respondent_id"]], victims, (Change(first, said), *changes))
        yield from spans(with_set_aside(act, aside))


def _crimes_joined(by: Acting, breaches: Collection[int]) -> dict[int, dict[str, Any]]:
    """The first crime that tells of each of these breaches too, by breach."""
    rows = Breach.objects.for_user(by).filter(joined_to__one_of=frozenset(breaches), found_by=FoundBy.CRIME.value)
    found = rows.order_by("-id").values("joined_to_id", "case_id", "happened_from")
    return {row["joined_to_id"]: row for row in found}


def _first(change: Change, raised_at: datetime) -> datetime:
    """What is only possible enters no score: it is known from when police or a court said what it was."""
    return max(change.at, raised_at)
