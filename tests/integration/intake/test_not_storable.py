"""A row that the database refuses is held back alone, and the others of its run are taken in (INT-03)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DataError, IntegrityError, connection

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.cases.models import CaseRole, HearingVersion
from craffu.common.refusals import NotNow
from craffu.intake.court_results import apply
from craffu.intake.evidence import evidence_of
from craffu.intake.models import HeldDecision, HeldRow, Run
from craffu.intake.queries import open_rows
from craffu.intake.releasing import release
from craffu.intake.running import Done, take_in
from craffu.people.models import SourceRecord
from craffu.published.models import CodeVersion
from tests.factories.court_messages import court_message
from tests.roles import as_owner

DUMMY = "0800PP0100000000001H"
ARRESTED = "1201ZD0100000445099L"
COLUMNS = "list,code,title,valid_from,valid_to,attributes\n"
FAULTS = {IntegrityError: "integrity_constraint_violation", DataError: "data_exception"}


@contextmanager
def refusing(table: str, unless: str, fault: type[Exception] = IntegrityError) -> Iterator[None]:
    """The database itself refuses every row of a table for which `unless` does not hold, as no check of ours foresaw."""
    with as_owner(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION refuse_in_a_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF NOT ({unless}) THEN RAISE EXCEPTION 'refused' USING ERRCODE = '{FAULTS[fault]}'; END IF; "
                "RETURN NEW; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER refuse_in_a_test BEFORE INSERT ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_in_a_test()"
            )
        else:
            cursor.execute(
                f"CREATE TRIGGER refuse_in_a_test BEFORE INSERT ON {table} WHEN NOT ({unless}) "
                "BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )
    try:
        yield
    finally:
        with as_owner(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER refuse_in_a_test ON {table}")
                cursor.execute("DROP FUNCTION refuse_in_a_test")
            else:
                cursor.execute("DROP TRIGGER refuse_in_a_test")


def held() -> list[HeldRow]:
    return list(HeldRow.objects.for_system("reading back").order_by("id"))


def sent(number: int, court: str = "B63IE01") -> bytes:
    return court_message(ptiurn=f"63AA000000{number}", court=court)


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize("fault", [IntegrityError, DataError])
def test_one_row_that_the_database_refuses_is_held_with_a_reason_and_the_others_are_taken_in(
    take_in_messages: Callable[..., Done], fault: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    messages = [sent(1), sent(2, court="B63AD01"), sent(3)]
    with refusing("cases_hearingversion", "NEW.court <> 'B63AD01'", fault):
        done = take_in_messages(*messages)
        again = take_in_messages(*messages)
    assert (done.run.state, done.run.received, done.run.created, done.run.rejected) == ("finished", 3, 2, 1)
    assert (again.run.unchanged, again.run.rejected) == (2, 1)
    assert done.reconciled
    (row,) = held()
    assert (row.why, row.reason, row.kind) == ("rejected", "not_storable", "court-results")
    assert "63AA0000002" in row.raw
    assert (CaseRole.objects.for_system("reading back").count(), HearingVersion.objects.for_system("a").count()) == (
        2,
        2,
    )
    assert done.reject_file is not None
    told = done.reject_file.read_text()
    assert "The row could not be stored" in told
    assert "Tell whoever looks after Craffu" in told
    assert "63AA" not in caplog.text
    assert "the database refused a row" in caplog.text


@pytest.mark.rule("INT-03")
def test_a_row_stored_when_it_is_sent_again_no_longer_waits(take_in_messages: Callable[..., Done]) -> None:
    with refusing("cases_hearingversion", "NEW.court <> 'B63AD01'"):
        take_in_messages(sent(2, court="B63AD01"))
    again = take_in_messages(sent(2, court="B63AD01"))
    assert (again.run.created, again.run.rejected) == (1, 0)
    decision = HeldDecision.objects.for_system("reading back").get()
    assert (decision.decision, decision.reason) == ("corrected", "stored_later")


def test_a_fault_of_the_program_ends_the_run_and_holds_no_row(
    take_in_messages: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_given: object) -> None:
        raise TypeError("a fault of ours")

    monkeypatch.setattr(apply, "record_hearing", broken)
    with pytest.raises(TypeError):
        take_in_messages(sent(1))
    run = Run.objects.for_system("reading back").get()
    assert (run.state, run.problem) == ("failed", "TypeError")
    assert held() == []


@pytest.mark.rule("INT-03")
def test_one_code_that_the_database_refuses_is_held_and_the_rest_of_its_batch_is_stored(
    system: Acting, tmp_path: Path
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(COLUMNS + "".join(f"plea,T{number},Title {number},,,\n" for number in range(5)))
    with refusing("published_codeversion", "NEW.code <> 'T3'"):
        done = take_in(by=system, kind="code-tables", paths=[path])
    assert (done.run.state, done.run.received, done.run.created, done.run.rejected) == ("finished", 5, 4, 1)
    (row,) = held()
    assert (row.reason, row.line) == ("not_storable", 5)
    again = take_in(by=system, kind="code-tables", paths=[path])
    assert (again.run.created, again.run.unchanged, again.run.rejected) == (1, 4, 0)
    assert HeldDecision.objects.for_system("reading back").get().reason == "stored_later"
    assert list(CodeVersion.objects.filter(list_name="plea").order_by("code").values_list("code", "number")) == [
        (f"T{number}", 1) for number in range(5)
    ]


@pytest.mark.rule("INT-04")
def test_a_parked_row_that_cannot_be_stored_when_released_waits_on_and_its_reviewer_is_told(
    take_in_messages: Callable[..., Done], make_user: Callable[..., object]
) -> None:
    first = court_message(asn=DUMMY, family_name="EXAMPLE", birth_date="1988-03-02", hearing_date="2025-03-03")
    take_in_messages(first, court_message(asn=DUMMY, family_name="EXAMPLE", birth_date=None, hearing_date="2025-04-03"))
    reviewer = acting_user(make_user("link_clerk"))  # type: ignore[arg-type]
    rows = list(open_rows(reviewer, "parked"))
    with refusing("cases_hearingversion", "FALSE"), pytest.raises(NotNow, match="still waits"):
        release(by=reviewer, rows=rows, decision="same_person", reason="")
    assert open_rows(reviewer, "parked").count() == 1


# The collision that brought the net about: a record that has changed since, and its first words again


def example(asn: str, birth_date: str, day: str, family_name: str = "EXAMPLE") -> bytes:
    return court_message(asn=asn, family_name=family_name, birth_date=birth_date, hearing_date=day)


@pytest.mark.rule("INT-04")
@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(("decision", "records"), [("same_person", 1), ("other_person", 2)])
def test_the_first_words_of_a_record_that_has_changed_since_are_parked_and_go_where_a_person_says(
    take_in_messages: Callable[..., Done], make_user: Callable[..., object], decision: str, records: int
) -> None:
    reviewer = acting_user(make_user("link_clerk"))  # type: ignore[arg-type]
    take_in_messages(example(DUMMY, "1988-03-02", "2025-03-03"), example(ARRESTED, "1988-03-02", "2025-04-03"))
    release(by=reviewer, rows=open_rows(reviewer, "parked"), decision="same_person", reason="gained its number")
    assert take_in_messages(example(ARRESTED, "1988-03-20", "2025-05-03")).run.created == 1
    record = SourceRecord.objects.for_user(reviewer).get()

    done = take_in_messages(example(DUMMY, "1988-03-02", "2025-06-03"))
    assert (done.run.state, done.run.parked, done.run.rejected) == ("finished", 1, 0)
    row = open_rows(reviewer, "parked").get()
    assert row.reason == "same_words_as_a_changed_record"
    evidence = evidence_of(reviewer, row)
    assert evidence is not None
    assert evidence.candidates == (record.pk,)
    release(by=reviewer, rows=[row], decision=decision, reason="asked the court")
    assert SourceRecord.objects.for_user(reviewer).count() == records
    assert HearingVersion.objects.for_user(reviewer).count() == 4
