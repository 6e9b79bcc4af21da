"""Dip samples and blind reviews in pages: planned, frozen, drawn, judged section by section, agreed and decided (P28 to P30)."""

import cProfile
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.rights_requests.kinds import Kind
from craffu.audit.models import Event
from craffu.measures.places import folder_of
from craffu.measures.snapshots.actions import build_snapshot
from craffu.published.disclosure import To
from craffu.scrutiny.asking.rules import Given
from craffu.scrutiny.models import CaseReview, LiveRisk, Sample
from craffu.scrutiny.sampling.actions import plan_sample
from craffu.scrutiny.sampling.queries import advice
from craffu.scrutiny.sampling.rules import Allocation
from craffu.web.samples.presenters import advice_words, planned_table
from tests.factories.erasing import marked
from tests.factories.rights_answered import answered as decided
from tests.factories.samples import DUPLICATE, PLAN, answered, drawn, reviews_of, some_cases, submitted
from tests.web.conftest import text_of

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
LIST = "/scrutiny/samples"
ONE = f"{LIST}/SM-10001"
MINE = "/scrutiny/case-reviews"
NEW = {
    "question": "Are victims of stalking supported?", "serves": "q1", "of": "stalking_opened", "strata": "none",
    "how": "proportional", "since_day": "1", "since_month": "11", "since_year": "2026", "until_day": "28",
    "until_month": "11", "until_year": "2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def people(signed_in_client: Callable[..., Client]) -> Mapping[str, Client]:
    rights = {
        "officer": "scrutiny_officer",
        "analyst": "analyst",
        "ann": "volunteer_reviewer",
        "bob": "volunteer_reviewer",
    }
    return {name: signed_in_client(right, username=name) for name, right in rights.items()}


def by(client: Client) -> Acting:
    return acting_user(client.user)  # type: ignore[attr-defined]


@pytest.fixture
def sample(system: Acting, people: Mapping[str, Client], tmp_path: Path) -> Sample:
    """Three cases, each reviewed by both volunteers."""
    some_cases(system, tmp_path, 3)
    return drawn(by(people["officer"]), by(people["analyst"]), [by(people["ann"]), by(people["bob"])])


@pytest.mark.rule("SEC-11")
def test_a_frame_says_how_many_a_restriction_of_use_left_out_before_and_after_it_froze(
    system: Acting, people: Mapping[str, Client], acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    officer, said = people["officer"], "Left out, because the use of somebody’s data in them is restricted: 1."
    for number in (1, 2):
        case, suspect, _victim = marked(system, tmp_path, number)
    plan_sample(by=by(officer), given=PLAN)
    assert "Left out" not in text_of(officer.get(ONE))
    decided(acting_as("auditor", username="first"), acting_as("auditor", username="second"), Kind.RESTRICTION, suspect)
    page = text_of(officer.get(ONE))
    assert said.replace(": 1.", ": Fewer than 5.") in page
    assert case not in page
    officer.post(f"{ONE}/freeze")
    assert f"Cases in the frame 1 {said}" in text_of(officer.get(ONE))
    assert "Wedi’u gadael allan" in text_of(officer.get(f"/cy{ONE}"))


@pytest.mark.rule("SCR-01", "SCR-02", "SCR-03")
def test_a_sample_goes_from_its_plan_to_its_draw(system: Acting, people: Mapping[str, Client], tmp_path: Path) -> None:
    officer, analyst = people["officer"], people["analyst"]
    refs = some_cases(system, tmp_path, 4)
    assert "No dip sample has been planned" in text_of(officer.get(LIST))
    assert "Give the first and the last day" in text_of(officer.post(f"{LIST}/new", {**NEW, "since_year": "2027"}))
    assert "Choose four weeks or more" in text_of(officer.post(f"{LIST}/new", {**NEW, "since_day": "2"}))
    assert "Nobody can review so many" in text_of(officer.post(f"{LIST}/new", {**NEW, "number": "99999999999"}))
    in_welsh = "A yw dioddefwyr yn cael cefnogaeth?"
    planned = text_of(officer.post(f"{LIST}/new", {**NEW, "question_cy": in_welsh}, follow=True))
    assert "Cases that fit now: Fewer than 5. All of them are taken" in planned
    assert "blind" not in planned, "as many are reviewed a second time as there are"
    early = text_of(analyst.post(f"{ONE}/seed", {"seed": "1 2 3", "has_not_seen": "yes"}))
    assert "there is no seed before the frame is frozen" in early
    frozen = text_of(officer.post(f"{ONE}/freeze", follow=True))
    assert "Hash of the frame (SHA-256)" in frozen
    assert "Cases in the frame 4" in frozen
    assert officer.post(f"{ONE}/freeze").status_code == 409
    assert "Name at least two reviewers" in text_of(officer.post(f"{ONE}/reviewers", {"usernames": ["ann"]}))
    named = text_of(officer.post(f"{ONE}/reviewers", {"usernames": ["ann", "bob"]}, follow=True))
    assert "Somebody who neither planned nor froze it gives the seed" in named
    assert "Somebody else gives the seed" in text_of(
        officer.post(f"{ONE}/seed", {"seed": "1 2 3", "has_not_seen": "yes"})
    )
    assert "Confirm that you have not seen" in text_of(analyst.post(f"{ONE}/seed", {"seed": "1 2 3"}))
    page = analyst.post(f"{ONE}/seed", {"seed": "1 2 3", "has_not_seen": "yes"}, follow=True)
    assert "Reviews submitted: 0 of 8." in text_of(page)
    assert "The same cases, in the same order" in text_of(page)
    assert not any(ref in page.content.decode() for ref in refs), "cases are known by their numbers alone"
    assert "Drawn" in text_of(analyst.get(LIST))
    for client in (people["ann"], people["bob"]):
        assert client.get(LIST).status_code == 403
        # What they are to answer is asked in the language of the page.
        assert in_welsh in text_of(client.get(f"/cy{MINE}"))
        assert NEW["question"] in text_of(client.get(MINE))


@pytest.mark.rule("MSR-03")
def test_a_plan_tells_no_small_number_of_the_force() -> None:
    """Of its parts three are shown, that of four is hidden, and with it the next, by which it could be worked back."""
    told = advice({"east": 4, "north": 40, "south": 60, "west": 50}, None, Allocation.PROPORTIONAL)
    assert told is not None
    table = planned_table(told, To.INTERNAL)
    assert [row[1]["text"] for row in table["rows"]] == ["Not shown", "Not shown", "60", "50"]
    assert [row[2]["text"] == "Not shown" for row in table["rows"]] == [True, True, False, False]
    assert "Cases that fit now: 154." in advice_words(told, To.INTERNAL)[0]
    assert [row[1]["text"] for row in planned_table(told, To.ROWS)["rows"]] == ["4", "40", "60", "50"]


def fields_of(page: Any) -> list[str]:
    return sorted(set(re.findall(r'name="(q[^"]+)"', page.content.decode())))


@pytest.mark.rule("SCR-07")
def test_a_volunteer_judges_a_case_section_by_section(sample: Sample, people: Mapping[str, Client]) -> None:
    ann = people["ann"]
    review = reviews_of(sample, by(ann))[0].reference
    mine = f"{MINE}/{review}"
    assert "Interest not declared yet" in text_of(ann.get(MINE))
    before = text_of(ann.get(mine))
    assert "Have you an interest in this case" in before
    assert "as it was known when the frame froze" not in before, "nothing of the case before that"
    assert ann.get(f"{mine}/sections/before").status_code == 302
    assert "Choose whether you have an interest" in text_of(ann.post(f"{mine}/interest", {}))
    begun = text_of(ann.post(f"{mine}/interest", {"interest": "no"}, follow=True))
    assert "Crime 1" in begun
    assert "A. Recognition" in begun
    assert "Nothing is asked" in begun, "of what hangs on whether the case can be assessed"
    assert ann.post(f"{mine}/interest", {"interest": "no"}).status_code == 409
    assert fields_of(ann.get(f"{mine}/sections/before")) == ["q03-0-code", "q04-0-count-minutes"]
    wrong = ann.post(f"{mine}/sections/before", {"q03-0-code": "yes", "q04-0-count-minutes": "ten"})
    assert "Write a whole number" in text_of(wrong)
    assert "To answer: " in text_of(ann.get(mine)), "what was right beside it is kept"
    on = ann.post(f"{mine}/sections/before", {"q03-0-code": "yes", "q04-0-count-minutes": "10"})
    assert on.headers["Location"] == f"{mine}/sections/A"
    assert "qA2-0-code" not in fields_of(ann.get(f"{mine}/sections/A"))
    no = {"qA1-0-judged": "no", "qA1-0-evidence": "log 4", "qA1-0-confidence": "high"}
    more = ann.post(f"{mine}/sections/A", no, follow=True)
    assert "By what you answered, more is asked here" in text_of(more)
    assert "qA2-0-code" in fields_of(more)
    assert 'value="log 4"' in more.content.decode(), "what was saved stands in the form"
    assert "Still to be given: an answer" not in text_of(more), "of what was not begun nothing is said"
    ann.post(f"{mine}/sections/A", {"qA1-0-judged": "no", "qA1-0-confidence": "high", "return": "1"})
    assert "Still to be given: where in the pack or the file it stands" in text_of(ann.get(f"{mine}/sections/A"))
    bad = text_of(ann.post(f"{mine}/sections/A", {**no, "qA7-0-at-reported": "last week", "qA2-0-code": "nonsense"}))
    assert "Write a time as 2026-11" in bad
    assert "Choose one of the answers given" in bad
    assert ann.post(f"{mine}/sections/A", {**no, "return": "1"}).headers["Location"] == mine
    assert ann.get(f"{mine}/sections/Z").status_code == 404
    assert ann.get(f"{mine}/identity").status_code == 403, "a volunteer never learns which case it is"
    assert ann.post(f"{mine}/submit").status_code == 409
    danger = ann.post(f"{mine}/sections/B", {"qB8-0-code": "yes"})
    assert danger.headers["Location"] == f"{mine}/live-risk"
    told = {"danger": "harm", "told": "He waits outside", "reach": "01632 960001"}
    assert "The force is told" in text_of(ann.post(f"{mine}/live-risk", told, follow=True))
    assert LiveRisk.objects.for_system("a test").count() == 1
    assert ann.post(f"{mine}/sections/B", {"qB8-0-code": "yes"}).headers["Location"] == f"{mine}/sections/C"


def bare(page: Any) -> str:
    """A page without what differs between any two requests."""
    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=|nonce-)"?[^"]+"', "", page.content.decode())


def calls(act: Callable[[], object]) -> int:
    """How many functions are called: what time is made of, without a clock that something else may hold up. The fewer of twice,
    because now and then it is kept that a session is in use.
    """

    def once() -> int:
        profile = cProfile.Profile()
        profile.runcall(act)
        return sum(one.callcount for one in profile.getstats())

    return min(once(), once())


@pytest.mark.rule("SCR-07")
def test_no_page_and_no_time_tells_a_reviewer_what_the_other_answered(
    system: Acting, sample: Sample, people: Mapping[str, Client]
) -> None:
    ann, bob = people["ann"], people["bob"]
    theirs, mine = (next(one for one in reviews_of(sample, by(each)) if one.case.number == 1) for each in (ann, bob))
    answered(by(bob), mine.reference)
    pages = [MINE, *(f"{MINE}/{mine.reference}{page}" for page in ("", "/sections/A", "/sections/after", "/live-risk"))]

    def seen() -> list[tuple[str, int]]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                found.append((bare(bob.get(page)), len(queries)))
        return found

    seen()
    before, took = seen(), calls(seen)
    absent = [bob.get(f"{MINE}/CV-999999{page}") for page in ("", "/sections/A")]
    submitted(by(ann), theirs.reference, {"DS-92": Given(text="The yellow house")})
    assert seen() == before, "word for word, and query for query"
    assert calls(seen) == pytest.approx(took, rel=0.001), "and it takes as many steps, whatever the clock says"
    for page, other in zip(("", "/sections/A"), absent, strict=True):
        found = bob.get(f"{MINE}/{theirs.reference}{page}")
        same = bare(other).replace("CV-999999", theirs.reference)
        assert (found.status_code, bare(found)) == (404, same), "another's review is not there"
    for page in ("/interest", "/submit", "/live-risk", "/sections/A"):
        assert bob.post(f"{MINE}/{theirs.reference}{page}", {"interest": "no"}).status_code == 404
    waits = text_of(people["officer"].get(f"{ONE}/agreement"))
    assert "Not every review is in" in waits
    assert "Reviews submitted: 1 of 6." in text_of(people["officer"].get(ONE))
    logged = "".join(Event.objects.values_list("payload", flat=True))
    assert "yellow" not in logged
    build_snapshot(by=system)
    tables = list(folder_of(system).rglob("*.parquet"))
    assert tables, "what is exported is made of these"
    assert not [one.stem for one in tables if "yellow" in str(pq.read_table(one).to_pydict())]


@pytest.mark.rule("SCR-05")
def test_a_case_is_replaced_or_given_on_from_its_sample(
    system: Acting, people: Mapping[str, Client], signed_in_client: Callable[..., Client], tmp_path: Path
) -> None:
    officer, ann, bob = people["officer"], people["ann"], people["bob"]
    cat = signed_in_client("volunteer_reviewer", username="cat")
    some_cases(system, tmp_path, 2)
    one = drawn(by(officer), by(people["analyst"]), [by(ann), by(bob), by(cat)])
    assert "Replace it" not in text_of(officer.get(ONE))
    assert officer.post(f"{ONE}/cases/1/replace").status_code == 409
    assert officer.post(f"{ONE}/cases/9/replace").status_code == 404
    first = next(row for row in reviews_of(one) if row.case.number == 1 and row.place == 1)
    submitted(by({"ann": ann, "bob": bob, "cat": cat}[first.reviewer.username]), first.reference, DUPLICATE)
    assert "Duplicate" in text_of(officer.get(ONE))
    replaced = text_of(officer.post(f"{ONE}/cases/1/replace", follow=True))
    assert "None was left in its part of the frame" in replaced
    second = next(row for row in reviews_of(one) if row.case.number == 2 and row.place == 1)
    client = {"ann": ann, "bob": bob, "cat": cat}[second.reviewer.username]
    client.post(f"{MINE}/{second.reference}/interest", {"interest": "yes"})
    assert "somebody else reviews it" in text_of(client.get(f"{MINE}/{second.reference}"))
    assert "Give it to another reviewer" in text_of(officer.get(ONE))
    assert "given to the next reviewer" in text_of(officer.post(f"{ONE}/cases/2/give-on/1", follow=True))


@pytest.mark.rule("SCR-08")
def test_agreement_is_shown_once_all_are_in_and_somebody_else_decides(
    sample: Sample, people: Mapping[str, Client]
) -> None:
    officer, analyst = people["officer"], people["analyst"]
    for review in reviews_of(sample):
        who = by(people[review.reviewer.username])
        no = {"DS-C1": Given(judged="no", confidence="low", evidence="log 9")}
        submitted(who, review.reference, no if (review.case.number, who.user.username) == (1, "bob") else None)  # type: ignore[union-attr]
    page = text_of(officer.get(f"{ONE}/agreement"))
    assert "Cases reviewed twice: 3." in page
    assert "Rewrite question before quoting" in page
    assert "Evidence: log 9" in page
    decide = f"{ONE}/cases/1/C1/case"
    assert decide in officer.get(f"{ONE}/agreement").content.decode()
    assert decide not in analyst.get(f"{ONE}/agreement").content.decode()
    assert analyst.get(decide).status_code == 403
    assert officer.get(f"{ONE}/cases/1/A1/case").status_code == 404, "there they do not differ"
    assert "Write why" in text_of(officer.post(decide, {"qC1-0-judged": "partly"}))
    said = {"qC1-0-judged": "partly", "qC1-0-evidence": "log 4", "qC1-0-confidence": "high", "reason": "Half of it was"}
    done = text_of(officer.post(decide, said, follow=True))
    assert "Half of it was" in done
    assert "Evidence: log 9" in done
    assert officer.post(decide, said).status_code == 409


def test_an_officer_who_reviews_is_told_which_case_it_is_with_a_reason(
    system: Acting, people: Mapping[str, Client], tmp_path: Path
) -> None:
    officer = people["officer"]
    [ref] = some_cases(system, tmp_path, 1)
    one = drawn(by(officer), by(people["analyst"]), [by(officer), by(people["ann"])])
    [review] = CaseReview.objects.for_system("a test").filter(case__sample=one, reviewer=officer.user)  # type: ignore[attr-defined]
    address = f"{MINE}/{review.reference}/identity"
    assert "First say whether" in text_of(officer.post(address, {"reason": "The file"}))
    officer.post(f"{MINE}/{review.reference}/interest", {"interest": "no"})
    assert "Write why" in text_of(officer.post(address, {}))
    assert ref not in officer.get(address).content.decode()
    assert f"It is {ref}." in text_of(officer.post(address, {"reason": "To ask for the paper file"}))
    assert Event.objects.filter(kind="review_identity_opened").count() == 1


@pytest.mark.usefixtures("sample")
def test_lists_take_as_many_queries_for_many_as_for_few(
    system: Acting, people: Mapping[str, Client], tmp_path: Path
) -> None:
    def taken(client: Client, page: str) -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        return len(queries)

    pages = [(people["officer"], LIST), (people["officer"], ONE), (people["ann"], MINE)]
    before = [taken(*one) for one in pages]
    some_cases(system, tmp_path, 12)
    drawn(by(people["officer"]), by(people["analyst"]), [by(people["ann"]), by(people["bob"])], PLAN)
    after = [taken(pages[0][0], LIST), taken(pages[1][0], f"{LIST}/SM-10002"), taken(pages[2][0], MINE)]
    assert after == before
