"""T5, T20: what is kept encrypted about people is in no page, header, log line, log row, task or file name (SEC-06).

More than two hundred planted strings, one for each protected column of each of many rows of every kind of extract.
"""

import io
import itertools
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from jinja2 import Template

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.roles import ROLE_KEYS
from craffu.audit.models import Event
from craffu.breaches.models import Breach
from craffu.cases.advice.actions import ask_advice
from craffu.cases.advice.rules import Adviser
from craffu.cases.models import Case, CaseRole
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.log_lines import LineFormatter
from craffu.daily.ticking import tick
from craffu.documents.bundles import Form
from craffu.intake.records.layout import KINDS, Column, layout_of
from craffu.intake.running import take_in
from craffu.measures.digests.actions import keep_digest
from craffu.orders.models import Order
from craffu.people.models import Membership, Person, RecordedContact, SourceRecord
from craffu.scrutiny.destroying.actions import ask_to_destroy_interview
from craffu.scrutiny.interviewing.actions import withdraw_consent
from craffu.scrutiny.interviewing.kinds import Use, Whom
from craffu.victims.advocates.actions import name_advocate
from craffu.victims.advocates.facts import NewAdvocate
from craffu.victims.answering.rules import Span
from craffu.victims.noting.actions import note_for_her
from craffu.victims.noting.facts import NewEntry
from craffu.victims.noting.kinds import Way
from craffu.victims.queries import find_victim
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION, Route
from tests import worlds
from tests.api.addresses import ASKING, READ
from tests.factories.court_lists import line, listed
from tests.factories.deep_dives import answered_by_force, begun
from tests.factories.extracts import row, write
from tests.factories.identities import score
from tests.factories.initiatives import under_way
from tests.factories.interviews import answered, referred
from tests.factories.kept_figures import kept_of
from tests.factories.letters import written_of_a_charge
from tests.factories.panels import sitting
from tests.factories.priorities import decided_on, scored_by
from tests.factories.recommended import recommended
from tests.factories.reviews import answers, protected, reviewed, victim_of, view_of
from tests.factories.staff import one_there
from tests.web.test_role_matrix import (
    PAGES,
    hold_meetings,
    judge_a_sample,
    make_a_plan,
    make_an_order,
    newest,
    report_a_breach,
)
from tests.worlds import force, world  # noqa: F401  # fixtures

pytestmark = [pytest.mark.rule("SEC-06"), pytest.mark.django_db, pytest.mark.slow]

ROWS = 10
# One row of each table breaks its layout, so that it is held back with all its words.
BROKEN = 1
# Rejected rows go back, as they came, to whoever takes files in: to be corrected at their source.
GIVEN_BACK = "intake_rejects"
# Nothing here was opened in an emergency, nobody asked about their own data, and no court has sent a word.
NOT_THERE = ("emergency_review", "rights_detail", "case_proposed", "case_proposal")
# These end the session that looks.
LEFT_OUT = (GIVEN_BACK, *NOT_THERE, "sign_out", "account_sign_out_everywhere")
# What an address of the API can be about.
ABOUT: dict[str, Any] = {"person": Person, "victim": Person, "case": Case, "order": Order, "breach": Breach}
# The review of the force in this register is at work, and is told to nobody.
NOTHING_PUBLISHED = {"api_report_detail"}
# Where a victim is reached stands on this page alone, for whoever asks for it; tests/web/victims looks at it.
PROTECTED = "victim_protected"
WORDS = "kanari words"
# Each planted string holds one of these: where a page holds none of them it holds no string.
MARKS = ("kanari", "07700 9", "kq")


def canary(column: Column, number: int) -> str:
    """Of the shape the column asks for, and like nothing else."""
    shapes = {
        "phone": f"07700 {900_000 + number}",
        "email": f"kanari{number}@example.org",
        "postcode": f"ZZ{number % 90 + 10} {number // 90 % 10}KQ",
        "address": f"{number} Heol Kanari",
    }
    # A safe word is shown with where she is reached, and with none of her other words.
    words = "kanari safe word" if column.name == "safe_word" else WORDS
    return shapes.get(column.person, f"{words} {number}")


@worlds.kept()
def planted(world: worlds.World) -> list[str]:  # noqa: F811
    """The strings, after extracts of every kind that hold them were taken in, and an order in a case of theirs."""
    system, make_user, tmp_path = world.system, world.make_user, world.folder
    # Before the others, which are about the newest case.
    strings = [f"{WORDS} in a review of a case"]
    judge_a_sample(system, tmp_path, make_user, strings[0])
    numbers = iter(range(100, 100_000))
    for kind in KINDS:
        folder = tmp_path / kind
        for table in layout_of(kind).tables:
            rows = [_row(kind, table, one, numbers, strings) for one in range(1, ROWS + 1)]
            write(folder, f"{table}.csv", rows)
        done = take_in(by=system, kind=kind, paths=[folder])
        assert done.reconciled
    team = acting_user(make_user("orders_team"))
    make_an_order(team, acting_user(make_user("victim_officer")))
    make_a_plan(acting_user(make_user("offender_manager")), acting_user(make_user("supervisor")))
    report_a_breach(team)
    officer = acting_user(make_user("victim_officer"))
    _note_where_she_lives(officer)
    _is_heard_where_she_lives(officer, acting_user(make_user("supervisor")))
    written_of_a_charge(
        officer, victim_of(officer, Order.objects.for_system("a test").order_by("-pk")[0]), clock.now(), was_read=True
    )
    strings += [f"{WORDS} in an interview {number}" for number in range(3)]
    scrutiny = acting_user(make_user("scrutiny_officer"))
    taken_back = answered(scrutiny, Whom.STAFF, strings[-3])
    withdraw_consent(by=scrutiny, interview=taken_back.reference, uses=frozenset({Use.KEEP}))
    ask_to_destroy_interview(by=scrutiny, interview=taken_back.reference)
    for whom, words in zip((Whom.VICTIM, Whom.STAFF), strings[-2:], strict=True):
        referred(scrutiny, answered(scrutiny, whom, words))
    recommended(scrutiny)
    answered_by_force(scrutiny, begun(scrutiny, system).reference)
    kept_of(scrutiny, clock.now(), {})
    keep_digest(by=scrutiny, now=clock.now())
    under_way(acting_user(make_user("workforce_lead")))
    sitting(scrutiny, [acting_user(make_user("volunteer_reviewer"))])
    scored_by(acting_user(make_user("coordinator")), clock.now())
    decided_on(acting_user(make_user("offender_manager")), clock.now())
    hold_meetings(acting_user(make_user("offender_manager")), acting_user(make_user("coordinator")))
    one_there(system, acting_user(make_user("workforce_lead")))
    tick(force=system.force, at=clock.now())
    ask_advice(by=team, case=newest(Case, {}), adviser=Adviser.PROSECUTOR, question="Is this enough to charge?")
    listed(system, tmp_path, line(ptiurn="63AA9", order_ref="ORD-900001"))
    said = (
        SourceRecord.objects.for_system("a test").filter(versions__contacts__kind="address").order_by("-id").distinct()
    )
    for left, right in itertools.pairwise(said.values_list("pk", flat=True)[:5]):
        score(system, left, right, 0.8)
    assert all(any(mark in one.casefold() for mark in MARKS) for one in strings)
    return strings


def _note_where_she_lives(officer: Acting) -> None:
    """Whoever the newest order protects writes her own address into her log, and wants it looked into."""
    order = Order.objects.for_system("a test").order_by("-pk")[0]
    victim = find_victim(officer, victim_of(officer, order))
    assert victim is not None
    lives = RecordedContact.objects.for_system("a test").filter(version__record__in=victim.records, kind="address")
    now = clock.now()
    notice = ReadersNotice(NOTICE_VERSION, "en", now - timedelta(minutes=1), NOTICES[NOTICE_VERSION])
    words = "\n".join(f"He stood outside {one.value}." for one in lives)
    assert "Kanari" in words
    span = Span(now - timedelta(hours=1), now - timedelta(hours=1), is_day_only=False)
    entry = NewEntry(span, Way.IN_PERSON, "en", Route.TELEPHONE, notice, for_ledger=True, words=words)
    note_for_her(by=officer, victim=victim.reference, given=entry, now=now)


def _is_heard_where_she_lives(officer: Acting, reviewer: Acting) -> None:
    """Whoever the newest order protects names her own address in her view, on which a review of it waits to be agreed to."""
    order = Order.objects.for_system("a test").order_by("-pk")[0]
    victim = find_victim(officer, victim_of(officer, order))
    assert victim is not None
    lives = RecordedContact.objects.for_system("a test").filter(version__record__in=victim.records, kind="address")
    words = "\n".join(f"He waits outside {one.value}." for one in lives)
    assert "Kanari" in words
    view = view_of(officer, order, words)
    reviewed(reviewer, order, answers(protected(officer, order), decision="relax", view=view.pk))


def _row(kind: str, table: str, number: int, numbers: Iterator[int], strings: list[str]) -> dict[str, str]:
    columns = layout_of(kind).tables[table].columns
    said = {column.name: canary(column, next(numbers)) for column in columns if column.protected and not column.values}
    strings.extend(said.values())
    if table == "involvements" and number % 2 == 0:
        said["role"] = "victim"
    if table == "crimes":
        # Stalking: whoever is suspected of it is of the population that is scored.
        said["home_office_class"] = "8Q"
    if number == BROKEN and (
        dated := [one.name for one in columns if one.kind in {"date", "instant"} and one.required]
    ):
        said[dated[0]] = "soon"
    return row(kind, table, number, **said)


def found_in(text: str, strings: list[str]) -> list[str]:
    folded = text.casefold()
    if not any(mark in folded for mark in MARKS):
        return []
    return [one for one in strings if one.casefold() in folded]


# How many of the records that a page can be about are looked at in each language: in the deep run, most of them.
@pytest.mark.long
@pytest.mark.sqlite
@pytest.mark.parametrize("records", [1, pytest.param(4, marks=pytest.mark.deep)])
def test_T5_T20_no_role_finds_a_protected_string_on_any_page_and_no_log_holds_one(
    records: int, planted: list[str], signed_in_client: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    assert len(planted) >= 200
    assert len(set(planted)) == len(planted)
    caplog.set_level(logging.DEBUG)
    opened = hers = 0
    looked_at: set[str] = set()
    # Whoever opens most pages is shown most on them.
    for role in sorted(ROLE_KEYS, key=lambda role: -sum(role in page.roles for page in PAGES.values())):
        client = signed_in_client(role)
        for name, page in PAGES.items():
            if role not in page.roles or page.is_public or name in (*LEFT_OUT, PROTECTED):
                continue
            if records == 1 and name in looked_at and name != "home":
                # Each has a first page of their own. Any other is opened by every role in the deep run.
                continue
            is_hers = "victim" in page.parts or "interview" in page.parts
            # What a victim said is read on her own pages, what was said in an interview on its own; where she is reached,
            # on none of these.
            strings = [one for one in planted if not one.startswith(WORDS)] if is_hers else planted
            looked_at.add(name)
            for path in addresses(name, records):
                for method in ("GET", "POST") if page.post != 405 else ("GET",):
                    answer: Any = client.generic(method, path)
                    # Not everybody is a victim, and not every number is one of hers.
                    assert method == "POST" or answer.status_code == page.get or (is_hers and answer.status_code == 404)
                    hers += is_hers and answer.status_code == 200
                    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                    said = f"{answer.headers}\n{body.decode(errors='replace')}"
                    assert found_in(said, strings) == [], (role, method, path)
                    opened += 1
    assert opened > 100
    assert hers > 100
    assert found_in(caplog.text, planted) == []
    assert found_in("\n".join(Event.objects.values_list("payload", flat=True)), planted) == []


@pytest.mark.long
@pytest.mark.sqlite
@pytest.mark.parametrize("every_role", [False, pytest.param(True, marks=pytest.mark.deep)])
def test_T5_nor_does_whoever_is_refused_a_page_or_asks_for_one_that_is_not_there(
    every_role: bool, planted: list[str], signed_in_client: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    """Each page by a role that may not open it, in the deep run by every such role, and about nobody by one that may."""
    caplog.set_level(logging.DEBUG)
    clients = {role: signed_in_client(role) for role in sorted(ROLE_KEYS)}
    asked: Counter[int] = Counter()
    for place, (name, page) in enumerate(PAGES.items()):
        if page.is_public or name in LEFT_OUT:
            continue
        shut = [role for role in clients if role not in page.roles]
        for role in shut if every_role else shut[place % max(1, len(shut)) :][:1]:
            for path in addresses(name, 1)[:1]:
                _is_refused(clients[role], path, planted, asked)
        for opened_by in sorted(clients.keys() & page.roles)[:1]:
            for path in addresses(name, 1)[:1]:
                of_nobody = re.sub(r"\d+", "987654", path)
                if of_nobody != path:
                    _is_refused(clients[opened_by], of_nobody, planted, asked)
    assert asked[403] > 50
    assert asked[404] > 50
    assert found_in(caplog.text, planted) == []
    assert found_in("\n".join(Event.objects.values_list("payload", flat=True)), planted) == []


@pytest.mark.long
@pytest.mark.sqlite
@pytest.mark.rule("SEC-06")
@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.deep)])
def test_T5_nor_does_a_page_that_fails_or_the_log_line_of_its_fault(
    every: int, planted: list[str], signed_in_client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page fails with all that it would have shown in what its fault says; the log is an installation’s own."""
    shows = Template.render

    def fails(self: Template, *said: Any, **named: Any) -> str:
        page = shows(self, *said, **named)
        if (self.name or "").startswith("errors/"):
            return page
        raise RuntimeError(page)

    monkeypatch.setattr(Template, "render", fails)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(LineFormatter(settings.LOGGING["formatters"]["line"]["format"]))
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    failed = 0
    clients: dict[str, Client] = {}
    for name, page in list(PAGES.items())[::every]:
        if page.is_public or name in LEFT_OUT or not page.roles:
            continue
        role = sorted(page.roles & set(ROLE_KEYS))[0]
        if role not in clients:
            clients[role] = signed_in_client(role)
            clients[role].raise_request_exception = False
        for path in addresses(name, 1)[:1]:
            answer: Any = clients[role].get(path)
            if answer.status_code == 500:
                failed += 1
                assert found_in(answer.content.decode(), planted) == [], path
    assert failed > 10
    assert written.getvalue().count("RuntimeError") >= failed, "each fault is in the log"
    assert found_in(written.getvalue(), planted) == []
    assert found_in("\n".join(Event.objects.values_list("payload", flat=True)), planted) == []


def _is_refused(client: Client, path: str, planted: list[str], asked: Counter[int]) -> None:
    answer: Any = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code in {302, 403, 404}, path
    assert found_in(f"{answer.headers}\n{body.decode(errors='replace')}", planted) == [], path
    asked[answer.status_code] += 1


@pytest.mark.long
@pytest.mark.sqlite
@pytest.mark.parametrize("records", [1, pytest.param(4, marks=pytest.mark.deep)])
def test_T5_no_program_of_any_role_is_told_one(
    records: int, planted: list[str], signed_in_client: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    """Not even those that stand on a victim's own pages: the API tells of her words her views alone, and where she is reached
    nowhere.
    """
    caplog.set_level(logging.DEBUG)
    answered: Counter[str] = Counter()
    for role in ASKING:
        client = signed_in_client(role)
        if role == "advocate":
            _name(client.user, acting_user(signed_in_client("victim_officer", username="names").user))  # type: ignore[attr-defined]
        for name, address in READ.items():
            if role not in address.roles:
                continue
            for path in asked_of(address.path, records):
                answer = client.get(path)
                # Not everybody has what is asked of everybody.
                assert answer.status_code in {200, 403, 404}, path
                answered[name] += answer.status_code == 200
                assert found_in(f"{answer.headers}\n{answer.content.decode()}", planted) == [], (role, path)
    assert {name for name in READ if not answered[name]} <= NOTHING_PUBLISHED
    assert found_in(caplog.text, planted) == []


def _name(advocate: User, by: Acting) -> None:
    """The newest victim names them, and agrees to it."""
    today = day_of(clock.now())
    given = NewAdvocate(f"{WORDS} of an advocate", "", today, today, advocate.username)
    name_advocate(by=by, victim=victims()[0], given=given)


def asked_of(path: str, records: int) -> list[str]:
    """An address of the API for the newest records that it can be about."""
    found = [path]
    for part, model in ABOUT.items():
        if f"{{{part}}}" not in path:
            continue
        rows = model.objects.for_system("a test").order_by("-pk").values_list("reference", flat=True)
        whose = victims() if part == "victim" else list(rows[:records])
        found = [one.replace(f"{{{part}}}", each) for one in found for each in whose[:records]]
    return found


@pytest.mark.rule("SEC-07")
def test_T5_no_file_that_is_taken_out_holds_one(
    planted: list[str], signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]
) -> None:
    client = confirmed(signed_in_client("supervisor"))
    asked = {"purpose": "court", "words": "Hearing on Monday", "recipient": "Listing", "organisation": "A court"}
    paths = [
        "/people/export",
        "/victims/gap/export?days=3653",
        *{path.removeprefix("/cy") for path in addresses("person_export")},
    ]
    assert len(paths) > 3
    for path in paths:
        for form in Form:
            answer = client.post(path, {**asked, "form": form.value})
            assert answer.headers["Content-Type"] == form.content_type, path
            assert found_in(text_of_file(answer.content, form), planted) == [], (path, form)


def text_of_file(content: bytes, form: Form) -> str:
    """All that is in a file: of a workbook every part of its archive."""
    if form is not Form.XLSX:
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def victims() -> list[str]:
    """Those who are a victim in a case, the newest first."""
    hers = CaseRole.objects.for_system("a test").filter(role=CaseRole.Role.VICTIM).values("record_id")
    rows = Membership.objects.for_system("a test").filter(record__in=hers).order_by("-person_id")
    return list(dict.fromkeys(rows.values_list("person__reference", flat=True)))


def addresses(name: str, records: int = 4) -> list[str]:
    """Addresses of a page for some of the records it can be about: of the newest in both languages, then in turns."""
    parts = PAGES[name].parts
    # A page in Welsh leaves its language behind.
    with translation.override("en"):
        given = {part: [whose] for part, whose in parts.items()}
        for part, whose in parts.items():
            if part == "victim":
                given[part] = victims()[:records]
            elif isinstance(whose, tuple):
                named = whose[2] if len(whose) > 2 else "reference"
                every = whose[0].objects.for_system("a test").order_by("-pk").values_list(named, flat=True)
                wanted = every.filter(**whose[1])
                given[part] = list(wanted[:records] if wanted.exists() else every[:records]) or ["1"]
        found = [reverse(name, kwargs=dict(zip(given, one, strict=True))) for one in itertools.product(*given.values())]
    return [f"/cy{found[0]}", *(f"/cy{path}" if number % 2 else path for number, path in enumerate(found))]


def test_T5_no_table_keeps_one_in_the_clear(planted: list[str]) -> None:
    """The register, tasks and sessions alike: what a stolen backup would show."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608  # our own tables
            text = "\n".join(map(str, cursor.fetchall()))
            assert found_in(text, planted) == [], model._meta.db_table
