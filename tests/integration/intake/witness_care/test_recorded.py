"""What witness care sends is recorded of the victim: in any order of files, once, and as it was said last (INT-01, INT-04)."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.intake.models import KeptRow, RowWaiting
from craffu.intake.running import Done, take_in
from craffu.outbox.models import News
from craffu.people.models import Person
from craffu.victims.agreements.queries import versions_of
from craffu.victims.models import (
    AgreementVersion,
    CaseHappening,
    Contact,
    EntitlementSaid,
    MeasureTold,
    Promise,
    PromiseExcuse,
    SafetyMeasure,
    ToldOfHappening,
)
from craffu.victims.safeguarding.queries import entitlement_of
from craffu.victims.stories import story_of
from craffu.victims.topics import VICTIMS
from craffu.victims.witness_care.tables import TABLES
from tests.factories.extracts import LATER, everything, row, write
from tests.factories.victims import agreed, send_victim, victim_of

pytestmark = pytest.mark.django_db

type Take = Callable[..., Done]
KIND = "witness-care"
ALL = [one.model for one in TABLES.values()]


@pytest.fixture
def taken(system: Acting) -> Take:
    def take(kind: str, *paths: Path) -> Done:
        return take_in(by=system, kind=kind, paths=paths)

    return take


def victims(folder: Path, people: int = 3) -> Path:
    numbers = range(1, people + 1)
    write(folder, "persons.csv", (row("rms", "persons", n) for n in numbers))
    write(folder, "crimes.csv", (row("rms", "crimes", n, ptiurn="") for n in numbers))
    write(folder, "involvements.csv", (row("rms", "involvements", n, role="victim") for n in numbers))
    return folder


def recorded() -> dict[str, int]:
    return {model.__name__: model._base_manager.count() for model in ALL}


@pytest.mark.rule("INT-01")
def test_every_column_becomes_what_it_says_of_her(taken: Take, tmp_path: Path, system: Acting) -> None:
    taken("rms", victims(tmp_path / "rms", 1))
    done = taken(KIND, everything(tmp_path / "care", KIND, 1))
    assert done.run.warnings == {}
    assert set(recorded().values()) == {1}
    (agreement,) = AgreementVersion.objects.for_user(system)
    assert (agreement.record.source_key, agreement.source, agreement.source_key) == (
        "persons/PERSON1",
        KIND,
        "AGREEMENT1",
    )
    assert (agreement.number, agreement.occasion, agreement.is_unchanged) == (1, "report", True)
    assert (str(agreement.agreed_on), agreement.declined_on, agreement.offer_again) == (
        "2024-03-05",
        None,
        "each_stage",
    )
    assert (agreement.channels, agreement.times, agreement.every_days) == (["telephone"], [["09:00", "17:30"]], 1)
    assert (agreement.officer_name, agreement.safe_word, agreement.may_leave_message) == ("words", "words", True)
    assert (agreement.urgent_reach, agreement.asking, agreement.not_wanted) == (
        "telephone",
        "each_time",
        ["investigation"],
    )
    (promise,) = Promise.objects.for_user(system)
    assert (promise.due_at.isoformat(), promise.channels) == ("2024-03-05T10:00:00+00:00", ["telephone"])
    (contact,) = Contact.objects.for_user(system)
    assert (contact.promise, contact.channel, contact.is_hers, contact.was_reached) == (
        promise,
        "telephone",
        False,
        True,
    )
    assert (contact.told, contact.officer_name, contact.why_unsafe) == ("words", "words", ["channel_not_safe"])
    (excuse,) = PromiseExcuse.objects.for_user(system)
    assert (excuse.promise, excuse.record, excuse.reason) == (promise, promise.record, "victim_asked_to_wait")
    (happening,) = CaseHappening.objects.for_user(system)
    assert (happening.kind, happening.case.references.get(kind="crime").value) == ("report", "CRIME1")
    (told,) = ToldOfHappening.objects.for_user(system)
    assert (told.happening, told.contact, told.record) == (happening, contact, happening.record)
    (measure,) = SafetyMeasure.objects.for_user(system)
    (of_measure,) = MeasureTold.objects.for_user(system)
    assert (of_measure.measure, of_measure.contact, of_measure.felt) == (measure, contact, "safer")
    (entitled,) = EntitlementSaid.objects.for_user(system)
    assert (entitled.entitlement, entitled.reason, str(entitled.on)) == ("enhanced", "words", "2024-03-05")


ORDERS = [
    ("rms", "care"),
    ("care", "rms"),
    *itertools.islice(
        itertools.permutations(("tellings", "happenings", "persons", "crimes", "contacts"), 5), 0, 120, 17
    ),
]


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize("order", ORDERS)
def test_a_row_waits_for_what_it_names_and_is_joined_whichever_comes_first(
    order: tuple[str, ...], taken: Take, tmp_path: Path
) -> None:
    rms, care = victims(tmp_path / "rms"), everything(tmp_path / "care", KIND)
    first = {"rms": ("rms", rms), "care": (KIND, care), "contacts": (KIND, care / "victim_contacts.csv")}
    for name in order:
        one = rms / f"{name}.csv"
        kind, path = first.get(name) or ("rms" if one.exists() else KIND, one if one.exists() else care / f"{name}.csv")
        taken(kind, path)
    last = [taken("rms", rms), taken(KIND, care)]
    assert [done.run.warnings for done in last] == [{}, {}]
    assert recorded() == dict.fromkeys(recorded(), 3)
    assert not RowWaiting._base_manager.exists()


@pytest.mark.rule("INT-04")
def test_a_row_that_names_nobody_known_waits_and_is_said(taken: Take, tmp_path: Path) -> None:
    done = taken(KIND, everything(tmp_path / "care", KIND))
    assert done.run.warnings == {"row_waits": 30}
    assert done.reconciled
    assert set(recorded().values()) == {0}
    assert KeptRow._base_manager.count() == RowWaiting._base_manager.count() == 30


@pytest.mark.rule("INT-01")
def test_the_same_files_again_change_nothing(taken: Take, tmp_path: Path) -> None:
    taken("rms", victims(tmp_path / "rms"))
    care = everything(tmp_path / "care", KIND)
    taken(KIND, care)
    before, events = recorded(), Event.objects.count()
    again = taken(KIND, care)
    assert again.run.unchanged == again.run.received == 30
    assert recorded() == before
    assert Event.objects.filter(kind="rows_received").count() == 13
    assert Event.objects.count() - events <= 2


@pytest.mark.rule("INT-01")
def test_what_is_said_anew_is_a_further_row_and_the_last_counts(taken: Take, tmp_path: Path, system: Acting) -> None:
    taken("rms", victims(tmp_path / "rms", 1))
    due = "2024-04-01 09:00:00"
    first = row(KIND, "promises", due_at="2024-03-20 09:00:00")
    taken(KIND, write(tmp_path, "1.csv", [first]))
    taken(KIND, write(tmp_path, "2.csv", [row(KIND, "victim_contacts")]))
    done = taken(KIND, write(tmp_path, "3.csv", [row(KIND, "promises", due_at=due, updated_at=LATER)]))
    assert done.run.updated == 1
    said = list(Promise.objects.for_user(system).order_by("id").values_list("source_key", "due_at"))
    assert [(key, at.isoformat()[:10]) for key, at in said] == [("PROMISE1", "2024-03-20"), ("PROMISE1", "2024-04-01")]
    older = taken(KIND, write(tmp_path, "4.csv", [row(KIND, "promises", due_at=due, updated_at="2024-01-01 10:00")]))
    assert older.run.warnings == {"newer_version_held": 1}
    assert Promise.objects.for_user(system).count() == 2


@pytest.mark.rule("INT-01")
def test_of_a_row_that_waited_and_was_said_anew_the_last_word_is_recorded(
    taken: Take, tmp_path: Path, system: Acting
) -> None:
    taken(KIND, write(tmp_path, "1.csv", [row(KIND, "safety_measures") | {"kind": "patrols"}]))
    taken(KIND, write(tmp_path, "2.csv", [row(KIND, "safety_measures", updated_at=LATER) | {"kind": "marac"}]))
    taken("rms", victims(tmp_path / "rms", 1))
    assert [one.kind for one in SafetyMeasure.objects.for_user(system)] == ["marac"]


def test_whoever_reckons_what_is_due_to_her_is_told_of_what_came(taken: Take, tmp_path: Path, system: Acting) -> None:
    care = everything(tmp_path / "care", KIND)
    taken(KIND, care / "promises.csv")
    assert not News.objects.filter(topic=VICTIMS).exists()
    taken("rms", victims(tmp_path / "rms"))
    people = {str(one.pk) for one in Person.objects.for_user(system)}
    assert {name for row in News.objects.filter(topic=VICTIMS) for name in row.subjects.split()} == people
    told = News.objects.filter(topic=VICTIMS).count()
    taken(KIND, care / "promises.csv")
    assert News.objects.filter(topic=VICTIMS).count() == told
    taken(KIND, care / "agreements.csv")
    assert News.objects.filter(topic=VICTIMS).count() == told + 1


def test_her_own_call_has_reached_us_whatever_the_row_says(taken: Take, tmp_path: Path, system: Acting) -> None:
    taken("rms", victims(tmp_path / "rms", 1))
    told = row(KIND, "victim_contacts", direction="from_victim", reached="no", promise_ref="")
    taken(KIND, write(tmp_path, "1.csv", [told]))
    (contact,) = Contact.objects.for_user(system)
    assert (contact.is_hers, contact.was_reached, contact.promise) == (True, True, None)


@pytest.mark.rule("SEC-04")
def test_a_batch_has_one_row_in_the_log_that_names_nobody(taken: Take, tmp_path: Path) -> None:
    taken("rms", victims(tmp_path / "rms", 1))
    taken(KIND, write(tmp_path, "1.csv", [row(KIND, "promises", n) for n in (1, 2)]))
    event = Event.objects.filter(kind="rows_received").order_by("id").last()
    assert event is not None
    assert json.loads(event.payload)["counts"] == {"created": 2}
    assert "PERSON" not in event.payload


@pytest.mark.rule("INT-01")
@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize("files", [1, 2])
def test_of_two_versions_agreed_on_one_day_the_one_numbered_later_stands_in_whatever_order_they_come(
    is_late: bool, files: int, taken: Take, tmp_path: Path, system: Acting
) -> None:
    her, on = send_victim(system, tmp_path), {"person_ref": "PERSON10", "agreed_on": "2024-03-05"}
    rows = [
        row(KIND, "agreements", 1, version_number="1", channels="telephone", **on),
        row(KIND, "agreements", 2, version_number="2", channels="letter", updated_at=LATER, **on),
    ]
    rows = rows[::-1] if is_late else rows
    for at, some in enumerate([rows] if files == 1 else [[one] for one in rows]):
        assert taken(KIND, write(tmp_path / f"care{at}", "agreements.csv", some)).run.rejected == 0
    agreement = story_of(system, victim_of(system, her), clock.now()).agreement
    assert agreement is not None
    assert agreement.channels == ["letter"]
    assert [one.number for one in versions_of(system, victim_of(system, her).records)] == [1, 2]


@pytest.mark.rule("INT-01")
@pytest.mark.rule("VIC-02")
def test_an_older_version_that_comes_late_changes_nothing_of_what_was_agreed_here_since(
    taken: Take, tmp_path: Path, system: Acting, acting_as: Callable[..., Acting]
) -> None:
    her, officer = send_victim(system, tmp_path), acting_as("victim_officer")
    on = {"person_ref": "PERSON10", "agreed_on": day_of(clock.now()).isoformat()}
    second, first = (row(KIND, "agreements", one, version_number=str(one), channels="letter", **on) for one in (2, 1))
    taken(KIND, write(tmp_path / "second", "agreements.csv", [second]))
    here = agreed(officer, her)
    taken(KIND, write(tmp_path / "first", "agreements.csv", [first]))
    versions = versions_of(system, victim_of(system, her).records)
    assert [one.source for one in versions] == ["witness-care", "witness-care", "craffu"]
    assert versions[-1] == here


@pytest.mark.rule("INT-01")
@pytest.mark.rule("VIC-05")
@pytest.mark.parametrize("is_late", [False, True])
def test_the_entitlement_decided_later_stands_in_whatever_order_they_come(
    is_late: bool, taken: Take, tmp_path: Path, system: Acting
) -> None:
    her = send_victim(system, tmp_path)
    rows = [
        row(KIND, "entitlements", 1, person_ref="PERSON10", entitlement="standard", decided_on="2024-03-05"),
        row(KIND, "entitlements", 2, person_ref="PERSON10", entitlement="enhanced", decided_on="2024-04-05"),
    ]
    for at, one in enumerate(rows[::-1] if is_late else rows):
        assert taken(KIND, write(tmp_path / f"care{at}", "entitlements.csv", [one])).run.rejected == 0
    victim = victim_of(system, her)
    assert story_of(system, victim, clock.now()).entitled == "enhanced"
    said = entitlement_of(system, victim.records)
    assert said is not None
    assert said.entitlement == "enhanced"
