"""The page at a door: every order that stands, how sure its words are, what a breach of it is, and nothing hidden (P07)."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.breaches.detecting.facts import Reported
from craffu.breaches.ledger.reporting import report_breach
from craffu.breaches.permissions import MEET
from craffu.cases.models import Case
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order, OrderProposal, OrderProtects
from craffu.orders.papers.actions import keep_paper
from craffu.orders.proposing.actions import keep_proposals, refuse_proposal
from craffu.orders.terms.actions import compare_terms
from craffu.people.models import Membership, SourceRecord
from craffu.web.street.presenters import feeds
from tests.factories.breaches import send_incident
from tests.factories.court_messages import case, defendant, message, offence, result
from tests.factories.extracts import row, write
from tests.factories.identities import joined_to, scattered
from tests.factories.orders import EIGHT, MADE, NO_CONTACT, PNG, TERMS, as_kind, order_of
from tests.factories.records import one_more_of
from tests.factories.stories import held_back
from tests.integration.breaches.test_detecting import sent
from tests.logged import refs_said_by
from tests.web.conftest import TakeIn, Visit, text_of, title_of
from tests.web.street.conftest import NOW, person_of
from tests.web.test_role_matrix import references_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST_BYTES = 14 * 1024
MADE_BY_A_COURT = Given(
    made_at=MADE, court="Llanelli", court_case_no="63AA1", source_record="sealed order", is_indefinite=True, terms=TERMS
)


def test_what_stands_is_read_word_for_word_with_its_service_what_a_breach_is_and_the_arrest_power(
    served: Order, officer: Client, visit: Visit
) -> None:
    person = person_of(served)
    answer, rows = visit(officer, f"/people/{person}/now")
    page = text_of(answer)
    assert title_of(answer) == f"Is this a breach? {person} - Craffu"
    assert "Terms at 12:00, 24 November 2026" in page
    assert f"Stalking protection order (full) {served.reference} In force" in page
    assert "In force Yes. It has taken effect and has not ended. Until Further order" in page
    assert "Served Yes, 20 November 2026, 12:00, In person, PC Rees" in page
    assert "Sealed order Not checked: nobody else has compared these words with the sealed order" in page
    assert (
        "When it binds From 20 November 2026, 12:00. A breach can be laid at the respondent’s door from then on."
        in page
    )
    assert "The law, as the catalogue words it:" in page
    assert "Act does not make effect conditional on service" in page
    assert "Not to contact the applicant by any means. Kind of condition: No direct contact" in page
    assert page.index("by any means.") < page.index("Not to go to the school in Heol Newydd.")
    assert "A breach is A criminal offence. Stalking Protection Act 2019 s.8" in page
    assert "Arrest power Police: ordinary PACE 1984 s.24 necessity test (either-way offence)" in page
    assert "Reasonable excuse Yes: it is a defence. Ask, and note what they say." in page
    assert "You decide necessity. This page does not tell you to arrest." in page
    assert "No breach has been received in 2026." in page
    protected = OrderProtects.objects.for_system("a test").get(order=served).record_id
    hers = Membership.objects.for_system("a test").get(record=protected).person.reference
    assert f"({hers})" in page
    assert [one.kind for one in rows] == ["breach_terms_now_viewed"]
    logged = set(refs_said_by(rows[0]))
    assert logged == {f"person/{person}", f"order/{served.reference}", f"person/{hers}"}
    assert logged == references_in(answer.content.decode())
    for words_of_people in ("applicant", "Heol Newydd", "PC Rees"):
        assert words_of_people not in rows[0].payload + title_of(answer)


@pytest.mark.rule("IDN-01")
def test_by_which_name_else_they_were_found_stands_at_the_top(made: Order, officer: Client, team: Acting) -> None:
    one_more_of(team, made.respondent_id, now=NOW, name=("Matthew", "Hudson"))
    assert "Also recorded as Matthew Hudson" in text_of(officer.get(f"/people/{person_of(made)}/now"))
    assert "Cofnodwyd hefyd fel Matthew Hudson" in text_of(officer.get(f"/cy/people/{person_of(made)}/now"))


@pytest.mark.rule("ORD-12")
def test_an_order_that_is_not_served_stands_there_and_says_so(made: Order, officer: Client) -> None:
    page = text_of(officer.get(f"/people/{person_of(made)}/now"))
    assert "Made, not served" in page
    assert "Served No. Service is not recorded." in page
    assert "Not yet. It is not recorded as served, nor that the respondent knows of it." in page
    assert "Not to contact the applicant by any means." in page


@pytest.mark.rule("ORD-20")
def test_words_of_a_notice_are_said_not_to_be_checked_with_the_notice_which_nobody_seals(
    served: Order, officer: Client
) -> None:
    as_kind(served, "DVPN")
    at = f"/people/{person_of(served)}/now"
    said = "Notice as given Not checked: nobody else has compared these words with the notice as it was given"
    assert said in text_of(officer.get(at))
    cymraeg = "Hysbysiad fel y’i rhoddwyd Heb eu gwirio: nid oes neb arall wedi cymharu’r geiriau hyn â’r hysbysiad"
    assert cymraeg in text_of(officer.get(f"/cy{at}"))


@pytest.mark.rule("ORD-20")
def test_words_that_were_compared_say_by_whom_and_words_that_differ_are_a_warning_that_hides_nothing(
    served: Order, officer: Client, team: Acting, make_user: Callable[..., Any]
) -> None:
    at = f"/people/{person_of(served)}/now"
    paper = keep_paper(by=team, order=served.reference, kind="sealed_order", content=PNG)
    other = acting_user(make_user("supervisor", username="checker"))
    compare_terms(by=other, order=served.reference, number=1, paper=paper.pk, is_same=True, differs="")
    assert "Sealed order Compared word for word by Test checker, 24 November 2026, 12:00" in text_of(officer.get(at))
    compare_terms(
        by=other, order=served.reference, number=1, paper=paper.pk, is_same=False, differs="Condition 2: Heol Hen"
    )
    page = text_of(officer.get(at))
    assert "The typed words differ from the sealed order: Condition 2: Heol Hen (found 24 November 2026, 12:00)" in page
    assert "Sealed order Not checked" in page
    assert "Not to go to the school in Heol Newydd." in page


def with_several(team: Acting, served: Order) -> Order:
    """Beside the order there is an interim one, a contempt order, and one that ended."""
    assert served.case is not None
    interim = order_of(team, served.case.reference, MADE, "ISPO", terms=EIGHT)
    order_of(team, served.case.reference, MADE, "OCC", terms=EIGHT)
    ended = order_of(team, served.case.reference, MADE - 30 * DAY, "RO_CONV")
    move_order(
        by=team,
        order=ended.reference,
        move="quash",
        given=Given(quashed_on=NOW.date(), court="Swansea", appeal_case_no="A1"),
    )
    return interim


def test_interim_and_full_both_stand_there_the_most_serious_first_and_what_has_ended_does_not(
    served: Order, officer: Client, team: Acting
) -> None:
    with_several(team, served)
    page = text_of(officer.get(f"/people/{person_of(served)}/now"))
    names = ("Stalking protection order (full)", "interim stalking protection order", "Occupation order")
    places = [page.casefold().index(name.casefold()) for name in names]
    assert places == sorted(places)
    assert "Restraining order" not in page
    assert page.count("Report a possible breach of O-") == 3
    assert page.count("You decide necessity.") == 1


def test_who_has_no_order_that_stands_is_told_so_and_where_else_to_ask(
    made: Order, officer: Client, team: Acting
) -> None:
    move_order(
        by=team, order=made.reference, move="quash",
        given=Given(quashed_on=NOW.date(), court="Swansea", appeal_case_no="A1"),
    )  # fmt: skip
    page = text_of(officer.get(f"/people/{person_of(made)}/now"))
    assert "No live order that you can see. Ended orders: 1" in page
    assert "Ask the control room to check the Police National Computer." in page
    assert "Report a possible breach" in page


@pytest.mark.rule("ORD-15")
def test_words_of_a_variation_apply_from_their_day_and_those_that_stand_are_shown_until_then(
    served: Order, officer: Client, team: Acting
) -> None:
    terms = replace(TERMS, conditions=(replace(NO_CONTACT, words="Not to contact the applicant at work."),))
    varied = Given(varied_on=NOW.date(), applicant="respondent", reason_text="New job", terms=terms)
    move_order(by=team, order=served.reference, move="vary", given=varied)
    page = text_of(officer.get(f"/people/{person_of(served)}/now"))
    assert "Not to contact the applicant at work." in page
    assert "Heol Newydd" not in page
    assert "Version 2, in force from 24 November 2026, 00:00" in page


@pytest.mark.rule("RSK-02")
def test_that_no_risk_grade_stands_is_said_as_hours_run_as_for_high_risk(
    officer: Client, team: Acting, system: Acting, tmp_path: Path
) -> None:
    inbox = tmp_path / "probation"
    write(inbox, "cases.csv", [row("probation", "cases", 1)])
    assert take_in(by=system, kind="probation", paths=[inbox]).run.rejected == 0
    respondent = SourceRecord.objects.for_system("a test").get(source="probation")
    order = begin_order(
        by=team, beginning=Beginning(kind="NMO", respondent=respondent), move="receive", given=MADE_BY_A_COURT
    )

    said = [text_of(officer.get(f"{language}/people/{person_of(order)}/now")) for language in ("", "/cy")]

    assert "No risk grade stands: hours run as for high risk" in said[0]
    assert "Nid oes gradd risg yn sefyll" in said[1]


@pytest.fixture
def varied_today(take_in_files: TakeIn, system: Acting, team: Acting) -> Order:
    """A restraining order of 20 November that a court varied today, of which nobody has entered the new words."""

    def said(day: str, code: str, words: str) -> None:
        man = defendant(offences=[offence(results=[result(code=code, text=words)])])
        take_in_files({f"{day}.xml": message(case(man), hearing_date=day)})
        keep_proposals(by=system, cases=Case.objects.for_system("a test").values_list("pk", flat=True))

    said("2026-11-20", "3047", "Restraining order: not to contact A")
    first = OrderProposal.objects.for_system("a test").select_related("case", "role__record").get(kind="RO_CONV")
    beginning = Beginning(kind="RO_CONV", respondent=first.role.record, case=first.case)
    order = begin_order(by=team, beginning=beginning, move="receive", given=MADE_BY_A_COURT)
    said("2026-11-24", "3263", "Restraining order varied")
    return order


@pytest.mark.rule("ORD-09")
def test_what_a_court_varied_and_nobody_entered_is_a_warning_on_the_order_of_that_kind_alone(
    varied_today: Order, officer: Client, team: Acting
) -> None:
    at = f"/people/{person_of(varied_today)}/now"
    warning = "Varied at court on 24 November 2026, new terms not received: ring the court desk."
    page = text_of(officer.get(at))
    assert warning in page
    assert page.index(warning) < page.index("Not to contact the applicant by any means.")
    assert varied_today.case is not None
    other = Beginning(kind="OCC", respondent=varied_today.respondent, case=varied_today.case)
    begin_order(by=team, beginning=other, move="receive", given=MADE_BY_A_COURT)
    assert text_of(officer.get(at)).count(warning) == 1
    for one in OrderProposal.objects.for_system("a test").filter(decided=None):
        refuse_proposal(by=team, number=one.pk, words="The same words as before")
    assert warning not in text_of(officer.get(at))


@pytest.mark.rule("INT-06")
def test_a_court_that_has_been_silent_for_two_days_is_a_warning_above_the_conditions_and_hides_nothing(
    served: Order, officer: Client, take_in_files: TakeIn, signed_in_client: Callable[..., Client]
) -> None:
    at = f"/people/{person_of(served)}/now"
    page = text_of(officer.get(at))
    assert page.index("Court results are not available: none has been received yet.") < page.index("Not to contact")
    take_in_files(held_back())
    page = text_of(officer.get(at))
    assert "Court results last received: 24 November 2026, 12:00. Newer results may exist." in page
    assert page.index("Court results last received") > page.index("Not to contact"), "fresh: a line at the end"
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        later = text_of(signed_in_client("response_officer", username="pc2").get(at))
    assert later.index("Court results last received: 24 November 2026, 12:00.") < later.index("Not to contact")
    assert later.index("Police records last received: 24 November 2026, 12:00.") < later.index("Not to contact")
    assert "Not to go to the school in Heol Newydd." in later


@pytest.mark.rule("SEC-02")
def test_an_order_that_is_shut_to_the_officer_is_a_stub_and_none_of_its_words(
    served: Order, officer: Client, make_user: Callable[..., Any]
) -> None:
    assert served.case is not None
    restrict(by=acting_user(make_user("supervisor")), kind="case", reference=served.case.reference, reason="a test")
    page = text_of(officer.get(f"/people/{person_of(served)}/now"))
    assert f"{served.case.reference} exists and is restricted." in page
    assert served.reference not in page
    assert "Not to contact" not in page


@pytest.mark.rule("BRC-07")
def test_breaches_of_this_year_stand_in_one_line_and_what_is_possible_is_not_counted_as_one(
    served: Order, officer: Client, team: Acting, system: Acting, make_user: Callable[..., Any], tmp_path: Path
) -> None:
    by, at = acting_user(make_user("response_officer", username="pc")), f"/people/{person_of(served)}/now"
    # What the clock alone finds is nothing that anybody reported, and no reason to say that nothing was received.
    send_incident(system, tmp_path, 2, **sent(NOW - DAY))
    tick(force=system.force, at=NOW + timedelta(minutes=1))
    page = text_of(officer.get(at))
    assert "No breach has been received" not in page
    assert "Breaches in 2026, reported: 0." in page
    assert "Possible, not decided and not counted: 1." in page
    for key in ("a", "b"):
        report_breach(
            by=by, person=person_of(served), given=Reported(key, NOW, order=served.reference, words="At the gate")
        )
    page = text_of(officer.get(at))
    assert "Breaches in 2026, reported: 2. Held for breaches by the police: 0." in page
    assert "Possible, not decided and not counted: 1." in page
    history = text_of(officer.get(f"/people/{person_of(served)}/breaches"))
    assert "Breaches: 2 recorded, 0 proved. Possible, not counted: 1." in history


def test_who_checks_conditions_records_a_contact_and_whoever_has_a_number_set_calls_the_coordinator(
    served: Order, officer: Client, signed_in_client: Callable[..., Client], settings: LazySettings
) -> None:
    at = f"/people/{person_of(served)}/now"
    page = officer.get(at).content.decode()
    assert "Not a breach: record contact" not in page, "no page of theirs records one"
    assert "tel:" not in page
    settings.CRAFFU_DUTY_NUMBER = "01267 222 020"
    client = signed_in_client("offender_manager")
    manager = client.get(at).content.decode()
    assert f'href="/orders/{served.reference}/checks/new"' in manager
    assert 'href="tel:01267222020"' in manager
    settings.CRAFFU_DUTY_NUMBER = "+44 (0)1267 222020"
    assert 'href="tel:+441267222020"' in client.get(at).content.decode()


@pytest.mark.rule("INT-06")
def test_a_source_of_which_nothing_came_is_not_available_and_never_passed_over() -> None:
    silent = feeds({}, NOW).silent
    assert silent == (
        "Court results are not available: none has been received yet.",
        "Police records are not available: none has been received yet.",
    )


def test_three_orders_of_eight_conditions_are_sent_in_14_kilobytes_in_both_languages(
    served: Order, team: Acting, officer: Client
) -> None:
    assert served.case is not None
    varied = Given(varied_on=NOW.date(), applicant="respondent", reason_text="More", terms=EIGHT)
    move_order(by=team, order=served.reference, move="vary", given=varied)
    for kind in ("RO_CONV", "DAPO"):
        order_of(team, served.case.reference, MADE, kind, terms=EIGHT)
    for path in (f"/people/{person_of(served)}/now", f"/cy/people/{person_of(served)}/now"):
        body = officer.get(path).content
        assert body.count(b"<blockquote") == 24
        assert len(gzip.compress(body, 6)) <= MOST_BYTES, (path, len(gzip.compress(body, 6)))


def test_as_many_queries_for_one_order_as_for_four(
    served: Order, team: Acting, officer: Client, django_assert_max_num_queries: Any
) -> None:
    at = f"/people/{person_of(served)}/now"
    officer.get(at)
    # Two of them begin and end the row in the log; a page asks 25 at most (page map, section 8).
    with django_assert_max_num_queries(27) as few:
        officer.get(at)
    with_several(team, served)
    with django_assert_max_num_queries(27) as many:
        officer.get(at)
    assert len(many) == len(few)


def test_P07_the_whole_history_is_one_tap_away_for_whoever_opens_the_page(
    served: Order, signed_in_client: Callable[..., Client]
) -> None:
    person = person_of(served)
    for role in MEET:
        client = signed_in_client(role)
        assert f'href="/people/{person}/breaches"' in client.get(f"/people/{person}/now").content.decode()
        assert client.get(f"/people/{person}/breaches").status_code == 200


@pytest.mark.rule("IDN-03")
@pytest.mark.parametrize("page", ["now", "breaches/new", "breaches", "visits"])
def test_a_reference_whose_records_are_another_persons_now_leads_to_the_same_page_of_them(
    page: str, served: Order, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    gone, client = joined_to(system, served.respondent_id), signed_in_client("investigator")
    answer = client.get(f"/people/{gone}/{page}?x=1", follow=True)
    assert answer.redirect_chain == [(f"/people/{person_of(served)}/{page}?x=1", 302)]
    assert "Important The reference that you opened is an old one of this person" in text_of(answer)
    assert served.reference in text_of(answer)


@pytest.mark.rule("IDN-03")
def test_a_reference_whose_records_are_several_persons_now_names_each_and_never_reads_as_if_nothing_stood(
    served: Order, system: Acting, officer: Client, visit: Visit
) -> None:
    gone, other = scattered(system, served.respondent_id)
    answer, rows = visit(officer, f"/people/{gone}/now")
    page = answer.content.decode()
    assert "No live order" not in page
    assert {ref for row in rows for ref in refs_said_by(row)} == {
        f"person/{one}" for one in (gone, other, person_of(served))
    }
    for one in (other, person_of(served)):
        assert f'href="/people/{one}/now"' in page
    found = officer.post("/search", {"words": gone}, follow=True).content.decode()
    assert {f"/people/{one}/now" in found for one in (other, person_of(served))} == {True}


@pytest.mark.rule("IDN-03")
def test_a_search_for_a_reference_whose_records_are_another_persons_now_finds_them(
    served: Order, system: Acting, officer: Client
) -> None:
    gone = joined_to(system, served.respondent_id)
    page = officer.post("/search", {"words": gone}, follow=True).content.decode()
    assert f'href="/people/{person_of(served)}/now"' in page
    assert f"Reference: {gone}" in page
    assert f"/people/{gone}" not in page


def test_it_is_one_tap_from_a_search_and_from_the_person_and_not_for_whoever_may_not(
    served: Order, officer: Client, signed_in_client: Callable[..., Client]
) -> None:
    person = person_of(served)
    way = f'href="/people/{person}/now"'
    assert way in officer.post("/search", {"words": person}, follow=True).content.decode()
    assert way in officer.get(f"/people/{person}").content.decode()
    for role in ("victim_officer", "auditor"):
        client = signed_in_client(role)
        assert way not in client.post("/search", {"words": person}, follow=True).content.decode()
        assert client.get(f"/people/{person}/now").status_code == 403


def test_each_page_is_in_welsh_and_the_law_in_the_language_it_is_in(served: Order, officer: Client) -> None:
    answer = officer.get(f"/cy/people/{person_of(served)}/now")
    page = text_of(answer)
    assert "A yw hyn yn torri amod?" in title_of(answer)
    assert "Chi sy’n penderfynu ar angenrheidrwydd." in page
    assert '<dd lang="en">Police: ordinary PACE 1984 s.24' in answer.content.decode()
