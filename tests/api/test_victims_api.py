"""Victims for programs: how each is safely reached, what is promised and due, contacts and views; never where she is reached."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.tokens.actions import approve_token, ask_for_token
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event
from craffu.common import clock
from craffu.orders.models import Order
from craffu.people.queries import contacts_of
from craffu.victims.agreements.actions import decline
from craffu.victims.agreements.queries import edit_version, versions_of
from craffu.victims.contacts.actions import promise_contact, record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.happenings.actions import record_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.models import Contact, View
from craffu.victims.voice.actions import answer_view
from craffu.victims.voice.facts import NewAnswer
from craffu.victims.voice.noticing import LASTS, carry
from craffu.victims.voice.queries import views_of
from tests.api import asking
from tests.factories.areas import two_areas
from tests.factories.records import one_more_of
from tests.factories.reviews import view_of
from tests.factories.victims import AGREED, agreed, send_victim, victim_of
from tests.web.orders.conftest import NOW

pytestmark = [pytest.mark.django_db]
VICTIMS, HER = "/api/v1/victims", "P-10002"
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
LIVES = [
    ("address", "5 Heol Canari, Llandeilo, SA19 6CC"),
    ("phone", "01792 496 0101"),
    ("email", "canari@example.org"),
]
# Parts of it, of her safe word and of what her page alone says.
BETRAYS = ("canari", "SA19", "496 0101", "mwyalchen", "not a word of the court", "knock twice", "a sister in wrexham")


@pytest.fixture
def officer(make_user: Callable[..., User], at_noon: None) -> Acting:
    return acting_user(make_user("victim_officer", username="looks.after"))


@pytest.fixture
def looks_after(made: Order, signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("victim_officer")


def told(client: Client, path: str = "", status: int = 200) -> dict[str, Any]:
    return asking.told(client, f"{VICTIMS}/{HER}{path}", status)


def send(client: Client, path: str, tag: str | None, **said: Any) -> Any:
    headers = {"If-Match": tag} if tag else {}
    return client.post(f"{VICTIMS}/{HER}{path}", json.dumps(said), content_type="application/json", headers=headers)


def tag(client: Client, path: str = "") -> str:
    return str(client.get(f"{VICTIMS}/{HER}{path}").headers["ETag"])


@pytest.mark.rule("VIC-01", "VIC-02", "VIC-04")
def test_before_anything_is_agreed_it_is_offered_and_then_it_says_what_is_safe_and_due(
    officer: Acting, looks_after: Client, signed_in_client: Callable[..., Client]
) -> None:
    with time_machine.travel(NOW + A_MINUTE, tick=False):
        nobody_asked = told(looks_after)
    assert nobody_asked["cases"] == ["C-10001"]
    assert (nobody_asked["safe_contact"], nobody_asked["agreement"]["stands"]) == (None, "none")
    assert [one["what"] for one in nobody_asked["due"]] == ["offer"]
    assert json.loads(looks_after.get(VICTIMS).content)["victims"] == []

    agreed(officer, HER, replace(AGREED, links=("text_message",), not_wanted=("charge",)))
    found = told(looks_after)
    assert found["safe_contact"] == {
        "channels": ["telephone", "text_message"], "times": [["09:00", "17:30"]], "safe_now": ["telephone", "text_message"],
        "may_leave_message": False, "at_any_hour": "text_message", "language": "cy", "says_more": True, "is_in_doubt": False,
    }  # fmt: skip
    assert found["agreement"] == {
        "stands": "agreed", "version": 1, "day": "2026-11-24", "frequency": "7", "links": ["text_message"],
        "asking": "each_time", "not_wanted": ["charge"], "survey": True, "next_revisit_on": "2026-12-22",
    }  # fmt: skip
    assert (found["entitlement"], found["contacts"], found["last_reached_at"]) == ("enhanced", 0, None)
    assert (found["promised"]["status"], found["promised"]["due_at"][:10]) == ("running", "2026-12-01")
    assert [one["what"] for one in found["due"]] == ["promise"]
    [line] = json.loads(looks_after.get(VICTIMS).content)["victims"]
    assert line == {"reference": HER, "stands": "agreed", "day": "2026-11-24", "promised": found["promised"]}
    with time_machine.travel(NOW + timedelta(hours=8), tick=False):
        assert told(signed_in_client("victim_officer"))["safe_contact"]["safe_now"] == [], "it is eight in the evening"


@pytest.mark.rule("VIC-01")
def test_what_was_declined_says_so_and_what_she_called_safe_before_stays(officer: Acting, looks_after: Client) -> None:
    agreed(officer, HER)
    seen = edit_version(versions_of(officer, victim_of(officer, HER).records))
    decline(by=officer, victim=HER, seen=seen)

    found = told(looks_after)

    assert (found["agreement"]["stands"], found["agreement"]["frequency"], found["agreement"]["version"]) == (
        "declined",
        "",
        2,
    )
    assert found["safe_contact"]["channels"] == ["telephone", "text_message"]
    assert json.loads(looks_after.get(VICTIMS).content)["victims"][0]["stands"] == "declined"


@pytest.mark.rule("VIC-05", "VIC-03")
def test_news_is_due_by_both_clocks_and_by_its_key_it_is_told_in_a_contact(
    officer: Acting, looks_after: Client
) -> None:
    agreed(officer, HER, now=NOW - 2 * A_DAY)
    for kind in (Happening.RELEASE_FROM_CUSTODY, Happening.ARREST):
        at = NOW - timedelta(hours=2)
        record_happening(by=officer, victim=HER, case="C-10001", given=NewHappening(kind, at, at))
    due = {one["what"]: one for one in told(looks_after)["due"]}
    assert set(due) >= {"safety_news", "code_news", "promise", "revisit"}
    assert (due["safety_news"]["why"], due["safety_news"]["status"]) == (["release_from_custody"], "missed")
    assert (due["safety_news"]["by"], due["safety_news"]["by_day"]) == ("2026-11-24T11:00:00Z", "2026-11-25")
    assert (due["code_news"]["why"], due["code_news"]["by"]) == (["arrest"], None)

    said = {"channel": "telephone", "at": NOW.isoformat(), "how": "reached", "told_of": [due["safety_news"]["key"]]}
    answer = send(looks_after, "/contacts", tag(looks_after), **said, told="He is out", response="Thank you")

    assert answer.status_code == 200, answer.content
    assert "safety_news" not in {one["what"] for one in json.loads(answer.content)["due"]}
    assert (json.loads(answer.content)["contacts"], json.loads(answer.content)["last_reached_at"]) == (
        1,
        "2026-11-24T12:00:00Z",
    )
    row = Contact.objects.for_system("a test").get()
    assert (row.told, row.response, row.was_reached, row.is_hers) == ("He is out", "Thank you", True, False)


@pytest.mark.rule("VIC-04")
def test_each_contact_says_how_it_went_and_which_promise_it_kept(officer: Acting, looks_after: Client) -> None:
    agreed(officer, HER, now=NOW - 2 * A_DAY)
    promise_contact(by=officer, victim=HER, due_at=NOW + A_MINUTE, now=NOW - A_DAY)
    for minute, how in enumerate(("tried", "hers", "reached")):
        at = (NOW - (4 - minute) * A_MINUTE).isoformat()
        assert send(looks_after, "/contacts", tag(looks_after), channel="telephone", at=at, how=how).status_code == 200
    left = {"channel": "telephone", "at": NOW.isoformat(), "how": "left_message"}
    assert send(looks_after, "/contacts", tag(looks_after), **left, anyway="made").status_code == 200
    danger = {"channel": "visit", "at": NOW.isoformat(), "how": "reached", "anyway": "danger", "language": "en"}
    promised = {"next_due_at": "2026-11-26T09:00:00+00:00"}
    assert send(looks_after, "/contacts", tag(looks_after), **danger, **promised).status_code == 200

    found = told(looks_after, "/contacts")

    assert [(one["how"], one["why_unsafe"], one["is_danger"]) for one in found["contacts"]] == [
        ("reached", ["channel_not_safe"], True), ("left_message", ["voicemail_not_allowed"], False), ("reached", [], False),
        ("hers", [], False), ("tried", [], False),
    ]  # fmt: skip
    kept = [one for one in found["promises"] if one["status"] == "kept"]
    assert [one["promise"] for one in kept] == [found["contacts"][2]["promise"]]
    assert (kept[0]["made_at"], kept[0]["is_breached"], kept[0]["excuse"]) == ("2026-11-24T11:58:00Z", False, None)
    assert [one["due_at"] for one in found["promises"]] == sorted(
        (one["due_at"] for one in found["promises"]), reverse=True
    )
    assert "2026-11-26T09:00:00Z" in {one["due_at"] for one in found["promises"]}
    assert (found["page"], found["pages"], found["total"]) == (1, 1, 5)


@pytest.mark.rule("VIC-02", "SEC-04")
def test_what_she_called_unsafe_is_refused_and_that_is_logged(officer: Acting, looks_after: Client) -> None:
    agreed(officer, HER)
    answer = send(looks_after, "/contacts", tag(looks_after), channel="letter", at=NOW.isoformat(), how="reached")

    assert (answer.status_code, json.loads(answer.content)["code"]) == (409, "contact_not_safe")
    assert not Contact.objects.for_system("a test").exists()
    rows = [json.loads(one) for one in Event.objects.values_list("payload", flat=True)]
    [refused] = [one for one in rows if one["kind"] == "victim_contact_refused"]
    assert (refused["verb"], refused["reason"]) == ("denied", "contact_not_safe")
    assert refused["refs"] == [f"person/{HER}", f"victim/{HER}"]


@pytest.mark.rule("VIC-08", "SEC-01")
def test_whoever_sees_a_part_is_told_how_she_is_safely_reached_and_reads_only_what_she_let_them(
    officer: Acting, made: Order, signed_in_client: Callable[..., Client]
) -> None:
    agreed(officer, HER)
    view_of(officer, made, "for you too")
    view_of(officer, made, "for those who look after me", may_see=())
    team = signed_in_client("orders_team")

    found = told(team)
    assert {name for name, value in found.items() if value is None} == {
        "agreement", "entitlement", "promised", "contacts", "last_reached_at", "due",
    }  # fmt: skip
    assert found["safe_contact"]["channels"] == ["telephone", "text_message"]
    words = {one["words"]: one["is_withheld"] for one in told(team, "/views")["views"]}
    assert words == {"for you too": False, None: True}
    told(team, "/contacts", status=403)
    assert {one["words"] for one in told(signed_in_client("victim_officer"), "/views")["views"]} == {
        "for you too", "for those who look after me",
    }  # fmt: skip


@pytest.mark.rule("VIC-08", "VIC-11")
def test_her_words_are_taken_once_the_notice_was_shown_to_her_by_whoever_takes_them(
    officer: Acting, looks_after: Client
) -> None:
    notice = told(looks_after, "/notice?language=cy")
    assert [one["language"] for one in notice["notices"]] == ["en", "cy"]
    assert all(len(one["readers"]) == 3 and one["title"] and one["begins"] and one["ends"] for one in notice["notices"])
    said = {"subject": "review", "words": "Rwy’n ofni.", "route": "in_person", "may_see": ["court"], "case": "C-10001"}
    by = acting_user(looks_after.user)  # type: ignore[attr-defined]
    with time_machine.travel(NOW - LASTS - A_MINUTE, tick=False):
        stale = carry(by, HER, "cy")
    for shown in ("", "forged", stale, carry(by, "P-10001", "cy"), carry(officer, HER, "cy")):
        refused = send(looks_after, "/views", None, **said, shown=shown)
        assert (refused.status_code, json.loads(refused.content)["code"]) == (409, "notice_not_shown"), shown
    assert not View.objects.for_system("a test").exists()

    with time_machine.travel(NOW + A_MINUTE, tick=False):
        answers = [send(looks_after, "/views", None, **said, shown=notice["shown"]) for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].content == answers[1].content, "sent twice it is kept once"
    [one] = told(looks_after, "/views")["views"]
    assert (one["view"], one["words"], one["language"], one["case"], one["may_see"]) == (
        json.loads(answers[0].content)["view"], "Rwy’n ofni.", "cy", "C-10001", ["court"],
    )  # fmt: skip
    assert (one["is_answered"], one["decided"], one["why"], one["told_at"]) == (False, None, None, None)
    changed = send(looks_after, "/views", '"another"', **said | {"words": "More"}, shown=notice["shown"])
    assert (changed.status_code, View.objects.for_system("a test").count()) == (412, 1)


@pytest.mark.rule("SEC-06", "VIC-09")
def test_T5_nothing_tells_where_she_can_be_reached_whoever_wrote_it_where(
    system: Acting, officer: Acting, made: Order, signed_in_client: Callable[..., Client]
) -> None:
    one_more_of(system, victim_of(officer, HER).record, *LIVES, key="hers", name=("Sian", "Rees"))
    assert len(contacts_of(officer, victim_of(officer, HER).records)) >= len(LIVES)
    where = "I live at 5 Heol Canari, Llandeilo, SA19 6CC; ring 01792 496 0101 or canari@example.org. I am afraid."
    agreed(
        officer,
        HER,
        replace(AGREED, urgent_words=f"knock twice at {where}", others_told=f"a sister in Wrexham, {where}"),
    )
    given = NewContact(channel="telephone", at=NOW, told=where, response=where)
    record_contact(by=officer, victim=HER, given=given)
    view_of(officer, made, where)
    [view] = views_of(officer, victim_of(officer, HER))
    answer_view(by=officer, victim=HER, view=view.number, given=NewAnswer(where, where), seen=view.answer_version)

    for role in ("victim_officer", "investigator", "supervisor", "orders_team", "offender_manager"):
        client = signed_in_client(role)
        for path in (
            VICTIMS,
            *(f"{VICTIMS}/{HER}{part}" for part in ("", "/contacts", "/views", "/notice?language=en")),
        ):
            answer = client.get(path)
            assert answer.status_code in {200, 403}
            body = answer.content.decode().casefold()
            assert [one for one in BETRAYS if one.casefold() in body] == [], (role, path)
        [said] = told(client, "/views")["views"]
        assert "I am afraid." in said["words"]
        assert "[...]" in said["decided"]
        assert "[...]" in said["why"]


@pytest.mark.rule("SEC-01", "SEC-02")
def test_T2_a_victim_whose_case_is_shut_is_a_stub_and_in_no_list(
    officer: Acting, made: Order, make_user: Callable[..., User], signed_in_client: Callable[..., Client]
) -> None:
    assert made.case is not None
    agreed(officer, HER)
    keeper = acting_user(make_user("supervisor", username="keeper"))
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test")
    client = signed_in_client("victim_officer")
    paths = ("", "/contacts", "/views", "/notice?language=en")
    for path in paths:
        assert told(client, path, status=403)["code"] == "restricted"
    listed = json.loads(client.get(VICTIMS).content)
    assert (listed["victims"], listed["total"]) == ([], 0)
    assert send(client, "/contacts", '"any"', channel="visit", at=NOW.isoformat(), how="tried").status_code == 403


@pytest.mark.rule("SEC-01", "SEC-02")
def test_T2_a_victim_whose_case_is_covert_is_nobody(
    officer: Acting, made: Order, make_user: Callable[..., User], signed_in_client: Callable[..., Client]
) -> None:
    assert made.case is not None
    agreed(officer, HER)
    keeper = acting_user(make_user("supervisor", username="keeper"))
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test", marking=COVERT)
    client = signed_in_client("victim_officer")
    absent = client.get(f"{VICTIMS}/P-999999")
    assert absent.status_code == 404
    for path in ("", "/contacts", "/views", "/notice?language=en"):
        assert client.get(f"{VICTIMS}/{HER}{path}").content == absent.content, path
    assert client.get(f"{VICTIMS}/P-10001").content == absent.content, "he is nobody's victim"
    assert json.loads(client.get(VICTIMS).content)["total"] == 0


@pytest.mark.rule("SEC-01")
def test_T2_a_victim_beyond_somebodys_area_is_a_stub_and_one_of_another_force_is_nobody(
    system: Acting, officer: Acting, made: Order, other_force: Force, signed_in_client: Callable[..., Client]
) -> None:
    assert made.case is not None
    agreed(officer, HER)
    with working_for(other_force.pk):
        theirs = signed_in_client("supervisor", "victim_officer", force=other_force)
        for path in (HER, f"{HER}/contacts", f"{HER}/views", f"{HER}/notice?language=en"):
            assert theirs.get(f"{VICTIMS}/{path}").status_code == 404, path
        for path in ("priority", "plan"):
            assert theirs.get(f"/api/v1/people/P-10001/{path}").status_code == 404, path
        assert json.loads(theirs.get(VICTIMS).content)["total"] == 0
    areas = two_areas(system)
    coordinator, northerner = signed_in_client("coordinator"), signed_in_client("supervisor")
    areas.place(acting_user(coordinator.user), made.case.reference, "south-1")  # type: ignore[attr-defined]
    areas.post(northerner.user, "north")  # type: ignore[attr-defined]
    areas.narrow("supervisor")
    refused = told(northerner, status=403)
    assert (refused["code"], "ask Test" in refused["detail"]) == ("elsewhere", True)
    assert json.loads(northerner.get(VICTIMS).content)["total"] == 0


@pytest.mark.rule("SEC-01")
def test_a_token_does_of_it_what_it_is_for(
    officer: Acting, made: Order, make_user: Callable[..., User], client: Client
) -> None:
    owner = acting_user(make_user("victim_officer", username="owner"), factor_at=clock.now())
    admin = acting_user(make_user("administrator", username="admin"), factor_at=clock.now())
    contact = {"channel": "telephone", "at": NOW.isoformat(), "how": "tried"}
    view = {"subject": "order", "words": "x", "route": "written", "shown": ""}

    def statuses(*scopes: str) -> list[int]:
        row, secret = ask_for_token(by=owner, purpose="A screen", scopes=scopes, days=1)
        approve_token(by=admin, reference=row.reference, reason="Agreed with them")
        asks = Client(headers={"Authorization": f"Bearer {secret}"})
        got = [asks.get(f"{VICTIMS}{path}") for path in ("", f"/{HER}", f"/{HER}/contacts", f"/{HER}/views")]
        got += [asks.get(f"{VICTIMS}/{HER}/notice?language=cy"), send(asks, "/contacts", '"x"', **contact)]
        return [one.status_code for one in (*got, send(asks, "/views", None, **view))]

    assert statuses("people.read") == [403] * 7
    assert statuses("victims.read") == [200, 200, 200, 403, 403, 403, 403]
    assert statuses("views.read") == [403, 403, 403, 200, 403, 403, 403]
    assert statuses("victims.write") == [403, 403, 403, 403, 403, 412, 403]
    assert statuses("views.write") == [403, 403, 403, 403, 200, 403, 409]


def test_more_victims_contacts_and_views_ask_the_database_no_more(
    system: Acting, officer: Acting, made: Order, looks_after: Client, tmp_path: Path
) -> None:
    agreed(officer, HER)
    view_of(officer, made)
    record_contact(by=officer, victim=HER, given=NewContact(channel="telephone", at=NOW))
    paths = (VICTIMS, f"{VICTIMS}/{HER}", f"{VICTIMS}/{HER}/contacts", f"{VICTIMS}/{HER}/views")

    def asked() -> list[int]:
        found = []
        for path in paths:
            looks_after.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert looks_after.get(path).status_code == 200
            found.append(len(queries))
        return found

    before = asked()
    for number in range(2, 6):
        agreed(officer, send_victim(system, tmp_path, number))
        record_contact(by=officer, victim=HER, given=NewContact(channel="telephone", at=NOW - number * A_MINUTE))
        view_of(officer, made, f"word {number}")
    assert asked() == before
    assert json.loads(looks_after.get(VICTIMS).content)["total"] == 5
