"""A message leaves once, whoever sends it and however often: by the folder, and by GOV.UK Notify as it answers (T29)."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import DatabaseError, connection

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.wall.reach import working_for
from craffu.common.door import WriteOutsideAction, bookkeeping
from craffu.messages.actions import ASKED_AFTER_FOR, MOST_TRIES, TAKEN_FOR, ask_after, hold_back, put_out, send_waiting
from craffu.messages.adapters import carrier
from craffu.messages.adapters.folder import Folder
from craffu.messages.adapters.notify import Notify
from craffu.messages.carrying import Carried, Receipt
from craffu.messages.facts import Became, NewMessage, Parcel
from craffu.messages.kinds import Status
from craffu.messages.models import Message
from craffu.messages.queries import over_since

pytestmark = pytest.mark.rule("VIC-02")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def new(key: str = "letter:1", **said: Any) -> NewMessage:
    wanted: dict[str, Any] = {
        "key": key, "channel": "text_message", "language": "cy", "not_before": NOW, "not_after": NOW + 72 * HOUR,
        "found": (), "to": "07700 900123", "body": "kanari https://example.org/t/x", "subject": "",
    }  # fmt: skip
    return NewMessage(**wanted | said)


@bookkeeping
def waits(force: str, message: NewMessage) -> bool:
    return put_out(force=force, message=message, now=NOW)


def goes(*_: object) -> str:
    return ""


@pytest.fixture
def force(system: Acting) -> str:
    return system.force.code


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "out")


def sent(force: str, by: Any, at: datetime = NOW, may_go: Any = goes) -> list[Became]:
    return send_waiting(force=force, carrier=by, may_go=may_go, now=at)


def test_a_message_waits_only_within_an_act_once_for_its_key_and_encrypted(force: str) -> None:
    with pytest.raises(WriteOutsideAction):
        put_out(force=force, message=new(), now=NOW)
    assert waits(force, new())
    assert not waits(force, new(body="another"))
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to", body FROM outgoing_message')
        assert not any("kanari" in said or "900123" in said for row in cursor.fetchall() for said in row)


def test_it_leaves_as_one_file_for_whoever_runs_craffu_and_its_words_are_forgotten(
    force: str, folder: Folder, tmp_path: Path
) -> None:
    waits(force, new())
    assert sent(force, folder) == [Became("letter:1", Status.SENT, "")]
    (file,) = (tmp_path / "out").glob("*.json")
    assert json.loads(file.read_text())["to"] == "07700 900123"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    row = Message.objects.get()
    assert (row.to, row.body, row.status) == ("", "", "sent")
    assert sent(force, folder) == []


def test_it_waits_for_its_time_and_does_not_go_once_that_is_over(force: str, folder: Folder, tmp_path: Path) -> None:
    waits(force, new(not_before=NOW + HOUR, not_after=NOW + 2 * HOUR))
    assert sent(force, folder) == []
    assert sent(force, folder, NOW + 2 * HOUR) == []
    assert not (tmp_path / "out").exists()
    row = Message.objects.get()
    assert (row.status, row.reason, row.body) == ("held_back", "too_late", "")


def test_what_is_not_safe_any_more_does_not_go_or_goes_later(force: str, folder: Folder, tmp_path: Path) -> None:
    waits(force, new("letter:1"))
    waits(force, new("letter:2"))
    later = NOW + 5 * HOUR
    answers: dict[str, Any] = {"letter:1": "no_safe_link", "letter:2": later}
    assert sent(force, folder, may_go=lambda key, *_: answers.get(key)) == [
        Became("letter:1", Status.FAILED, "no_safe_link")
    ]
    assert not (tmp_path / "out").exists()
    assert sent(force, folder, NOW + HOUR, lambda key, *_: answers.get(key)) == []
    assert sent(force, folder, later) == [Became("letter:2", Status.SENT, "")]
    waits(force, new("letter:3", not_after=NOW + HOUR))
    assert sent(force, folder, may_go=lambda *_: NOW + 2 * HOUR) == [Became("letter:3", Status.FAILED, "too_late")]


def test_one_that_waits_is_held_back_and_one_that_left_is_not(force: str, folder: Folder) -> None:
    @bookkeeping
    def held() -> bool:
        return hold_back(force=force, key="letter:1", reason="ended", now=NOW)

    waits(force, new())
    assert held()
    assert sent(force, folder) == []
    waits(force, new("letter:2"))
    sent(force, folder)
    assert not held()


class Stops(Exception):
    """The machine goes down."""


class Broken:
    """Takes a parcel and stops before it could say so."""

    def __init__(self, under: Folder) -> None:
        self.under = under

    def take(self, parcel: Parcel) -> Receipt:
        self.under.take(parcel)
        raise Stops

    def found(self, reference: str) -> Receipt:
        return self.under.found(reference)

    def forget(self, reference: str) -> None:
        self.under.forget(reference)


def test_T29_what_left_before_a_crash_is_not_handed_over_again(force: str, folder: Folder, tmp_path: Path) -> None:
    waits(force, new())
    with pytest.raises(Stops):
        sent(force, Broken(folder))
    assert sent(force, folder, NOW + timedelta(minutes=1)) == []
    (file,) = (tmp_path / "out").glob("*.json")
    before = file.stat().st_mtime_ns
    assert sent(force, folder, NOW + TAKEN_FOR) == [Became("letter:1", Status.SENT, "")]
    assert [one.stat().st_mtime_ns for one in (tmp_path / "out").glob("*.json")] == [before]


class Counting:
    """Counts what it is handed."""

    def __init__(self, answers: Callable[[Parcel], Receipt] = lambda _one: Receipt(Carried.TAKEN, "ref")) -> None:
        self.handed: list[str] = []
        self.answers = answers
        self.lock = threading.Lock()

    def take(self, parcel: Parcel) -> Receipt:
        with self.lock:
            self.handed.append(parcel.reference)
        return self.answers(parcel)

    def found(self, _reference: str) -> Receipt:
        return Receipt(Carried.UNKNOWN)

    def forget(self, _reference: str) -> None:
        pass


@pytest.mark.django_db(transaction=True)
def test_T29_eight_who_send_at_once_send_each_once(force: str) -> None:
    row = Force.objects.get(code=force).pk
    for number in range(12):
        waits(force, new(f"letter:{number}"))
    by, began = Counting(), threading.Barrier(8)

    def work() -> None:
        try:
            began.wait()
            with working_for(row):
                sent(force, by)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(by.handed) == 12
    assert len(set(by.handed)) == 12


def test_a_carrier_that_cannot_be_asked_is_asked_again_and_in_the_end_given_up(force: str) -> None:
    waits(force, new())
    by = Counting(lambda _one: Receipt(Carried.LATER, reason="status_503"))
    for _ in range(MOST_TRIES - 1):
        assert sent(force, by) == []
    assert sent(force, by) == [Became("letter:1", Status.FAILED, "status_503")]


def test_what_a_gateway_says_afterwards_is_taken_up(force: str, folder: Folder, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        waits(force, new(f"letter:{number}"))
    sent(force, folder)
    # By their numbers: as words the tenth comes before the ninth.
    files = sorted((tmp_path / "out").glob("*.json"), key=lambda file: (len(file.stem), file.stem))
    files[0].rename(files[0].with_suffix(".delivered"))
    files[1].rename(files[1].with_suffix(".failed"))
    files[2].rename(files[2].with_suffix(".sent"))
    assert ask_after(force=force, carrier=folder, now=NOW) == [
        Became("letter:1", Status.DELIVERED, ""), Became("letter:2", Status.FAILED, "gateway_failed"),
    ]  # fmt: skip
    assert ask_after(force=force, carrier=folder, now=NOW) == []
    # Nothing is left that says where somebody is reached, but what was not taken away yet.
    assert list((tmp_path / "out").iterdir()) == []
    waits(force, new("letter:4"))
    sent(force, folder)
    ask_after(force=force, carrier=folder, now=NOW)
    assert len(list((tmp_path / "out").iterdir())) == 1
    (file,) = (tmp_path / "out").iterdir()
    file.rename(file.with_suffix(".failed"))
    assert ask_after(force=force, carrier=folder, now=NOW + ASKED_AFTER_FOR) == []


def test_what_became_of_each_is_read_from_where_it_is_kept_also_of_one_that_was_too_late(
    force: str, folder: Folder
) -> None:
    waits(force, new("letter:1", not_after=NOW + HOUR))
    assert sent(force, folder, NOW + HOUR) == []
    waits(force, new("letter:2"))
    sent(force, folder, NOW + HOUR)
    assert over_since(force, NOW) == [
        Became("letter:1", Status.HELD_BACK, "too_late"), Became("letter:2", Status.SENT, ""),
    ]  # fmt: skip
    assert over_since(force, NOW + 2 * HOUR) == []


def test_a_carrier_that_breaks_or_a_question_that_cannot_be_asked_holds_up_nothing_else(
    force: str, folder: Folder
) -> None:
    class Full(Counting):
        def take(self, parcel: Parcel) -> Receipt:
            raise OSError(28, "no space")

    waits(force, new("letter:1"))
    waits(force, new("letter:2"))
    assert sent(force, Full()) == []
    assert [one.reason for one in Message.objects.order_by("id")] == ["carrier_broke"] * 2

    faults = {"letter:1": DatabaseError("locked"), "letter:3": OverflowError("date value out of range")}

    def asks(key: str, *_: object) -> str:
        if key in faults:
            raise faults[key]
        return ""

    for key in ("letter:3", "letter:4"):
        waits(force, new(key))
    assert sent(force, folder, may_go=asks) == [
        Became("letter:2", Status.SENT, ""), Became("letter:4", Status.SENT, ""),
    ]  # fmt: skip
    assert sent(force, folder, NOW + 365 * 24 * HOUR) == []


class Gov(BaseHTTPRequestHandler):
    """GOV.UK Notify as its documentation says it answers."""

    kept: dict[str, dict[str, Any]]
    status_next: Any

    def _answer(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.headers["Authorization"].startswith("Bearer ey"):
            return self._answer(403, {"errors": []})
        if type(self).status_next is not None:
            return self._answer(type(self).status_next, {"errors": []})
        type(self).kept[said["reference"]] = {**said, "path": self.path, "status": "created"}
        return self._answer(201, {"id": f"gov-{said['reference']}"})

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)["reference"][0]
        kept = type(self).kept.get(asked)
        several = [{"id": f"gov-{asked}", "status": kept["status"]}] if kept else []
        self._answer(200, {"notifications": several})

    def log_message(self, *_said: Any) -> None:
        pass


SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"


@pytest.fixture
def gov() -> Iterator[type[Gov]]:
    handler = type("Here", (Gov,), {"kept": {}, "status_next": None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    handler.url = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
    yield handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def notify(gov: type[Gov]) -> Notify:
    return Notify(gov.url, f"key-{SERVICE}-{SECRET}", "text-template", "email-template")  # type: ignore[attr-defined]


def test_notify_takes_texts_and_emails_by_its_templates_and_our_reference(
    force: str, gov: type[Gov], notify: Notify
) -> None:
    waits(force, new("letter:1"))
    waits(force, new("letter:2", channel="email", to="a@example.org", subject="A page for you"))
    assert [one.status for one in sent(force, notify)] == [Status.SENT, Status.SENT]
    text, mail = gov.kept.values()
    assert (text["path"], text["phone_number"], text["template_id"]) == (
        "/v2/notifications/sms", "07700 900123", "text-template",
    )  # fmt: skip
    assert text["personalisation"] == {"body": "kanari https://example.org/t/x"}
    assert (mail["path"], mail["email_address"], mail["personalisation"]["subject"]) == (
        "/v2/notifications/email", "a@example.org", "A page for you",
    )  # fmt: skip
    text["status"], mail["status"] = "delivered", "permanent-failure"
    assert [(one.status, one.reason) for one in ask_after(force=force, carrier=notify, now=NOW)] == [
        (Status.DELIVERED, ""), (Status.FAILED, "permanent_failure"),
    ]  # fmt: skip


def test_T29_notify_is_asked_what_it_has_before_it_is_given_anything_again(
    force: str, gov: type[Gov], notify: Notify
) -> None:
    waits(force, new())
    gov.status_next = 503
    assert sent(force, notify) == []
    gov.status_next = None
    gov.kept[f"m{Message.objects.get().pk}"] = {"status": "sending"}
    assert sent(force, notify) == [Became("letter:1", Status.SENT, "")]
    assert next(iter(gov.kept.values())) == {"status": "sending"}


def test_notify_that_refuses_for_good_or_is_not_there_is_told_apart(force: str, gov: type[Gov], notify: Notify) -> None:
    waits(force, new())
    gov.status_next = 400
    assert sent(force, notify) == [Became("letter:1", Status.FAILED, "refused")]
    nobody = Notify("http://127.0.0.1:9", f"key-{SERVICE}-{SECRET}", "a", "b")
    assert nobody.take(Parcel("m1", "email", "en", "a@example.org", "s", "b")) == Receipt(
        Carried.LATER, reason="no_answer"
    )
    assert nobody.found("m1").carried is Carried.LATER


def test_the_settings_say_who_carries(settings: Any, tmp_path: Path) -> None:
    settings.CRAFFU_HOME = tmp_path
    assert isinstance(carrier(), Folder)
    settings.CRAFFU_MESSAGES = "notify"
    settings.CRAFFU_NOTIFY = {
        "url": "https://x",
        "key": f"k-{SERVICE}-{SECRET}",
        "text_template": "a",
        "email_template": "b",
    }
    assert isinstance(carrier(), Notify)


def test_a_carrier_that_leads_elsewhere_is_not_followed(force: str, gov: type[Gov], notify: Notify) -> None:
    def leads_on(self: Gov) -> None:
        # Before it answers: whoever asked may look as soon as it has.
        gov.led += 1  # type: ignore[attr-defined]
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(307)
        self.send_header("Location", f"{gov.url}/v2/notifications/elsewhere")  # type: ignore[attr-defined]
        self.send_header("Content-Length", "0")
        self.end_headers()

    gov.led = 0  # type: ignore[attr-defined]
    gov.do_POST = leads_on  # type: ignore[method-assign, assignment]
    waits(force, new())
    assert sent(force, notify) == []
    assert gov.led == 1, "asked once and not followed, whither its words would have gone"  # type: ignore[attr-defined]
