"""A possible breach is reported on its pages: what is not known is left, nothing is lost, and what follows is said (P08)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.breaches.ledger.queries import story_of_breach
from craffu.breaches.models import Breach
from craffu.cases.risk.actions import record_assessment
from craffu.cases.risk.facts import NewAssessment
from craffu.cases.risk.rules import Grade
from craffu.orders.models import Condition, Order, OrderProtects, OrderTrigger
from craffu.people.queries import people_of_records
from tests.factories.identities import record_of, score
from tests.factories.orders import MADE, order_of
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of, title_of
from tests.web.street.conftest import NOW, person_of
from tests.web.test_role_matrix import references_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WORDS = "He stood at the gate and shouted"


def path_of(order: Order) -> str:
    return f"/people/{person_of(order)}/breaches/new"


def filled(client: Client, path: str, **said: Any) -> dict[str, Any]:
    """A form as its page gives it, with what somebody says in it."""
    body = client.get(path).content.decode()
    given = dict(re.findall(r'type="hidden" name="(key|order)" value="([^"]*)"', body))
    assert set(given) == {"key", "order"}
    return {**given, "words": WORDS, **said}


def breaches() -> list[Breach]:
    return list(Breach.objects.for_system("a test").order_by("id"))


def protected_by(order: Order) -> int:
    return int(OrderProtects.objects.for_system("a test").get(order=order).record_id)


@pytest.mark.rule("BRC-06")
def test_a_report_is_made_in_three_taps_checked_and_confirmed_with_its_clock(
    served: Order, officer: Client, system: Acting, visit: Visit
) -> None:
    path = path_of(served)
    first = Condition.objects.for_system("a test").get(terms__order=served, number=1)
    said = filled(
        officer, path, conditions=[str(first.pk)], when="just_now", known="seen", through="directly",
        risk=str(protected_by(served)),
    )  # fmt: skip
    check = officer.post(path, {**said, "step": "check"})
    page = text_of(check)
    assert "Check your answers" in page
    assert "Which condition may be broken? 1. Not to contact the applicant by any means." in page
    assert "When? Just now" in page
    assert "How do you know? I saw it or found it" in page
    assert f"What happened? {WORDS}" in page
    assert breaches() == []
    sent = officer.post(path, {**said, "step": "send"})
    [breach] = breaches()
    assert sent.headers["Location"] == f"/breaches/{breach.reference}/reported"
    story = story_of_breach(system, breach)
    assert (breach.happened_from, breach.happened_to, breach.known_how, breach.through_others) == (
        NOW,
        NOW,
        "seen",
        False,
    )
    assert (breach.at_risk_now, breach.at_risk_id) == (True, protected_by(served))
    assert [(one.order_id, one.condition_id) for one in story.holding] == [(served.pk, first.pk)]
    assert [one.words for one in story.sources] == [WORDS]
    answer, rows = visit(officer, sent.headers["Location"])
    page = text_of(answer)
    assert title_of(answer) == f"Possible breach {breach.reference} is reported - Craffu"
    assert (
        "Somebody decides whether it is a breach by 24 November 2026, 16:00: within 4 hours, as nobody has assessed"
        in page
    )
    assert "nobody has taken it yet. Who works on it: Duty inspector, Investigator, Supervisor." in page
    assert (
        "Safeguarding contact is to be made: whoever is protected is to be reached by 24 November 2026, 16:00." in page
    )
    assert f"Heightened follow-up of {served.reference} has started, until 22 December 2026." in page
    assert "Somebody is at risk now: tell the control room." in page
    assert OrderTrigger.objects.for_system("a test").filter(order=served, trigger="possible_breach_raised").count() == 1
    assert [one.kind for one in rows] == ["breach_viewed"]
    assert WORDS not in rows[0].payload


@pytest.mark.rule("BRC-06")
def test_at_standard_risk_it_is_decided_within_twelve_hours_and_says_so(
    served: Order, officer: Client, make_user: Callable[..., Any]
) -> None:
    assert served.case is not None
    by = acting_user(make_user("investigator", username="hall"))
    grade = NewAssessment("S-DASH", "2009", "DPP-LIC-4", "doc-31", NOW - HOUR, Grade.MEDIUM)
    record_assessment(by=by, case=served.case.reference, given=grade)
    path = path_of(served)
    page = text_of(officer.post(path, {**filled(officer, path), "step": "send"}, follow=True))
    assert "by 25 November 2026, 00:00: within 12 hours, as the risk is not high." in page
    assert "reached by 25 November 2026, 12:00." in page


def test_with_several_orders_one_is_chosen_or_none_and_what_was_answered_travels_along(
    served: Order, officer: Client, team: Acting
) -> None:
    assert served.case is not None
    other = order_of(team, served.case.reference, MADE, "OCC")
    path = path_of(served)
    page = text_of(officer.get(path))
    assert f"Stalking protection order (full) {served.reference} In force. Until: Further order" in page
    assert "Not sure which order" in page
    assert other.reference in text_of(officer.get(f"{path}?order={other.reference}"))
    said = filled(officer, f"{path}?order={served.reference}", known="witness_says")
    again = officer.post(path, {**said, "step": "choose"}).content.decode()
    assert f'name="words" value="{WORDS}"' in again
    assert 'name="known" value="witness_says"' in again
    assert '<input type="hidden" name="step" value="change">' in again, "and back to the form"
    back = officer.post(path, {**said, "words": "", "step": "change"})
    assert "There is a problem" not in text_of(back)
    assert re.search(r'value="witness_says"[^>]*checked', back.content.decode())
    unsure = officer.post(
        path, {**{k: v for k, v in said.items() if k != "order"}, "order": "not_sure", "step": "check"}
    )
    assert "it is held against every one that bound them then" in text_of(unsure)
    assert "Which condition may be broken?" not in text_of(unsure), "conditions are of an order"


def test_nothing_but_words_is_asked_for_and_what_is_left_is_not_sure(
    served: Order, officer: Client, system: Acting
) -> None:
    path = path_of(served)
    said = filled(officer, path)
    page = text_of(officer.post(path, {**said, "step": "check"}))
    assert page.count("Not sure") == 5
    officer.post(path, {**said, "step": "send"})
    [breach] = breaches()
    assert (breach.known_how, breach.through_others, breach.at_risk_now, breach.at_risk_id) == ("", None, None, None)
    assert (breach.happened_from, breach.happened_to) == (MADE, NOW)
    [tie] = story_of_breach(system, breach).holding
    assert tie.flags == ["time_uncertain"]


def test_errors_keep_everything_and_lead_to_what_is_wrong(served: Order, officer: Client) -> None:
    path = path_of(served)
    said = filled(
        officer, path, when="on_a_day", on_day="24", on_month="11", on_year="2026", at="25:99", known="agency", words=""
    )
    answer = officer.post(path, {**said, "step": "check"})
    page = text_of(answer)
    assert title_of(answer).startswith("Error:")
    assert "Enter the time by the 24-hour clock, such as 14:30" in page
    assert "Say in a few words what happened" in page
    body = answer.content.decode()
    assert 'value="25:99"' in body
    assert re.search(r'value="agency"[^>]*checked', body)
    # A time that cannot be is said at once, and again where somebody sends what was never checked.
    for step in ("check", "send"):
        for wrong in ({"at": "18:00"}, {"at": "", "on_day": "25"}):
            later = officer.post(path, {**said, **wrong, "words": WORDS, "step": step})
            assert "That lies in the future. Check the time." in text_of(later), (step, wrong)
            assert "Check your answers" not in text_of(later)
            assert WORDS in text_of(later)
    assert breaches() == []
    no_day = officer.post(path, {**said, "on_day": "", "on_month": "", "on_year": "", "at": "", "step": "check"})
    assert "Enter the day, such as 24 11 2026" in text_of(no_day)


@pytest.mark.rule("SEC-04")
def test_each_page_leaves_one_row_that_names_exactly_what_it_shows(
    served: Order, officer: Client, team: Acting, visit: Visit
) -> None:
    assert served.case is not None
    path = path_of(served)
    said = filled(officer, path)
    order_of(team, served.case.reference, MADE, "OCC")
    asked: list[dict[str, Any]] = [{}, {"order": "not_sure"}, said, {**said, "words": ""}, {**said, "step": "choose"}]
    for post in asked:
        answer, rows = visit(officer, path, **post)
        assert [one.kind for one in rows] == ["breach_terms_now_viewed"], post
        logged = set(refs_said_by(rows[0]))
        assert logged == references_in(answer.content.decode()), post
        assert WORDS not in rows[0].payload
    sent = officer.post(path, {**said, "step": "send"}).headers["Location"]
    answer, [row] = visit(officer, sent)
    assert set(refs_said_by(row)) == references_in(answer.content.decode())


@pytest.mark.rule("BRC-01")
def test_the_same_form_sent_twice_is_one_breach_and_both_are_told_of_it(served: Order, officer: Client) -> None:
    path = path_of(served)
    said = {**filled(officer, path), "step": "send"}
    ways = [officer.post(path, said).headers["Location"] for _ in range(2)]
    assert len(set(ways)) == 1
    assert len(breaches()) == 1
    officer.post(path, {**filled(officer, path), "step": "send"})
    assert len(breaches()) == 2, "another form, another incident"


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"on_day": "23", "at": "21:00"}, "23 November 2026, 21:00"),
        ({"on_day": "23"}, "23 November 2026, at a time that is not known"),
        ({"at": "09:30"}, "24 November 2026, 09:30"),
        ({}, "Not sure"),
        ({"when": "not_sure", "on_day": "23", "at": "21:00"}, "Not sure"),
    ],
)
def test_a_day_or_a_time_that_was_entered_is_when_it_was_also_where_the_choice_above_was_left_out(
    served: Order, officer: Client, entered: dict[str, str], said: str
) -> None:
    """The form begins with today: as it was left, that says nothing."""
    path = path_of(served)
    begun = {"when": "", "on_day": "24", "on_month": "11", "on_year": "2026", "at": ""}
    answer = officer.post(path, filled(officer, path, **{**begun, **entered, "step": "check"}))
    assert f"When? {said} Change" in text_of(answer)


def test_a_day_alone_is_kept_as_one_and_never_reaches_ahead(served: Order, officer: Client) -> None:
    path = path_of(served)
    day = {"when": "on_a_day", "on_day": "24", "on_month": "11", "on_year": "2026"}
    said = filled(officer, path, **day)
    assert "24 November 2026, at a time that is not known" in text_of(officer.post(path, {**said, "step": "check"}))
    officer.post(path, {**said, "step": "send"})
    [breach] = breaches()
    assert (breach.is_day_only, breach.happened_from, breach.happened_to) == (True, NOW - 12 * HOUR, NOW)


@pytest.mark.rule("BRC-02")
def test_somebody_without_an_order_is_reported_all_the_same(served: Order, officer: Client, system: Acting) -> None:
    hers = OrderProtects.objects.for_system("a test").get(order=served).record_id
    person = person_of(type("O", (), {"respondent_id": hers})())  # whoever is protected has no order against them
    path = f"/people/{person}/breaches/new"
    assert "No order that you can see: it is kept as a report, and somebody decides." in text_of(officer.get(path))
    page = text_of(officer.post(path, {**filled(officer, path), "step": "send"}, follow=True))
    [breach] = breaches()
    assert story_of_breach(system, breach).holding == []
    assert "No order that you can see bound them then." in page
    assert "Safeguarding contact is to be made" not in page, "nobody is named whom anybody could reach"
    assert "tell the control room now who it is." in page
    assert "within 4 hours, as nobody has assessed the risk." in page


def test_another_persons_order_or_condition_in_the_form_is_none_of_the_answers(served: Order, officer: Client) -> None:
    path = path_of(served)
    said = filled(officer, path, conditions=["999999"], risk="999999")
    page = text_of(officer.post(path, {**said, "step": "send"}))
    assert "There is a problem" in page
    assert breaches() == []
    page = text_of(officer.post(path, {**filled(officer, path), "order": "O-99999", "step": "send"}))
    assert "Choose an order against this person, or that you are not sure which." in page
    assert WORDS in page
    assert breaches() == []


@pytest.mark.rule("SEC-02")
def test_a_report_is_held_against_an_order_that_is_shut_to_whoever_reports_and_they_are_told_nothing_of_it(
    served: Order,
    officer: Client,
    signed_in_client: Callable[..., Client],
    make_user: Callable[..., Any],
    system: Acting,
) -> None:
    assert served.case is not None
    restrict(by=acting_user(make_user("supervisor")), kind="case", reference=served.case.reference, reason="a test")
    path = path_of(served)
    assert served.reference not in officer.get(path).content.decode()
    answer = officer.post(path, {**filled(officer, path), "step": "send"}, follow=True)
    [breach] = breaches()
    assert [one.order_id for one in story_of_breach(system, breach).holding] == [served.pk]
    page = answer.content.decode()
    assert breach.reference in page
    assert served.reference not in page
    other = signed_in_client("response_officer", username="another")
    assert other.get(f"/breaches/{breach.reference}/reported").status_code == 404


def test_who_may_not_report_opens_none_of_it(
    served: Order, officer: Client, signed_in_client: Callable[..., Client]
) -> None:
    path = path_of(served)
    sent = officer.post(path, {**filled(officer, path), "step": "send"}).headers["Location"]
    for role in ("analyst", "auditor", "link_clerk", "commissioner_view", "probation_liaison"):
        client = signed_in_client(role, username=f"who-{role}")
        for at in (path, sent):
            assert client.get(at).status_code == 403, (role, at)
        assert client.post(path, {"words": WORDS, "step": "send"}).status_code == 403
    assert len(breaches()) == 1
    for role in ("victim_officer", "investigator"):
        assert signed_in_client(role, username=f"who-{role}").get(sent).status_code == 200, role


def test_each_page_is_in_welsh(served: Order, officer: Client) -> None:
    path = f"/cy{path_of(served)}"
    said = filled(officer, path)
    assert "Pa amod a all fod wedi’i dorri?" in text_of(officer.get(path))
    assert "Gwiriwch eich atebion" in text_of(officer.post(path, {**said, "step": "check"}))
    page = text_of(officer.post(path, {**said, "step": "send"}, follow=True))
    assert "o fewn 4 awr, gan nad oes neb wedi asesu’r risg." in page
    assert "22 Rhagfyr 2026" in page


@pytest.mark.rule("BRC-06")
def test_what_a_device_held_is_reported_at_once_as_of_when_it_was_said_and_once_however_often_it_is_sent(
    served: Order, officer: Client
) -> None:
    path = path_of(served)
    said = filled(officer, path, when="just_now", known="seen")
    held = {"X-Craffu-Held": "send", "X-Craffu-Held-For": "5400"}
    answers = [officer.post(path, said, headers=held) for _ in range(2)]
    [breach] = breaches()
    assert [one.status_code for one in answers] == [201, 201]
    assert {one.json()["to"] for one in answers} == {f"/breaches/{breach.reference}/reported"}
    assert (breach.happened_from, breach.raised_at) == (NOW - 90 * timedelta(minutes=1), NOW)


@pytest.mark.rule("IDN-03")
def test_what_a_device_held_under_a_reference_that_is_another_persons_since_is_reported_of_them(
    served: Order, officer: Client, system: Acting
) -> None:
    other = record_of(system, "other").pk
    path = f"/people/{people_of_records(system, [other])[other].reference}/breaches/new"
    held = {"X-Craffu-Held": "send", "X-Craffu-Held-For": "5400"}
    said = filled(officer, path, order=served.reference, when="just_now")
    score(system, served.respondent_id, other)
    assert [officer.post(path, said, headers=held).status_code for _ in range(2)] == [201, 201]
    [breach] = breaches()
    assert [one.order_id for one in story_of_breach(system, breach).holding] == [served.pk]


def test_what_a_device_held_and_is_not_whole_or_not_theirs_is_refused_and_nothing_is_shown(
    served: Order, officer: Client
) -> None:
    path = path_of(served)
    said = filled(officer, path, when="just_now")
    for wrong in ({"words": ""}, {"conditions": ["999999"]}, {"order": "O-99999"}):
        answer = officer.post(path, {**said, **wrong}, headers={"X-Craffu-Held": "send"})
        assert (answer.status_code, answer.json()) == (422, {}), wrong
    assert breaches() == []


@pytest.mark.parametrize(
    "seconds", ["", "-5", "1.5", "soon", "١٢", "123456789", pytest.param("60", id="by a browser, not by the script")]
)
def test_a_count_that_no_device_makes_or_no_script_sends_changes_no_time(
    seconds: str, served: Order, officer: Client
) -> None:
    path = path_of(served)
    said = {**filled(officer, path, when="just_now"), "step": "send"}
    by_script = {"X-Craffu-Held": "send"} if seconds != "60" else {}
    officer.post(path, said, headers={**by_script, "X-Craffu-Held-For": seconds})
    [breach] = breaches()
    assert breach.happened_from == NOW


def test_the_form_and_its_check_hold_one_entry_under_the_readers_own_keys(served: Order, officer: Client) -> None:
    path = path_of(served)
    said = filled(officer, path)
    pages = [officer.get(path).content.decode(), officer.post(path, {**said, "step": "check"}).content.decode()]
    assert len({re.findall(r'data-held="([^"]+)"', one)[0] for one in pages}) == 1
    for one in pages:
        assert f'data-held-open="{path}?order={served.reference}"' in one
        assert "call the control room now" in one
    assert said["key"] in pages[1]


def test_a_condition_is_marked_as_in_the_language_in_which_the_court_gave_it(served: Order, officer: Client) -> None:
    path = path_of(served)
    assert '<span lang="en">1. Not to contact' not in officer.get(path).content.decode()
    first = Condition.objects.for_system("a test").get(terms__order=served, number=1)
    said = filled(officer, f"/cy{path}", conditions=[str(first.pk)])
    for page in (officer.get(f"/cy{path}"), officer.post(f"/cy{path}", {**said, "step": "check"})):
        assert '<span lang="en">1. Not to contact' in page.content.decode()
