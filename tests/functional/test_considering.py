"""Orders are considered on a phone, by keyboard, in both languages: asked, refused, checked, decided, and a supervisor agrees."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.functional.conftest import Site
from tests.functional.test_victim import PHONE, Officer

WORDS = "Followed to work every day of the week"


# An order's whole life begins on these pages: `test_order_life` comes by them at every change.
@pytest.mark.slow
@pytest.mark.deep
@pytest.mark.rule("ORD-01")
@pytest.mark.rule("ORD-02")
@pytest.mark.parametrize(
    ("language", "short", "waits", "agreed"),
    [
        ("", "in 20 characters or more", "waits for a supervisor", "Agreed by Test Person"),
        ("/cy", "mewn 20 nod neu fwy", "yn aros am oruchwyliwr", "Cytunwyd gan Test Person"),
    ],
    ids=["English", "Welsh"],
)
def test_orders_are_considered_on_a_phone_by_keyboard(
    language: str, short: str, waits: str, agreed: str, site: Site, open_as: Callable[..., Page]
) -> None:
    at = f"{site.url}{language}/cases/{site.cases[-1]}/consider"
    officer = Officer(open_as("investigator", width=PHONE), at)
    officer.opens("")
    officer.chooses("fact-associated", "yes")
    officer.goes_on()
    officer.chooses("SPO-outcome", "not_pursued")
    officer.page.locator("[name=SPO-reason]").select_option("evidence_lacking")
    officer.types("SPO-words", "short")
    assert short in decides(officer)
    officer.types("SPO-words", WORDS)
    officer.chooses("NMO-outcome", "support_own_application")
    officer.page.locator("[name=NMO-reason]").select_option("own_wish")
    assert WORDS in decides(officer)
    done = officer.goes_on()
    assert waits in done
    supervisor = Officer(open_as("supervisor", width=PHONE), f"{at}/not-pursued")
    assert WORDS in supervisor.opens("")
    supervisor.page.locator("[name=decision]").first.check()
    supervisor.chooses("verdict", "agree")
    assert agreed in supervisor.goes_on()
    assert not officer.faults + supervisor.faults, "\n".join(officer.faults + supervisor.faults)


def decides(officer: Officer) -> str:
    """The button below the decisions, by keyboard."""
    officer.page.locator("main button[value=check]").focus()
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    return officer.looks()
