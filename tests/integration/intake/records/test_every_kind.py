"""Each kind of extract is taken in whole: nothing lost, each value with its origin, and the same again changes nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.cases.models import (
    Case,
    CaseOutcome,
    CaseReference,
    CaseRole,
    CaseStage,
    CaseVersion,
    DetentionVersion,
    InvolvementVersion,
    RoleWaiting,
)
from craffu.common import keyring
from craffu.intake.models import KeptRow, Run
from craffu.intake.records.layout import KINDS, layout_of
from craffu.intake.running import Done, take_in
from craffu.people.models import (
    Membership,
    Person,
    RecordedContact,
    RecordedIdentifier,
    RecordedName,
    RecordVersion,
    SourceRecord,
)
from craffu.people.rules import searched_by
from tests.factories.court_messages import court_message
from tests.factories.extracts import AT, LATER, everything, row, write

pytestmark = pytest.mark.django_db

TAKEN_UP = {
    ("rms", "persons"),
    ("rms", "crimes"),
    ("rms", "involvements"),
    ("rms", "outcomes"),
    ("custody", "detentions"),
    ("custody", "releases"),
}
KEPT = [(kind, table) for kind in KINDS for table in layout_of(kind).tables if (kind, table) not in TAKEN_UP]


@pytest.fixture
def taken(system: Acting) -> Callable[..., Done]:
    def take(kind: str, *paths: Path, **options: object) -> Done:
        return take_in(by=system, kind=kind, paths=paths, **options)  # type: ignore[arg-type]

    return take


@pytest.mark.rule("INT-05")
@pytest.mark.parametrize("kind", KINDS)
def test_every_table_of_a_kind_is_taken_in_and_the_counts_reconcile(
    kind: str, taken: Callable[..., Done], tmp_path: Path
) -> None:
    done = taken(kind, everything(tmp_path, kind), expected=3 * len(layout_of(kind).tables))
    assert (done.run.received, done.run.created) == (3 * len(layout_of(kind).tables),) * 2
    assert done.reconciled
    assert done.run.totals == dict.fromkeys(layout_of(kind).tables, 3)
    assert not done.refused


@pytest.mark.rule("INT-01")
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_files_again_change_nothing(kind: str, taken: Callable[..., Done], tmp_path: Path) -> None:
    folder = everything(tmp_path, kind)
    taken(kind, folder)
    counted = {model: model._base_manager.count() for model in (KeptRow, RecordVersion, CaseVersion, CaseRole, Person)}
    events = Event.objects.filter(kind="rows_received").count()
    again = taken(kind, folder)
    assert again.run.unchanged == again.run.received
    assert again.reconciled
    assert counted == {model: model._base_manager.count() for model in counted}
    assert Event.objects.filter(kind="rows_received").count() == events


@pytest.mark.rule("INT-02")
@pytest.mark.parametrize(("kind", "table"), KEPT)
def test_a_row_whose_pages_come_later_is_kept_whole_with_where_it_came_from(
    kind: str, table: str, taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    told = row(kind, table)
    done = taken(kind, write(tmp_path, "a.csv", [told]))
    (kept,) = KeptRow.objects.for_user(system)
    assert json.loads(kept.words).keys() == {name for name, value in told.items() if value}
    assert (kept.kind, kept.table, kept.line, kept.mapping_version, kept.source) == (
        kind,
        table,
        2,
        layout_of(kind).version,
        kind,
    )
    assert kept.file_sha256 == done.run.files.get().sha256
    assert kept.received_at
    assert (kept.record is not None) == layout_of(kind).tables[table].describes_person
    if kept.record is not None:
        version = kept.record.versions.get()
        assert (version.family_name, version.born_on, version.line) == ("Rees", "1984-03-02", 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM intake_keptrow")
        (stored,) = cursor.fetchone()
    assert "Rees" not in stored


def test_a_person_record_is_kept_with_names_numbers_and_protected_contacts(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    taken("rms", write(tmp_path, "a.csv", [row("rms", "persons")]))
    (version,) = RecordVersion.objects.for_user(system)
    assert version.record.source_key == "persons/PERSON1"
    assert (version.title, version.given_names, version.family_name) == ("Ms", "Sian Mair", "Rees")
    assert (version.born_on, version.born_precision, version.sex) == ("1984-03-02", "day", "F")
    assert (version.ethnicity, version.language) == ("words", "en")
    assert version.said_at.isoformat() == "2024-03-05T10:00:00+00:00"
    assert version.true_from.isoformat() == "2024-03-05"
    assert [(one.given_names, one.family_name) for one in RecordedName.objects.for_user(system)] == [("Sian", "Evans")]
    assert {(one.kind, one.standing) for one in RecordedIdentifier.objects.for_user(system)} == {
        ("pnc", "valid"),
        ("cro", "valid"),
    }
    contacts = {(one.kind, one.value) for one in RecordedContact.objects.for_user(system)}
    assert contacts == {
        ("address", "3 Heol Fawr\nwords\nSA1 1AA"),
        ("phone", "07700 900123"),
        ("email", "sian@example.org"),
    }
    (member,) = Membership.objects.for_user(system).select_related("person")
    assert member.person.reference == "P-10001"


def test_a_contact_taken_in_with_others_is_found_by_the_token_of_one_stored_alone(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    taken("rms", write(tmp_path, "a.csv", [row("rms", "persons", number) for number in (1, 2)]))
    token = keyring.ring().token("phone", searched_by("phone", "+44 7700 900123"))
    assert RecordedContact.objects.for_user(system).filter(kind="phone", token=token).count() == 2


def test_a_crime_opens_a_case_with_its_stage_and_its_words_protected(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    told = row(
        "rms", "crimes", stage="investigation", occurred_to="", location="3 Heol Fawr", summary="He followed her."
    )
    taken("rms", write(tmp_path, "a.csv", [told]))
    (version,) = CaseVersion.objects.for_user(system)
    assert (version.crime, version.location, version.summary) == ("CRIME1", "3 Heol Fawr", "He followed her.")
    assert version.flags == ["stalking", "domestic_abuse"]
    assert (version.occurred_to, version.reported_at.isoformat()) == (None, "2024-03-05T10:00:00+00:00")
    references = {(one.kind, one.value, one.case_id) for one in CaseReference.objects.for_user(system)}
    assert references == {("crime", "CRIME1", version.case_id), ("ptiurn", "01ZD0303208", version.case_id)}
    assert [stage.stage for stage in CaseStage.objects.for_user(system)] == ["investigated"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT location, summary FROM cases_caseversion")
        assert not any("Heol" in part or "followed" in part for part in cursor.fetchone())


@pytest.mark.rule("INT-01")
def test_an_older_version_that_comes_late_is_kept_and_does_not_become_the_present_word(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    newer = row("rms", "crimes", stage="charged", updated_at=LATER)
    older = row("rms", "crimes", stage="reported", updated_at=AT)
    taken("rms", write(tmp_path, "1.csv", [newer]))
    done = taken("rms", write(tmp_path, "2.csv", [older]))
    assert (done.run.unchanged, done.run.warnings) == (1, {"newer_version_held": 1})
    assert [version.stage for version in CaseVersion.objects.for_user(system).order_by("said_at")] == [
        "reported",
        "charged",
    ]
    assert [stage.stage for stage in CaseStage.objects.for_user(system)] == ["charged"]
    again = taken("rms", tmp_path / "2.csv")
    assert (again.run.unchanged, again.run.warnings) == (1, {})


@pytest.mark.rule("INT-01")
def test_a_record_changed_at_its_source_is_a_new_version_of_the_same_person(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    taken("rms", write(tmp_path, "1.csv", [row("rms", "persons")]))
    done = taken("rms", write(tmp_path, "2.csv", [row("rms", "persons", surname="Evans", updated_at=LATER)]))
    assert done.run.updated == 1
    assert [version.family_name for version in RecordVersion.objects.for_user(system).order_by("number")] == [
        "Rees",
        "Evans",
    ]
    assert Person.objects.for_user(system).count() == SourceRecord.objects.for_user(system).count() == 1


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize(
    "order",
    [
        ("persons", "crimes", "involvements"),
        ("involvements", "crimes", "persons"),
        ("crimes", "involvements", "persons"),
        ("persons", "involvements", "crimes"),
        ("involvements", "persons", "crimes"),
    ],
)
def test_who_was_involved_is_joined_whichever_file_comes_first(
    order: tuple[str, ...], taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    files = {
        "persons": [row("rms", "persons", number) for number in (1, 2)],
        "crimes": [row("rms", "crimes", number, ptiurn="") for number in (1, 2)],
        "involvements": [
            row("rms", "involvements", number, role=role, relationship="ex_partner")
            for number in (1, 2)
            for role in ("suspect", "victim")
        ],
    }
    for table in order:
        assert taken("rms", write(tmp_path, f"{table}.csv", files[table])).run.created == len(files[table])
    assert Run.objects.for_user(system).get(kind="rms", reference="R-10003").warnings == {}
    roles = {(one.case_id, one.record.source_key, one.role) for one in CaseRole.objects.for_user(system)}
    assert {(key, role) for _, key, role in roles} == {
        (f"persons/PERSON{number}", role) for number in (1, 2) for role in ("suspect", "victim")
    }
    assert len(roles) == 4
    assert not RoleWaiting.objects.for_user(system).exists()
    assert {one.relationship for one in InvolvementVersion.objects.for_user(system)} == {"ex_partner"}


@pytest.mark.rule("INT-04")
def test_an_involvement_of_somebody_who_never_comes_waits_and_is_said(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    done = taken("rms", write(tmp_path, "a.csv", [row("rms", "involvements"), row("rms", "involvements", 2)]))
    assert done.run.warnings == {"role_waits": 2}
    assert RoleWaiting.objects.for_user(system).count() == 2
    assert not CaseRole.objects.for_user(system).exists()


def test_a_crime_joins_the_case_that_courts_call_by_its_ptiurn_and_several_crimes_can_be_one_case(
    taken: Callable[..., Done], take_in_messages: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    take_in_messages(court_message(ptiurn="01ZD0303208"))
    crimes = [
        row("rms", "crimes", 1, ptiurn="01 ZD 0303208"),
        row("rms", "crimes", 2),
        row("rms", "crimes", 3, ptiurn=""),
    ]
    taken("rms", write(tmp_path, "a.csv", crimes))
    references = {
        (one.kind, one.value): one.case.reference
        for one in CaseReference.objects.for_user(system).select_related("case")
    }
    assert references["crime", "CRIME1"] == references["crime", "CRIME2"] == references["ptiurn", "01ZD0303208"]
    assert references["crime", "CRIME3"] != references["crime", "CRIME1"]
    assert Case.objects.for_user(system).count() == 2


def test_an_outcome_is_kept_under_its_crime_whether_that_has_come_or_not(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    taken("rms", write(tmp_path, "a.csv", [row("rms", "outcomes", outcome_code="1A", reason="She would not go on.")]))
    (outcome,) = CaseOutcome.objects.for_user(system)
    assert (outcome.crime, outcome.code, outcome.record_key) == ("CRIME1", "1A", "persons/PERSON1")
    assert outcome.reason == "She would not go on."
    assert not Case.objects.for_user(system).exists()


@pytest.mark.rule("INT-02")
def test_a_detention_is_kept_with_its_person_and_its_words_protected(
    taken: Callable[..., Done], tmp_path: Path, system: Acting
) -> None:
    told = row("custody", "detentions", released_at="", disposal="", bail_conditions="Not to go to Heol Fawr")
    done = taken("custody", write(tmp_path, "a.csv", [told]))
    (held,) = DetentionVersion.objects.for_user(system)
    assert (held.key, held.crime, held.for_breach_of) == ("CUSTODY1", "CRIME1", "ARRESTED1")
    assert (held.arrested_at.isoformat(), held.released_at) == ("2024-03-05T10:00:00+00:00", None)
    assert (held.disposal, held.bail_conditions, held.line) == ("", "Not to go to Heol Fawr", 2)
    assert held.file_sha256 == done.run.files.get().sha256
    assert held.record.versions.get().family_name == "Rees"
    assert not KeptRow.objects.for_user(system).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT bail_conditions FROM cases_detentionversion")
        assert "Heol" not in cursor.fetchone()[0]


@pytest.mark.rule("SEC-04")
def test_a_batch_has_one_row_in_the_log_that_counts_and_names_nobody(
    taken: Callable[..., Done], tmp_path: Path
) -> None:
    taken("rms", write(tmp_path, "a.csv", [row("rms", "persons", number) for number in range(1, 41)]))
    (event,) = Event.objects.filter(kind="rows_received")
    payload = json.loads(event.payload)
    assert payload["counts"] == {"created": 40}
    assert [ref.split("/")[0] for ref in payload["refs"]] == ["batch", "file", "run", "table"]
    assert "PERSON" not in event.payload
    assert "Rees" not in event.payload
