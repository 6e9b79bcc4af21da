"""What makes it doubtful that she is safely reached, and what follows; and what is no contact with her, however it is recorded
(VIC-02, VIC-04, VIC-05, VIC-08).
"""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from craffu.access.acting import Acting, acting_system
from craffu.access.models import Force
from craffu.common.languages import Language
from craffu.common.refusals import NotNow
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.victims import due
from craffu.victims.agreements.queries import versions_of
from craffu.victims.answering.actions import answer, ask_again, open_page, page_of, send
from craffu.victims.answering.facts import Sent
from craffu.victims.answering.kinds import GO_ON, Question
from craffu.victims.contacts.actions import excuse_promise, record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.contacts.rules import Excuse
from craffu.victims.happenings.actions import record_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.inviting.actions import distrust, invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.inviting.queries import why_link_may_not_go
from craffu.victims.letters.actions import fetch_letter, give_letter, post_letter
from craffu.victims.letters.facts import Given, Way
from craffu.victims.letters.kinds import About
from craffu.victims.letters.queries import why_it_may_not_go
from craffu.victims.models import AgreementVersion
from craffu.victims.queries import Victim
from craffu.victims.stories import story_of
from craffu.web.victims.presenters import safe_now_words, safe_terms
from craffu.work.models import WorkItem
from tests.factories.extracts import row, write
from tests.factories.letters import BY_LETTER, written_of_a_charge, written_to
from tests.factories.victims import AGREED, agreed, victim_of
from tests.integration.victims.conftest import NOW

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANSWERS = {
    "before": GO_ON, "safe_now": "yes", "contact": "no", "feel": "same", "informed": "yes", "serious": "partly",
    "supported": "no", "order": "keep", "reach": "still_safe", "readers": GO_ON, "words": "he is here", "quoted": "no",
    "linked": "yes",
    "tell": "as_agreed", "when": "2026-11-20T18:30", "how": "message", "through": "no", "proof": "kept", "ledger": "yes",
}  # fmt: skip


def said(officer: Acting, victim: str, at: datetime, **other: str) -> None:
    page = acting_system(officer.force, "safe page")
    made = invite(by=officer, victim=victim, given=NewInvitation(Purpose.VIEW, Route.CODE), now=at)
    cookie = open_page(by=page, secret=made.secret, now=at).secret
    given, then = {**ANSWERS, **other}, at
    while (standing := page_of(page, cookie, then)) is not None and standing.next is not None:
        then += timedelta(seconds=1)
        answer(
            by=page, cookie=cookie, question=standing.next, said=given[standing.next], language=Language.WELSH, now=then
        )
    send(by=page, cookie=cookie, given=Sent("cy"), now=then)


def her(officer: Acting, victim: str) -> tuple[Victim, list[AgreementVersion]]:
    found = victim_of(officer, victim)
    return found, versions_of(officer, found.records)


def open_work(kind: str) -> list[tuple[str, str]]:
    rows = WorkItem.objects.for_system("a test").filter(kind=kind).order_by("id")
    return [(one.why, one.state) for one in rows]


@pytest.mark.rule("VIC-04")
def test_an_excuse_that_does_not_count_leaves_somebody_with_the_promise(
    officer: Acting, victim: str, force: Force
) -> None:
    """Attempts after the due day bear out no excuse: either it is refused, or the promise stays somebody's work."""
    agreed(officer, victim, replace(AGREED, frequency="7"), now=NOW - 10 * DAY)
    story = story_of(officer, victim_of(officer, victim), NOW)
    (promised,) = story.promises
    assert promised.promise.due_at < NOW - 2 * DAY
    for channel, at in (("telephone", NOW - DAY), ("telephone", NOW - HOUR), ("text_message", NOW)):
        record_contact(by=officer, victim=victim, given=NewContact(channel, at, was_reached=False))
    with pytest.raises(NotNow):
        excuse_promise(
            by=officer,
            victim=victim,
            promise=promised.promise.pk,
            reason=Excuse.NOT_REACHABLE,
            words="Nobody answered.",
        )
    tick(force=force, at=NOW + MINUTE, sources=(due.SOURCE,))
    assert "open" in [state for _, state in open_work(due.PROMISE)], "nobody is asked to reach her any more"


@pytest.mark.rule("VIC-02")
def test_no_letter_leaves_after_she_said_that_how_we_reach_her_is_not_safe_any_more(
    officer: Acting, victim: str
) -> None:
    agreed(officer, victim, BY_LETTER, now=NOW - DAY)
    letter = written_of_a_charge(officer, victim, NOW)
    assert why_it_may_not_go(officer, letter, "A letter.", NOW) == ""
    said(officer, victim, NOW, reach="changed")
    assert why_it_may_not_go(officer, letter, "A letter.", NOW + HOUR) != ""


@pytest.mark.rule("VIC-08")
def test_a_letter_that_she_has_is_no_conversation_with_her(officer: Acting, victim: str, force: Force) -> None:
    agreed(officer, victim, BY_LETTER, now=NOW - DAY)
    letter = written_of_a_charge(officer, victim, NOW)
    fresh = replace(officer, factor_at=NOW)
    fetch_letter(by=fresh, victim=victim, number=letter.pk, now=NOW)
    post_letter(by=fresh, victim=victim, number=letter.pk, now=NOW)
    said(officer, victim, NOW, feel="less_safe")
    at = NOW + HOUR
    give_letter(by=fresh, victim=victim, number=letter.pk, given=Given(at=at, way=Way.POSTED), now=at)
    tick(force=force, at=at + MINUTE, sources=(due.SOURCE,))
    assert open_work(due.HER_ANSWER) == [("said_less_safe", "open")], "nobody has spoken with her"


@pytest.mark.rule("VIC-02")
def test_that_her_reach_changed_is_not_unsaid_on_the_page(officer: Acting, victim: str) -> None:
    agreed(officer, victim, replace(AGREED, links=("text_message",)), now=NOW - DAY)
    page = acting_system(officer.force, "safe page")
    made = invite(by=officer, victim=victim, given=NewInvitation(Purpose.VIEW, Route.CODE), now=NOW)
    cookie = open_page(by=page, secret=made.secret, now=NOW).secret
    given, then = {**ANSWERS, "reach": "changed"}, NOW
    while (standing := page_of(page, cookie, then)) is not None and standing.next is not None:
        then += timedelta(seconds=1)
        answer(
            by=page, cookie=cookie, question=standing.next, said=given[standing.next], language=Language.WELSH, now=then
        )
    # Whoever takes the telephone over answers it anew.
    ask_again(by=page, cookie=cookie, question=Question.REACH, now=then)
    answer(by=page, cookie=cookie, question=Question.REACH, said="still_safe", language=Language.WELSH, now=then)
    send(by=page, cookie=cookie, given=Sent("cy"), now=then)
    why = why_link_may_not_go(officer, *her(officer, victim), "text_message")
    assert why is not None, "a link goes to a telephone that she said is not safe"


@pytest.mark.rule("VIC-04")
def test_who_agrees_to_be_called_more_often_is_promised_it(officer: Acting, victim: str) -> None:
    agreed(officer, victim, replace(AGREED, frequency="28"), now=NOW - DAY)
    agreed(officer, victim, replace(AGREED, frequency="7"), now=NOW)
    story = story_of(officer, victim_of(officer, victim), NOW + MINUTE)
    assert min(one.promise.due_at for one in story.promises) <= NOW + 8 * DAY, "weekly was agreed; due in four weeks"
    rung = NewContact("telephone", NOW + 7 * DAY, was_reached=True, was_made_anyway=True)
    record_contact(by=officer, victim=victim, given=rung, now=NOW + 7 * DAY)
    story = story_of(officer, victim_of(officer, victim), NOW + 7 * DAY)
    assert story.next_promise is not None
    assert story.next_promise.promise.due_at <= NOW + 15 * DAY, "and so on, whatever was promised before"


@pytest.mark.rule("VIC-02")
def test_an_agreement_of_before_that_comes_late_answers_nothing_that_she_said_since(
    officer: Acting, victim: str, system: Acting, tmp_path: Path, force: Force
) -> None:
    agreed(officer, victim, replace(AGREED, links=("text_message",)), now=NOW - DAY)
    said(officer, victim, NOW, reach="changed")
    tick(force=force, at=NOW + MINUTE, sources=(due.SOURCE,))
    assert open_work(due.HER_ANSWER) == [("reach_has_changed", "open")]
    old = row(
        "witness-care",
        "agreements",
        1,
        person_ref="PERSON10",
        agreed_on="2026-11-02",
        declined_on="",
        channels="telephone",
        occasion="",
        not_wanted="",
        updated_at="2026-11-02 10:00",
    )
    path = write(tmp_path / "late", "agreements.csv", [old])
    with time_machine.travel(NOW + HOUR, tick=False):
        assert take_in(by=system, kind="witness-care", paths=[path]).run.rejected == 0
    tick(force=force, at=NOW + 2 * HOUR, sources=(due.SOURCE,))
    assert open_work(due.HER_ANSWER) == [("reach_has_changed", "open")], "nobody has asked her anew"


@pytest.mark.rule("VIC-02")
def test_nothing_is_called_safe_now_after_she_said_that_it_is_not_any_more(officer: Acting, victim: str) -> None:
    agreed(officer, victim, now=NOW - DAY)
    said(officer, victim, NOW, reach="changed")
    story = story_of(officer, victim_of(officer, victim), NOW + HOUR)
    terms = safe_terms(story)
    assert terms is not None
    shown = safe_now_words(terms, story)
    assert shown.startswith("May not be safe any more"), shown
    agreed(officer, victim, now=NOW + HOUR)
    story = story_of(officer, victim_of(officer, victim), NOW + HOUR)
    assert safe_now_words(terms, story).startswith("Safe now")


@pytest.mark.rule("VIC-02")
def test_no_link_goes_by_the_way_by_which_somebody_else_had_the_last_one(
    officer: Acting, victim: str, force: Force
) -> None:
    agreed(officer, victim, replace(AGREED, links=("text_message",)), now=NOW - DAY)
    page = acting_system(officer.force, "safe page")
    by_link = NewInvitation(Purpose.VIEW, Route.LINK, "text_message", to="07700 900999")

    def worded(secret: str, until: datetime, language: str) -> tuple[str, str]:
        return "", f"https://e.org/t/{secret}"

    made = invite(by=officer, victim=victim, given=by_link, worded=worded, now=NOW)
    open_page(by=page, secret=made.secret, now=NOW)
    distrust(by=officer, victim=victim, number=made.number, now=NOW + MINUTE)
    with pytest.raises(NotNow):
        invite(by=officer, victim=victim, given=by_link, worded=worded, now=NOW + HOUR)
    tick(force=force, at=NOW + HOUR, sources=(due.SOURCE,))
    assert open_work(due.HER_ANSWER) == [("reach_has_changed", "open")]
    agreed(officer, victim, replace(AGREED, links=("text_message",)), now=NOW + 2 * HOUR)
    tick(force=force, at=NOW + 2 * HOUR, sources=(due.SOURCE,))
    assert open_work(due.HER_ANSWER) == [("reach_has_changed", "done")]
    assert why_link_may_not_go(officer, *her(officer, victim), "text_message") is None


@pytest.mark.rule("VIC-05")
def test_a_letter_that_warns_of_a_release_does_not_leave_once_he_is_out(officer: Acting, victim: str) -> None:
    agreed(officer, victim, BY_LETTER, now=NOW - DAY)
    case = max(victim_of(officer, victim).cases.values())
    ahead = NewHappening(Happening.RELEASE_FROM_PRISON, NOW + DAY, NOW)
    row_ = record_happening(by=officer, victim=victim, case=case, given=ahead, now=NOW)
    letter = written_to(officer, victim, About.NEWS, f"happening-{row_.pk}", now=NOW)
    assert why_it_may_not_go(officer, letter, "A letter.", NOW) == ""
    assert why_it_may_not_go(officer, letter, "A letter.", NOW + 3 * DAY) != "", "it says: he will be released"
