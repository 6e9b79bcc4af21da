"""`craffu demo`: one command sets up an invented force from nothing, and the same command again changes nothing."""

import csv
import http.client
import io
import json
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.test import Client

from craffu.access.acting import Acting, acting_system
from craffu.access.actions import change_right
from craffu.access.emergency.queries import looked_at_during, reviews_waiting
from craffu.access.models import Area, RightChange, Team, User
from craffu.access.queries import acting_user, home_force, rights_of
from craffu.access.roles import BY_KEY, CAPABILITIES, ROLES
from craffu.access.sessions.actions import begin_session
from craffu.audit.models import Head, Unsealed
from craffu.breaches.lists.rules import MorningList
from craffu.breaches.models import Breach
from craffu.cases.queries import cases_page, hearings_listed
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.config import cli
from craffu.config.commands.demo import KIND
from craffu.config.commands.digest import register_digests
from craffu.config.demo import restricted
from craffu.config.demo.accounts import AREAS, BESIDE, PASSWORD
from craffu.config.demo.confirmed import told_to_a_court
from craffu.config.demo.extract import read_note
from craffu.config.demo.restricted import case_to_shut
from craffu.intake.evidence import cases_of_parked
from craffu.intake.models import Run
from craffu.intake.morning.reading import morning
from craffu.linkage.models import PairDecided
from craffu.measures.definitions import shipped
from craffu.orders.models import Order, OrderMove
from craffu.orders.queries import live_orders_against
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from craffu.people.queries import records_of as records_of_person
from craffu.scrutiny.claiming.queries import found_of
from craffu.scrutiny.deep_dives.queries import find_dive
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.recommending.queries import told_to_the_public
from craffu.scrutiny.recommending.rules import Status
from craffu.work.models import WorkItem
from tests.installation import Installation
from tests.unit.documents.test_papers import page_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_in_deep]

KEYS = {
    "force", "people", "cases", "orders", "breaches", "linked_records", "measures", "review", "seconds",
    "hearings", "results", "rejected", "parked", "accounts", "address",
}  # fmt: skip
A_PERSON_HOLDS = [right.key for right in (*ROLES, *CAPABILITIES) if right.key != "system"]
HELD = [right for key in A_PERSON_HOLDS for right in [key] * (2 if key == "link_clerk" else 1)]

# Of this morning's custody list and of the list of releases: somebody known and a stranger each.
ON_THE_LISTS = 4

type Demo = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module", autouse=True)
def by_the_owner(owner_of_the_tables: None) -> None:
    """The demo sets everything up itself."""


@pytest.fixture
def demo(capsys: pytest.CaptureFixture[str]) -> Demo:
    """`demo("--people", 5)` runs the command to its end, and gives the one object it printed."""

    def run(*args: object, expect: int = cli.DONE) -> dict[str, Any]:
        capsys.readouterr()
        assert cli.main(["demo", "--no-serve", "--json", *map(str, args)]) == expect
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    return run


def register() -> dict[str, dict[str, Any]]:
    return register_digests()


def demo_acts() -> Acting:
    return acting_system(home_force(), "demo")


def folder(settings: Any) -> Path:
    return Path(settings.CRAFFU_HOME) / "demo" / KIND


@dataclass(frozen=True, slots=True)
class OfTheForce:
    """What the register should hold of the force's own extracts, by what the generator says is so."""

    persons: int
    cases: int
    broken: int


def records_of(settings: Any) -> OfTheForce:
    force = Path(settings.CRAFFU_HOME) / "demo" / "force"
    records, counts, crimes = (
        read(force / name) for name in ("truth/records.csv", "truth/counts.csv", "police/crimes-001.csv")
    )
    kept = [record for record in records if record["breaks_layout"] == "no"]
    # A court names one defendant in every message of a case: day, case, number of the message.
    in_court = {record["key"].split("-")[1] for record in kept if record["table"] == "results"}
    elsewhere = [record for record in kept if record["table"] != "results"]
    only_in_court = in_court - {crime["ptiurn"] for crime in crimes}
    broken = sum(int(count["breaks_layout"]) for count in counts)
    return OfTheForce(len(elsewhere) + len(in_court), len(crimes) + len(only_in_court), broken)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records_held() -> int:
    return int(SourceRecord.objects.for_system("test").count())


def court_runs() -> list[Run]:
    return list(Run.objects.for_system("test").filter(kind=KIND).order_by("id"))


@pytest.mark.slow
@pytest.mark.rule("INT-05", "SEC-01", "BRC-07", "IDN-06")
def test_one_command_sets_everything_up_and_again_changes_nothing(
    demo: Demo, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    confirmed: Callable[..., Client],
) -> None:  # fmt: skip
    first = demo("--people", 70)
    assert first.keys() == KEYS
    assert first["force"] == "Glan Afon Police"
    police = records_of(settings)
    told_by_courts = 9  # seven people in stories, two of them in two cases
    records = records_held()
    assert records == told_by_courts + police.persons + ON_THE_LISTS
    assert 0 < first["linked_records"] <= records
    assert records - first["linked_records"] < first["people"] < records
    assert first["cases"] == told_by_courts + police.cases
    assert first["rejected"] == 1 + police.broken
    assert first["parked"] == 1
    assert first["hearings"] >= 14
    assert first["results"] > first["hearings"]
    assert first["breaches"] == Breach.objects.for_system("test").count()
    assert first["measures"] == len(shipped()), "the dashboard of orders and the pages of measures show figures"
    assert first["address"] is None
    assert check_outcomes(settings) < PLANNED, "seventy people do not have every fault"
    check_accounts(first)
    check_shut(monkeypatch)
    assert not Unsealed.objects.exists()
    assert Head.objects.filter(force="demo").exists()
    assert list(Path(settings.CRAFFU_AUDIT_HEADS).iterdir())
    today = day_of(clock.now())
    assert hearings_listed(demo_acts(), today, today + timedelta(days=60))
    check_orders(first["orders"], settings)
    check_lists()
    check_told_to_a_court(confirmed(orders_team()))
    stands = {
        one.row.number: one.status for one in told_to_the_public(demo_acts()) if one.row.report.key == "review-2023"
    }
    assert stands == dict.fromkeys("1236", Status.ACCEPTED) | {"4": Status.AWAITING_RESPONSE, "5": Status.CLOSED}

    check_review(first["review"], capsys, tmp_path)

    before, runs = register(), court_runs()
    second = demo("--people", 70)
    assert register() == before
    assert court_runs() == runs
    assert {**second, "seconds": 0} == {**first, "seconds": 0}
    assert cli.main(["demo", "--no-serve", "--people", "70"]) == cli.DONE
    said = capsys.readouterr().out
    assert f"{', '.join(told_to_a_court(demo_acts()))}: breach histories" in said
    assert f"each with the password {PASSWORD}" in said


def check_review(review: str, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """The review in its published shape: six methods, four conclusions, six recommendations, every claim reproduced."""
    capsys.readouterr()
    officer = acting_user(User.objects.get(username="scrutiny-officer"))
    found = find_dive(officer, review)
    assert found is not None
    assert (found.status, len(found.planned), len(found.recommended)) == (DiveStatus.PUBLISHED, 6, 6)
    assert cli.main(["report", "check", review, "--as", "scrutiny-officer", "--json"]) == cli.DONE
    told = json.loads(capsys.readouterr().out)
    assert told["claims"] == told["traced"] == told["reproduced"] >= 4
    assert (told["failed"], told["not_holding"], told["changed_snapshots"]) == ([], [], [])
    claimed = found_of(officer, found.row, clock.now())
    assert [one.number for one in claimed.findings] == [1, 2, 3, 4]
    assert {one.row.kind for one in claimed.evidence.values()} >= {"measure", "quote", "recommendation"}
    for form, language in (("html", "en"), ("pdf", "cy"), ("docx", "en")):
        path = folder / f"{language}.{form}"
        asked = ["--format", form, "--lang", language, "--out", str(path), "--as", "scrutiny-officer", "--json"]
        capsys.readouterr()
        assert cli.main(["report", "build", review, *asked]) == cli.DONE
        assert json.loads(capsys.readouterr().out).items() >= told.items()
        assert path.stat().st_size > 10_000
    reader = ["--out", str(folder / "read.html"), "--as", "commissioner-view"]
    assert cli.main(["report", "build", review, *reader]) == cli.DONE
    assert len(capsys.readouterr().out.splitlines()) == 1, "whoever may not check it is told of no claim"


def check_orders(counted: int, settings: Any) -> None:
    """Orders at points of their lives, and one in the inbox: on the list, on a person's page, and on the first page once due.

    Beside them those that the force's own extract names, as whoever watched them would have typed them in.
    """
    made = list(Order.objects.for_system("test").order_by("id"))
    orders = {one.status: one for one in made[:6]}
    assert orders.keys() == {"considering", "applied", "in_force", "granted"}
    watched = read(Path(settings.CRAFFU_HOME) / "demo" / "force" / "order-watch" / "orders-001.csv")
    notices = [one for one in made if one.kind == "DVPN"]
    assert [one.status for one in notices] == ["in_force", "superseded"]
    assert [one.status for one in made if one.kind == "DVPO" and one.applied_on] == ["adjourned", "in_force"]
    received = OrderMove.objects.for_system("test").filter(move="receive", order__in=made[6:]).count()
    assert counted == len(made)
    assert received == len(watched) > 0
    due = set(WorkItem.objects.for_system("test").filter(state="open").values_list("kind", flat=True))
    assert due >= {"order_watch", "order_serve", "order_hearing", "order_document", "order_untold"}
    client = orders_team()
    listed = client.get("/orders").content.decode()
    assert all(one.reference in listed for one in orders.values())
    assert orders["granted"].reference in client.get("/").content.decode()
    assert "D-10001" in client.get("/orders/inbox").content.decode()
    person = people_of_records(demo_acts(), [orders["in_force"].respondent_id])[orders["in_force"].respondent_id]
    assert orders["in_force"].reference in client.get(f"/people/{person.reference}").content.decode()


def orders_team() -> Client:
    client, user = Client(), User.objects.get(username="orders-team")
    assert client.login(username="orders-team", password=PASSWORD)
    begin_session(user=user, key=client.session.session_key or "")
    client.user = user  # type: ignore[attr-defined]
    return client


def check_told_to_a_court(client: Client) -> None:
    """A linkage reviewer confirmed the links of some histories, so that the paper for a court tells of their incidents."""
    words = list(PairDecided.objects.for_system("test").select_related("by", "agreed__by", "pair"))
    assert {(one.word, one.by.username) for one in words} == {("same", "link-clerk")}
    assert all(one.agreed.agrees and one.agreed.by.username == "link-clerk-2" for one in words if one.needs_another)
    person = people_of_records(demo_acts(), [words[0].pair.left_id])[words[0].pair.left_id]
    records = records_of_person(demo_acts(), person)
    incidents = Breach.objects.for_system("test").filter(respondent__in=records).values_list("reference", flat=True)
    asked = {
        "purpose": "court",
        "words": "Sentencing on Friday",
        "recipient": "Listing officer",
        "organisation": "HMCTS",
    }
    answer = client.post(f"/people/{person.reference}/breaches/print", asked)
    assert answer["Content-Type"] == "application/pdf", answer.content.decode()
    said = "".join(page_text(page) for page in pikepdf.Pdf.open(io.BytesIO(answer.content)).pages)
    assert any(one in said for one in incidents), said
    assert person.reference in told_to_a_court(demo_acts())


def check_lists() -> None:
    """Somebody whom an order binds is held and another is let out within days, each beside somebody whom nobody knows."""
    now = clock.now()
    found = morning(demo_acts(), day_of(now), now)
    for name in (MorningList.CUSTODY, MorningList.RELEASE):
        of_it = [[one for one in part if one.list is name] for part in (found.matched.known, found.matched.unmatched)]
        known, strangers = ({person.reference for one in part if (person := found.person_of(one))} for part in of_it)
        assert any(live_orders_against(demo_acts(), one) for one in known), name
        assert strangers - known, name


@pytest.mark.deep
@pytest.mark.rule("INT-05")
def test_every_message_of_two_thousand_people_ends_as_planned(demo: Demo, settings: Any) -> None:
    demo("--people", 2000)
    assert check_outcomes(settings) == PLANNED
    assert records_held() == 230 + records_of(settings).persons + ON_THE_LISTS


PLANNED = {
    "asn_malformed", "birth_date_missing", "result_code_unknown", "damaged_characters", "asn_dummy", "offence_code_unknown",
    "bail_signs_disagree", "bail_conditions_without_conditional_bail", "conviction_before_hearing", "result_code_absent",
}  # fmt: skip


def check_outcomes(settings: Any) -> set[str]:
    """Every message ended as its plan says. Which faults were noticed."""
    extract = read_note(folder(settings))
    assert extract is not None
    run, _of_the_force = court_runs()
    counts = {name: getattr(run, name) for name in ("created", "updated", "unchanged", "parked", "rejected")}
    assert {**counts, "refused": run.files_refused} == extract.expected
    return set(run.warnings)


@pytest.mark.deep
@pytest.mark.sqlite
def test_more_people_are_added_to_those_who_are_there(demo: Demo, settings: Any) -> None:
    few, held = demo("--people", 20), records_held()
    many = demo("--people", 40)
    assert records_held() - held == 3
    planned = (1 + records_of(settings).broken, 1)
    assert (many["rejected"], many["parked"]) == (few["rejected"], few["parked"]) == planned
    assert demo("--people", 1)["people"] == many["people"]


def check_accounts(answer: dict[str, Any]) -> None:
    """There is one account for each role and capability that a person can hold, and a second reviewer of links."""
    assert [account["role"] for account in answer["accounts"]] == HELD
    assert User.objects.count() == len(HELD)
    for account in answer["accounts"]:
        user = authenticate(username=account["username"], password=account["password"])
        assert isinstance(user, User)
        assert rights_of(user) == {account["role"], *filter(None, [BESIDE.get(account["role"])])}
        is_second = account["username"].endswith("-2")
        assert account["username"].removesuffix("-2") == account["role"].replace("_", "-")
        assert account["title"] == f"{BY_KEY[account['role']].title}{' 2' if is_second else ''} (demo)"
        validate_password(PASSWORD, user)
    assert Area.objects.filter(force__code="demo").count() == len(AREAS)
    assert Team.objects.count() == sum(len(teams) for _, teams in AREAS)


@pytest.mark.deep
@pytest.mark.rule("SEC-01")
@pytest.mark.rule("SEC-03")
def test_one_case_is_restricted_and_an_emergency_access_to_it_waits_for_its_review_once(demo: Demo) -> None:
    demo("--people", 1)
    officer, reviewer = (acting_user(User.objects.get(username=name)) for name in ("response-officer", "coordinator"))
    (reference,) = reviewer.closed["case"]
    assert officer.emergency == ()
    (waiting,) = reviews_waiting(reviewer)
    assert waiting.access.reference == reference
    assert not waiting.is_running(clock.now())
    assert not waiting.is_overdue(clock.now())
    assert [act.kind for act in looked_at_during(reviewer, waiting, 9)] == ["opened_in_emergency", "case_viewed"]
    # One role keeps to its area: whatever else there is, is a stub to it.
    manager = acting_user(User.objects.get(username="offender-manager"))
    every = set(cases_page(reviewer.joining()).values_list("reference", flat=True))
    reached = set(cases_page(manager).values_list("reference", flat=True))
    assert reached
    assert reached < every
    demo("--people", 1)
    assert len(reviews_waiting(reviewer)) == 1
    assert set(cases_page(manager).values_list("reference", flat=True)) == reached


def check_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    """The case that is shut is none of which a row waits to be decided."""
    by = acting_system(home_force(), "test")
    cases = list(cases_page(by).order_by("id")[:4])
    (parked,) = cases_of_parked(by)
    assert parked in {case.pk for case in cases}
    assert case_to_shut(by) == cases[2]
    with monkeypatch.context() as another:
        another.setattr(restricted, "cases_of_parked", lambda by: {cases[2].pk})
        assert case_to_shut(by) == cases[3]


@pytest.mark.deep
@pytest.mark.sqlite
def test_a_right_taken_away_is_not_given_back_and_one_held_back_by_surprise_is_reported(
    demo: Demo, settings: Any
) -> None:
    demo("--people", 1)
    analyst = User.objects.get(username="analyst")
    change_right(by=demo_acts(), user=analyst, right="analyst", held=False, reason="test")
    (folder(settings) / "29990101-00000-00.xml").write_bytes(b"<nothing/>")
    demo("--people", 20, expect=cli.SOMETHING_AMISS)
    assert rights_of(analyst) == frozenset()
    assert RightChange.objects.filter(user=analyst).count() == 2


@pytest.mark.parametrize(
    ("args", "change", "says"),
    [
        (["--no-serve"], {"PRODUCTION": True}, "never runs in CRAFFU_MODE=production"),
        (["--no-serve"], {"CRAFFU_FORCE": "63"}, "'63', a real force"),
        (["--no-serve", "--people", "0"], {}, "--people 0 is out of range: give 1 to 100000"),
        (["--no-serve", "--people", "1000000000"], {}, "--people 1000000000 is out of range"),
        (["--port", "0"], {}, "--port 0 is not a port"),
        (["--port", "70000"], {}, "--port 70000 is not a port"),
    ],
)
def test_what_it_refuses_it_says_in_one_line_and_leaves_nothing(
    args: list[str], change: dict[str, Any], says: str, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    assert cli.main(["demo", *args]) == cli.NOT_CARRIED_OUT
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert said.err.count("\n") == 1
    assert not User.objects.exists()
    assert not folder(settings).exists()


def test_a_port_in_use_is_one_line_before_anything_is_made(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert cli.main(["demo", "--port", str(port)]) == cli.NOT_CARRIED_OUT
    assert capsys.readouterr().err == (
        f"craffu demo: Port {port} is in use. Stop what uses it, or give another with --port.\n"
    )
    assert not folder(settings).exists()


@pytest.mark.deep
@pytest.mark.sqlite
def test_another_seed_is_one_line(demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    demo("--people", 1)
    before = register()
    assert cli.main(["demo", "--no-serve", "--seed", "2"]) == cli.NOT_CARRIED_OUT
    assert "holds a demo with seed 1" in capsys.readouterr().err
    assert register() == before


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def sign_in_page(port: int) -> int:
    """What the site answers to somebody who has not signed in, after it has sent them to the sign-in page."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", "/")
        with connection.getresponse() as sent_on:
            sent_on.read()
            page = sent_on.headers["Location"]
        connection.request("GET", page)
        with connection.getresponse() as shown:
            return shown.status


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.deep
@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.parametrize("how", [pytest.param(signal.SIGTERM, marks=pytest.mark.deep), signal.SIGINT])
def test_it_serves_until_it_is_stopped_and_leaves_nothing_running(
    demo_installation: Installation, how: signal.Signals
) -> None:
    port = free_port()
    command = demo_installation.command("demo", "--people", "1", "--port", str(port), "--json")
    with subprocess.Popen(
        command, env=demo_installation.env, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            answer = json.loads(process.stdout.readline())
            assert answer["address"] == f"http://127.0.0.1:{port}/"
            assert sign_in_page(port) == 200
            process.send_signal(how)
            assert process.wait(30) == cli.DONE
            assert process.stdout.read() == ""
        finally:
            process.terminate()
    wait_until_gone(port)


def wait_until_gone(port: int) -> None:
    until = time.monotonic() + 30
    while is_open(port):
        assert time.monotonic() < until, "the server is still there"
        time.sleep(0.1)


def working_in(home: Path) -> dict[int, str]:
    """The processes of an installation that run, by number, with the command that each was started as."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"CRAFFU_HOME={home}\0".encode() in (process / "environ").read_bytes() + b"\0":
                found[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


@pytest.mark.deep
@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux tells whose process it is")
def test_killed_outright_it_leaves_neither_its_server_nor_its_worker_running(
    demo_installation: Installation, tmp_path: Path
) -> None:
    port = free_port()
    command = demo_installation.command("demo", "--people", "1", "--port", str(port), "--json")
    said = tmp_path / "said"
    with (
        said.open("wb") as errors,
        subprocess.Popen(
            command, env=demo_installation.env, stdout=subprocess.PIPE, stderr=errors, start_new_session=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline())["address"]
            assert sign_in_page(port) == 200
            running = " ".join(working_in(demo_installation.home).values())
            assert " serve " in running
            assert " worker" in running
        finally:
            process.kill()
    wait_until_gone(port)
    until = time.monotonic() + 30
    while left := working_in(demo_installation.home):
        assert time.monotonic() < until, left
        time.sleep(0.1)
    assert said.read_text() == ""
