"""Files handed in, the page of their run, rows decided, reject files taken away: from the form to the register (P37)."""

import csv
import io
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.actions import change_right
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.intake.actions import start_run
from craffu.intake.models import HeldDecision, HeldRow, Run, RunFile
from craffu.intake.uploads import folder, root, take_in_kept
from craffu.people.models import Person
from craffu.web.intake.presenters import reconciliation
from tests.factories.court_messages import court_message
from tests.factories.stories import bail_story, held_back
from tests.logged import refs_said_by
from tests.web.conftest import TakeIn, Visit, text_of, title_of


@pytest.fixture
def analyst(signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]) -> Client:
    return confirmed(signed_in_client("analyst"))


def hand_in(client: Client, files: dict[str, bytes], **more: str) -> Any:
    uploads = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return client.post("/intake/new", {"kind": "court-results", "extracts": uploads, **more})


def newest_run() -> Run:
    run: Run = Run.objects.for_system("a test").order_by("-id")[0]
    return run


def work() -> None:
    """The worker does what waits, as it does in a running site."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def a_dead_process() -> int:
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    return gone.pid


@bookkeeping
def break_off(run: Run, *, process: str, silent: timedelta = timedelta(0)) -> None:
    """The worker took the run up and was killed."""
    moved = clock.now() - silent
    Run.objects.for_system("a test").filter(pk=run.pk).update(state="running", process=process, moved_at=moved)


# Handing in


@pytest.mark.django_db(transaction=True)
def test_files_handed_in_are_taken_in_by_the_worker_and_then_removed(analyst: Client) -> None:
    answer = hand_in(analyst, bail_story())
    run = newest_run()
    assert answer.headers["Location"] == f"/intake/runs/{run.reference}"
    assert "Waiting for its turn." in text_of(analyst.get(answer.headers["Location"]))
    kept = sorted(folder(run).iterdir())
    assert [path.name for path in kept] == ["1.xml", "2.xml", "3.xml"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert stat.S_IMODE(folder(run).stat().st_mode) == 0o700
    work()
    words = text_of(analyst.get(answer.headers["Location"]))
    assert "The counts add up: 3 received = 3 created + 0 updated + 0 unchanged + 0 parked + 0 rejected." in words
    assert "Handed in by analyst1" in words
    assert f"{run.reference}" not in words[words.index("Files Shown") :], "a file goes by its own name"
    assert not folder(run).exists()
    assert Person.objects.for_system("a test").count() == 1


@pytest.mark.rule("IDN-06")
def test_that_records_wait_to_be_linked_is_said_above_the_runs(
    db: None, analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "held against no other" not in text_of(analyst.get("/intake/"))
    monkeypatch.setattr("craffu.web.intake.views.waiting_for_a_run", lambda by: 2345)
    assert "2,345 records that arrived are held against no other yet" in text_of(analyst.get("/intake/"))
    assert "Nid yw 2,345 o gofnodion" in text_of(analyst.get("/cy/intake/"))


@pytest.mark.rule("INT-05")
def test_large_counts_are_written_alike_wherever_they_stand(db: None) -> None:
    run = Run(received=32391, created=32303, unchanged=88, expected=40000)
    assert reconciliation(run).startswith(
        "The counts add up: 32,391 received = 32,303 created + 0 updated + 88 unchanged"
    )
    assert reconciliation(run).endswith("But the sender said 40,000. Ask the sender for what is missing.")


@pytest.mark.rule("INT-01")
@pytest.mark.django_db(transaction=True)
def test_the_same_files_again_say_that_there_was_nothing_new(analyst: Client) -> None:
    for _time in range(2):
        hand_in(analyst, bail_story())
        work()
    words = text_of(analyst.get(f"/intake/runs/{newest_run().reference}"))
    assert "3 received = 0 created + 0 updated + 3 unchanged" in words
    assert "New: 0." in words


@pytest.mark.django_db(transaction=True)
def test_files_that_wait_for_the_worker_are_never_lost_to_the_next_ones(analyst: Client) -> None:
    hand_in(analyst, bail_story())
    first = newest_run()
    again = hand_in(analyst, {"1.xml": court_message()})
    assert again.status_code == 200
    assert f"{first.reference} is taking in the same kind of data. Wait until it has ended" in text_of(again)
    work()
    assert newest_run().reference == first.reference
    assert newest_run().state == "finished"
    assert hand_in(analyst, {"1.xml": court_message()}).status_code == 302


@pytest.mark.rule("INT-05")
@pytest.mark.django_db(transaction=True)
def test_the_files_of_a_run_that_broke_off_are_taken_in_by_the_next(analyst: Client) -> None:
    hand_in(analyst, bail_story())
    broken_off = newest_run()
    break_off(broken_off, process=f"{socket.gethostname()}:{a_dead_process()}")
    hand_in(analyst, {"a.xml": court_message(ptiurn="63AA0000999", asn="2563AA0100000000999K")})
    broken_off.refresh_from_db()
    assert broken_off.state == "interrupted"
    assert folder(broken_off).is_dir(), "what was not read to the end is kept"
    work()
    assert newest_run().created == 4
    assert not folder(broken_off).exists()


@pytest.mark.django_db(transaction=True)
def test_a_run_that_has_been_silent_too_long_holds_nobody_up(analyst: Client) -> None:
    hand_in(analyst, bail_story())
    break_off(newest_run(), process="another-machine:7", silent=timedelta(hours=1))
    hand_in(analyst, bail_story())
    work()
    assert newest_run().state == "finished"


@pytest.mark.django_db(transaction=True)
def test_a_run_whose_files_cannot_be_kept_is_closed(analyst: Client, settings: Any) -> None:
    settings.CRAFFU_HOME.joinpath("uploads").write_text("a file where the folder should be")
    with pytest.raises(OSError):
        hand_in(analyst, bail_story())
    assert (newest_run().state, newest_run().problem) == ("failed", "not_kept")


@pytest.mark.rule("INT-05")
@pytest.mark.django_db(transaction=True)
def test_fewer_rows_than_the_sender_announced_is_said(analyst: Client) -> None:
    hand_in(analyst, bail_story(), expected="5")
    work()
    words = text_of(analyst.get(f"/intake/runs/{newest_run().reference}"))
    assert "But the sender said 5. Ask the sender for what is missing." in words
    assert "Expected 5" in words


@pytest.mark.rule("INT-03")
@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_no_message_is_refused_with_its_reason_and_the_rest_are_taken_in(analyst: Client) -> None:
    hand_in(analyst, {"good.xml": court_message(), "bad.xml": b"%PDF-1.7 no message", "empty.txt": b"hello"})
    work()
    words = text_of(analyst.get(f"/intake/runs/{newest_run().reference}"))
    assert "Refused files" in words
    assert "bad.xml This is a PDF, not XML." in words
    assert "1 received = 1 created" in words


@pytest.mark.rule("INT-03")
@pytest.mark.django_db(transaction=True)
def test_a_refused_file_is_explained_in_the_readers_language(signed_in_client: Callable[..., Client]) -> None:
    welsh = signed_in_client("analyst", language="cy")
    hand_in(welsh, {"a.xml": b"%PDF-1.7 no message", "b.xml": court_message()[:900], "c.xml": court_message()})
    work()
    run = newest_run()
    in_english = text_of(welsh.get(f"/intake/runs/{run.reference}"))
    in_welsh = text_of(welsh.get(f"/cy/intake/runs/{run.reference}"))
    assert "This is a PDF, not XML." in in_english
    assert "Dyma PDF, nid XML. Gofynnwch i’r anfonwr am y ffeil wreiddiol." in in_welsh
    assert "Mae’r ffeil hon yn torri ar linell " in in_welsh
    assert "This is" not in in_welsh
    rejects = (Path(settings.CRAFFU_HOME) / "rejects" / run.reject_file).read_text()
    assert "Dyma PDF, nid XML." in rejects, "the worker writes to whoever handed the files in"
    assert "This is" not in rejects


def test_a_file_refused_before_its_values_were_kept_is_explained_in_the_english_that_was(
    analyst: Client, system: Acting
) -> None:
    run = start_run(by=system, kind="court-results", mapping_version="1")

    def as_it_was() -> None:
        RunFile.objects.create(
            force=system.force, run=run, name="a.xml", refused_code="wrong_kind", refused_why="This is a PDF, not XML."
        )

    bookkeeping(as_it_was)()
    answer = analyst.get(f"/cy/intake/runs/{run.reference}")
    assert '<span lang="en">This is a PDF, not XML.</span>' in answer.content.decode()


@pytest.mark.rule("INT-05")
@pytest.mark.django_db(transaction=True)
def test_a_correction_of_a_run_that_broke_off_is_not_lost(analyst: Client, system: Acting) -> None:
    hand_in(analyst, {"1.xml": court_message(ptiurn="XXXXXXXXX")})
    work()
    first = newest_run()
    lines = (Path(settings.CRAFFU_HOME) / "rejects" / first.reject_file).read_text().splitlines()
    hand_in(analyst, {"corrected.csv": "\n".join([lines[0], f"{lines[1]}63AA0000001"]).encode()})
    break_off(newest_run(), process=f"{socket.gethostname()}:{a_dead_process()}")
    hand_in(analyst, {"2.xml": court_message(ptiurn="63AA0000009")})
    work()
    assert (newest_run().created, HeldDecision.objects.for_system("a test").count()) == (2, 1)


def raw_form(name: str, data: bytes) -> bytes:
    """A form with one file as an attacker would write it; Django's own client refuses such names before they are sent."""
    head = f'Content-Disposition: form-data; name="extracts"; filename="{name}"\r\nContent-Type: text/xml'
    parts = [b'Content-Disposition: form-data; name="kind"\r\n\r\ncourt-results', head.encode() + b"\r\n\r\n" + data]
    return b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"


@pytest.mark.parametrize(
    "name",
    [
        "../../escape.xml",
        "..%2f..%2fescape.xml",
        "/etc/passwd",
        "..",
        ".",
        "C:\\\\x.xml",
        "a b'.xml",
        "\u202egnp.xml",
        ".hidden.xml",
        "con\x00.xml",
        "…",
    ],
)
def test_T25_no_name_leads_out_of_the_folder(name: str, analyst: Client, settings: Any) -> None:
    before = set(Path(settings.CRAFFU_HOME).rglob("*"))
    answer = analyst.post(
        "/intake/new", raw_form(name, court_message()), content_type="multipart/form-data; boundary=edge"
    )
    made = {path for path in set(Path(settings.CRAFFU_HOME).rglob("*")) - before if path.is_file()}
    if answer.status_code == 302:
        assert {path.parent for path in made} == {folder(newest_run())}
        assert all(path.name.isprintable() for path in made)
    else:
        assert answer.status_code == 200
        assert "Choose at least one file" in text_of(answer)
        assert not made


def test_two_files_of_one_name_are_both_kept(analyst: Client) -> None:
    uploads = [SimpleUploadedFile("same.xml", data) for data in (court_message(), court_message(ptiurn="63AA0000999"))]
    analyst.post("/intake/new", {"kind": "court-results", "extracts": uploads})
    assert len(list(folder(newest_run()).iterdir())) == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ["Choose what kind of data it is", "Choose at least one file"]),
        ({"kind": "nonsense", "extracts": SimpleUploadedFile("a.xml", b"x")}, ["nonsense"]),
        ({"kind": "court-results", "extracts": SimpleUploadedFile("a.xml", b"")}, ["A file is empty (0 bytes)"]),
        (
            {"kind": "court-results", "extracts": SimpleUploadedFile("a.xml", b"x"), "expected": "many"},
            ["Enter a whole number"],
        ),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_no_run_begins(
    given: dict[str, Any], said: list[str], analyst: Client
) -> None:
    runs = Run.objects.for_system("a test").count()
    answer = analyst.post("/intake/new", given)
    assert answer.status_code == 200
    assert title_of(answer).startswith("Error: ")
    for words in said:
        assert words in text_of(answer)
    assert Run.objects.for_system("a test").count() == runs


def test_a_form_from_elsewhere_takes_nothing_in(signed_in_client: Callable[..., Client]) -> None:
    client = signed_in_client("analyst")
    client.handler.enforce_csrf_checks = True
    runs = Run.objects.for_system("a test").count()
    assert hand_in(client, {"1.xml": court_message()}).status_code == 403
    assert Run.objects.for_system("a test").count() == runs


@pytest.mark.rule("SEC-01")
def test_whoever_lost_the_right_meanwhile_has_nothing_taken_in(analyst: Client, system: Acting) -> None:
    hand_in(analyst, {"1.xml": court_message()})
    run = newest_run()
    change_right(by=system, user=analyst.user, right="analyst", held=False, reason="test")  # type: ignore[attr-defined]
    take_in_kept(username=analyst.user.username, reference=run.reference, expected=None)  # type: ignore[attr-defined]
    assert newest_run().state == "failed"
    assert newest_run().problem == "right_not_held"
    assert Person.objects.for_system("a test").count() == 0
    assert not folder(run).exists()


def test_files_of_a_closed_account_are_not_taken_in_and_the_run_is_closed(analyst: Client) -> None:
    hand_in(analyst, {"1.xml": court_message()})
    run, user = newest_run(), analyst.user  # type: ignore[attr-defined]
    bookkeeping(lambda: type(user).objects.filter(pk=user.pk).update(is_active=False))()
    take_in_kept(username=user.username, reference=run.reference, expected=None)
    assert newest_run().problem == "account_closed"
    assert list(root().iterdir()) == []


def test_a_run_whose_files_are_not_there_is_not_called_read(analyst: Client) -> None:
    """Put back from a backup that was made while they were handed in, a run may wait for what is not in it (INT-03)."""
    hand_in(analyst, {"1.xml": court_message()})
    run = newest_run()
    shutil.rmtree(folder(run))
    take_in_kept(username=analyst.user.username, reference=run.reference, expected=None)  # type: ignore[attr-defined]
    assert (newest_run().state, newest_run().problem) == ("failed", "not_kept")
    shown = text_of(analyst.get(f"/intake/runs/{run.reference}"))
    assert "Its files are not there, and nothing of them was taken in. Hand them in again." in shown
    assert "The counts add up" not in shown
    assert "Tell whoever looks after Craffu" not in shown


# The page of a run


def test_a_run_that_stopped_at_a_fault_is_not_shown_as_one_that_went_well(analyst: Client, system: Acting) -> None:
    """Its counts add up too: of the nothing that was read."""
    run = start_run(by=system, kind="court-results", mapping_version="1")

    def became(problem: str) -> None:
        Run.objects.for_system("a test").filter(pk=run.pk).update(state="failed", problem=problem)

    for problem, mark in (("", "success"), ("KeyError", "warning")):
        bookkeeping(became)(problem)
        page = analyst.get(f"/intake/runs/{run.reference}").content.decode()
        assert f"moj-alert--{mark}" in page
    assert "<code>KeyError</code>" in page


def test_a_run_that_waits_or_runs_shows_how_far_it_is_and_a_plain_link_to_look_again(
    analyst: Client, system: Acting
) -> None:
    run = start_run(by=system, kind="court-results", mapping_version="1")
    answer = analyst.get(f"/intake/runs/{run.reference}")
    assert "Refresh" not in answer.headers
    assert f'href="/intake/runs/{run.reference}">Refresh</a>' in " ".join(answer.content.decode().split())

    def moved() -> None:
        Run.objects.for_system("a test").filter(pk=run.pk).update(state="running", expected=200, received=50)

    bookkeeping(moved)()
    assert "Done so far: 25%. Rows: 50." in text_of(analyst.get(f"/intake/runs/{run.reference}"))


@pytest.mark.rule("INT-03")
def test_rejected_rows_say_where_what_and_what_to_do_and_never_the_value(
    take_in_files: TakeIn, analyst: Client
) -> None:
    run = take_in_files(held_back()).run
    answer = analyst.get(f"/intake/runs/{run.reference}")
    words = text_of(answer)
    assert "The case reference (PTIURN) is a filler, not a reference." in words
    assert "Ask the court to correct it and send the result again." in words
    assert "A×9" in words
    assert "XXXXXXXXX" not in answer.content.decode()
    assert "REJECTED" not in answer.content.decode()
    assert "5 received" not in words
    assert "Files refused 1" in words


def test_a_page_of_a_run_says_it_all_in_welsh_too(take_in_files: TakeIn, analyst: Client) -> None:
    run = take_in_files(held_back()).run
    words = text_of(analyst.get(f"/cy/intake/runs/{run.reference}"))
    assert "Rhesi a ddaliwyd yn ôl i benderfynu arnynt" in words
    assert "Gofynnwch i’r llys ei gywiro ac anfon y canlyniad eto." in words
    assert "Mae’r cyfrifon yn gywir" in words


# Parked rows


def parked() -> HeldRow:
    row: HeldRow = HeldRow.objects.for_system("a test").filter(why="parked").order_by("id")[0]
    return row


@pytest.mark.rule("INT-04")
def test_a_parked_row_is_shown_beside_whom_it_could_be(take_in_files: TakeIn, analyst: Client, visit: Visit) -> None:
    take_in_files(held_back())
    answer, rows = visit(analyst, f"/intake/held/{parked().reference}")
    words = text_of(answer)
    assert "Who it could be. Heard on 5 May 2025 in case 63AA0000777." in words
    assert "Name Idris EXAMPLE Idris EXAMPLE" in words
    assert "Born Not given 1 January 1990" in words
    assert {"person/P-10001", f"held/{parked().reference}"} <= set(refs_said_by(rows[0]))
    assert title_of(answer) == f"Held row {parked().reference} - Craffu"


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize("role", ["analyst", "link_clerk"])
@pytest.mark.parametrize(
    ("decision", "people", "hearings"), [("same_person", 1, 2), ("other_person", 2, 2), ("set_aside", 1, 1)]
)
def test_a_parked_row_goes_where_a_person_says(
    role: str,
    decision: str,
    people: int,
    hearings: int,
    take_in_files: TakeIn,
    signed_in_client: Callable[..., Client],
) -> None:
    from craffu.cases.models import Hearing

    run = take_in_files(held_back()).run
    client = signed_in_client(role)
    given = {"rows": [parked().reference], "decision": decision, "reason": "Compared the dates of birth"}
    answer = client.post(f"/intake/runs/{run.reference}", given)
    assert answer.status_code == 302, text_of(answer)
    assert Person.objects.for_system("a test").count() == people
    assert Hearing.objects.for_system("a test").count() == hearings
    words = text_of(client.get(answer.headers["Location"]))
    assert "Rows decided: 1" in words
    assert f"Compared the dates of birth {parked().reference}" not in words
    assert "Parked rows that were decided" in words
    assert HeldDecision.objects.for_system("a test").get().decided_by == client.user.username  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ["Choose at least one row", "Choose what you decide", "Say why"]),
        ({"rows": ["H-99999"], "decision": "set_aside", "reason": "x"}, ["A row was decided by somebody else"]),
        ({"decision": "corrected", "reason": "x" * 201}, ["Write at most 200 characters"]),
    ],
)
def test_a_decision_without_its_parts_is_not_taken(
    given: dict[str, Any], said: list[str], take_in_files: TakeIn, analyst: Client
) -> None:
    run = take_in_files(held_back()).run
    answer = analyst.post(f"/intake/runs/{run.reference}", given or {"csrf": ""})
    assert answer.status_code == 200
    for words in said:
        assert words in text_of(answer)
    assert HeldDecision.objects.for_system("a test").count() == 0


@pytest.mark.rule("SEC-01")
def test_a_row_of_another_run_or_another_force_cannot_be_decided_here(
    take_in_files: TakeIn, signed_in_client: Callable[..., Client], other_force: Force, analyst: Client
) -> None:
    first = take_in_files(held_back()).run
    row = parked().reference
    other_run = take_in_files({"1.xml": court_message(ptiurn="63AA0000998")}).run
    given = {"rows": [row], "decision": "set_aside", "reason": "x"}
    analyst.post(f"/intake/runs/{other_run.reference}", given)
    foreign = signed_in_client("analyst", force=other_force)
    assert foreign.post(f"/intake/runs/{first.reference}", given).status_code == 404
    assert foreign.post(f"/intake/held/{row}", given).status_code == 404
    assert HeldDecision.objects.for_system("a test").count() == 0


def test_the_row_that_cannot_be_stored_says_so_and_stays(take_in_files: TakeIn, analyst: Client) -> None:
    from tests.factories.court_messages import case, defendant, message

    run = take_in_files({"1.xml": message(case(defendant(organisation="A Company Ltd")))}).run
    answer = analyst.post(
        f"/intake/runs/{run.reference}",
        {"rows": [parked().reference], "decision": "other_person", "reason": "looked"},
    )
    assert answer.status_code == 200
    assert "This row cannot be stored as it is." in text_of(answer)
    assert HeldDecision.objects.for_system("a test").count() == 0
    assert "The row tells of no person that could be compared." in text_of(
        analyst.get(f"/intake/held/{parked().reference}")
    )


# The reject file


@pytest.mark.rule("SEC-04")
@pytest.mark.rule("SEC-07")
def test_taking_the_reject_file_away_is_a_disclosure_with_its_recipient(
    take_in_files: TakeIn, analyst: Client, visit: Visit
) -> None:
    run = take_in_files(held_back()).run
    path = f"/intake/runs/{run.reference}/rejects"
    answer, rows = visit(analyst, path, recipient="Results team, Llanelli court", reason="To correct the references")
    assert [(row.verb, row.kind, row.recipient) for row in rows] == [
        ("disclosure", "reject_file_downloaded", "Results team, Llanelli court")
    ]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{run.reference}.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [line["row"] for line in lines] == ["", HeldRow.objects.for_system("a test").get(why="rejected").reference]


@pytest.mark.rule("SEC-04")
def test_without_a_recipient_and_a_reason_nothing_is_given_out(
    take_in_files: TakeIn, analyst: Client, visit: Visit
) -> None:
    run = take_in_files(held_back()).run
    answer, rows = visit(analyst, f"/intake/runs/{run.reference}/rejects", recipient=" ", reason="")
    assert "Say who will receive it" in text_of(answer)
    assert "Say what it is for" in text_of(answer)
    assert not Event.objects.filter(verb="disclosure").exists()
    assert [row.verb for row in rows] == ["consultation"]


def test_a_run_without_a_reject_file_has_none_to_take(take_in_files: TakeIn, analyst: Client) -> None:
    run = take_in_files(bail_story()).run
    assert analyst.get(f"/intake/runs/{run.reference}/rejects").status_code == 404


@pytest.mark.rule("INT-03")
@pytest.mark.django_db(transaction=True)
def test_a_corrected_reject_file_handed_in_brings_the_row_home(analyst: Client) -> None:
    hand_in(analyst, {"1.xml": court_message(ptiurn="XXXXXXXXX")})
    work()
    first = newest_run()
    given = {"recipient": "Results team", "reason": "To correct"}
    answer = analyst.post(f"/intake/runs/{first.reference}/rejects", given)
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    lines[1][-1] = "63AA0000321"
    corrected = io.StringIO()
    csv.writer(corrected).writerows(lines)
    hand_in(analyst, {f"{first.reference}.csv": corrected.getvalue().encode()})
    work()
    assert Person.objects.for_system("a test").count() == 1
    assert "Corrected and taken in" in text_of(analyst.get(f"/intake/runs/{first.reference}"))


# The list


@pytest.mark.rule("INT-06")
def test_the_list_says_when_each_source_was_last_received(take_in_files: TakeIn, codes: None, analyst: Client) -> None:
    words = text_of(analyst.get("/intake/"))
    assert "Court results Not received yet Not available" in words
    take_in_files(bail_story())
    words = text_of(analyst.get("/intake/"))
    assert "Court results Not received yet" not in words
    assert "Court results Complete" in words
    assert "Police records Not received yet Not available" in words


def test_only_those_who_may_take_data_in_are_offered_to(signed_in_client: Callable[..., Client]) -> None:
    assert "/intake/new" in signed_in_client("analyst").get("/intake/").content.decode()
    assert "/intake/new" not in signed_in_client("link_clerk").get("/intake/").content.decode()


@pytest.mark.slow
def test_T35_the_number_of_queries_does_not_grow_with_rows_held_or_files(
    take_in_files: TakeIn, analyst: Client, django_assert_max_num_queries: Any
) -> None:
    def some(number: int, start: int) -> dict[str, bytes]:
        return {f"{one:03}.xml": court_message(ptiurn="X" * (one + 5)) for one in range(start, start + number)}

    runs = [take_in_files(some(2, 0)).run.reference, take_in_files(some(30, 100)).run.reference]
    counts = []
    for run in runs:
        with django_assert_max_num_queries(25) as queries:
            analyst.get(f"/intake/runs/{run}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_T17_a_session_left_open_takes_no_reject_file_away(
    take_in_files: TakeIn, analyst: Client, confirmed: Callable[..., Client]
) -> None:
    run = take_in_files(held_back()).run
    confirmed(analyst, clock.now() - timedelta(minutes=6))
    given = {"recipient": "Results team", "reason": "To correct the references"}
    told = analyst.post(f"/intake/runs/{run.reference}/rejects", given)
    assert not Event.objects.filter(kind="reject_file_downloaded").exists()
    assert "Confirm that it is you" in text_of(told)
