"""An offender manager proposes, a supervisor has the chair: decided in all four ways, approved, corrected and taken out (P23;
PRI-06, PRI-10, VIC-09), on a phone, without a script.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from craffu.access.acting import Acting, acting_system
from craffu.access.factors.rules import Proof
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.sessions.actions import confirm_session
from craffu.clocks.london import local_time
from craffu.common import clock
from craffu.people.models import Person
from craffu.people.queries import find_person
from craffu.prevention.cohort.actions import enter_cohort
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.meetings.actions import call_off_meeting
from craffu.prevention.models import ScoreStands
from tests.factories.priorities import scored_by
from tests.factories.victims import send_victim
from tests.functional.conftest import Site
from tests.functional.test_victim import PHONE
from tests.unit.documents.test_papers import page_text

WHY = "He waits outside where she works each day"
SAID = {
    "": {
        "propose": "Propose them", "call": "Call it", "day": "Day", "record": "Record it", "decide": "Record the decision",
        "select": "Select: they are brought into the cohort", "keep": "Keep: they stay in the cohort",
        "deselect": "Deselect: they are not brought in", "defer": "Defer: nothing changes until another meeting", "why": "Why?",
        "missing": "Choose what the meeting decides", "undecided": "Undecided: 2, 3, 4", "add": "Add it",
        "approve": "Approve the minutes", "approved": "The minutes are approved, and fixed.", "take": "Take it out",
        "corrections": "Corrections", "decision": "Selected",
    },
    "/cy": {
        "propose": "Eu cynnig", "call": "Ei alw", "day": "Diwrnod", "record": "Ei gofnodi", "decide": "Cofnodi’r penderfyniad",
        "select": "Dewis: deuir â nhw i mewn i’r garfan", "keep": "Cadw: maent yn aros yn y garfan",
        "deselect": "Dad-ddewis: ni ddeuir â nhw i mewn", "defer": "Gohirio: nid oes dim yn newid tan gyfarfod arall",
        "why": "Pam?", "missing": "Dewiswch beth mae’r cyfarfod yn ei benderfynu", "undecided": "Heb eu penderfynu: 2, 3, 4",
        "add": "Ei hychwanegu", "approve": "Cymeradwyo’r cofnodion",
        "approved": "Mae’r cofnodion wedi’u cymeradwyo, ac yn derfynol.",
        "take": "Tynnu allan", "corrections": "Cywiriadau", "decision": "Dewiswyd",
    },
}  # fmt: skip


@pytest.fixture
def four(site: Site, force: Force, tmp_path: Path, browser_user: Callable[[str], User]) -> list[Person]:
    """Four more who are scored, the second of them a member; the meeting of the site is not held."""
    manager = acting_user(browser_user("offender_manager"))
    call_off_meeting(by=manager, meeting=site.meeting, reason="Nobody can come today")
    before = set(ScoreStands.objects.for_user(manager).values_list("person", flat=True))
    for number in range(61, 65):
        send_victim(acting_system(force, "test"), tmp_path, number, home_office_class="8Q")
    scored_by(acting_user(browser_user("supervisor")), clock.now())
    rows = ScoreStands.objects.for_user(manager).exclude(person__in=before).select_related("person").order_by("person")
    people = [one.person for one in rows]
    assert len(people) == 4
    enter_cohort(by=manager, person=people[1], reason=WHY, seen=stays_of(manager, people[1]).version)
    return people


@pytest.mark.deep
@pytest.mark.slow
@pytest.mark.rule("PRI-06")
@pytest.mark.rule("PRI-10")
@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize("language", ["", pytest.param("/cy", marks=pytest.mark.deep)], ids=["English", "Welsh"])
def test_a_meeting_from_the_proposal_to_the_papers(
    language: str, site: Site, four: list[Person], open_as: Callable[..., Page], browser_user: Callable[[str], User]
) -> None:
    said, at = SAID[language], f"{site.url}{language}"
    manager = open_as("offender_manager", width=PHONE, scripts=False)
    chair = open_as("supervisor", width=PHONE, scripts=False)
    by = acting_user(browser_user("offender_manager"))
    called(chair, at, said)
    meeting = re.findall(r"MT-\d+", chair.url)[0]
    for one in four:
        manager.goto(f"{at}/people/{one.reference}/propose")
        manager.get_by_label(re.compile("drafod|discussed")).fill(WHY)
        manager.get_by_role("button", name=said["propose"]).click()
        expect(manager).to_have_url(f"{at}/meetings/{meeting}")
    came(chair, f"{at}/meetings/{meeting}", said)
    item = f"{at}/meetings/{meeting}/items"
    chair.goto(f"{item}/1")
    chair.get_by_role("button", name=said["decide"]).click()
    expect(chair.locator(".govuk-error-summary")).to_contain_text(said["missing"])
    decides(chair, f"{item}/1", said, "select", agency=True)
    chair.goto(f"{at}/meetings/{meeting}")
    expect(chair.locator("main")).to_contain_text(said["undecided"])
    for number, decision in ((2, "keep"), (3, "deselect"), (4, "defer")):
        decides(chair, f"{item}/{number}", said, decision)
    assert [is_member(by, one) for one in four] == [True, True, False, False]
    chair.goto(f"{item}/1/actions/new")
    chair.locator("[name=words]").fill("See him at the office every week")
    chair.locator("[name=owner]").select_option("agency:1")
    dated(chair, "due_on")
    chair.get_by_role("button", name=said["add"]).click()
    expect(chair.locator("main")).to_contain_text("Probation Service")
    chair.goto(f"{at}/meetings/{meeting}/approve")
    chair.get_by_role("button", name=said["approve"]).click()
    expect(chair.locator("body")).to_contain_text(said["approved"])
    manager.goto(f"{at}/meetings/{meeting}/corrections")
    manager.locator("[name=item][value='4']").check()
    manager.locator("[name=words]").fill("He was seen by the nurse, not by us")
    manager.get_by_role("button", name=said["record"]).click()
    expect(manager.locator("main")).to_contain_text("not by us")
    fresh(manager, browser_user("offender_manager"))
    whole = taken_out(manager, f"{at}/meetings/{meeting}/print", said)
    theirs = taken_out(manager, f"{at}/meetings/{meeting}/print/1", said)
    for one in four:
        assert one.reference in whole
        assert one.reference not in theirs
    assert squeezed(WHY) in whole
    assert squeezed(WHY) not in theirs
    assert squeezed("See him at the office every week") in theirs
    assert squeezed(said["decision"]) in theirs
    assert squeezed("not by us") not in theirs
    assert chair.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def called(chair: Page, at: str, said: dict[str, str]) -> None:
    chair.goto(f"{at}/meetings/new")
    dated(chair, "day")
    chair.locator("[name=chair]").select_option("supervisor")
    chair.locator("[name=agencies]").fill("Probation Service\nGlan Afon Homes")
    chair.get_by_role("button", name=said["call"], exact=True).click()
    expect(chair.locator("main")).to_contain_text("Glan Afon Homes")


def came(chair: Page, at: str, said: dict[str, str]) -> None:
    for name, agency, attendance in (
        ("Nia Prosser", "1", "undertook"), ("Test Person", "force", "undertook"), ("Huw Rees", "2", "apologies"),
    ):  # fmt: skip
        chair.goto(f"{at}/attendance")
        chair.locator("[name=name]").fill(name)
        chair.locator(f"[name=agency][value='{agency}']").check()
        chair.locator(f"[name=attendance][value='{attendance}']").check()
        chair.get_by_role("button", name=said["record"]).click()
        expect(chair.locator("main")).to_contain_text(name)


def decides(chair: Page, item: str, said: dict[str, str], decision: str, *, agency: bool = False) -> None:
    chair.goto(item)
    chair.get_by_label(said[decision]).check()
    chair.get_by_label(said["why"]).fill(WHY)
    if agency:
        chair.locator("[name=agencies][value='1']").check()
    chair.get_by_role("button", name=said["decide"]).click()
    expect(chair.locator("#decisions")).to_be_visible()


def dated(page: Page, name: str) -> None:
    today = local_time(clock.now())
    for part, value in (("day", today.day), ("month", today.month), ("year", today.year)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def is_member(by: Acting, person: Person) -> bool:
    found = find_person(by, person.reference)
    return found is not None and stays_of(by, found).now is not None


def fresh(page: Page, user: User) -> None:
    """As the session is after a second factor, which is tried elsewhere (T17)."""
    key = next(one["value"] for one in page.context.cookies() if "session" in one["name"].casefold())
    confirm_session(by=acting_user(user), user=user, key=key, new_key=key, proof=Proof.CODE, now=clock.now())


def taken_out(page: Page, path: str, said: dict[str, str]) -> str:
    page.goto(path)
    page.locator("[name=purpose][value=management]").check()
    page.locator("[name=words]").fill("The meeting of this month")
    page.locator("[name=recipient]").fill("Team manager")
    if page.locator("[name=organisation]").count():
        page.locator("[name=organisation]").fill("Glan Afon Police")
    with page.expect_download() as download:
        page.get_by_role("button", name=said["take"]).click()
    with pikepdf.Pdf.open(download.value.path()) as pdf:
        return squeezed("".join(page_text(one) for one in pdf.pages))


def squeezed(words: str) -> str:
    return "".join(words.split())
