"""What witness care sends is recorded of the victim: in any order of files, once, and as it was said last (INT-01, INT-04)."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.intake.models import KeptRow, RowWaiting
from craffu.intake.running import Done, take_in
from craffu.outbox.models import News
from craffu.people.models import Person
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
from craffu.victims.topics import VICTIMS
from craffu.victims.witness_care.tables import TABLES
from tests.factories.extracts import LATER, everything, row, write

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
