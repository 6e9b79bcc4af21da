"""Letters to a victim that hang on no order: written once by a safe way, searched, asked about again, hers or work."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.policies import FactorNotFresh
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.sending import send_messages
from craffu.daily.ticking import tick
from craffu.messages.adapters.folder import Folder
from craffu.messages.models import Message
from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.rules import Occasion
from craffu.victims.contacts.policies import NotSafe
from craffu.victims.contacts.rules import CameBack
from craffu.victims.gap.facts import Key
from craffu.victims.gap.kinds import Figure, Split
from craffu.victims.gap.queries import gap_of
from craffu.victims.happenings.actions import strike_happening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.inviting.queries import invitations_of
from craffu.victims.letters.actions import fetch_letter, give_letter, letter_came_back, post_letter, put_letter_back
from craffu.victims.letters.facts import Given, Way
from craffu.victims.letters.kinds import About
from craffu.victims.letters.queries import find_letter, news_to_write, stages_to_ask_of
from craffu.victims.models import Contact, Invitation, InvitationStep, VictimLetter
from craffu.victims.stories import story_of
from craffu.work.models import WorkItem
from tests.factories.letters import BY_LETTER, charged, written_of_a_charge, written_to
from tests.factories.victims import AGREED, agreed, victim_of

pytestmark = [pytest.mark.rule("VIC-01"), pytest.mark.rule("VIC-02")]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ASKED = replace(BY_LETTER, survey="yes")


def fresh(by: Acting, at: datetime = NOW) -> Acting:
    return replace(by, factor_at=at)


def message(of: VictimLetter) -> Message:
    return Message.objects.get(key=f"victim-letter:{of.pk}")


def work(kind: str) -> list[tuple[str, datetime | None]]:
    rows = WorkItem.objects.for_system("a test").filter(kind=kind).order_by("id")
    return [(one.why, one.over_at) for one in rows]


@pytest.mark.rule("VIC-05")
def test_news_is_written_once_fetched_by_one_posted_and_tells_her_when_she_has_it(officer: Acting, victim: str) -> None:
    agreed(officer, victim, BY_LETTER)
    letter = written_of_a_charge(officer, victim, NOW)
    assert (letter.about, letter.language, message(letter).status) == ("news", BY_LETTER.language, "waiting")
    with pytest.raises(Conflict) as refused:
        written_to(officer, victim, About.NEWS, letter.of, now=NOW)
    assert refused.value.code == "letter_written"
    with pytest.raises(NotNow) as refused_too:
        give_letter(by=officer, victim=victim, number=letter.pk, given=Given(at=NOW, way=Way.HANDED), now=NOW)
    assert refused_too.value.code == "letter_not_fetched"
    with pytest.raises(FactorNotFresh):
        fetch_letter(by=officer, victim=victim, number=letter.pk, now=NOW)
    _, content = fetch_letter(by=fresh(officer), victim=victim, number=letter.pk, now=NOW)
    assert content == b"%PDF-1.7 a letter"
    with pytest.raises(Conflict):
        fetch_letter(by=fresh(officer), victim=victim, number=letter.pk, now=NOW)
    put_letter_back(by=officer, victim=victim, number=letter.pk, now=NOW)
    fetch_letter(by=fresh(officer), victim=victim, number=letter.pk, now=NOW)
    post_letter(by=officer, victim=victim, number=letter.pk, now=NOW)
    story = story_of(officer, victim_of(officer, victim), NOW + HOUR)
    assert next(one for one in story.happened if one.key == letter.of).told_at is None, (
        "what is in the post is not told"
    )
    given = Given(at=NOW + HOUR, way=Way.POSTED)
    assert give_letter(by=officer, victim=victim, number=letter.pk, given=given, now=NOW + HOUR)
    assert not give_letter(by=officer, victim=victim, number=letter.pk, given=given, now=NOW + HOUR), "once"
    story = story_of(officer, victim_of(officer, victim), NOW + HOUR)
    assert next(one for one in story.happened if one.key == letter.of).told_at == NOW + HOUR
    assert (message(letter).status, message(letter).body) == ("delivered", "")
    assert Contact.objects.for_system("a test").count() == 1


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (None, "letter_not_agreed"),
        (AGREED, "letter_not_safe"),
        (replace(BY_LETTER, not_wanted=("charge",)), "letter_not_wanted"),
    ],
)
def test_no_letter_goes_by_a_way_that_is_not_agreed_nor_of_what_she_wants_to_hear_nothing_of(
    officer: Acting, victim: str, terms: Terms | None, code: str
) -> None:
    if terms is not None:
        agreed(officer, victim, terms)
    with pytest.raises(NotNow) as refused:
        written_of_a_charge(officer, victim, NOW)
    assert refused.value.code == code
    assert not VictimLetter.objects.for_system("a test").exists()
    assert not Message.objects.exists()


@pytest.mark.rule("VIC-09")
@pytest.mark.rule("BIL-03")
@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"words": "We came to 3 Heol Fawr, SA1 1AA on Monday."}, "letter_stopped"),
        ({"is_draft": True}, "letter_translation"),
        ({"agreement": 999}, "agreement_changed"),
    ],
)
def test_what_could_betray_her_and_welsh_that_nobody_approved_does_not_leave(
    officer: Acting, victim: str, other: dict[str, Any], code: str
) -> None:
    agreed(officer, victim, BY_LETTER)
    with pytest.raises((NotNow, Conflict)) as refused:
        written_of_a_charge(officer, victim, NOW, **other)
    assert refused.value.code == code
    assert not VictimLetter.objects.for_system("a test").exists()


@pytest.mark.rule("BIL-03")
def test_a_translator_who_approved_it_is_kept_with_it(officer: Acting, victim: str) -> None:
    agreed(officer, victim, BY_LETTER)
    assert written_of_a_charge(officer, victim, NOW, is_draft=True, translator=" Elin Rees ").translator == "Elin Rees"


def test_what_must_never_be_said_stands_in_none_and_somebody_has_read_it(officer: Acting, victim: str) -> None:
    agreed(officer, victim, replace(BY_LETTER, never_say="the red car"))
    of = charged(officer, victim, NOW)
    for words, was_read, code in (("A letter.", False, "not_read"), ("It was the  Red Car", True, "never_say")):
        with pytest.raises(NotNow) as refused:
            written_to(officer, victim, About.NEWS, of, words, NOW, was_read=was_read)
        assert refused.value.code == f"letter_{code}"
    assert written_to(officer, victim, About.NEWS, of, now=NOW, was_read=True).pk


def test_it_is_asked_about_again_when_it_leaves_and_what_may_not_go_comes_back_as_work(
    officer: Acting, victim: str, force: Force, tmp_path: Path
) -> None:
    agreed(officer, victim, BY_LETTER)
    letter = written_of_a_charge(officer, victim, NOW)
    send_messages(force=force, by=Folder(tmp_path), now=NOW)
    assert message(letter).status == "waiting", "no letter is handed to a carrier of messages"
    strike_happening(by=officer, victim=victim, number=int(letter.of.partition("-")[2]), now=NOW + HOUR)
    with pytest.raises(NotNow, match="taken back or said anew"):
        fetch_letter(by=fresh(officer, NOW + HOUR), victim=victim, number=letter.pk, now=NOW + HOUR)
    send_messages(force=force, by=Folder(tmp_path), now=NOW + HOUR)
    assert (message(letter).status, message(letter).reason) == ("held_back", "news_changed")
    tick(force=force, at=NOW + 2 * HOUR)
    assert work("letter_not_arrived") == [("letter_held_back", None)]
    other = written_of_a_charge(officer, victim, NOW + 2 * HOUR)
    agreed(officer, victim, AGREED, now=NOW + 3 * HOUR)
    with pytest.raises(NotNow, match="not a way that they call safe"):
        fetch_letter(by=fresh(officer, NOW + 3 * HOUR), victim=victim, number=other.pk, now=NOW + 3 * HOUR)


def test_a_letter_that_waits_a_week_is_held_back(officer: Acting, victim: str, force: Force, tmp_path: Path) -> None:
    agreed(officer, victim, BY_LETTER)
    letter = written_of_a_charge(officer, victim, NOW)
    at = NOW + timedelta(days=7)
    with pytest.raises(Conflict):
        fetch_letter(by=fresh(officer, at), victim=victim, number=letter.pk, now=at)
    send_messages(force=force, by=Folder(tmp_path), now=at)
    assert (message(letter).status, message(letter).reason) == ("held_back", "too_late")


def test_a_letter_that_came_back_is_work_until_she_is_reached(officer: Acting, victim: str, force: Force) -> None:
    agreed(officer, victim, BY_LETTER)
    letter = written_of_a_charge(officer, victim, NOW, is_taken=True)
    with pytest.raises(NotNow):
        letter_came_back(by=officer, victim=victim, number=letter.pk, why=CameBack.REFUSED, now=NOW)
    post_letter(by=officer, victim=victim, number=letter.pk, now=NOW)
    letter_came_back(by=officer, victim=victim, number=letter.pk, why=CameBack.REFUSED, now=NOW + HOUR)
    tick(force=force, at=NOW + 2 * HOUR)
    assert work("letter_not_arrived") == [("letter_came_back", None)]
    again = written_to(officer, victim, About.NEWS, letter.of, now=NOW + 2 * HOUR)
    assert again.pk != letter.pk, "what did not reach her may be written anew"


def test_nothing_that_lies_ahead_is_written_of_but_what_she_is_warned_of(officer: Acting, victim: str) -> None:
    agreed(officer, victim, BY_LETTER)
    ahead = NOW + timedelta(days=3)
    for kind in (Happening.HEARING_LISTED, Happening.RELEASE_FROM_PRISON):
        charged(officer, victim, NOW, kind)
    hers = victim_of(officer, victim)
    assert {one.happened.kind for one in news_to_write(story_of(officer, hers, NOW))} >= {
        Happening.HEARING_LISTED, Happening.RELEASE_FROM_PRISON,
    }  # fmt: skip
    assert all(not one.is_ahead for one in news_to_write(story_of(officer, hers, ahead)))


def test_she_is_asked_by_a_letter_that_opens_nothing_and_is_counted_once(
    officer: Acting, victim: str, force: Force
) -> None:
    agreed(officer, victim, ASKED)
    charged(officer, victim, NOW + HOUR)
    at = NOW + 2 * HOUR
    hers = victim_of(officer, victim)
    stage = Occasion.CHARGE_OR_NO_FURTHER_ACTION
    assert stage in stages_to_ask_of(story_of(officer, hers, at))
    tick(force=force, at=at)
    assert [one[1] for one in work("survey_invitation")] == [None]
    letter = written_to(officer, victim, About.SURVEY, stage.value, now=at, is_taken=True)
    asked = Invitation.objects.for_system("a test").get()
    assert (asked.route, asked.token, asked.occasion, letter.of) == ("letter", "", stage, stage)
    tick(force=force, at=at + HOUR)
    assert [one[1] for one in work("survey_invitation")] == [at], "she is asked"
    post_letter(by=officer, victim=victim, number=letter.pk, now=at)
    response = Key(Figure.RESPONSE, "page/1/online", Split.WHOLE, "")
    day = at.date()
    assert gap_of(officer, day, day, at + HOUR)[response].by_status == {"delivery_not_said": 1}
    given = Given(at=at + HOUR, way=Way.POSTED)
    give_letter(by=officer, victim=victim, number=letter.pk, given=given, now=at + HOUR)
    assert gap_of(officer, day, day, at + HOUR)[response].by_status == {"silent": 1}
    [stands] = invitations_of(officer, hers, at + HOUR)
    assert (stands.is_open, stands.route) == (False, Route.LETTER)
    code = NewInvitation(Purpose.SURVEY, Route.CODE, occasion=stage.value)
    invite(by=officer, victim=victim, given=code, now=at + 2 * HOUR)
    assert gap_of(officer, day, day, at + 3 * HOUR)[response].by_status == {"silent": 1}, "the code takes its place"


@pytest.mark.rule("T29")
def test_of_one_day_she_is_asked_by_one_letter(officer: Acting, victim: str) -> None:
    agreed(officer, victim, ASKED)
    charged(officer, victim, NOW + HOUR)
    charged(officer, victim, NOW + HOUR, Happening.ORDER_SERVED)
    at = NOW + 2 * HOUR
    first = written_to(officer, victim, About.SURVEY, "charge_or_no_further_action", now=at, is_taken=True)
    with pytest.raises(Conflict) as refused:
        written_to(officer, victim, About.SURVEY, "order_served", now=at + HOUR)
    assert refused.value.code == "letter_asked_today"
    written_to(officer, victim, About.NEWS, charged(officer, victim, at, Happening.ARREST), now=at + HOUR)
    post_letter(by=officer, victim=victim, number=first.pk, now=at)
    letter_came_back(by=officer, victim=victim, number=first.pk, why=CameBack.RETURNED, now=at + HOUR)
    written_to(officer, victim, About.SURVEY, "order_served", now=at + 2 * HOUR)
    written_to(officer, victim, About.SURVEY, "charge_or_no_further_action", now=at + 24 * HOUR)


def test_a_letter_that_asks_and_did_not_reach_her_is_work_and_no_invitation(
    officer: Acting, victim: str, force: Force
) -> None:
    agreed(officer, victim, ASKED)
    charged(officer, victim, NOW + HOUR)
    at = NOW + 2 * HOUR
    letter = written_to(officer, victim, About.SURVEY, "charge_or_no_further_action", now=at, is_taken=True)
    post_letter(by=officer, victim=victim, number=letter.pk, now=at)
    letter_came_back(by=officer, victim=victim, number=letter.pk, why=CameBack.RETURNED, now=at + HOUR)
    assert list(InvitationStep.objects.for_system("a test").values_list("step", flat=True)) == ["not_sent"]
    tick(force=force, at=at + 2 * HOUR)
    assert work("letter_not_arrived") == [("letter_came_back", None)]
    assert work("link_not_sent") == [], "one thing to do, not two"
    assert [one[1] for one in work("survey_invitation")] == [None], "she has still to be asked"
    agreed(officer, victim, replace(ASKED, survey="no"), now=at + 2 * HOUR)
    with pytest.raises(NotNow) as refused:
        written_to(officer, victim, About.SURVEY, "charge_or_no_further_action", now=at + 3 * HOUR)
    assert refused.value.code == "no_such_letter"


def test_what_is_not_safe_is_recorded_as_what_it_was_only_where_it_is_done(officer: Acting, victim: str) -> None:
    agreed(officer, victim, BY_LETTER)
    letter = written_of_a_charge(officer, victim, NOW, is_taken=True)
    at_night = datetime(2026, 11, 24, 22, tzinfo=UTC)
    given = Given(at=at_night, way=Way.HANDED)
    with pytest.raises(NotSafe):
        give_letter(by=officer, victim=victim, number=letter.pk, given=given, now=at_night)
    anyway = replace(given, was_made_anyway=True)
    assert give_letter(by=officer, victim=victim, number=letter.pk, given=anyway, now=at_night)


def test_only_who_looks_after_her_writes_to_her(officer: Acting, victim: str, acting_as: Callable[..., Acting]) -> None:
    agreed(officer, victim, BY_LETTER)
    letter = written_of_a_charge(officer, victim, NOW)
    for role in ("analyst", "orders_team", "auditor", "response_officer"):
        with pytest.raises(NotPermitted):
            fetch_letter(by=fresh(acting_as(role)), victim=victim, number=letter.pk, now=NOW)
    assert find_letter(officer, victim_of(officer, victim), letter.pk + 1) is None
