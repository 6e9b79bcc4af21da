"""Work queues and the first page: whose work is shown to whom, in which order, taken, given away, covered (MON-04; P01, P03)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from craffu.access.acting import Acting, acting_system
from craffu.access.actions import close_account, create_user
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event
from craffu.clocks.london import day_of
from craffu.daily.sources import SOURCES
from craffu.victims.due import SAFETY_NEWS as VICTIM_NEWS
from craffu.victims.happenings.kinds import Happening
from craffu.web import middleware
from craffu.web.home import presenters, rows
from craffu.web.work import views
from craffu.web.work.presenters import queue_href
from craffu.web.work.words import AWAY, BANDS, CONSEQUENCES, EMPTY, KINDS, QUEUES, REASSIGNED, TABS, WHYS
from craffu.work import queues
from craffu.work.actions import record_absence
from craffu.work.models import Absence, WorkItem, WorkStep
from craffu.work.queries import Tab, others_work, queue
from craffu.work.rules import Band, Consequence, Reassign, Why
from tests.factories.areas import Areas, two_areas
from tests.factories.court_messages import court_message
from tests.factories.dues import DAY, HOUR, told
from tests.factories.reviews import in_force
from tests.logged import refs_said_by
from tests.web.conftest import TakeIn, Visit, text_of
from tests.web.work.conftest import NOW, Holds

pytestmark = pytest.mark.rule("MON-04")

QUEUE = "/queues/assessments/tasks"


@pytest.fixture
def investigator(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("investigator", username="first")


@pytest.fixture
def supervisor(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("supervisor", username="boss")


def user_of(client: Client) -> User:
    return client.user  # type: ignore[attr-defined,no-any-return]


def cases_in(response: Any) -> list[str]:
    """The cases of the list's tasks, in order."""
    words = text_of(response)
    return [word for word in words.replace("Choose: ", "").split() if word.startswith("C-1")]


def seen(client: Client, tab: str, path: str = QUEUE, **asked: str) -> list[str]:
    found = client.get(path, {"tab": tab, **asked})
    assert found.status_code == 200
    return list(dict.fromkeys(cases_in(found)))


def item(number: int) -> WorkItem:
    found: WorkItem = WorkItem.objects.for_system("a test").get(about=f"C-{10000 + number}")
    return found


def test_the_worst_consequence_comes_first_then_the_longest_overdue_then_the_soonest_due(
    holds: Holds, investigator: Client
) -> None:
    holds(1, late=NOW + HOUR)
    holds(2, late=NOW - HOUR)
    holds(3, late=NOW - 30 * DAY, raised_at=NOW - 31 * DAY)
    holds(4, late=NOW + DAY)
    holds(5, late=NOW + 9 * DAY, what_if_not=Consequence.HARM_UNWARNED)
    holds(6, late=NOW - 90 * DAY, raised_at=NOW - 91 * DAY, what_if_not=Consequence.GOES_STALE)
    assert seen(investigator, "unassigned") == ["C-10005", "C-10003", "C-10002", "C-10001", "C-10004", "C-10006"]
    page = text_of(investigator.get(QUEUE, {"tab": "unassigned"}))
    assert "Overdue 24 November 2026, 11:00" in page
    assert "Unassigned (6)" in page
    assert "If not: Somebody may come to harm unwarned" in page
    assert "Longest wait 91 days" in page
    assert "Received this week 4" in page


def test_two_checks_of_one_order_are_told_apart_and_lead_each_to_its_own_form(
    holds: Holds,
    acting_as: Callable[..., Acting],
    signed_in_client: Callable[..., Client],
    tmp_path: Path,
    system: Acting,
) -> None:
    order = in_force(system, acting_as("orders_team"), tmp_path).reference
    named = {"kind": "order_check", "queue": "checks", "why": "check_high", "about": ("order", order)}
    holds(1, facts={"condition": "1"}, **named)
    holds(2, facts={"condition": "2"}, **named)
    holds(3, **named)
    page = signed_in_client("offender_manager").get("/queues/checks", {"tab": "unassigned"}).content.decode()
    for number in ("1", "2"):
        assert f"Check condition {number} of order {order}" in page
        assert f'href="/orders/{order}/checks/new?condition={number}"' in page
    assert f"Check a condition of order {order}" in page, "work that was raised before the condition was kept with it"


def test_each_tab_shows_whose_it_says(
    holds: Holds, investigator: Client, supervisor: Client, make_user: Callable[..., User]
) -> None:
    other = make_user("investigator")
    holds(1, owner=user_of(investigator))
    holds(2, owner=other)
    holds(3)
    assert (seen(investigator, "mine"), seen(investigator, "team")) == (["C-10001"], ["C-10001", "C-10002"])
    assert (seen(investigator, "unassigned"), seen(investigator, "cover")) == (["C-10003"], [])
    assert seen(investigator, "nonsense") == ["C-10001"]
    assert seen(supervisor, "mine") == []
    assert "You have nothing in this queue." in text_of(supervisor.get(QUEUE))
    assert "(rule VIC-04) If not: " in text_of(supervisor.get(f"{QUEUE}?tab=team")), "by which rule, and what if not"


def test_a_queue_is_narrowed_by_age_kind_and_owner(
    holds: Holds, investigator: Client, make_user: Callable[..., User]
) -> None:
    one, other = make_user("investigator"), make_user("investigator")
    holds(1, owner=one)
    holds(2, owner=one, raised_at=NOW - 3 * DAY)
    holds(3, owner=other, raised_at=NOW - 40 * DAY, kind="second_look", why="standard_grade")
    for asked, found in (
        ({}, ["C-10001", "C-10002", "C-10003"]),
        ({"band": "0-1"}, ["C-10001"]),
        ({"band": "2-7"}, ["C-10002"]),
        ({"band": "29"}, ["C-10003"]),
        ({"kind": "second_look"}, ["C-10003"]),
        ({"owner": str(one.pk)}, ["C-10001", "C-10002"]),
        ({"owner": str(one.pk), "band": "2-7"}, ["C-10002"]),
        ({"band": "nonsense", "owner": "-1"}, ["C-10001", "C-10002", "C-10003"]),
    ):
        assert seen(investigator, "team", **asked) == found, asked
    assert "None match these filters." in text_of(investigator.get(QUEUE, {"tab": "team", "band": "8-28"}))


def test_nobodys_work_is_taken_on_once(
    holds: Holds, investigator: Client, signed_in_client: Callable[..., Client]
) -> None:
    holds(1)
    second = signed_in_client("investigator", username="second")
    sent = {"take": str(item(1).pk)}
    assert investigator.post(f"{QUEUE}?tab=unassigned", sent).status_code == 302
    assert item(1).owner == user_of(investigator)
    refused = second.post(f"{QUEUE}?tab=unassigned", sent)
    assert (refused.status_code, item(1).owner) == (409, user_of(investigator))
    assert "Some of this work was done or changed meanwhile." in text_of(refused)
    steps = list(WorkStep.objects.for_system("a test").filter(step="took"))
    assert [(one.by, one.to) for one in steps] == [("first", user_of(investigator))]
    assert Event.objects.filter(kind="work_taken").count() == 1
    assert "case/C-10001" in Event.objects.get(kind="work_taken").payload


def test_a_supervisor_gives_work_to_somebody_with_a_reason(
    holds: Holds, supervisor: Client, investigator: Client
) -> None:
    holds(1, 2, 3)
    chosen = [str(item(number).pk) for number in (1, 2)]
    sent = {"items": chosen, "to": str(user_of(investigator).pk), "reason": "too_much"}
    assert supervisor.post(f"{QUEUE}?tab=unassigned", sent).status_code == 302
    assert seen(investigator, "mine") == ["C-10001", "C-10002"]
    logged = Event.objects.get(kind="work_reassigned")
    assert '"reason":"too_much"' in logged.payload.replace(" ", "")
    assert {one.reason for one in WorkStep.objects.for_system("a test").filter(step="reassigned")} == {"too_much"}
    back = {"items": chosen[:1], "to": "nobody", "reason": "mistake"}
    assert supervisor.post(QUEUE, back).status_code == 302
    assert item(1).owner is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose to whom"),
        ({"items": ["1"], "to": "nobody"}, "Choose why"),
        ({"to": "nobody", "reason": "mistake"}, "Choose at least one."),
        ({"items": ["nonsense"], "to": "nobody", "reason": "mistake"}, "Choose at least one."),
        ({"items": ["1"], "to": "999999", "reason": "mistake"}, "valid choice"),
    ],
)
def test_what_is_missing_is_asked_for(holds: Holds, supervisor: Client, sent: dict[str, Any], said: str) -> None:
    holds(1)
    page = supervisor.post(f"{QUEUE}?tab=unassigned", sent)
    assert page.status_code == 200
    assert said in text_of(page)
    assert "There is a problem" in text_of(page)
    assert not WorkStep.objects.for_system("a test").filter(step="reassigned").exists()


@pytest.mark.rule("SEC-01")
def test_only_a_supervisor_gives_work_away(holds: Holds, investigator: Client) -> None:
    holds(1)
    sent = {"items": [str(item(1).pk)], "to": str(user_of(investigator).pk), "reason": "mistake"}
    assert investigator.post(QUEUE, sent).status_code == 200
    assert item(1).owner is None
    assert "Give it to them" not in text_of(investigator.get(QUEUE, {"tab": "unassigned"}))


@pytest.mark.rule("SEC-01")
def test_work_is_given_only_to_whoever_works_on_it_and_may_open_its_record(
    holds: Holds, supervisor: Client, make_user: Callable[..., User], take_in_files: TakeIn
) -> None:
    take_in_files({"1.xml": court_message()})
    holds(1)
    outsider = make_user("investigator")
    restrict(by=acting_user(user_of(supervisor)), kind="case", reference="C-10001", reason="a test")
    sent = {"items": [str(item(1).pk)], "to": str(outsider.pk), "reason": "mistake"}
    refused = supervisor.post(QUEUE, sent)
    assert "Some of these records are not open to them." in text_of(refused)
    assert item(1).owner is None


@pytest.mark.rule("SEC-02")
def test_work_about_a_restricted_record_is_shown_to_nobody_who_is_not_let_in(
    holds: Holds, supervisor: Client, investigator: Client, take_in_files: TakeIn
) -> None:
    take_in_files({"1.xml": court_message()})
    holds(1, 2, owner=user_of(investigator), late=NOW - HOUR)
    restrict(by=acting_user(user_of(supervisor)), kind="case", reference="C-10001", reason="a test")
    assert seen(investigator, "mine") == ["C-10002"]
    assert "C-10001" not in text_of(investigator.get("/"))
    assert seen(supervisor, "team") == ["C-10001", "C-10002"]
    assert "(1)" in text_of(investigator.get(QUEUE))


@pytest.mark.rule("SEC-01")
def test_work_of_whoever_left_is_free_to_be_taken_on(
    holds: Holds, investigator: Client, supervisor: Client, force: Force, signed_in_client: Callable[..., Client]
) -> None:
    gone = user_of(signed_in_client("investigator", username="gone"))
    holds(1, owner=gone)
    assert cases_in(investigator.get(QUEUE, {"tab": "unassigned"})) == []
    with working_for(force.pk):
        close_account(by=acting_system(force, "a test"), user=gone, reason="Left the force")
    for client in (investigator, supervisor):
        page = client.get(QUEUE, {"tab": "unassigned"})
        assert set(cases_in(page)) == {"C-10001"}
        assert "Account closed: whoever works here can take it on" in text_of(page)
        assert cases_in(client.get(QUEUE, {"tab": "team"})) == []
        by = acting_user(user_of(client))
        [others] = [one for one in others_work(by, NOW, {}) if one.queue == "assessments"]
        assert (others.free, others.late, others.soon) == (1, 0, 0)
    item = WorkItem.objects.for_system("a test").get(of_case="C-10001")
    assert investigator.post(f"{QUEUE}?tab=unassigned", {"take": str(item.pk)}).status_code == 302
    item.refresh_from_db()
    assert item.owner == user_of(investigator)
    assert cases_in(investigator.get(QUEUE, {"tab": "mine"})) == ["C-10001"]


@pytest.mark.parametrize("cover", ["another queue's", "an account that was closed", "one of this queue"])
def test_cover_that_cannot_do_the_work_is_none_and_the_supervisor_sees_it(
    holds: Holds,
    investigator: Client,
    supervisor: Client,
    force: Force,
    signed_in_client: Callable[..., Client],
    cover: str,
) -> None:
    away, role = user_of(investigator), "victim_officer" if cover == "another queue's" else "investigator"
    holds(1, owner=away)
    covers = user_of(signed_in_client(role, username="cover"))
    today = day_of(NOW)
    with working_for(force.pk):
        record_absence(
            by=acting_user(user_of(supervisor)), who=away, first=today, last=today, cover=covers, why=Why.SICKNESS
        )
        if cover == "an account that was closed":
            close_account(by=acting_system(force, "a test"), user=covers, reason="Left the force")
    page = supervisor.get(QUEUE, {"tab": "cover"})
    is_covered = cover == "one of this queue"
    assert set(cases_in(page)) == (set() if is_covered else {"C-10001"})
    said = "Away today, covered" if is_covered else "Away today, nobody covers"
    assert said in text_of(supervisor.get(QUEUE, {"tab": "team"}))


@pytest.mark.parametrize("role", sorted({role for roles in queues.QUEUES.values() for role in roles}))
def test_whoever_is_given_work_sees_it_on_the_first_page(
    holds: Holds, signed_in_client: Callable[..., Client], role: str
) -> None:
    """A constable who is to serve an order, too."""
    key = next(key for key, roles in queues.QUEUES.items() if role in roles)
    worker = signed_in_client(role, username="worker")
    holds(1, owner=user_of(worker), queue=key)
    assert "C-10001" in text_of(worker.get("/"))


def test_work_beyond_somebodys_reach_is_not_shown_to_them(
    holds: Holds, system: Acting, signed_in_client: Callable[..., Client], acting_as: Callable[..., Acting],
    take_in_files: TakeIn,
) -> None:  # fmt: skip
    take_in_files({f"{n}.xml": court_message(ptiurn=f"63AA00{n:03}25", asn=f"2563AA01{n:011}K") for n in (1, 2)})
    areas: Areas = two_areas(system)
    client = signed_in_client("investigator")
    areas.post(user_of(client), "north")
    areas.narrow("investigator")
    coordinator = acting_as("coordinator")
    areas.place(coordinator, "C-10001", "north")
    areas.place(coordinator, "C-10002", "south")
    holds(1, 2)
    assert seen(client, "unassigned") == ["C-10001"]
    assert seen(signed_in_client("supervisor"), "unassigned") == ["C-10001", "C-10002"]


@pytest.mark.rule("SEC-01")
def test_another_forces_work_is_not_there(
    holds: Holds, other_force: Force, signed_in_client: Callable[..., Client]
) -> None:
    holds(1)
    stranger = signed_in_client("supervisor", force=other_force)
    assert seen(stranger, "unassigned") == []
    refused = stranger.post(QUEUE, {"take": str(item(1).pk)})
    assert (refused.status_code, item(1).owner) == (409, None)


def test_who_covers_has_the_others_work_for_those_days(
    holds: Holds, supervisor: Client, investigator: Client, make_user: Callable[..., User]
) -> None:
    away = make_user("investigator", username="away")
    holds(1, owner=away, late=NOW + HOUR)
    sent = {
        "who": "away", "first_day": "24", "first_month": "11", "first_year": "2026", "last_day": "25",
        "last_month": "11", "last_year": "2026", "why": "leave", "cover": "first",
    }  # fmt: skip
    assert supervisor.post("/queues/cover", sent).status_code == 302
    assert "Test away 24 November 2026 25 November 2026 On leave Test first" in text_of(supervisor.get("/queues/cover"))
    assert seen(investigator, "cover") == ["C-10001"]
    assert "Assess the risk in case C-10001" in text_of(investigator.get("/"))
    assert "For Test away" in text_of(investigator.get("/"))
    assert "Away today, covered" in text_of(investigator.get(QUEUE, {"tab": "team"}))
    by = acting_user(user_of(investigator))
    counts = [queue(by, "assessments", Tab.COVER, NOW + days * DAY).counts[Tab.COVER] for days in (-1, 0, 1, 2)]
    assert counts == [0, 1, 1, 0]
    assert supervisor.post("/queues/cover", sent | {"why": "sickness", "cover": ""}).status_code == 302
    assert (seen(investigator, "cover"), seen(supervisor, "cover")) == ([], ["C-10001"]), (
        "nobody covers: the supervisor"
    )
    assert "Away today, nobody covers" in text_of(supervisor.get(QUEUE, {"tab": "team"}))
    assert supervisor.post("/queues/cover", sent | {"why": "back", "cover": ""}).status_code == 302
    assert seen(supervisor, "cover") == []
    assert Absence.objects.for_system("a test").count() == 3
    assert Event.objects.filter(kind="absence_recorded").count() == 3


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"who": "nobody-here"}, "There is no such account."),
        ({"cover": "stranger"}, "There is no such account."),
        ({"cover": "away"}, "Somebody else covers for them."),
        ({"last_day": "23"}, "The last day must be the first day or later."),
        ({"first_day": "1", "last_day": "23"}, "The last day must be today or later."),
        ({"why": ""}, "Choose why"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(
    supervisor: Client, make_user: Callable[..., User], other_force: Force, said: dict[str, str], problem: str
) -> None:
    make_user("investigator", username="away")
    with working_for(other_force.pk):
        create_user(by=acting_system(other_force, "test"), username="stranger", name="Test stranger")
    sent = {
        "who": "away", "first_day": "24", "first_month": "11", "first_year": "2026", "last_day": "25",
        "last_month": "11", "last_year": "2026", "why": "leave", "cover": "",
    } | said  # fmt: skip
    page = supervisor.post("/queues/cover", sent)
    assert page.status_code == 200
    assert problem in text_of(page)
    assert not Absence.objects.for_system("a test").exists()


def test_todays_page_shows_what_is_theirs_and_a_row_for_each_queue_that_holds_more(
    holds: Holds, supervisor: Client, investigator: Client
) -> None:
    holds(1, owner=user_of(investigator), late=NOW - HOUR)
    holds(2, owner=user_of(investigator), late=NOW + HOUR)
    holds(3, owner=user_of(investigator), late=NOW + 5 * DAY)
    holds(4, owner=user_of(investigator), late=NOW + 8 * DAY)
    holds(5, late=NOW - HOUR)
    holds(6)
    page = text_of(investigator.get("/"))
    now, today, week = (page.index(words) for words in ("Do now (2)", "Due today (1)", "Next 7 days (1)"))
    assert now < page.index("in case C-10001") < today < page.index("in case C-10002") < week < page.index("C-10003")
    assert "C-10004" not in page
    assert "what nobody has in Risk assessments: 2 Overdue: 1" in page
    boss = text_of(supervisor.get("/"))
    assert "See to what others have not done in Risk assessments: 1" in boss
    assert "Others will soon be late in Risk assessments: 1" in boss
    assert "Risk assessments" in boss[boss.index("Queues") :]


def test_what_nobody_did_for_three_days_more_comes_to_the_inspector(
    holds: Holds, signed_in_client: Callable[..., Client], make_user: Callable[..., User]
) -> None:
    inspector = signed_in_client("response_officer", "duty_inspector")
    holds(1, owner=make_user("investigator"), late=NOW - 4 * DAY, raised_at=NOW - 9 * DAY)
    holds(2, owner=make_user("investigator"), late=NOW - 2 * DAY, raised_at=NOW - 9 * DAY)
    holds(3, owner=make_user("investigator"), late=NOW - 90 * DAY, raised_at=NOW - 99 * DAY)
    page = text_of(inspector.get("/"))
    assert "Do now (2)" in page
    assert "C-10002" not in page
    assert page.index("Assess the risk in case C-10001") < page.index("Assess the risk in case C-10003"), "missed last"


def test_where_more_is_due_than_is_read_the_number_says_so(
    holds: Holds, investigator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_OF_WORK", 11)
    monkeypatch.setattr(presenters, "MOST_OF_WORK", 11)
    for number in range(1, 13):
        holds(number, owner=user_of(investigator), late=NOW - HOUR)
    page = text_of(investigator.get("/"))
    assert "Do now (11 or more)" in page
    assert "View all (11 or more)" in page


def test_what_a_page_was_sent_is_settled_before_the_next_one(
    holds: Holds, investigator: Client, force: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Force] = []
    monkeypatch.setattr(middleware, "follow", lambda *, force: asked.append(force))
    holds(1)
    investigator.get("/")
    investigator.post(QUEUE, {"take": str(item(1).pk)})
    assert asked == [], "taking on work tells nobody above"

    taken = views.take_on

    def tells(**said: Any) -> None:
        taken(**said)
        told(force, ["1"], NOW)

    monkeypatch.setattr(views, "take_on", tells)
    holds(2)
    investigator.post(QUEUE, {"take": str(item(2).pk)})
    assert asked == [force]


def test_a_queue_asks_as_often_however_much_it_holds(holds: Holds, supervisor: Client) -> None:
    holds(1)
    supervisor.get(QUEUE, {"tab": "unassigned"})
    with CaptureQueriesContext(connection) as one:
        supervisor.get(QUEUE, {"tab": "unassigned"})
    holds(*range(2, 60))
    with CaptureQueriesContext(connection) as many:
        page = supervisor.get(QUEUE, {"tab": "unassigned"})
    assert len(one) == len(many) <= 25
    assert "Shown: 1 to 50 of 59" in text_of(page)


@pytest.mark.rule("B5")
@pytest.mark.parametrize("has_left", [False, True])
def test_whose_work_is_and_how_late_is_counted_from_an_index_alone(
    holds: Holds, supervisor: Client, investigator: Client, force: Force, *, has_left: bool
) -> None:
    """A first delivery leaves ninety thousand pieces of work that nobody has, and each row is wider than all that is asked."""
    holds(1, late=NOW - HOUR)
    holds(*range(2, 60), owner=user_of(investigator) if has_left else None)
    if has_left:
        with working_for(force.pk):
            close_account(by=acting_system(force, "a test"), user=user_of(investigator), reason="Left the force")
    by = acting_user(user_of(supervisor))
    with CaptureQueriesContext(connection) as asked:
        (found,) = others_work(by, NOW, {})
    assert (found.queue, found.free, found.free_late, found.late, found.soon) == ("assessments", 59, 1, 0, 0)
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if is_postgresql:
            # Of sixty rows, or of as few as it was told of last, it would read the table.
            for reads_rows in ("seqscan", "bitmapscan", "indexscan"):
                cursor.execute(f"SET LOCAL enable_{reads_rows} = off")
        of_work = [one for one in asked.captured_queries if 'FROM "work_workitem"' in one["sql"]]
        assert len(of_work) == 3
        for one in of_work:
            # The wall says whose rows may be read before the question itself.
            cursor.execute(("EXPLAIN " if is_postgresql else "EXPLAIN QUERY PLAN ") + one["sql"].rpartition("; ")[2])
            plan = " ".join(str(row[-1]) for row in cursor.fetchall())
            assert ("Index Only Scan using" if is_postgresql else "COVERING INDEX") + " work_item_whose" in plan
    assert len(asked) == 4


@pytest.mark.rule("SEC-04")
def test_the_log_names_every_record_whose_work_is_shown_and_a_victim_as_the_person_they_are(
    holds: Holds, investigator: Client, visit: Visit
) -> None:
    holds(1)
    holds(
        2,
        about=("victim", "P-10001"),
        kind=VICTIM_NEWS,
        why=Happening.REPORT.value,
        owner=user_of(investigator),
        late=NOW,
    )
    _page, (row,) = visit(investigator, f"{QUEUE}?tab=unassigned")
    assert set(refs_said_by(row)) == {"case/C-10001"}
    for path in (f"{QUEUE}?tab=mine", "/"):
        _page, (row,) = visit(investigator, path)
        assert set(refs_said_by(row)) == {"victim/P-10001", "person/P-10001"}, path


def test_a_queue_that_does_not_exist_is_not_found(supervisor: Client) -> None:
    assert supervisor.get("/queues/of-nothing").status_code == 404
    assert supervisor.get("/queues/promises").status_code == 200


def test_every_key_has_words_in_both_languages() -> None:
    assert set(QUEUES) == set(queues.QUEUES)
    assert (set(TABS), set(EMPTY), set(BANDS)) == (set(Tab), set(Tab), set(Band))
    assert (set(CONSEQUENCES), set(REASSIGNED), set(AWAY)) == (set(Consequence), set(Reassign), set(Why))
    assert {kind for source in SOURCES for kind in source.kinds} == set(KINDS)
    assert {why for source in SOURCES for why in source.whys} == set(WHYS)
    assert {one for source in SOURCES for one in source.queues} <= set(QUEUES)
    tables: list[Any] = [QUEUES, TABS, EMPTY, BANDS, CONSEQUENCES, REASSIGNED, AWAY, WHYS]
    texts = [text for table in tables for text in table.values()]
    texts += [text for kind in KINDS.values() for text in (kind.name, kind.task, kind.of_condition) if text]
    for text in texts:
        with translation.override("en"):
            english = str(text)
        with translation.override("cy"):
            assert str(text) != english, english
    assert queue_href("promises", tab="mine") == "/queues/promises?tab=mine"
