"""The pages about orders: the list, one order, and its words version by version (P11, P12)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from craffu.access.acting import Acting
from craffu.common.door import bookkeeping
from craffu.orders.facts import Given, NewTerms
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.life.states import EVERY_MOVE, OrderStatus
from craffu.orders.models import Order
from craffu.orders.noting.actions import note_notification, note_terms_given
from craffu.orders.papers.actions import keep_paper
from craffu.orders.queries import find_order, story_of_order
from craffu.orders.terms.actions import compare_terms, draft_terms
from craffu.web.orders import words
from craffu.web.orders.step_fields import STEPS
from tests.factories.orders import MADE, NO_CONTACT, NOT_TO_GO, PNG, REASON, considered, order_of, received, scanned
from tests.logged import refs_said_by
from tests.web.conftest import Visit, text_of, title_of
from tests.web.orders.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(signed_in_client: Callable[..., Client]) -> Client:
    return signed_in_client("orders_team")


def page(client: Client, order: Order, below: str = "") -> str:
    return text_of(client.get(f"/orders/{order.reference}{below}"))


@pytest.mark.rule("ORD-09")
def test_every_status_and_every_step_has_words() -> None:
    assert set(words.ORDER_STATUS) == set(OrderStatus)
    assert set(words.DONE) == set(EVERY_MOVE)
    assert set(STEPS) == set(words.STEPS)
    assert set(EVERY_MOVE) - set(STEPS) == {
        "open_consideration", "decide_apply", "decide_support", "decide_not_pursue", "defer", "reopen", "expire"
    }  # fmt: skip


@pytest.mark.rule("ORD-09")
def test_the_list_says_kinds_and_statuses_in_words_and_logs_every_order(
    signed_in_client: Callable[..., Client], made: Order, visit: Visit
) -> None:
    answer, rows = visit(signed_in_client("supervisor"), "/orders")
    kind = "Stalking protection order (full)"
    assert f"O-10001 Sian Mair Rees P-10001 {kind} Made, not served Further order C-10001" in text_of(answer)
    assert [row.kind for row in rows] == ["orders_listed"]
    assert {"order/O-10001", "case/C-10001", "person/P-10001"} <= set(refs_said_by(rows[0]))
    cy = text_of(signed_in_client("investigator").get("/cy/orders"))
    assert "Gorchymyn diogelu rhag stelcio" in cy
    assert "Wedi’i wneud, heb ei gyflwyno" in cy


@pytest.mark.rule("ORD-12")
def test_the_three_answers_stand_apart_before_and_after_service(officer: Client, made: Order, team: Acting) -> None:
    before = page(officer, made)
    assert "In force now? Yes. It has taken effect and has not ended." in before
    assert "Enforceable from Not yet. It is not recorded as served, nor that the respondent knows of it." in before
    assert "Force policy asks for service or proof that the respondent knew; the law does not wait for it." in before
    assert "A breach is A criminal offence." in before
    served = Given(served_at=NOW - timedelta(hours=1), place="home", method="personal", server="PC", proof="Statement")
    move_order(by=team, order=made.reference, move="serve", given=served)
    after = page(officer, made)
    assert "Enforceable from 24 November 2026, 11:00." in after
    welsh = text_of(officer.get(f"/cy/orders/{made.reference}"))
    assert "Gellir ei orfodi o 24 Tachwedd 2026, 11:00." in welsh
    assert "First notification by the respondent Service 24 November 2026, 11:00 The first day counts." in after
    assert "26 November 2026 Runs Law Stalking Protection Act 2019 s.9(1)" in after


@pytest.mark.rule("ORD-12")
@pytest.mark.parametrize(
    ("kind", "without_notice", "wanted"),
    [
        ("NMO", True, "The law asks that the respondent knew, or was served."),
        ("NMO", False, "Force policy asks for service or proof that the respondent knew"),
        ("OCC", False, "Not an offence: contempt of court."),
        ("DVPO", False, "Not an offence: a civil breach"),
    ],
)
def test_what_a_breach_is_and_whether_law_asks_for_awareness_is_said_by_kind(
    kind: str, without_notice: bool, wanted: str, officer: Client, system: Acting, team: Acting, tmp_path: Path
) -> None:
    order = considered(system, tmp_path, kind)
    received(team, order.reference, MADE, is_without_notice=without_notice)
    assert wanted in page(officer, order)


@pytest.mark.rule("CLK-09")
@pytest.mark.parametrize(
    ("kind", "last_day", "wanted"),
    [
        ("SPO", date(2027, 11, 19), "lasts until 19 November 2028 at least, and this one ends sooner"),
        ("SPO", date(2028, 11, 19), ""),
        ("SPO", None, ""),
        ("DVPO", date(2027, 1, 19), "lasts until 17 December 2026 at most, and this one ends later"),
        ("DVPO", None, "has an end, and this one is recorded as having none"),
    ],
)
def test_an_end_that_the_law_does_not_know_is_to_be_asked_about_and_kept(
    kind: str, last_day: date | None, wanted: str, officer: Client, system: Acting, team: Acting, tmp_path: Path,
    signed_in_client: Callable[..., Client],
) -> None:  # fmt: skip
    order = received(team, considered(system, tmp_path, kind).reference, MADE, last_day=last_day)
    said, cymraeg = page(officer, order), text_of(officer.get(f"/cy/orders/{order.reference}"))
    assert order.last_day == last_day
    assert ("the court" in said and wanted in said) if wanted else "Ask the court whether its last day" not in said
    assert ("yn ôl y gyfraith" in cymraeg.lower()) is bool(wanted)
    assert "By law an order" not in page(signed_in_client("response_officer"), order), "it is for whoever can ask"


@pytest.mark.rule("CLK-14")
def test_the_clocks_say_whose_limits_they_are_and_which_nobody_confirmed(officer: Client, made: Order) -> None:
    said = page(officer, made)
    assert "Serve the order The making of the order 20 November 2026, 11:00" in said
    assert "21 November 2026 Unserved Force policy" in said
    assert "No discharge without consent The making of the order 20 November 2026, 11:00 The first day counts." in said
    assert "19 November 2028 Locked Law Stalking Protection Act 2019 s.4(4)(b)" in said
    assert "Crown Court Rules 1982 r.7 Not confirmed Get legal advice" in said
    assert said.count("Not confirmed") == 1


@pytest.mark.rule("CLK-03")
@pytest.mark.rule("VIC-06")
@pytest.mark.parametrize("welsh", [False, True])
@pytest.mark.parametrize(("after", "english", "cymraeg"), [
    (None, "Not done", "Heb ei wneud"), (timedelta(hours=1), "Kept", "Cadwyd"), (timedelta(days=4), "Late", "Hwyr"),
])  # fmt: skip
def test_whether_the_respondent_notified_and_the_victim_has_the_terms_stands_with_their_clocks(
    after: timedelta | None, english: str, cymraeg: str, welsh: bool, officer: Client, made: Order, team: Acting
) -> None:
    given = Given(served_at=MADE, place="home", method="personal", server="PC Rees", proof="Statement")
    move_order(by=team, order=made.reference, move="serve", given=given)
    (victim,) = story_of_order(team, find_order(team, made.reference)).protected
    if after is not None:
        note_notification(by=team, order=made.reference, at=MADE + after)
        note_terms_given(by=team, order=made.reference, record=victim, at=MADE + after)
    body = officer.get(f"{'/cy' if welsh else ''}/orders/{made.reference}").content.decode()
    rows = [
        " ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]
    with override("cy" if welsh else "en"):
        names = [str(words.CLOCKS[name]) for name in ("spo-initial-notification", "order-terms-to-victim")]
    found = [row for row in rows if row.startswith(tuple(names))]
    assert len(found) == 2
    assert all((cymraeg if welsh else english) in row for row in found), found


@pytest.mark.rule("CLK-06")
@pytest.mark.parametrize(
    ("served", "notified", "english", "cymraeg"),
    [
        (timedelta(days=1), None, "Not done", "Heb ei wneud"),
        (timedelta(days=1), timedelta(days=4), "Late Done 24 November 2026", "Hwyr Gwnaed 24 Tachwedd 2026"),
        (timedelta(days=4), None, "Over Served only on 24 November 2026: no breach is presumed.",
         "Wedi dod i ben Ni chafodd ei gyflwyno tan 24 Tachwedd 2026: ni ragdybir toriad."),
        (timedelta(days=3, hours=23), timedelta(days=4),
         "Late Done 24 November 2026 Served only on 24 November 2026: no breach is presumed.",
         "Hwyr Gwnaed 24 Tachwedd 2026 Ni chafodd ei gyflwyno tan 24 Tachwedd 2026: ni ragdybir toriad."),
        (None, None, "Over Not served by the last day: no breach is presumed.",
         "Wedi dod i ben Heb ei gyflwyno erbyn y diwrnod olaf: ni ragdybir toriad."),
    ],
)  # fmt: skip
def test_a_dapo_whose_time_ran_out_before_service_presumes_no_breach(
    served: timedelta | None, notified: timedelta | None, english: str, cymraeg: str, officer: Client, made: Order, team: Acting
) -> None:  # fmt: skip
    assert made.case is not None
    order = scanned(team, order_of(team, made.case.reference, MADE, "DAPO"))
    if served is not None:
        given = Given(served_at=MADE + served, place="home", method="personal", server="PC Rees", proof="Statement")
        move_order(by=team, order=order.reference, move="serve", given=given)
    if notified is not None:
        note_notification(by=team, order=order.reference, at=MADE + notified)
    name, cy = "First notification by the respondent", "Hysbysiad cyntaf gan yr atebydd"
    last = "22 November 2026 "
    assert last + english in page(officer, order).partition(name)[2].partition("Law")[0]
    there = text_of(officer.get(f"/cy/orders/{order.reference}"))
    assert f"22 Tachwedd 2026 {cymraeg}" in there.partition(cy)[2].partition("Cyfraith")[0]


@bookkeeping
def _as_it_came(order: Order, **said: object) -> None:
    Order.objects.for_system("a test").filter(pk=order.pk).update(**said)


@pytest.mark.rule("CLK-07")
@pytest.mark.parametrize(
    ("kind", "applied_on", "move", "given", "english", "cymraeg"),
    [
        ("DVPO", None, "", None, "No hearing recorded", "Dim gwrandawiad wedi’i gofnodi"),
        ("DVPO", "21", "adjourn", {"hearing_on": date(2026, 11, 21), "next_hearing_on": date(2026, 12, 1)},
         "Kept First hearing recorded: 21 November 2026, adjourned",
         "Cadwyd Y gwrandawiad cyntaf a gofnodwyd: 21 Tachwedd 2026, gohiriwyd"),
        ("DVPO", "20", "refuse", {"refused_on": date(2026, 11, 23), "court": "Llanelli", "reason_text": REASON},
         "Heard First hearing recorded: 23 November 2026, order refused "
         "That is the day on which the hours end. No hour within them is recorded.",
         "Clywyd Y gwrandawiad cyntaf a gofnodwyd: 23 Tachwedd 2026, gwrthodwyd y gorchymyn "
         "Dyna’r diwrnod y daw’r oriau i ben. Ni chofnodwyd awr o’u mewn."),
        ("DVPO", None, "receive", {"at": MADE + timedelta(days=4)},
         "Late First hearing recorded: 24 November 2026, order made",
         "Hwyr Y gwrandawiad cyntaf a gofnodwyd: 24 Tachwedd 2026, gwnaed y gorchymyn"),
        # Applied for before the notice was given: of another matter, and not what is heard after it.
        ("DVPO", "19", "adjourn", {"hearing_on": date(2026, 11, 21), "not_fixed": True}, "No hearing recorded",
         "Dim gwrandawiad wedi’i gofnodi"),
        ("SPO", "21", "adjourn", {"hearing_on": date(2026, 11, 21), "not_fixed": True}, "No hearing recorded",
         "Dim gwrandawiad wedi’i gofnodi"),
    ],
)  # fmt: skip
def test_the_hearing_after_a_notice_says_what_is_recorded_of_it(
    kind: str, applied_on: str | None, move: str, given: dict[str, Any] | None, english: str, cymraeg: str,
    officer: Client, made: Order, team: Acting,
) -> None:  # fmt: skip
    assert made.case is not None
    notice = order_of(team, made.case.reference, MADE, "NMO", last_day=date(2026, 12, 20))
    _as_it_came(notice, kind="DVPN", status="in_force", served_at=MADE)
    if given is not None:
        beginning = Beginning(kind=kind, respondent=made.respondent, case=made.case)
        application = begin_order(by=team, beginning=beginning, move="open_consideration", given=Given())
        if applied_on is not None:
            _as_it_came(application, status="applied", applied_on=date(2026, 11, int(applied_on)))
        if move == "receive":
            received(team, application.reference, last_day=date(2026, 12, 10), is_indefinite=None, **given)
        else:
            move_order(by=team, order=application.reference, move=move, given=Given(**given))
    name, cy = "Hearing after the notice", "Gwrandawiad ar ôl yr hysbysiad"
    assert f"23 November 2026 {english} Law" in page(officer, notice).partition(name)[2]
    there = text_of(officer.get(f"/cy/orders/{notice.reference}"))
    assert f"23 Tachwedd 2026 {cymraeg} Cyfraith" in there.partition(cy)[2]


@pytest.mark.rule("CLK-07")
def test_a_notice_that_has_ended_shows_its_clocks_as_they_ended_and_another_order_none(
    officer: Client, made: Order, team: Acting
) -> None:
    assert made.case is not None
    notice = order_of(team, made.case.reference, MADE, "NMO", last_day=date(2026, 12, 20))
    _as_it_came(notice, kind="DVPN", status="superseded", served_at=MADE, ended_at=MADE + timedelta(days=1))
    said = page(officer, notice).partition("It has ended, and none of these clocks runs any more.")[2]
    assert "Hearing after the notice" in said
    assert "23 November 2026 Not run out when it ended Law" in said
    assert "Runs" not in said.partition("Conditions")[0]
    there = text_of(officer.get(f"/cy/orders/{notice.reference}"))
    assert "23 Tachwedd 2026 Heb redeg allan pan ddaeth i ben Cyfraith" in there.partition("Mae wedi dod i ben")[2]
    _as_it_came(notice, kind="NMO")
    assert "No clock runs for this order now." in page(officer, notice)


@pytest.mark.rule("CLK-07")
def test_no_court_is_asked_to_change_a_notice(
    made: Order, team: Acting, signed_in_client: Callable[..., Client]
) -> None:
    assert made.case is not None
    client, asked = (
        signed_in_client("orders_team"),
        ("Record that somebody asked a court to relax or end it", "refused to change it"),
    )
    order = order_of(team, made.case.reference, MADE, "NMO", last_day=date(2026, 12, 20))
    _as_it_came(order, status="in_force", served_at=MADE)
    assert [one in page(client, order) for one in asked] == [True, True]
    _as_it_came(order, kind="DVPN")
    assert [one in page(client, order) for one in asked] == [False, False]


@pytest.mark.rule("ORD-18")
def test_the_card_says_how_many_fields_it_lacks_and_which(officer: Client, made: Order) -> None:
    said = page(officer, made)
    assert "Card incomplete (6)" in said
    for lacking in ("Who manages it", "Next review", "Entry in the national systems", "Proof of service"):
        assert lacking in said


@pytest.mark.rule("ORD-16")
@pytest.mark.rule("ORD-09")
def test_only_what_is_allowed_is_a_button_and_the_rest_is_said_with_its_reason(
    officer: Client, signed_in_client: Callable[..., Client], made: Order
) -> None:
    body = officer.get(f"/orders/{made.reference}").content.decode()
    offered = {one for one in STEPS if f'href="/orders/{made.reference}/steps/{one}"' in body}
    assert offered == {"attempt_service", "serve", "record_awareness", "vary", "discharge", "quash", "correct_end"}
    said = page(officer, made)
    assert (
        "Up to and including 19 November 2028 the respondent and every chief officer concerned have to consent" in said
    )
    assert "Not from how the order stands: Ask for authorisation" in said
    other = page(signed_in_client("supervisor"), made)
    assert "Record a variation: Others make this step: Civil orders team, Court liaison" in other


def test_no_step_is_said_only_where_nothing_can_be_recorded_either(
    signed_in_client: Callable[..., Client], made: Order, team: Acting
) -> None:
    given = Given(served_at=MADE, place="home", method="personal", server="PC Rees", proof="Statement")
    move_order(by=team, order=made.reference, move="serve", given=given)
    none = "There is no step that you can take now."
    said = page(signed_in_client("response_officer"), made)
    assert "Record a notification by the respondent" in said
    assert none not in said
    assert none in page(signed_in_client("authoriser"), made)


@pytest.mark.rule("BIL-01")
def test_a_condition_is_marked_as_in_the_language_in_which_the_court_gave_it(officer: Client, made: Order) -> None:
    for at in (f"/cy/orders/{made.reference}", f"/cy/orders/{made.reference}/conditions"):
        body = officer.get(at).content.decode()
        assert f'<blockquote class="craffu-quote" lang="en">{NO_CONTACT.words}' in body, at


@pytest.mark.rule("SEC-01")
def test_a_response_officer_sees_the_words_and_the_service_and_nothing_else(
    signed_in_client: Callable[..., Client], made: Order, team: Acting, visit: Visit
) -> None:
    sealed = keep_paper(by=team, order=made.reference, kind="sealed_order", content=PNG)
    advice = keep_paper(by=team, order=made.reference, kind="advice", content=PNG)
    client = signed_in_client("response_officer")
    said = page(client, made)
    for wanted in (
        "Not to contact the applicant by any means.",
        "Service",
        "Not checked",
        "Record service",
        "In force now?",
    ):
        assert wanted in said
    for kept in ("Clocks", "Papers", "Moves", "Chain", "Card incomplete", "C-10001", "Record a variation"):
        assert kept not in said
    image, rows = visit(client, f"/orders/{made.reference}/papers/{sealed.pk}")
    assert image.status_code == 200
    assert [row.kind for row in rows] == ["order_paper_opened"]
    assert client.get(f"/orders/{made.reference}/papers/{advice.pk}").status_code == 403
    assert client.get("/orders").status_code == 403


@pytest.mark.rule("ORD-20")
def test_a_paper_is_shown_in_place_with_headers_that_let_it_do_nothing(
    officer: Client, made: Order, team: Acting
) -> None:
    paper = keep_paper(by=team, order=made.reference, kind="sealed_order", content=PNG, title="Order of Dewi Example")
    answer = officer.get(f"/orders/{made.reference}/papers/{paper.pk}")
    assert answer.content == PNG
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'inline; filename="{made.reference}-sealed_order"'
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Dewi" not in str(answer.headers)


@pytest.mark.rule("ORD-15")
@pytest.mark.rule("ORD-20")
def test_a_variation_is_read_word_by_word_and_its_terms_are_not_checked_again(
    officer: Client, made: Order, team: Acting, acting_as: Callable[..., Acting]
) -> None:
    paper = keep_paper(by=team, order=made.reference, kind="sealed_order", content=PNG)
    other = acting_as("investigator")
    compare_terms(by=other, order=made.reference, number=1, paper=paper.pk, is_same=True)
    assert f"Compared {other.user.name}, 24 November 2026, 12:00" in page(officer, made)
    wider = replace(NOT_TO_GO, words="Not to go to the school in Heol Newydd or Heol Hir.")
    watching = replace(NO_CONTACT, type="no_surveillance", words="Not to follow Sian Rees.")
    varied = Given(varied_on=NOW.date(), applicant="respondent", reason_text="x", terms=NewTerms((wider, watching)))
    move_order(by=team, order=made.reference, move="vary", given=varied)
    said = page(officer, made, "/conditions")
    assert "Not checked" in said
    assert "Removed: Not to contact the applicant by any means." in said
    assert "Added: Not to follow Sian Rees." in said
    body = officer.get(f"/orders/{made.reference}/conditions").content.decode()
    assert '<del><span class="govuk-visually-hidden">removed: </span> Newydd.</del>' in body
    assert '<ins><span class="govuk-visually-hidden">added: </span> Newydd or Heol Hir.</ins>' in body
    same = page(officer, made, "/conditions?before=1&after=1")
    assert "Changed:" not in same
    assert "The same" in same


@pytest.mark.rule("ORD-14")
def test_vague_words_of_a_draft_are_pointed_out_beside_them(
    officer: Client, being_considered: Order, team: Acting
) -> None:
    vague = replace(NO_CONTACT, words="Not to behave unreasonably near the victim.")
    draft_terms(by=team, order=being_considered.reference, given=NewTerms((vague,)))
    said = page(officer, being_considered, "/conditions")
    assert "Vague: “unreasonably”: What counts as this is left open" in said
    assert "Vague: “near”: It does not say how far or where" in said


@pytest.mark.rule("SEC-04")
def test_no_words_of_people_stand_in_a_title_or_the_log(officer: Client, made: Order, visit: Visit) -> None:
    for below in ("", "/conditions", "/steps/serve", "/compare"):
        answer, rows = visit(officer, f"/orders/{made.reference}{below}")
        assert made.reference in title_of(answer)
        assert len(rows) == 1
        for words_of_people in ("Rees", "Heol Newydd", "Forty calls"):
            assert words_of_people not in title_of(answer) + rows[0].payload


def test_T35_the_number_of_queries_does_not_grow_with_orders_moves_or_conditions(
    officer: Client, made: Order, team: Acting, system: Acting, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    paths = ("/orders", f"/orders/{made.reference}", f"/orders/{made.reference}/conditions")
    officer.get("/orders")
    few = []
    for path in paths:
        with django_assert_max_num_queries(56) as queries:
            officer.get(path)
        few.append(len(queries))
    for number in range(2, 5):
        considered(system, tmp_path, number=number)
        attempt = Given(attempted_at=NOW, result="not_found", place="home")
        move_order(by=team, order=made.reference, move="attempt_service", given=attempt)
        varied = Given(
            varied_on=NOW.date(), applicant="respondent", reason_text="x", terms=NewTerms((NO_CONTACT,) * number)
        )
        move_order(by=team, order=made.reference, move="vary", given=varied)
        keep_paper(by=team, order=made.reference, kind="evidence", content=PNG + bytes([number]))
    many = []
    for path in paths:
        with django_assert_max_num_queries(56) as queries:
            officer.get(path)
        many.append(len(queries))
    assert many == few, (few, many)
