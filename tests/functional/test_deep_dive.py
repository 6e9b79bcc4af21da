"""A deep dive from its question to its published report by keyboard; a volunteer on a tablet; what the public reads (issue M)."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.utils import translation
from playwright.sync_api import Page

from craffu.clocks.london import day_of, local_time
from craffu.common import clock
from craffu.scrutiny.models import CaseReview
from craffu.scrutiny.reviewing.rules import review_by
from craffu.web.court.words import day_words
from tests.functional.conftest import Site
from tests.functional.test_victim import PHONE, Officer

DESK, TABLET = 1280, 820
NEW = {
    "title_en": "Orders and their breaches", "title_cy": "Gorchmynion a’u toriadau",
    "question_en": "Do orders keep victims safe?", "question_cy": "A yw gorchmynion yn cadw dioddefwyr yn ddiogel?",
    "terms_en": "Recorded crime of a year, and orders", "terms_cy": "Troseddau a gofnodwyd mewn blwyddyn, a gorchmynion",
}  # fmt: skip
CLAIM = {
    "text_en": "In the year 10,199 crimes were recorded.", "text_cy": "Yn y flwyddyn cofnodwyd 10,199 o droseddau.",
}  # fmt: skip
RECOMMENDED = {"text_en": "Count orders in one place.", "text_cy": "Cyfrif gorchmynion mewn un lle."}
# The words of each language that are looked for.
SAID: Mapping[str, Mapping[str, str]] = {
    "": {"claim": CLAIM["text_en"], "recommended": RECOMMENDED["text_en"], "force": "Dyfed-Powys"},
    "/cy": {"claim": CLAIM["text_cy"], "recommended": RECOMMENDED["text_cy"], "force": "Heddlu Dyfed-Powys"},
}


class Desk(Officer):
    """At a desk with a whole keyboard: a list is chosen from by typing what it says, a button found by where it leads."""

    def fills(self, given: Mapping[str, str]) -> None:
        for name, words in given.items():
            self.types(name, words)

    def types_day(self, name: str, on: date) -> None:
        self.fills({f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)})

    def picks(self, name: str, words: str) -> None:
        box = self.page.locator(f"select[name={name}]")
        box.focus()
        self.page.keyboard.type(words)
        assert words in box.locator("option:checked").inner_text()

    def presses(self, action: str) -> str:
        self.page.locator(f"form[action$='{action}'] button").first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.looks()


def _workspace(desk: Desk, language: str, today: date) -> str:
    """Opened, planned, with a published figure, a finding, its claim and a recommendation. Returns its address."""
    desk.opens(f"{language}/scrutiny/deep-dives/new")
    desk.fills(NEW)
    desk.types_day("first", date(2021, 4, 1))
    desk.types_day("last", date(2022, 3, 31))
    desk.goes_on()
    one = desk.page.url.removeprefix(desk.at).partition("?")[0]
    desk.opens(f"{one}/add/plan")
    desk.chooses("method", "profiles")
    desk.types("words", "Published figures of five years")
    desk.types_day("due_on", today)
    desk.chooses("is_done", "yes")
    desk.goes_on()
    desk.opens(f"{one}/evidence/published")
    desk.picks("figure", "recorded-crime-rolling: Stalking and harassment")
    desk.picks("force", SAID[language]["force"])
    desk.fills({"period": "2022-03 year ending", "title_en": "Recorded crime", "title_cy": "Troseddau a gofnodwyd"})
    assert "E1" in desk.goes_on()
    desk.opens(f"{one}/add/finding")
    desk.chooses("serves", "q3")
    desk.fills({"text_en": "Recorded crime rose.", "text_cy": "Cynyddodd troseddau a gofnodwyd."})
    desk.goes_on()
    desk.opens(f"{one}/findings/1/claims/0")
    desk.fills(CLAIM)
    desk.chooses("kind", "count")
    desk.picks("evidence", "E1")
    desk.goes_on()
    desk.opens(f"{one}/add/recommendation")
    desk.chooses("matter", "data")
    desk.fills(RECOMMENDED)
    desk.goes_on()
    return one


@pytest.mark.slow
@pytest.mark.rule("SCR-09", "SCR-12")
@pytest.mark.deep
@pytest.mark.parametrize("language", ["", "/cy"], ids=["English", "Welsh"])
def test_from_a_question_to_a_published_report_and_what_anybody_reads_of_it(
    language: str, site: Site, open_as: Callable[..., Page]
) -> None:
    said, today = SAID[language], local_time(clock.now()).date()
    desk = Desk(open_as("scrutiny_officer", width=DESK), site.url)
    one = _workspace(desk, language, today)
    assert said["claim"] in desk.opens(f"{one}/report")
    desk.presses("/report/send")
    desk.opens(f"{one}/report/reply")
    desk.types_day("on", today)
    desk.fills({"post": "Deputy Chief Constable", "words": "We accept it.", "corrections": "It is of the sub-group"})
    desk.goes_on()
    desk.opens(f"{one}/report/corrections/1")
    desk.chooses("is_taken", "no")
    desk.types("reason", "The title of the table says so")
    desk.types("reason_cy", "Mae teitl y tabl yn dweud hynny")
    desk.goes_on()
    assert "We accept it." in desk.presses("/report/publish")
    assert desk.faults == []
    browser = desk.page.context.browser
    assert browser is not None
    outside = browser.new_context(viewport={"width": PHONE, "height": 800})
    anybody = Desk(outside.new_page(), site.url)
    reference = one.rpartition("/")[2]
    read = anybody.opens(f"{language}/reports/{reference}")
    for words in (said["claim"], said["recommended"], "We accept it.", "It is of the sub-group"):
        assert words in read
    assert said["recommended"] in anybody.opens(f"{language}/progress")
    assert anybody.faults == []
    outside.close()


@pytest.mark.deep
@pytest.mark.slow
@pytest.mark.rule("SCR-07")
def test_a_volunteer_finds_their_work_and_judges_on_a_tablet_in_welsh(site: Site, open_as: Callable[..., Page]) -> None:
    volunteer = Desk(open_as("volunteer_reviewer", width=TABLET), site.url)
    begun_at = CaseReview.objects.for_system("a test").get(reference=site.reviews[0]).known_from
    listed = volunteer.opens("/cy/scrutiny/case-reviews")
    with translation.override("cy"):
        assert day_words(review_by(day_of(begun_at))) in listed, "by when what was given to them is due"
    review = volunteer.opens(f"/cy/scrutiny/case-reviews/{site.reviews[0]}")
    assert "A5 " not in review, "one section a page"
    volunteer.opens(f"/cy/scrutiny/case-reviews/{site.reviews[0]}/sections/C")
    volunteer.chooses("qC1-0-judged", "no")
    volunteer.types("qC1-0-evidence", "log 9")
    volunteer.goes_on()
    panel = volunteer.opens("/cy/scrutiny/panels")
    assert "Panel craffu lleol" in panel
    volunteer.opens("/cy/scrutiny/panels/PL-10001/cases/1/verdict")
    volunteer.chooses("verdict", "with_observations")
    volunteer.types("words", "Cadwyd hi’n ddiogel, a chlywodd yn hwyr.")
    kept = volunteer.goes_on()
    assert "Cadwyd hi’n ddiogel, a chlywodd yn hwyr." in kept
    assert "Priodol gyda sylwadau" in kept
    assert volunteer.faults == []
