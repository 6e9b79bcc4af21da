"""A corrected reject file changes the row it names and no other, and no correction is lost unseen (INT-03, INT-05)."""

import csv
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import models

from craffu.access.acting import Acting
from craffu.cases.models import CaseReference, ChargeHeard, HearingVersion, ResultGiven
from craffu.cases.models import Offence as CaseOffence
from craffu.intake.court_results.limits import LONGEST
from craffu.intake.models import HeldDecision, HeldRow
from craffu.intake.queries import last_heard, sources
from craffu.intake.rules import Exit
from craffu.intake.running import Done, take_in
from craffu.people.models import RecordedIdentifier, RecordVersion
from tests.factories.court_messages import case, court_message, defendant, message, offence

COLUMNS = (
    (RecordVersion, "title", "title"),
    (RecordVersion, "given_names", "given_names"),
    (RecordVersion, "family_name", "family_name"),
    (RecordVersion, "sex", "gender"),
    (RecordedIdentifier, "as_given", "asn"),
    (RecordedIdentifier, "normalised", "asn"),
    (RecordedIdentifier, "as_given", "pnc_id"),
    (HearingVersion, "court", "court_code"),
    (HearingVersion, "psa", "psa_code"),
    (HearingVersion, "presence", "present"),
    (HearingVersion, "bail_status", "bail_status"),
    (CaseOffence, "code", "offence_code"),
    (ChargeHeard, "date_code", "date_code"),
    (ChargeHeard, "plea", "plea"),
    (ChargeHeard, "mode_of_trial", "mode_of_trial"),
    (ChargeHeard, "finding", "finding"),
    (ChargeHeard, "convicting_court", "convicting_court"),
    (ResultGiven, "code", "result_code"),
    (ResultGiven, "next_court", "next_court"),
    (ResultGiven, "next_bail_status", "next_bail_status"),
)


@pytest.fixture
def corrected_file(tmp_path: Path) -> Callable[..., Path]:
    """Write values into the last column of a run's reject file, by held row."""

    def written(done: Done, values: dict[str, str]) -> Path:
        assert done.reject_file is not None
        rows = read(done.reject_file)
        path = tmp_path / "corrected.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            known = [{**row, "corrected": values.get(row["row"], "")} for row in rows]
            unknown = [{"row": name, "corrected": value} for name, value in values.items() if name not in names(rows)]
            writer.writerows([*known, *unknown])
        return path

    return written


@pytest.fixture
def correct(system: Acting, corrected_file: Callable[..., Path]) -> Callable[..., Done]:
    """Write values into the last column of a run's reject file, by held row, and hand it in."""
    return lambda done, values: take_in(by=system, kind="court-results", paths=[corrected_file(done, values)])


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def names(rows: list[dict[str, str]]) -> set[str]:
    return {row["row"] for row in rows}


def held() -> list[HeldRow]:
    return list(HeldRow.objects.for_system("reading back").order_by("id"))


def corrected_rows() -> list[str]:
    return list(HeldDecision.objects.for_system("reading back").values_list("held__reference", flat=True))


def on_one_line(data: bytes) -> bytes:
    return re.sub(rb">\s+<", b"><", data)


@pytest.mark.rule("INT-03")
def test_in_a_message_of_one_line_only_the_held_case_is_corrected_and_taken_in(
    take_in_messages: Callable[..., Done], correct: Callable[..., Done]
) -> None:
    sent = message(
        case(defendant(family_name="ALPHA"), ptiurn="63AA0000001"),
        case(defendant(family_name="BETA", asn="2563AA0100000000124L"), ptiurn="XXXXXXXXX"),
    )
    first = take_in_messages(on_one_line(sent))
    assert (first.run.created, first.run.rejected) == (1, 1)
    (row,) = held()
    again = correct(first, {row.reference: "63AA0000002"})
    assert (again.run.received, again.run.created, again.run.updated, again.exit) == (1, 1, 0, Exit.DONE)
    by_case = {
        reference.value: [role.record.versions.get().family_name for role in reference.case.roles.all()]
        for reference in CaseReference.objects.for_system("reading back")
    }
    assert by_case == {"63AA0000001": ["ALPHA"], "63AA0000002": ["BETA"]}
    assert corrected_rows() == [row.reference]


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("left_out", "value"),
    [({"ptiurn": None}, "63AA0000001"), ({"family_name": " "}, "BETA"), ({"hearing_date": None}, "2025-03-03")],
)
def test_a_missing_value_can_be_written_in(
    take_in_messages: Callable[..., Done],
    correct: Callable[..., Done],
    left_out: dict[str, str | None],
    value: str,
) -> None:
    first = take_in_messages(court_message(**left_out))
    again = correct(first, {held()[0].reference: value})
    assert (again.run.received, again.run.created, again.exit) == (1, 1, Exit.DONE)
    third = take_in_messages(court_message(**left_out))
    assert (third.run.unchanged, third.run.rejected) == (1, 0)


@pytest.mark.rule("INT-05")
@pytest.mark.parametrize(
    ("sent", "value", "says"),
    [
        ({"offences": []}, "1", "This cannot be corrected here."),
        ({"ptiurn": "XXXXXXXXX"}, "63AA\x0b0000001", "The corrected value holds a character"),
        ({"ptiurn": "XXXXXXXXX"}, "63AA\x000000001", "The corrected value holds a character"),
        ({"ptiurn": "XXXXXXXXX"}, "70", "The case reference (PTIURN) is not four letters"),
        ({"family_name": None}, "B" * 201, "The name is too long"),
    ],
)
def test_a_correction_that_cannot_be_used_is_rejected_with_its_reason_and_the_row_waits_on(
    take_in_messages: Callable[..., Done],
    correct: Callable[..., Done],
    sent: dict[str, object],
    value: str,
    says: str,
) -> None:
    first = take_in_messages(court_message(**sent))
    (row,) = held()
    again = correct(first, {row.reference: value})
    assert (again.run.received, again.run.rejected, again.exit) == (1, 1, Exit.SOMETHING_LEFT_OVER)
    assert again.reconciled
    assert again.reject_file is not None
    (line,) = read(again.reject_file)
    assert line["row"] == row.reference
    assert line["reason"].startswith(says)
    assert line["suggestion"]
    assert (len(held()), corrected_rows()) == (1, [])


@pytest.mark.rule("INT-05")
@pytest.mark.parametrize("nowhere", ["H-nowhere", "H-\x00"])
def test_a_correction_of_no_row_is_rejected_and_one_handed_in_twice_changes_nothing(
    take_in_messages: Callable[..., Done], correct: Callable[..., Done], nowhere: str
) -> None:
    first = take_in_messages(court_message(ptiurn="XXXXXXXXX"))
    values = {held()[0].reference: "63AA0000001", nowhere: "63AA0000001"}
    again = correct(first, values)
    assert (again.run.received, again.run.created, again.run.rejected) == (2, 1, 1)
    assert again.reject_file is not None
    (line,) = read(again.reject_file)
    assert (line["row"], line["file"].endswith("corrected.csv"), line["line"]) == ("", True, "3")
    third = correct(first, values)
    assert (third.run.received, third.run.unchanged, third.run.rejected) == (2, 1, 1)


@pytest.mark.rule("INT-01")
def test_a_corrected_row_was_received_when_it_first_came(
    take_in_messages: Callable[..., Done], correct: Callable[..., Done], frozen_clock
) -> None:
    first = take_in_messages(court_message(ptiurn="XXXXXXXXX"))
    frozen_clock.shift(3600)
    correct(first, {held()[0].reference: "63AA0000001"})
    version = HearingVersion.objects.for_system("reading back").get()
    assert version.received_at == held()[0].received_at
    decision = HeldDecision.objects.for_system("reading back").get()
    assert (decision.decided_at - version.received_at).total_seconds() == 3600


@pytest.mark.rule("INT-06")
def test_a_source_was_heard_only_when_it_sent_something_itself(
    system: Acting, take_in_messages: Callable[..., Done], correct: Callable[..., Done], frozen_clock
) -> None:
    def heard() -> list[object]:
        shown = [one.last_good for one in sources(system) if one.kind == "court-results"]
        return [*shown, *last_heard(system, ["court-results", "rms"]).items()]

    assert heard() == [None]
    first = take_in_messages(court_message(ptiurn="XXXXXXXXX"))
    then = first.run.finished_at
    assert heard() == [then, ("court-results", then)]
    frozen_clock.shift(3600)
    correct(first, {held()[0].reference: "63AA0000001"})
    correct(first, {})
    assert heard() == [then, ("court-results", then)]
    again = take_in_messages(court_message(ptiurn="63AA0000002"))
    assert heard() == [again.run.finished_at, ("court-results", again.run.finished_at)]


@pytest.mark.rule("INT-06")
def test_corrections_in_a_run_with_messages_are_not_counted_as_the_sources_word(
    system: Acting, take_in_messages: Callable[..., Done], corrected_file: Callable[..., Path], tmp_path: Path
) -> None:
    first = take_in_messages(court_message(ptiurn="XXXXXXXXX"))
    message_file = tmp_path / "message.xml"
    message_file.write_bytes(court_message(ptiurn="63AA0000009"))
    correction = corrected_file(first, {held()[0].reference: "63AA0000001"})
    mixed = take_in(by=system, kind="court-results", paths=[message_file, correction])
    assert (mixed.run.received, mixed.run.created) == (2, 2)
    heard = next(one for one in sources(system) if one.kind == "court-results")
    assert (heard.last_good, heard.shown.count) == (mixed.run.finished_at, 1)

    later = corrected_file(first, {"H-nowhere": "63AA0000001"})
    empty = tmp_path / "empty.xml"
    empty.write_bytes(b"")
    alone = take_in(by=system, kind="court-results", paths=[later, empty])
    assert (alone.run.state, alone.run.received) == ("finished", 1)
    assert next(one for one in sources(system) if one.kind == "court-results") == heard


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ('{row},,,,,,,"{long}"', 2),
        ("{row},,,,,,,63AA0000001\n{long},,,,,,,", 3),
        ('{row},,,,,,,"63AA0000001\n{many}', 2),
    ],
)
def test_a_reject_file_that_is_no_csv_is_refused_whole_with_its_line_and_nothing_of_it_is_used(
    system: Acting, take_in_messages: Callable[..., Done], tmp_path: Path, broken: str, line: int
) -> None:
    first = take_in_messages(court_message(ptiurn="XXXXXXXXX"))
    assert first.reject_file is not None
    header = first.reject_file.read_text().splitlines()[0]
    path = tmp_path / "corrected.csv"
    body = broken.format(row=held()[0].reference, long="A" * 131_073, many="A line\n" * 20_000)
    path.write_text(f"{header}\n{body}\n", newline="")
    done = take_in(by=system, kind="court-results", paths=[path])
    assert (done.run.state, done.run.files_refused, done.exit) == ("refused", 1, Exit.REFUSED)
    (file,) = done.refused
    assert (file.name, file.code, dict(file.values)) == ("corrected.csv", "not_well_formed_csv", {"line": str(line)})
    assert file.message.startswith(f"Line {line} ")
    assert corrected_rows() == []


@pytest.mark.rule("INT-03")
def test_a_broken_reject_file_keeps_nothing_else_from_being_taken_in(
    system: Acting, take_in_messages: Callable[..., Done], corrected_file: Callable[..., Path], tmp_path: Path
) -> None:
    first = take_in_messages(court_message(ptiurn="XXXXXXXXX"))
    good = corrected_file(first, {held()[0].reference: "63AA0000001"})
    bad, message_file = tmp_path / "bad.csv", tmp_path / "message.xml"
    bad.write_text(good.read_text() + "A" * 131_073)
    message_file.write_bytes(court_message(ptiurn="63AA0000009"))
    done = take_in(by=system, kind="court-results", paths=[bad, good, message_file])
    assert (done.run.state, done.run.created, done.run.files_refused) == ("finished", 2, 1)
    assert done.exit == Exit.SOMETHING_LEFT_OVER


@pytest.mark.rule("INT-03")
def test_values_too_long_to_be_stored_fail_no_run(take_in_messages: Callable[..., Done]) -> None:
    long = "A" * 30
    sent = (
        court_message(ptiurn="63AA0000001", bail_status="BAIL", title="M" * 60, asn="1" * 80),
        court_message(ptiurn="63AA0000002", given_names=("A" * 100, "B" * 110)),
        court_message(ptiurn="63AA0000003", offences=[offence(plea=long, finding=long, mode=long, code=long)]),
        court_message(ptiurn="63AA0000004"),
    )
    done = take_in_messages(*sent)
    assert (done.run.state, done.run.received, done.run.created, done.run.rejected) == ("finished", 4, 3, 1)
    assert [row.reason for row in held()] == ["name_too_long"]


@pytest.mark.parametrize(("model", "column", "value"), COLUMNS)
def test_no_value_that_is_taken_in_is_longer_than_its_column(
    model: type[models.Model], column: str, value: str
) -> None:
    field = model._meta.get_field(column)
    assert isinstance(field, models.CharField)
    assert field.max_length == LONGEST[value]


def test_every_limit_belongs_to_a_column() -> None:
    assert {value for _, _, value in COLUMNS} == set(LONGEST)


@pytest.mark.rule("SEC-06")
def test_the_reject_file_is_its_owners_alone_and_names_no_place_on_the_server(
    take_in_messages: Callable[..., Done], tmp_path: Path
) -> None:
    done = take_in_messages(court_message(ptiurn="XXXXXXXXX"), b"")
    assert done.reject_file is not None
    assert stat.S_IMODE(done.reject_file.stat().st_mode) == 0o600
    files = [row["file"] for row in read(done.reject_file)]
    assert [re.fullmatch(r"inbox-[0-9a-f]{8}/000\d\.xml", name) is not None for name in files] == [True, True]
    assert [path.name for path in done.reject_file.parent.iterdir()] == [done.reject_file.name]
