"""A possible breach is triaged on a phone, by keyboard, in both languages, and closed by a supervisor (P09)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from craffu.breaches.standpoints.questions import TAKES, Question
from tests.functional.conftest import Site
from tests.functional.test_order import Team
from tests.functional.test_victim import PHONE

SAID = {
    "": {
        "limit": "To be decided by", "may": "May be broken", "lacks": "A supervisor has yet to answer",
        "done": "It is finalised.", "decided": "Decided: a breach",
    },
    "/cy": {
        "limit": "I’w benderfynu erbyn", "may": "Gall fod wedi’i dorri", "lacks": "Nid oes goruchwyliwr wedi ateb eto",
        "done": "Mae wedi’i gwblhau.", "decided": "Penderfynwyd: toriad",
    },
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.rule("BRC-04")
@pytest.mark.rule("BRC-06")
@pytest.mark.parametrize("language", ["/cy", pytest.param("", marks=pytest.mark.deep)], ids=["Welsh", "English"])
def test_a_possible_breach_is_triaged_on_a_phone_by_keyboard(
    language: str, site: Site, open_as: Callable[..., Page]
) -> None:
    said, at = SAID[language], f"/breaches/{site.breach}"
    officer = Team(open_as("investigator", width=PHONE), f"{site.url}{language}")
    reads = officer.opens(f"{at}/triage")
    for wanted in (said["limit"], said["may"], "He rang her from a new number."):
        assert wanted in reads, reads[:1500]
    officer.chooses("decision", "accept")
    officer.types("reason", "The neighbour saw him at the gate.")
    reads = officer.goes_on()
    assert said["decided"] in reads
    assert said["lacks"] in reads

    supervisor = Team(open_as("supervisor", width=PHONE), f"{site.url}{language}")
    supervisor.opens(f"{at}/answers")
    for question in Question:
        supervisor.chooses(question.value, TAKES[question][0])
    supervisor.goes_on()
    supervisor.opens(f"{at}/triage")
    supervisor.page.locator("form:has([name=asks][value=finalise]) button").focus()
    with supervisor.page.expect_navigation():
        supervisor.page.keyboard.press("Enter")
    assert said["done"] in supervisor.page.locator("body").inner_text()
    supervisor.looks()
    faults = [*officer.faults, *supervisor.faults]
    assert not faults, "\n".join(faults)
