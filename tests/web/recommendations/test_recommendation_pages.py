"""The register of recommendations in pages: kept by the commissioner's office, said of by who has one to do, read by anybody
(P33, SCR-10)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
import time_machine as time_travel
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from craffu.clocks.london import LONDON
from craffu.scrutiny.models import Recommendation, RecommendationEntry
from craffu.scrutiny.recommending.actions import add_entry
from craffu.scrutiny.recommending.queries import figure_told
from tests.factories.kept_figures import kept_of
from tests.factories.recommended import ACCEPTED, recommended
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SCR-10")]

AT = "/scrutiny/recommendations"
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)
SAID = {
    "version": "0", "status": "accepted", "said_on_0": "20", "said_on_1": "11", "said_on_2": "2026",
    "said_on_day": "20", "said_on_month": "11", "said_on_year": "2026", "reason": "", "owner": "Head of Crime",
    "owned_by": "head-of-crime", "due_on_day": "31", "due_on_month": "3", "due_on_year": "2027", "evidence": "", "moved": "",
    "exception": "", "public_en": "Accepted. Two posts are advertised.", "public_cy": "Derbyniwyd. Hysbysebwyd dwy swydd.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(NOON)


@pytest.fixture
def officer(make_user: Callable[..., User]) -> Acting:
    return acting_user(make_user("scrutiny_officer", username="scrutiny"))


def test_a_published_report_is_brought_in_and_listed(signed_in_client: Callable[..., Client]) -> None:
    client = signed_in_client("scrutiny_officer")
    page = text_of(client.get(AT))
    assert "No recommendation is in the register." in page
    assert "Only the summary is public" in page
    assert client.post(f"{AT}/shipped/review-2023").headers["Location"] == AT
    page = text_of(client.get(AT))
    assert "Is the Force effectively managing perpetrators of stalking and harassment?" in page
    assert "The Police and Crime Commissioner, 10 July 2023" in page
    assert "No answer yet" in page
    assert "Only the summary is public" not in page
    again = client.post(f"{AT}/shipped/review-2023")
    assert again.status_code == 409
    assert client.post(f"{AT}/shipped/unheard-of").status_code == 404
    assert Event.objects.filter(kind="recommendations_listed").count() == 2


def test_one_is_answered_and_whoever_has_it_to_do_says_how_it_goes(
    officer: Acting, signed_in_client: Callable[..., Client]
) -> None:
    first = recommended(officer).recommendations.all()[0]
    one = f"{AT}/{first.reference}"
    client, theirs = signed_in_client("scrutiny_officer"), signed_in_client("supervisor", username="head-of-crime")
    assert theirs.get(AT).status_code == 403
    assert theirs.get(one).status_code == 403
    form = client.get(f"{one}/entry").content.decode()
    assert re.findall(r'<input[^>]*name="status"[^>]*value="(\w+)"', form) == [
        "accepted",
        "accepted_in_part",
        "rejected",
    ]
    lacking = client.post(f"{one}/entry", SAID | {"owner": ""})
    assert "Say which post has it to do." in text_of(lacking)
    assert "Two posts are advertised" in lacking.content.decode()
    assert client.post(f"{one}/entry", SAID).headers["Location"] == one
    page = text_of(client.get(one))
    assert "Head of Crime" in page
    assert "31 March 2027" in page
    # Theirs, and no other.
    listed = text_of(theirs.get(AT))
    assert "Head of Crime" in listed
    assert "Record a report" not in listed
    assert theirs.get(f"{AT}/{first.report.recommendations.all()[1].reference}").status_code == 403
    assert 'name="evidence"' in client.get(f"{one}/entry").content.decode()
    assert 'name="evidence"' not in theirs.get(f"{one}/entry").content.decode()
    goes = {"version": "1", "status": "accepted", "reason": "One of two posts is filled now"}
    made = theirs.post(f"{one}/entry", SAID | goes | {"public_en": "", "public_cy": "", "owner": "Somebody else"})
    assert made.headers["Location"] == one
    said = RecommendationEntry.objects.for_system("a test").latest("id")
    assert (said.owner, said.owned_by, said.reason) == ("Head of Crime", theirs.user, "One of two posts is filled now")
    assert theirs.post(f"{one}/entry", SAID | {"version": "2", "status": "rejected"}).status_code == 200
    late = client.post(f"{one}/entry", SAID | {"version": "1"})
    assert late.status_code == 409
    assert "Somebody else has added to it meanwhile" in text_of(late)


def test_an_overdue_one_is_marked_and_its_course_is_read(
    officer: Acting, signed_in_client: Callable[..., Client]
) -> None:
    third = recommended(officer).recommendations.all()[2]
    client = signed_in_client("commissioner_view")
    assert "Overdue" in text_of(client.get(AT))
    page = text_of(client.get(f"{AT}/{third.reference}"))
    for words in ("Opened again", "Completeness fell back in June", "The measure has moved.", "Dashboard of orders"):
        assert words in page
    seen = Event.objects.filter(kind="recommendation_viewed").latest("id")
    assert f"recommendation/{third.reference}" in seen.payload


def test_a_report_of_another_body_and_a_repeat(officer: Acting, signed_in_client: Callable[..., Client]) -> None:
    recommended(officer)
    client = signed_in_client("scrutiny_officer")
    report = {
        "report_by": "hmicfrs", "title_en": "An inspection", "title_cy": "Arolygiad", "published_on_day": "1",
        "published_on_month": "9", "published_on_year": "2026", "source": "",
    }  # fmt: skip
    early = client.post(f"{AT}/reports/new", report | {"published_on_year": "2027"})
    assert "It is not published yet" in text_of(early)
    to = client.post(f"{AT}/reports/new", report).headers["Location"]
    given = {"number": "1", "matter": "data", "text_en": "Count orders.", "text_cy": "Cyfrif gorchmynion."}
    assert "no recommendation of that number" in text_of(client.post(to, given | {"part_of": "7"}))
    one = client.post(to, given).headers["Location"]
    page = text_of(client.get(one))
    assert "Answer overdue" in page
    assert "26 October 2026" in page
    assert "Recommended elsewhere too" in page
    taken = client.post(to, given)
    assert taken.status_code == 409
    assert Recommendation.objects.for_system("a test").filter(report__title_en="An inspection").count() == 1
    assert client.get(f"{AT}/reports/RP-99999/new").status_code == 404
    assert client.get(f"{AT}/RC-99999").status_code == 404


def test_what_was_recommended_before_is_found_by_its_words_in_either_language(
    officer: Acting, signed_in_client: Callable[..., Client]
) -> None:
    _, _, one, other, *_ = recommended(officer).recommendations.order_by("id")
    client = signed_in_client("commissioner_view")
    begins = " ".join(one.text_en.upper().split()[:8])
    for words in (
        begins,
        " ".join(one.text_cy.split()[:8]),
        f"{one.report.title_en} {begins}",
        "dashboard of orders, shown",
    ):
        page = client.post(AT, {"words": words}).content.decode()
        assert one.reference in page
        assert other.reference not in page
    nothing = client.post(AT, {"words": "zebra"})
    assert "No recommendation, nor what was said of one, has all of these words." in text_of(nothing)
    assert 'value="zebra"' in nothing.content.decode(), "what was asked for stands in the form"


def test_anybody_reads_how_they_stand_in_either_language_and_no_reason(officer: Acting, client: Client) -> None:
    recommended(officer)
    page = text_of(client.get("/progress"))
    assert "Recommendation 3" in page
    assert "Overdue To be done by 30 September 2026" in page
    assert "1 September 2025: The Force has accepted this." in page
    assert "Rejected" in page
    for kept in ("Completeness fell back", "Another post covers it", "Dashboard of orders", "Head of Crime"):
        assert kept not in page
    welsh = text_of(client.get("/cy/progress"))
    assert "Mae’r Heddlu wedi derbyn hyn." in welsh
    assert "Argymhelliad 3" in welsh
    assert "The Force has accepted this." not in welsh


def test_the_public_page_of_an_empty_register(client: Client, force: object) -> None:
    assert "No recommendation is in the register." in text_of(client.get("/progress"))


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize(("counts", "to_anybody"), [((7, 14), "Not shown"), ((38, 61), "40 of 60")])
def test_its_figures_are_told_to_each_reader_as_on_the_page_of_the_measure(
    officer: Acting, system: Acting, make_user: Callable[..., User], signed_in_client: Callable[..., Client],
    counts: tuple[int, int], to_anybody: str,
) -> None:  # fmt: skip
    """Of now, and as it was kept with what was said: the figures that stand are others by then."""
    exact = f"{counts[0]} of {counts[1]}"
    one = next(each for each in recommended(officer).recommendations.all() if each.measure)
    kept_of(system, NOON, {one.measure: counts})
    make_user("supervisor", username="head-of-crime")
    add_entry(by=officer, recommendation=one.reference, given=replace(ACCEPTED, owned_by="head-of-crime"))
    at = f"{AT}/{one.reference}"
    office, pcc = signed_in_client("scrutiny_officer"), signed_in_client("commissioner_view")
    assert text_of(office.get(at)).count(exact) == 2, "of now, and with what was said"
    page = text_of(pcc.get(at))
    assert exact not in text_of(pcc.get(f"/measures/{one.measure}"))
    assert (page.count(exact), page.count(to_anybody)) == (0, 2)
    kept_of(system, NOON, {one.measure: (60, 90)})
    page = text_of(pcc.get(at))
    assert (page.count(exact), page.count(to_anybody), page.count("60 of 90")) == (0, 1, 1)
    assert text_of(office.get(at)).count(exact) == 1


@pytest.mark.rule("MSR-03")
def test_whoever_has_one_to_do_and_sees_no_measures_is_told_no_figure(
    officer: Acting, system: Acting, signed_in_client: Callable[..., Client]
) -> None:
    one = next(each for each in recommended(officer).recommendations.all() if each.measure)
    kept_of(system, NOON, {one.measure: (60, 90)})
    theirs = signed_in_client("workforce_lead", username="lead")
    add_entry(by=officer, recommendation=one.reference, given=replace(ACCEPTED, owned_by="lead"))
    assert theirs.get(f"/measures/{one.measure}").status_code == 403
    page = text_of(theirs.get(f"{AT}/{one.reference}"))
    assert one.measure in page
    assert "60 of 90" not in page
    assert "Snapshot" not in page


@pytest.mark.rule("MSR-03")
def test_a_figure_kept_before_it_was_kept_for_anybody_is_hidden_from_a_commissioner(
    officer: Acting, acting_as: Callable[..., Acting]
) -> None:
    part = {"part": "covered", "count": 38, "of": 61, "value": 0.6, "is_hidden": False}
    figure = {"measure": "MET32", "snapshot": "20260114T180000Z-0123456789ab", "sha256": "0" * 64, "parts": [part]}
    assert figure_told(officer, figure) == figure
    hidden = {"part": "covered", "count": None, "of": None, "value": None, "is_hidden": True}
    assert figure_told(acting_as("commissioner_view"), figure) == {**figure, "parts": [hidden]}
