"""A site in a real browser: seeded through the product's own intake, signed in through its own page."""

import fcntl
import os
import pickle
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.testing import StaticLiveServerTestCase  # noqa: F401  # the finder-backed handler
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from craffu.access.acting import Acting, acting_system
from craffu.access.actions import change_right, create_user
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.sessions.actions import accept_terms
from craffu.access.wall.reach import working_for
from craffu.cases.models import Case
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.intake.models import Run
from craffu.intake.running import take_in
from craffu.orders.models import Condition, OrderProposal
from craffu.orders.papers.actions import keep_paper
from craffu.orders.proposing.actions import keep_proposals
from craffu.people.models import Person, SourceRecord
from craffu.people.queries import people_of_records
from craffu.people.search.actions import forget
from craffu.resourcing.models import Post, VersionAccepted
from craffu.scrutiny.destroying.actions import ask_to_destroy_interview
from craffu.scrutiny.interviewing.actions import withdraw_consent
from craffu.scrutiny.interviewing.kinds import Use, Whom
from craffu.scrutiny.sampling.actions import plan_sample
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from tests import worlds
from tests.factories import meetings, samples, stories
from tests.factories.breaches import reported
from tests.factories.court_lists import line, listed
from tests.factories.deep_dives import recommended_and_found
from tests.factories.identities import score
from tests.factories.inbox import PICTURE, came, read
from tests.factories.initiatives import under_way
from tests.factories.interviews import answered, referred
from tests.factories.kept_figures import figures_and_digest
from tests.factories.orders import PNG, order_of, printed
from tests.factories.panels import sitting
from tests.factories.plans import approved, planned
from tests.factories.priorities import decided_on, scored_by
from tests.factories.reviews import answers, protected, reviewed
from tests.factories.staff import one_there
from tests.factories.victims import send_victim
from tests.factories.voices import Spoken, spoken

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# As long as a browser waits for whatever else: five seconds are few where others work too.
expect.set_options(timeout=30_000)

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "glan-afon-browser-2026"
# Of a site that is built once: its rows, its files, and who and what is in it.
ROWS, HOME, BEGUN = "rows.sqlite3", "home", "begun"
MEASURES = ("/dashboards/orders", "/measures", "/measures/MET12", "/measures/MET17", "/measures/MET30")
COUNTED = ("/measures/MET11/records", "/digest")

# Written down by the page itself the moment the policy refuses anything.
WATCH_POLICY = """
window.__refused = [];
document.addEventListener('securitypolicyviolation', e => window.__refused.push(e.violatedDirective + ' ' + e.blockedURI));
"""
# What looks for findings is heavy: each page is given it as it opens, and begins it only where somebody looks.
BEGIN_AXE = "window.__axe"


@cache
def axe() -> str:
    return f"{BEGIN_AXE} = () => {{ {AXE.read_text(encoding='utf-8')} }};"


@dataclass(frozen=True)
class Site:
    """A running site and what is on it."""

    url: str
    people: list[str]
    cases: list[str]
    runs: list[str]
    victim: str
    said: Spoken
    # A case in which a court said something that looks like an order: the first proposal.
    proposed: str
    proposal: int
    order: str
    # A paper kept with the order, and one that was printed of it.
    paper: int
    printed: int
    # A document that came in, from which somebody has typed.
    document: str
    # Whom the order protects, by the record under which it names them.
    heard: int
    # Whom the order binds, and a possible breach of it that somebody reported.
    bound: str
    breach: str
    # A question that was put to the victim by the safe page.
    asked: int
    # An interview of practice, and a danger that was told of in it.
    interview: str
    live_risk: str
    # A dip sample that two have judged; one that is planned; one that is drawn, with a review begun and one not declared.
    sample: str
    planned: str
    drawn: str
    reviews: tuple[str, str]
    # Whose priority somebody else would have otherwise, and whose score was challenged.
    scored: str
    # A cohort meeting whose minutes are approved, and one of today with that person on its agenda.
    minutes: str
    meeting: str
    # A version of the champions’ programme that counts.
    programme: int
    # A post of the establishment.
    post: int

    def paths(self) -> dict[str, list[str]]:
        """Every page, by the role that opens it; nobody's pages need no sign-in."""
        return {
            "": [
                "/sign-in",
                "/sign-in?over=idle&sent=1&next=/people",
                "/help",
                "/accessibility",
                "/privacy",
                "/gallery",
                "/t/",
            ],
            "investigator": [
                "/",
                "/search",
                "/people",
                "/cases",
                "/people/P-99999",
                *(f"/people/{reference}" for reference in self.people),
                f"/people/{self.people[0]}?known-at=2026-01-01",
                *(f"/people/{self.people[0]}/breaches{way}" for way in ("", "?as=views", "?as=table")),
                *(f"/cases/{reference}" for reference in self.cases),
                f"/cases/{self.cases[0]}/risk",
                f"/cases/{self.cases[0]}/consider",
                f"/cases/{self.cases[0]}/advice",
                "/advice/notes",
                f"/cases/{self.cases[-1]}/consider",
                *(
                    f"/cases/{self.cases[0]}/risk/{form}"
                    for form in ("assess", "assessment", "event", "observe", "look")
                ),
                "/queues/assessments",
                "/account/calendar",
                *(f"/cases/{self.proposed}/proposed{one}" for one in ("", f"/{self.proposal}")),
                "/queues/second-looks",
                "/queues/assessments/tasks?tab=unassigned",
                "/queues/promises",
                "/queues/consider?tab=unassigned",
                *(
                    f"/breaches/{self.breach}/{page}"
                    for page in ("triage", "answers", "again", "standpoints/new", "mismatches", "mismatches/M1")
                ),
            ],
            "victim_officer": [
                "/victims",
                *(f"/victims/gap{page}" for page in ("", "?days=3653&by=age", "/not-told?days=3653", "/export")),
                f"/victims/{self.victim}",
                *(
                    f"/victims/{self.victim}/{page}"
                    for page in ("protected", "contacts", "contacts/new", "promises/new")
                ),
                f"/victims/{self.victim}/happened",
                f"/victims/{self.victim}/agreement",
                *(
                    f"/victims/{self.victim}/agreement/{part}"
                    for part in (
                        "language",
                        "how",
                        "when",
                        "urgent",
                        "what",
                        "others",
                        "who",
                        "check",
                        "decline",
                        "feared-date",
                    )
                ),
                f"/orders/{self.order}/letters",
                "/print-queue",
                "/queues/telling",
                "/queues/agreements?tab=unassigned",
                *(f"/victims/{self.victim}/{page}" for page in ("safety", "views", "withdrawal", "advocate")),
                *(f"/victims/{self.victim}/safety/{form}" for form in ("need", "measure", "help", "rights")),
                f"/victims/{self.victim}/safety/measures/{self.said.measure}/told",
                f"/victims/{self.victim}/views/new",
                *(
                    f"/victims/{self.victim}/{page}"
                    for page in ("asking", "asking/new", "asking/not-asked", f"asking/{self.asked}", "log", "log/new")
                ),
                f"/victims/{self.victim}/views/{self.said.view}/answer",
                f"/victims/{self.victim}/advocate/new",
                f"/victims/{self.victim}/advocate/{self.said.advocate}/end",
            ],
            "orders_team": [
                "/settings/orders",
                "/settings/orders/SPO",
                "/settings/conditions",
                "/settings/conditions/no-approach",
                "/settings/orders/DAPO",
                f"/victims/{self.victim}",
                f"/victims/{self.victim}/views",
                "/orders",
                f"/orders/{self.order}",
                *(
                    f"/orders/{self.order}/{page}"
                    for page in (
                        "advice",
                        "check-plan",
                        "check-plan/1",
                        "checks/away",
                        "checks/new",
                        "compare",
                        "conditions",
                        "correct",
                        "library",
                        "library/no-approach",
                        "noted/soa-part-2",
                        "follow-up",
                        "follow-up/new",
                        "letters",
                        "notifications",
                        "owner",
                        "pack",
                        "pack-check",
                        "papers",
                        "papers/new",
                        "protects",
                        "reviews/new",
                        "reviews/new/decision",
                        "reviews/new/check",
                        f"reviews/new/heard/{self.heard}",
                        "reviews/1",
                        "reviews/1/application",
                        "terms",
                        "terms/approve",
                        "transfer",
                    )
                ),
                f"/people/{self.people[0]}/visits",
                f"/orders/{self.order}/papers/{self.paper}/mark",
                f"/orders/{self.order}/papers/printed/{self.printed}/given",
                f"/orders/{self.order}/text/national",
                "/settings/wording",
                *(
                    f"/orders/{self.order}/steps/{step}"
                    for step in ("serve", "attempt_service", "vary", "discharge", "quash")
                ),
                f"/cases/{self.cases[-1]}/orders/receive",
                *("/orders/inbox", "/orders/inbox/new", f"/orders/inbox/{self.document}"),
                *(f"/orders/inbox/{self.document}/{page}" for page in ("owner", "return", "match")),
                f"/orders/inbox/{self.document}/match/{self.people[0]}",
                *("/orders/reconciliation", "/orders/reconciliation/comparisons/LC-10001"),
                *(f"/orders/reconciliation/LD-10001{page}" for page in ("", "/owner")),
                "/orders/reconciliation/LD-10002/enter",
            ],
            "offender_manager": [
                f"/people/{self.bound}/plan",
                "/queues/plans",
                *(
                    f"/people/{self.bound}/plan/{page}"
                    for page in (
                        "new",
                        "new/options/order",
                        "new/options/multi_agency_referral",
                        f"new/asked/{self.heard}",
                        "new/owner",
                        "new/check",
                        "actions/new",
                        "actions/1",
                        "review",
                        "end",
                    )
                ),
            ],
            "link_clerk": ["/linkage/pairs", "/linkage/pairs/L-10001", f"/linkage/merges/{self.people[0]}"],
            "advocate": ["/promises", "/updates", "/give-a-view", "/log", "/log/new"],
            "coordinator": [
                f"/patterns/{self.victim}",
                *("/priority", "/priority?first=0"),
                *(
                    f"/people/{self.scored}/priority{page}"
                    for page in ("", "/other", "/agree", "/challenge", "/challenges/1")
                ),
                f"/people/{self.victim}/priority",
                *(f"/people/{self.scored}/cohort/{step}" for step in ("enter", "review", "leave")),
                f"/people/{self.scored}/propose",
                *("/meetings", "/meetings/new", f"/meetings/{self.minutes}", f"/meetings/{self.minutes}/items/1"),
                *(
                    f"/meetings/{self.meeting}{page}"
                    for page in (
                        "",
                        "/chair",
                        "/call-off",
                        "/agencies",
                        "/attendance",
                        "/attendance/1",
                        "/items/1",
                        "/items/1/actions/new",
                        "/approve",
                    )
                ),
                f"/meetings/{self.minutes}/items/1/actions/1",
                f"/meetings/{self.minutes}/corrections",
                "/queues/meetings?tab=unassigned",
            ],
            "supervisor": [
                *MEASURES,
                *COUNTED,
                f"/breaches/{self.breach}/answers",
                "/queues/assessments/tasks?tab=unassigned",
                "/queues/cover",
                f"/cases/{self.cases[-1]}/consider/not-pursued",
                f"/cases/{self.cases[0]}/readers",
                f"/cases/{self.cases[0]}/place",
                f"/people/{self.people[0]}/export",
                f"/orders/{self.order}/reviews/1/sign",
                f"/people/{self.bound}/plan/approve/1",
                *(f"/morning-lists/{one}" for one in ("custody", "release", "court")),
                *("/queues/live-risks?tab=unassigned", f"/live-risks/{self.live_risk}"),
            ],
            "response_officer": [
                "/",
                "/people",
                f"/people/{self.people[0]}",
                "/cases",
                f"/orders/{self.order}",
                f"/people/{self.bound}/now",
                f"/people/{self.bound}/breaches/new",
                f"/breaches/{self.breach}/reported",
            ],
            "analyst": [
                "/",
                "/intake/",
                "/intake/new",
                "/profiles/local",
                "/profiles/local?force=63",
                "/profiles/national",
                "/profiles/series/stalking-outcomes",
                "/profiles/figures/new",
                *(f"/intake/runs/{reference}" for reference in self.runs),
            ],
            "scrutiny_officer": [
                "/",
                *(f"/scrutiny/interviews{page}" for page in ("", "/new", f"/{self.interview}")),
                *(
                    f"/scrutiny/interviews/{self.interview}/{page}"
                    for page in ("answers/first", "answers/first/quote", "consent", "withdrawn", "live-risk", "print")
                ),
                *(
                    f"/scrutiny/recommendations{page}"
                    for page in ("", "/reports/new", "/reports/RP-10001/new", "/RC-10003", "/RC-10003/entry")
                ),
                "/progress",
                *(f"/scrutiny/deep-dives{page}" for page in ("", "/new", "/DD-10002", "/DD-10002/report")),
                *(f"/scrutiny/panels{page}" for page in ("", "/new", "/PL-10001", "/PL-10001/cases/1")),
                *(f"/scrutiny/panels/PL-10001/add/{what}" for what in ("member", "training", "case")),
                *(
                    f"/scrutiny/deep-dives/DD-10002/add/{what}"
                    for what in ("plan", "person", "finding", "recommendation")
                ),
                *(
                    f"/scrutiny/deep-dives/DD-10002/evidence/{what}"
                    for what in ("measure", "published", "sample", "quote", "survey", "document", "earlier")
                ),
                *(f"/scrutiny/deep-dives/DD-10002/findings/1{page}" for page in ("", "/claims/0", "/claims/1")),
                *(f"/scrutiny/deep-dives/DD-10002/report/{step}" for step in ("reply", "take-back", "corrections/1")),
                *("/scrutiny/standing-answer", "/scrutiny/standing-answer/sign", "/reports", "/reports/DD-10001"),
                *(
                    f"/scrutiny/samples{page}"
                    for page in ("", "/new", f"/{self.planned}", f"/{self.planned}/reviewers")
                ),
                *(f"/scrutiny/samples/{self.sample}{page}" for page in ("", "/agreement", "/cases/1/C1/case")),
                *(f"/scrutiny/samples/{self.drawn}{page}" for page in ("", "/seed", "/agreement")),
                *MEASURES,
            ],
            "volunteer_reviewer": [
                *("/", "/scrutiny/case-reviews"),
                *(f"/scrutiny/case-reviews/{self.reviews[0]}{page}" for page in ("", "/live-risk")),
                *(
                    f"/scrutiny/case-reviews/{self.reviews[0]}/sections/{key}"
                    for key in ("before", "A", "C", "E", "after")
                ),
                *(f"/scrutiny/case-reviews/{self.reviews[1]}{page}" for page in ("", "/interest")),
                *(f"/scrutiny/panels{page}" for page in ("", "/PL-10001", "/PL-10001/cases/1")),
                *(f"/scrutiny/panels/PL-10001/cases/1/{page}" for page in ("live-risk", "verdict", "dissent")),
            ],
            "workforce_lead": [
                *("/", "/resourcing/champions", "/resourcing/champions?station=Carmarthen"),
                *(f"/resourcing/{page}" for page in ("programmes", "programmes/new", "caseload", "caseload/capacity")),
                *(f"/resourcing/{page}" for page in ("caseload/forecast", "caseload/forecast/times", "advice")),
                *(f"/resourcing/programmes/{self.programme}{page}" for page in ("", "/withdraw", "/aims/data")),
                f"/resourcing/posts/{self.post}/recruiting",
                *(f"/scrutiny/initiatives{page}" for page in ("", "/new", "/IN-10001", "/IN-10001/say")),
            ],
            "commissioner_view": [
                *(
                    f"/resourcing/{page}"
                    for page in ("champions", "practice", "caseload", "caseload/forecast", "advice")
                ),
                "/dashboards/orders",
                "/measures/MET13",
            ],
            "auditor": [
                *("/", "/account", "/account/tokens", "/account/password", "/terms", "/audit", "/audit/chain"),
                *("/rights-requests", "/rights-requests/new", "/rights-requests/RR-10001"),
                "/boundaries",
                *("/retention", "/retention/P-10001", "/retention/P-10001/hold", "/retention/P-10001/keep"),
                *("/retention/words", "/retention/words/WD-10001"),
            ],
        }


@dataclass
class Begun:
    """What a test begins with: the force, who signs in by what right, and, where it asks for one, a site."""

    force: Force
    users: dict[str, User]
    site: Site | None = None


@pytest.fixture
def begun(
    request: pytest.FixtureRequest, transactional_db: None, few_codes: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Begun]:
    """Before anything else is written: so what is put in place again holds nothing of the test that built it.

    On SQLite a site is built once, by the worker that asks first, and put in place as it was then for each test of every worker.
    """
    if "site" not in request.fixturenames:
        found = Begun(worlds.a_force("demo"), {})
        with working_for(found.force.pk):
            yield found
        return
    url = request.getfixturevalue("live_server").url
    kept = _kept_for_all(tmp_path_factory) if connection.vendor == "sqlite" else None
    with _alone_at(kept) if kept else nullcontext():
        found = _put_back(kept) if kept and (kept / BEGUN).exists() else Begun(worlds.a_force("demo"), {})
        with working_for(found.force.pk):
            if found.site is None:
                found.site = _site(url, few_codes, found.force, tmp_path_factory.mktemp("site"), _maker(found))
                if kept:
                    _keep(found, kept)
    found.site = replace(found.site, url=url)
    with working_for(found.force.pk):
        yield found


def _kept_for_all(folders: pytest.TempPathFactory) -> Path:
    own = folders.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "site that is put back"


@contextmanager
def _alone_at(folder: Path) -> Iterator[None]:
    """Of several workers one at a time; whoever ends in the middle, however they end, keeps no other waiting."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(built: Begun, folder: Path) -> None:
    connection.ensure_connection()
    folder.mkdir(exist_ok=True)
    with closing(sqlite3.connect(folder / ROWS)) as rows:
        connection.connection.backup(rows)
    shutil.copytree(settings.CRAFFU_HOME, folder / HOME, dirs_exist_ok=True)
    # Last: where it is there, all is.
    (folder / BEGUN).write_bytes(pickle.dumps(built))


def _put_back(folder: Path) -> Begun:
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / ROWS)) as rows:
        rows.backup(connection.connection)
    forget()
    shutil.copytree(folder / HOME, settings.CRAFFU_HOME, dirs_exist_ok=True)
    begun: Begun = pickle.loads((folder / BEGUN).read_bytes())  # noqa: S301  # what this run has just written
    return begun


@pytest.fixture
def force(begun: Begun) -> Force:
    return begun.force


@pytest.fixture
def browser_user(begun: Begun) -> Callable[[str], User]:
    return _maker(begun)


def _maker(begun: Begun) -> Callable[[str], User]:
    made = begun.users

    def make(right: str) -> User:
        if right not in made:
            by = acting_system(begun.force, "test")
            made[right] = create_user(by=by, username=right, name="Test Person", password=PASSWORD)
            change_right(by=by, user=made[right], right=right, held=True, reason="test")
            accept_terms(by=by, user=made[right])
        return made[right]

    return make


def shape_of(path: str) -> str:
    """Which page an address is of, whomever it is about and in whichever language."""
    return re.sub(r"\d+", "0", urlsplit(path).path.removeprefix("/cy") + "?" * ("?" in path))


# The pages that `test_every_page` looks into for what hinders anybody: elsewhere they are looked into in the deep run alone.
looked_into: set[str] = set()


@pytest.fixture
def site(begun: Begun, pytestconfig: pytest.Config) -> Site:
    assert begun.site is not None
    if not looked_into and not pytestconfig.getoption("--deep"):
        looked_into.update(shape_of(path) for paths in begun.site.paths().values() for path in paths)
    return begun.site


def _site(url: str, codes: Path, force: Force, folder: Path, browser_user: Callable[[str], User]) -> Site:
    """A story, a page of hostile text, a rejected and a parked row, a refused file: each state a page can be in."""
    system = acting_system(force, "test")
    take_in(by=system, kind="code-tables", paths=[codes])
    for name, files in stories.inboxes().items():
        inbox = folder / name
        inbox.mkdir()
        for file, data in files.items():
            (inbox / file).write_bytes(data)
        take_in(by=system, kind="court-results", paths=[inbox])

    def references(model: type) -> list[str]:
        return list(model.objects.for_system("a test").order_by("pk").values_list("reference", flat=True))

    victim = send_victim(system, folder)
    cases = references(Case)
    said = spoken(acting_user(browser_user("victim_officer")), victim, cases[-1], browser_user("advocate").username)
    keep_proposals(by=system, cases=Case.objects.for_system("a test").values_list("pk", flat=True))
    proposed = OrderProposal.objects.for_system("a test").order_by("pk")[0]
    team = acting_user(browser_user("orders_team"))
    order = order_of(team, cases[-1], clock.now(), "RO_CONV")
    paper = keep_paper(by=team, order=order.reference, kind="evidence", content=PNG)
    today = day_of(clock.now()).isoformat()
    reviewed(team, order, answers(protected(team, order), "declined", "vary", declined_on=today))
    person = people_of_records(team, [order.respondent_id])[order.respondent_id].reference
    manager = acting_user(browser_user("offender_manager"))
    planned(manager, person, manager.user)
    approved(acting_user(browser_user("supervisor")), person)
    officer = acting_user(browser_user("response_officer"))
    conditions = tuple(
        Condition.objects.for_user(team).filter(terms__order=order, number=1).values_list("pk", flat=True)
    )
    breach = reported(
        officer,
        person,
        clock.now(),
        order=order.reference,
        conditions=conditions,
        words="He rang her from a new number.",
    )
    invited = invite(
        by=acting_user(browser_user("victim_officer")), victim=victim, given=NewInvitation(Purpose.VIEW, Route.CODE)
    )
    scrutiny = acting_user(browser_user("scrutiny_officer"))
    taken_back = answered(scrutiny)
    withdraw_consent(by=scrutiny, interview=taken_back.reference, uses=frozenset({Use.KEEP}))
    ask_to_destroy_interview(by=scrutiny, interview=taken_back.reference)
    interview = answered(scrutiny, Whom.VICTIM)
    recommended_and_found(scrutiny, system)
    under_way(acting_user(browser_user("workforce_lead")))
    sample, to_freeze, given_out, reviews = sampled(system, scrutiny, browser_user, folder)
    document = came(team, content=PICTURE)
    read(team, document)
    listed(system, folder, line(ptiurn="63AA9"))
    manager = acting_user(browser_user("offender_manager"))
    scored_by(acting_user(browser_user("supervisor")), clock.now())
    scored = decided_on(manager, clock.now())
    figures_and_digest(system)
    supervisor = acting_user(browser_user("supervisor"))
    minutes = meetings.minuted(manager, supervisor)
    meeting = meetings.called(manager, supervisor, day_of(clock.now()))
    meetings.proposed(manager, meeting, scored)
    meetings.came(manager, meeting, undertook=False)
    score(system, *SourceRecord.objects.for_system("a test").order_by("id").values_list("pk", flat=True)[:2], 0.8)
    one_there(system, acting_user(browser_user("workforce_lead")))
    programme = VersionAccepted.objects.for_system("a test").get().pk
    post = Post.objects.for_system("a test").order_by("id")[0].pk
    return Site(
        url, references(Person), cases, references(Run), victim, said, proposed.case.reference, proposed.pk,
        order.reference, paper.pk, printed(team, order).pk, document.reference, protected(team, order),
        people_of_records(team, [order.respondent_id])[order.respondent_id].reference, breach.reference,
        invited.number, interview.reference, referred(scrutiny, interview).reference,
        sample, to_freeze, given_out, reviews,
        scored.reference, minutes, meeting, programme, post,
    )  # fmt: skip


def sampled(
    system: Acting, officer: Acting, browser_user: Callable[[str], User], folder: Path
) -> tuple[str, str, str, tuple[str, str]]:
    """Samples as far as they can be: judged by two, planned, and drawn, of which somebody has begun a review; and a panel."""
    analyst, volunteer = (acting_user(browser_user(right)) for right in ("analyst", "volunteer_reviewer"))
    samples.some_cases(system, folder, 1)
    done = samples.judged(officer, analyst, [volunteer, officer])
    samples.some_cases(system, folder, 3)
    planned = plan_sample(by=officer, given=samples.PLAN)
    drawn = samples.drawn(officer, analyst, [volunteer, officer], samples.PLAN)
    begun, fresh = [one.reference for one in samples.reviews_of(drawn, volunteer)][:2]
    samples.begun(volunteer, begun)
    sitting(officer, [volunteer], done)
    return done.reference, planned.reference, drawn.reference, (begun, fresh)


def cookies_of(username: str) -> list[tuple[str, str]]:
    """What a browser holds once the sign-in page has let somebody in."""
    client = Client()
    answer = client.post("/sign-in", {"username": username, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    return [(name, cookie.value) for name, cookie in client.cookies.items()]


@pytest.fixture
def open_as(browser: Browser, site: Site, browser_user: Callable[[str], User]) -> Iterator[Callable[..., Page]]:
    """A page of somebody's own browser, signed in, watched for anything the content policy refuses.

    The sign-in page itself is asked, and its answer put into the browser; by typing, where a test says so: it takes a second.
    """
    contexts: list[BrowserContext] = []

    def opened(right: str, *, width: int = 1280, scripts: bool = True, is_typed: bool = False) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        context.add_init_script(WATCH_POLICY + axe())
        page = context.new_page()
        if right:
            browser_user(right)
        if right and not is_typed:
            context.add_cookies([{"name": name, "value": value, "url": site.url} for name, value in cookies_of(right)])
        elif right:
            page.goto(f"{site.url}/sign-in")
            page.fill("[name=username]", right)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            # Whoever is an advocate and nothing else goes on to promises.
            page.wait_for_url(re.compile(rf"^{re.escape(site.url)}/(promises)?$"))
        return page

    yield opened
    for context in contexts:
        context.close()
