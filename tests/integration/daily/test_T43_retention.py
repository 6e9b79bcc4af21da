"""T43, SEC-08: on a generated force nothing past due is kept once it was decided, nothing held is erased, wherever it stands."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.access.retention.kinds import Authority
from craffu.access.retention.models import RetentionStep
from craffu.breaches.models import Breach
from craffu.cases.models import CaseRole, CaseStage, CaseVersion, DetentionVersion, Hearing, Outcome, ReleaseVersion
from craffu.clocks.london import day_of
from craffu.common.refusals import NotNow
from craffu.config.generate.force import Wanted, generate
from craffu.daily.retaining.actions import Said, ask_to_erase, erase_person, open_reviews, place_hold
from craffu.daily.retaining.tasks import build_snapshot_again
from craffu.engines.snapshots import current
from craffu.intake.running import take_in
from craffu.measures.places import folder_of
from craffu.measures.snapshots.actions import build_snapshot
from craffu.orders.models import Order
from craffu.people.models import Membership, Person, RecordedName, RecordVersion
from craffu.people.search.folding import fold_lines
from craffu.people.search.models import SearchWord
from tests.factories.erasing import copies_of

pytestmark = [
    pytest.mark.rule("SEC-08"), pytest.mark.rule("SEC-09"), pytest.mark.django_db, pytest.mark.postgres_in_deep, pytest.mark.long,
]  # fmt: skip

NOW = datetime(2031, 6, 2, 12, tzinfo=UTC)
WHY = Said("Their clear period is over", Authority.RETENTION_REVIEW)
WHICH = "a test"
SUSPECTED = ("suspect", "defendant")


def due_by_hand(today: date) -> dict[str, str]:
    """Person by person, row by row: whose last event lies ten years back, or six where nothing was proved or ordered."""
    whose: dict[int, str] = {}
    for one in Membership.objects.for_system(WHICH).order_by("id").select_related("person"):
        whose[one.record_id] = one.person.reference
    found = {}
    for person in sorted(set(whose.values())):
        records = [record for record, reference in whose.items() if reference == person]
        roles = CaseRole.objects.for_system(WHICH).filter(record__in=records, role__in=SUSPECTED)
        cases = [one.case_id for one in roles]
        orders = list(Order.objects.for_system(WHICH).filter(respondent__in=records).exclude(made_at=None))
        days = [
            *(day_of(one.reported_at) for one in CaseVersion.objects.for_system(WHICH).filter(case__in=cases)),
            *(one.true_from for one in CaseStage.objects.for_system(WHICH).filter(case__in=cases)),
            *(one.held_on for one in Hearing.objects.for_system(WHICH).filter(case__in=cases)),
            *(day_of(one.made_at) for one in orders if one.made_at),
            *(day_of(one.ended_at) if one.ended_at else max(today, one.last_day or today) for one in orders),
            *(day_of(one.happened_to) for one in Breach.objects.for_system(WHICH).filter(respondent__in=records)),
            *(day_of(one.arrested_at) for one in DetentionVersion.objects.for_system(WHICH).filter(record__in=records)),
            *(one.planned_on for one in ReleaseVersion.objects.for_system(WHICH).filter(record__in=records)),
        ]
        proved = Outcome.objects.for_system(WHICH).filter(kind="convicted", offence__role__in=roles).exists()
        years = 10 if orders or proved else 6
        if days and max(days).replace(year=max(days).year + years, day=min(max(days).day, 28)) <= today:
            found[person] = "2" if years == 10 else "34"
    return found


@pytest.mark.parametrize("people", [60, pytest.param(1_000, marks=pytest.mark.deep)])
def test_T43_what_is_past_due_is_gone_and_what_is_held_is_there(
    people: int, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    generate(tmp_path, Wanted(people=people, years=10, seed=43))
    with time_machine.travel(NOW, tick=False) as passing:
        assert take_in(by=system, kind="rms", paths=[tmp_path / "police"]).reconciled
        first, other = (replace(acting_as("auditor"), factor_at=NOW) for _one in range(2))
        # What is taken in in parts is known from a moment after its beginning.
        passing.shift(timedelta(seconds=1))
        build_snapshot(by=system)
        due = due_by_hand(NOW.date())
        assert copies_of(due) != []
        everybody = Person.objects.for_system(WHICH).count()
        assert len(due) >= people / 10
        assert len(due) < everybody / 2
        assert open_reviews(system, NOW) == len(due)
        assert open_reviews(system, NOW) == 0
        opened = RetentionStep.objects.filter(step="opened")
        assert {one.person for one in opened} == due.keys()
        assert all(one.group in due[one.person] for one in opened)

        held = sorted(due)[::3]
        for person in held:
            place_hold(by=first, person=person, said=Said("An inquiry asked", Authority.INQUIRY))
        rows_held = {person: versions_of(person) for person in held}
        names = {person: {name for name in versions_of(person) if name} for person in due}
        for person in sorted(due):
            ask_to_erase(by=first, person=person, said=WHY)
        erased, blocked = [], dict.fromkeys(sorted(due), "")
        # Whom somebody else's case keeps goes once that has gone.
        while gone := _erased(other, blocked):
            erased += gone

        assert {person: versions_of(person) for person in held} == rows_held, "nothing held was erased"
        assert set(due_by_hand(NOW.date())) == blocked.keys(), "nothing past due is kept but what was refused"
        assert set(held) <= blocked.keys()
        others = _others_in_their_cases(blocked)
        for person, code in blocked.items():
            if code == "legal_hold":
                assert {person, *others[person]} & set(held), person
            else:
                assert code == "nothing_to_erase"
                assert _others_suspected(person), "nobody else's case needs what is theirs"
        assert len(erased) > len(due) / 2 - len(held)
        _nowhere_else(erased, set().union(*(names[person] for person in erased)))
        assert open_reviews(system, NOW + timedelta(days=1)) == 0


def test_T29_a_snapshot_that_is_asked_for_twice_is_one(system: Acting) -> None:
    """After an erasure each of several asks for it: whichever comes last holds what is left."""
    with time_machine.travel(NOW, tick=False):
        for _ in range(2):
            build_snapshot_again.call(system.force.code)
        first = current(folder_of(system))
        build_snapshot_again.call(system.force.code)
        assert current(folder_of(system)).digest == first.digest


def _erased(by: Acting, blocked: dict[str, str]) -> list[str]:
    """Those of the people who are left that can be erased now; why each other cannot is noted."""
    gone = []
    for person in list(blocked):
        try:
            erase_person(by=by, person=person)
        except NotNow as refusal:
            blocked[person] = refusal.code
        else:
            gone.append(person)
            del blocked[person]
    return gone


def _cases_of(person: str) -> list[int]:
    """Those in which any of their records has any part."""
    records = Membership.objects.for_system(WHICH).filter(person__reference=person).values("record")
    return list(CaseRole.objects.for_system(WHICH).filter(record__in=records).values_list("case_id", flat=True))


def _people_in(cases: list[int], **only: object) -> set[str]:
    records = CaseRole.objects.for_system(WHICH).filter(case__in=cases, **only).values("record")
    found = Membership.objects.for_system(WHICH).filter(record__in=records)
    return set(found.values_list("person__reference", flat=True))


def _others_in_their_cases(people: Iterable[str]) -> dict[str, set[str]]:
    return {person: _people_in(_cases_of(person)) - {person} for person in people}


def _others_suspected(person: str) -> set[str]:
    """Whoever else is accused in a case of theirs, and is still there."""
    return _people_in(_cases_of(person), role__in=SUSPECTED) - {person}


def versions_of(person: str) -> list[str]:
    """Every version of everybody's records that are this person's, by name."""
    records = Membership.objects.for_system(WHICH).filter(person__reference=person).values("record")
    rows = RecordVersion.objects.for_system(WHICH).filter(record__in=records).order_by("id")
    return [f"{given} {family}" for given, family in rows.values_list("given_names", "family_name")]


def _nowhere_else(erased: list[str], names: set[str]) -> None:
    """The words of the search are those of names that are left, and no copy holds anybody who is not."""
    told = RecordVersion.objects.for_system(WHICH).values_list("given_names", "family_name")
    others = RecordedName.objects.for_system(WHICH).values_list("given_names", "family_name")
    kept = {word for row in (*told, *others) for word in fold_lines([" ".join(row)]).split()}
    words = set(SearchWord.objects.for_system(WHICH).values_list("word", flat=True))
    assert words == {word for word in kept if len(word) <= 40}
    assert copies_of(erased) == []
    assert names
