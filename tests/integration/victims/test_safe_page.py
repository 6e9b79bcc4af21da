"""She is asked by the safe page: invited by a safe way, once; what follows is work of today (VIC-01, VIC-02, VIC-08)."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from craffu.access.acting import Acting, acting_system
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.cases.models import Case
from craffu.common.languages import Language
from craffu.common.refusals import NotNow, NotPermitted
from craffu.daily.ticking import tick
from craffu.intake.running import take_in
from craffu.messages.facts import Became
from craffu.messages.kinds import Status
from craffu.messages.models import Message
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order
from craffu.orders.protecting.queries import bound_against
from craffu.people.models import SourceRecord
from craffu.scrutiny.claiming.actions import attach
from craffu.scrutiny.claiming.facts import NewEvidence
from craffu.scrutiny.claiming.kinds import Evidence
from craffu.scrutiny.claiming.queries import found_of
from craffu.scrutiny.claiming.sources import survey_to_choose
from craffu.scrutiny.destroying.actions import decide, take_back_and_ask
from craffu.scrutiny.destroying.kinds import Decision
from craffu.victims.agreements.rules import Occasion
from craffu.victims.answering.actions import (
    answer,
    ask_again,
    call_instead,
    close_left,
    open_page,
    page_of,
    send,
    take_back,
)
from craffu.victims.answering.facts import Sent
from craffu.victims.answering.kinds import CALL_ME, GO_ON, LEAVE_OUT, Question
from craffu.victims.answering.reading import answers_to, last_answered
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.gap.behind import Behind, victims_behind
from craffu.victims.gap.facts import Key
from craffu.victims.gap.kinds import Figure, Split
from craffu.victims.gap.queries import gap_of
from craffu.victims.happenings.actions import record_happening
from craffu.victims.happenings.facts import NewHappening
from craffu.victims.happenings.kinds import Happening
from craffu.victims.inviting.actions import (
    distrust,
    end_invitation,
    invite,
    may_still_go,
    note_not_asked,
    note_what_became,
)
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route, Step
from craffu.victims.inviting.queries import invitations_of
from craffu.victims.inviting.rules import IDLE, LASTS, LONGEST, WRITING
from craffu.victims.models import Answers, Invitation, InvitationStep, LogEntry, Sitting, View
from craffu.victims.surveys.kinds import NotAsked
from craffu.victims.voice.queries import last_views, views_of
from craffu.victims.voice.subjects import Subject
from craffu.work.models import WorkItem
from tests.factories.deep_dives import begun
from tests.factories.extracts import LATER, row, write
from tests.factories.victims import AGREED, agreed, send_victim, victim_of

pytestmark = [pytest.mark.rule("VIC-01"), pytest.mark.rule("VIC-02")]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LINKS = replace(AGREED, links=("text_message",))
BY_LINK = NewInvitation(Purpose.SURVEY, Route.LINK, "text_message", to="07700 900456")
BY_CODE = NewInvitation(Purpose.VIEW, Route.CODE)
WORDS = "kanari: he was at the gate"
ANSWERS = {
    "before": GO_ON, "safe_now": "yes", "contact": "no", "feel": "same", "informed": "yes", "serious": "partly",
    "supported": "no", "order": "keep", "reach": "still_safe", "readers": GO_ON, "words": WORDS, "quoted": "yes", "linked": "yes",
    "tell": "as_agreed", "when": "2026-11-20T18:30", "how": "message", "through": "no", "proof": "kept", "ledger": "yes",
}  # fmt: skip


@pytest.fixture
def page(officer: Acting) -> Acting:
    return acting_system(officer.force, "safe page")


def worded(secret: str, until: datetime, language: str) -> tuple[str, str]:
    return "", f"{language} {until:%d} https://example.org/t/{secret}"


def opened(page: Acting, secret: str, now: datetime = NOW) -> str:
    return open_page(by=page, secret=secret, now=now).secret


def answered(page: Acting, cookie: str, now: datetime = NOW, **other: str) -> None:
    """Every question that is asked, a second apart, as ANSWERS says or otherwise."""
    said, at = {**ANSWERS, **other}, now
    while (standing := page_of(page, cookie, at)) is not None and standing.next is not None:
        at += timedelta(seconds=1)
        given = said[standing.next]
        if answer(by=page, cookie=cookie, question=standing.next, said=given, language=Language.WELSH, now=at) is None:
            return


def steps(number: int) -> set[str]:
    return set(InvitationStep.objects.for_system("a test").filter(invitation=number).values_list("step", flat=True))


def work(kind: str) -> list[tuple[str, str, datetime | None]]:
    rows = WorkItem.objects.for_system("a test").filter(kind=kind).order_by("why")
    return [(one.why, one.about, one.over_at) for one in rows]


@pytest.mark.parametrize(
    ("terms", "given", "code"),
    [
        (None, BY_LINK, "not_asked_no_surveys"),
        (None, replace(BY_LINK, purpose=Purpose.VIEW), "not_asked_not_agreed"),
        (AGREED, BY_LINK, "not_asked_no_safe_link"),
        (replace(LINKS, survey="no"), BY_LINK, "not_asked_no_surveys"),
        (LINKS, replace(BY_LINK, channel="email"), "not_asked_no_safe_link"),
        (LINKS, replace(BY_LINK, channel="letter"), "not_asked_no_safe_link"),
        (LINKS, replace(BY_LINK, to="12"), "not_asked_no_address"),
        (LINKS, replace(BY_LINK, to=""), "not_asked_no_address"),
    ],
)
def test_a_link_goes_by_no_way_that_her_agreement_does_not_call_safe_for_links(
    officer: Acting, victim: str, terms: Any, given: NewInvitation, code: str
) -> None:
    if terms:
        agreed(officer, victim, terms)
    with pytest.raises(NotNow) as refused:
        invite(by=officer, victim=victim, given=given, worded=worded)
    assert refused.value.code == code
    assert not Invitation.objects.for_system("a test").exists()
    assert not Message.objects.exists()


def has_contacts(system: Acting, folder: Path, number: int, telephone: str, email: str = "") -> int:
    """Their system says by what somebody it knows is reached now. Their record."""
    said = row("rms", "persons", number, telephone=telephone, email=email, updated_at=LATER)
    path = write(folder / f"contacts-{number}", "persons.csv", [said])
    assert take_in(by=system, kind="rms", paths=[path]).run.rejected == 0
    return int(SourceRecord.objects.for_system("a test").get(source="rms", source_key__endswith=f"PERSON{number}").pk)


def refusal_of(
    officer: Acting, victim: str, to: str, channel: str = "text_message", bound: Collection[int] = ()
) -> str:
    given = NewInvitation(Purpose.VIEW, Route.LINK, channel, to=to)
    try:
        invite(by=officer, victim=victim, given=given, worded=worded, bound=bound)
    except NotNow as refused:
        return refused.code
    return ""


def test_no_link_goes_to_whoever_is_accused_in_her_case(
    officer: Acting, victim: str, system: Acting, tmp_path: Path
) -> None:
    has_contacts(system, tmp_path, 10, "07700 900555", "hers@example.org")
    has_contacts(system, tmp_path, 11, "07700 900777", "His.Own@example.org")
    agreed(officer, victim, replace(LINKS, channels=("text_message", "email"), links=("text_message", "email")))
    # As he has it now, however it is written, and as he had it before: his system said it of him then.
    for to in ("07700 900777", "+44 7700 900777", "0044 (0)7700-900777", "07700 900123"):
        assert refusal_of(officer, victim, to) == "not_asked_of_the_accused", to
    assert refusal_of(officer, victim, "his.own@EXAMPLE.org", "email") == "not_asked_of_the_accused"
    assert not Message.objects.exists()
    assert not Invitation.objects.for_system("a test").exists()
    # Hers, and one that she gave for this alone; a code goes to nobody.
    assert refusal_of(officer, victim, "07700 900555") == ""
    assert refusal_of(officer, victim, "hers@example.org", "email") == ""
    assert refusal_of(officer, victim, "07700 900456") == ""
    invite(by=officer, victim=victim, given=BY_CODE)


def test_no_link_goes_to_whoever_is_bound_by_an_order_that_protects_her(
    officer: Acting, victim: str, system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    send_victim(system, tmp_path, 2)
    his = has_contacts(system, tmp_path, 21, "07700 900888")
    agreed(officer, victim, LINKS)
    found = victim_of(officer, victim)
    assert (bound_against(officer, found.records), refusal_of(officer, victim, "07700 900888")) == (set(), "")
    records = SourceRecord.objects.for_system("a test")
    beginning = Beginning(
        kind="SPO", respondent=records.get(pk=his), case=Case.objects.for_system("a test").order_by("id").last(),
        protects=[records.get(pk=found.record)],
    )  # fmt: skip
    begin_order(by=acting_as("orders_team"), beginning=beginning, move="open_consideration", given=Given())
    bound = bound_against(officer, found.records)
    assert bound == {his}
    assert refusal_of(officer, victim, "07700 900888", bound=bound) == "not_asked_of_the_accused"
    assert refusal_of(officer, victim, "07700 900456", bound=bound) == ""


def test_links_come_only_by_messages_that_are_safe_at_all(officer: Acting, victim: str) -> None:
    for links in (("email",), ("telephone",)):
        with pytest.raises(NotNow) as refused:
            agreed(officer, victim, replace(AGREED, links=links))
        assert refused.value.code == "links_not_safe"


def test_a_link_waits_for_a_safe_time_lasts_from_then_and_its_secret_is_kept_nowhere(
    officer: Acting, victim: str
) -> None:
    agreed(officer, victim, LINKS)
    evening = NOW + 8 * HOUR
    made = invite(by=officer, victim=victim, given=BY_LINK, worded=worded, now=evening)
    message, row = Message.objects.get(), Invitation.objects.for_system("a test").get()
    morning = datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert (message.not_before, message.not_after, row.expires_at) == (
        morning,
        morning + LASTS[Route.LINK],
        made.expires_at,
    )
    assert message.body == f"cy 28 https://example.org/t/{made.secret}"
    assert (message.to, message.channel, row.language) == ("07700 900456", "text_message", "cy")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM victims_invitation")
        kept = " ".join(map(str, cursor.fetchone()))
        cursor.execute("SELECT body FROM outgoing_message")
        kept += str(cursor.fetchone())
    assert made.secret not in kept
    assert "900456" not in kept
    assert Event.objects.filter(kind="invitation_made").count() == 1


def may_go(page: Acting, key: str, now: datetime, to: str = BY_LINK.to) -> str | datetime:
    return may_still_go(page, key, "", to, now, bound_against=bound_against)


def test_whether_a_link_may_go_is_asked_anew_when_it_goes(officer: Acting, victim: str, page: Acting) -> None:
    agreed(officer, victim, LINKS)
    made = invite(by=officer, victim=victim, given=BY_LINK, worded=worded)
    key = f"invitation:{made.number}"
    assert may_go(page, key, NOW) == ""
    assert may_go(page, key, NOW + 8 * HOUR) == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert may_go(page, "letter:1", NOW) == "not_agreed"
    assert may_go(page, key, NOW, to="07700 900123") == "of_the_accused"
    agreed(officer, victim, AGREED, now=NOW + MINUTE)
    assert may_go(page, key, NOW + MINUTE) == "no_safe_link"
    agreed(officer, victim, replace(LINKS, language="en"), now=NOW + MINUTE)
    assert may_go(page, key, NOW + MINUTE) == "language_changed"
    agreed(officer, victim, LINKS, now=NOW + 2 * MINUTE)
    end_invitation(by=officer, victim=victim, number=made.number, now=NOW + 3 * MINUTE)
    assert may_go(page, key, NOW + 3 * MINUTE) == "over"
    assert Message.objects.get().status == "held_back"


def test_a_link_that_could_not_be_sent_comes_back_as_work_until_she_is_reached(
    officer: Acting, victim: str, page: Acting, force: Force
) -> None:
    agreed(officer, victim, LINKS)
    made = invite(by=officer, victim=victim, given=BY_LINK, worded=worded)
    key = f"invitation:{made.number}"
    failed = [Became(key, Status.FAILED, "refused")]
    assert note_what_became(by=page, became=[Became(key, Status.SENT, "")], now=NOW) == 0
    assert note_what_became(by=page, became=failed, now=NOW + MINUTE) == 1
    assert note_what_became(by=page, became=failed, now=NOW + MINUTE) == 0
    assert steps(made.number) == {Step.SENT, Step.NOT_SENT}
    tick(force=force, at=NOW + 2 * MINUTE)
    assert work("link_not_sent") == [("link_could_not_be_sent", victim, None)]
    with pytest.raises(NotPermitted):
        opened(page, made.secret, NOW + 3 * MINUTE)
    invite(by=officer, victim=victim, given=BY_CODE, now=NOW + HOUR)
    tick(force=force, at=NOW + 2 * HOUR)
    assert [done for _, _, done in work("link_not_sent")] == [NOW + HOUR]


def test_a_code_opens_once_and_whatever_opens_nothing_is_refused_alike(
    officer: Acting, victim: str, page: Acting
) -> None:
    made = invite(by=officer, victim=victim, given=BY_CODE)
    assert opened(page, made.secret)
    expired = invite(by=officer, victim=victim, given=BY_CODE)
    ended = invite(by=officer, victim=victim, given=BY_CODE)
    end_invitation(by=officer, victim=victim, number=ended.number)
    refusals = set()
    for secret, at in (
        (made.secret, NOW),
        (expired.secret, NOW + HOUR),
        (ended.secret, NOW),
        ("", NOW),
        ("A" * 12, NOW),
    ):
        with pytest.raises(NotPermitted) as refused:
            opened(page, secret, at)
        refusals.add((refused.value.code, refused.value.message))
    assert len(refusals) == 1
    with pytest.raises(NotPermitted):
        open_page(by=officer, secret=expired.secret)
    with pytest.raises(NotNow) as over:
        end_invitation(by=officer, victim=victim, number=ended.number)
    assert over.value.code == "invitation_over"


@pytest.mark.rule("VIC-08")
@pytest.mark.rule("VIC-11")
def test_a_view_is_given_in_her_words_after_the_notice_and_nothing_of_the_page_is_left(
    officer: Acting, victim: str, page: Acting
) -> None:
    made = invite(by=officer, victim=victim, given=BY_CODE)
    cookie = opened(page, made.secret)
    answered(page, cookie)
    at = NOW + HOUR / 4
    send(by=page, cookie=cookie, given=Sent("cy"), now=at)
    view, row = View.objects.for_system("a test").get(), Answers.objects.for_system("a test").get()
    assert (view.words, view.route, view.subject, view.language) == (WORDS, "page", "review", "cy")
    assert (view.recorded_by, view.source, view.notice_version) == (None, "page", 1)
    assert view.notice_shown_at < at
    assert (row.is_whole, row.words, row.may_be_linked) == (True, WORDS, None)
    assert not Sitting.objects.for_system("a test").exists()
    assert page_of(page, cookie, at) is None
    assert steps(made.number) == {Step.OPENED, Step.FINISHED}
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers, words FROM victims_answers")
        assert not any(word in part for part in cursor.fetchone() for word in ("kanari", "keep", "order"))


@pytest.mark.rule("VIC-11")
def test_no_words_are_taken_before_the_notice_or_in_another_language_than_it_was_shown_in(
    officer: Acting, victim: str, page: Acting
) -> None:
    cookie = opened(page, invite(by=officer, victim=victim, given=BY_CODE).secret)

    def writes(language: Language, at: datetime) -> None:
        answer(by=page, cookie=cookie, question=Question.WORDS, said=WORDS, language=language, now=at)

    with pytest.raises(NotNow) as refused:
        writes(Language.WELSH, NOW + MINUTE)
    assert refused.value.code == "notice_not_shown"
    answer(by=page, cookie=cookie, question=Question.READERS, said=GO_ON, language=Language.WELSH, now=NOW + MINUTE)
    with pytest.raises(NotNow):
        writes(Language.ENGLISH, NOW + 2 * MINUTE)
    writes(Language.WELSH, NOW + 2 * MINUTE)
    with pytest.raises(NotNow) as whole:
        send(by=page, cookie=cookie, given=Sent("cy"), now=NOW + 3 * MINUTE)
    assert whole.value.code == "not_whole"
    for question, said in ((Question.FEEL, "sideways"), (Question.WORDS, "k" * 4001), (Question.WHEN, "Friday")):
        with pytest.raises(NotNow):
            answer(by=page, cookie=cookie, question=question, said=said, language=Language.WELSH, now=NOW + 3 * MINUTE)


@pytest.mark.rule("VIC-08")
@pytest.mark.parametrize(
    ("said", "whys"),
    [
        ({"feel": "less_safe"}, ["said_less_safe"]),
        ({"contact": "yes"}, ["said_contact"]),
        ({"reach": "changed"}, ["reach_has_changed"]),
        ({"tell": "ring_first"}, ["asked_to_be_called"]),
        ({"feel": "prefer_not_to_say", "contact": "not_sure"}, []),
    ],
)
def test_what_she_says_of_her_safety_is_work_of_the_same_day(
    officer: Acting, victim: str, page: Acting, force: Force, said: dict[str, Any], whys: list[str]
) -> None:
    agreed(officer, victim, LINKS)
    cookie = opened(page, invite(by=officer, victim=victim, given=BY_CODE).secret)
    answered(page, cookie, **said)
    send(by=page, cookie=cookie, given=Sent("cy"), now=NOW + HOUR / 4)
    tick(force=force, at=NOW + HOUR)
    assert [why for why, _, _ in work("victim_answer")] == whys
    for item in WorkItem.objects.for_system("a test").filter(kind="victim_answer"):
        assert (item.due_at, item.queue) == (datetime(2026, 11, 25, tzinfo=UTC), "surveys")
    spoke = NewContact(channel="telephone", at=NOW + 2 * HOUR, was_reached=True)
    record_contact(by=officer, victim=victim, given=spoke, now=NOW + 2 * HOUR)
    tick(force=force, at=NOW + 3 * HOUR)
    reach = "reach_has_changed" in whys
    assert [done for _, _, done in work("victim_answer")] == [None if reach else NOW + 2 * HOUR for _ in whys]
    if reach:
        with pytest.raises(NotNow) as refused:
            invite(by=officer, victim=victim, given=BY_LINK, worded=worded, now=NOW + 3 * HOUR)
        assert refused.value.code == "not_asked_reach_changed"
        agreed(officer, victim, LINKS, now=NOW + 4 * HOUR)
        tick(force=force, at=NOW + 5 * HOUR)
        assert [done for _, _, done in work("victim_answer")] == [NOW + 4 * HOUR]
        assert invite(by=officer, victim=victim, given=BY_LINK, worded=worded, now=NOW + 5 * HOUR)


@pytest.mark.rule("VIC-08")
@pytest.mark.rule("REV-02")
def test_a_choice_without_words_is_no_view_and_is_sent_all_the_same(officer: Acting, victim: str, page: Acting) -> None:
    for readers, language in (("leave_out", "cy"), (GO_ON, "en")):
        cookie = opened(page, invite(by=officer, victim=victim, given=BY_CODE).secret)
        answered(page, cookie, readers=readers, words="")
        send(by=page, cookie=cookie, given=Sent(language), now=NOW + HOUR / 4)
    assert Answers.objects.for_system("a test").filter(is_whole=True).count() == 2
    assert not View.objects.for_system("a test").exists()


def test_what_she_took_back_of_her_safety_is_looked_after_all_the_same(
    officer: Acting, victim: str, page: Acting, force: Force
) -> None:
    agreed(officer, victim, LINKS)
    cookie = opened(page, invite(by=officer, victim=victim, given=BY_CODE).secret)
    answered(page, cookie, feel="less_safe", contact="yes")
    for question, said in ((Question.FEEL, "safer"), (Question.CONTACT, "no")):
        assert ask_again(by=page, cookie=cookie, question=question, now=NOW + MINUTE).next is question
        answer(by=page, cookie=cookie, question=question, said=said, language=Language.WELSH, now=NOW + MINUTE)
    send(by=page, cookie=cookie, given=Sent("cy"), now=NOW + 2 * MINUTE)
    tick(force=force, at=NOW + HOUR)
    assert [why for why, _, _ in work("victim_answer")] == ["said_contact", "said_less_safe"]
    # What she took back breaks no order.
    assert not LogEntry.objects.for_system("a test").exists()


def test_who_goes_back_and_leaves_loses_nothing(officer: Acting, victim: str, page: Acting) -> None:
    cookie = opened(page, invite(by=officer, victim=victim, given=BY_CODE).secret)
    answered(page, cookie, feel="less_safe")
    ask_again(by=page, cookie=cookie, question=Question.FEEL, now=NOW + MINUTE)
    assert close_left(page, NOW + 2 * HOUR) == 1
    row = Answers.objects.for_system("a test").get()
    assert '"feel": "less_safe"' in row.answers
    # It is of when she said it, however late the page was closed.
    assert (row.given_at, row.known_from) == (NOW + MINUTE, NOW + 2 * HOUR)


def test_who_wants_to_write_nothing_after_all_takes_back_what_she_wrote(
    officer: Acting, victim: str, page: Acting
) -> None:
    cookie = opened(page, invite(by=officer, victim=victim, given=BY_CODE).secret)
    answered(page, cookie)
    answer(
        by=page, cookie=cookie, question=Question.READERS, said="leave_out", language=Language.WELSH, now=NOW + MINUTE
    )
    standing = page_of(page, cookie, NOW + MINUTE)
    assert standing is not None
    assert "words" not in standing.answers
    send(by=page, cookie=cookie, given=Sent("en"), now=NOW + 2 * MINUTE)
    assert not View.objects.for_system("a test").exists()


def test_who_writes_has_longer(officer: Acting, victim: str, page: Acting) -> None:
    cookie = opened(page, invite(by=officer, victim=victim, given=BY_CODE).secret)
    for question in ("before", "safe_now", "contact", "feel", "order", "reach", "readers"):
        answer(
            by=page,
            cookie=cookie,
            question=Question(question),
            said=ANSWERS[question],
            language=Language.WELSH,
            now=NOW,
        )
    assert close_left(page, NOW + WRITING - MINUTE) == 0
    assert page_of(page, cookie, NOW + WRITING - MINUTE) is not None
    assert page_of(page, cookie, NOW + WRITING) is None


def test_nothing_is_noted_that_has_not_come(officer: Acting, victim: str, page: Acting) -> None:
    log = NewInvitation(Purpose.LOG, Route.CODE)
    cookie = opened(page, invite(by=officer, victim=victim, given=log).secret)
    for said in ("2026-11-25", "2026-11-24T12:01"):
        with pytest.raises(NotNow) as refused:
            answer(by=page, cookie=cookie, question=Question.WHEN, said=said, language=Language.WELSH, now=NOW)
        assert refused.value.code == "log_to_come"


@pytest.mark.rule("REV-02")
def test_a_view_that_was_not_hers_is_none(officer: Acting, victim: str, page: Acting) -> None:
    made = invite(by=officer, victim=victim, given=BY_CODE)
    cookie = opened(page, made.secret)
    answered(page, cookie)
    send(by=page, cookie=cookie, given=Sent("cy"), now=NOW + MINUTE)
    hers = victim_of(officer, victim)
    about = (Subject.REVIEW,)
    assert [one.words for one in views_of(officer, hers)] == [WORDS]
    assert len(last_views(officer, hers.records, about)) == 1
    assert last_answered(officer, hers) == NOW + MINUTE
    distrust(by=officer, victim=victim, number=made.number, now=NOW + 2 * MINUTE)
    assert views_of(officer, hers) == []
    assert last_views(officer, hers.records, about) == {}
    assert last_answered(officer, hers) is None


def test_a_survey_that_she_wants_apart_shows_what_her_safety_hangs_on_alone(
    officer: Acting, victim: str, page: Acting
) -> None:
    agreed(officer, victim, LINKS)
    survey = NewInvitation(Purpose.SURVEY, Route.CODE)
    for linked, seen in (("no", {"safe_now", "contact", "feel", "reach"}), ("yes", set())):
        made = invite(by=officer, victim=victim, given=survey)
        cookie = opened(page, made.secret)
        answered(page, cookie, linked=linked)
        send(by=page, cookie=cookie, given=Sent("cy"), now=NOW + MINUTE)
        found = answers_to(officer, victim_of(officer, victim), made.number)
        assert found is not None
        assert (found.is_apart, found.words) == (linked == "no", "" if linked == "no" else WORDS)
        assert not seen or set(found.answers) == seen


def test_what_she_wrote_is_evidence_where_she_agreed_to_be_quoted_and_until_she_takes_it_back(
    officer: Acting, victim: str, page: Acting, system: Acting, acting_as: Callable[..., Acting]
) -> None:
    agreed(officer, victim, LINKS)
    scrutiny = acting_as("scrutiny_officer", username="so")
    dive = begun(scrutiny, system)
    for said, words in (({"quoted": "no"}, []), ({"words": "  "}, []), ({"readers": LEAVE_OUT}, []), ({}, [WORDS])):
        made = invite(by=officer, victim=victim, given=NewInvitation(Purpose.SURVEY, Route.CODE))
        cookie = opened(page, made.secret)
        answered(page, cookie, **said)
        send(by=page, cookie=cookie, given=Sent("cy"), now=NOW + MINUTE)
        assert [one.words for one in survey_to_choose(scrutiny)] == words
        given = NewEvidence(Evidence.SURVEY, "Somebody who was stalked", "Rhywun a gafodd ei stelcio", str(made.number))
        if not words:
            with pytest.raises(NotNow, match="not to be quoted"):
                attach(by=scrutiny, dive=dive.reference, given=given)
    with pytest.raises(NotPermitted):
        survey_to_choose(acting_as("analyst", username="an"))
    row = attach(by=scrutiny, dive=dive.reference, given=given)
    assert (row.kind, row.source, row.count) == ("survey", str(made.number), 1)
    assert found_of(scrutiny, dive, NOW).evidence[row.number].reproduces
    take_back(by=officer, victim=victim, number=made.number, now=NOW + 2 * MINUTE)
    gone = found_of(scrutiny, dive, NOW).evidence[row.number]
    assert (gone.may_be_quoted, gone.reproduces, survey_to_choose(scrutiny)) == (False, False, [])


def test_who_leaves_is_seen_to_be_safe_and_what_she_wrote_is_not_kept(
    officer: Acting, victim: str, page: Acting, force: Force
) -> None:
    agreed(officer, victim, LINKS)
    cookie = opened(page, invite(by=officer, victim=victim, given=BY_CODE).secret)
    answered(page, cookie, contact="yes", feel="less_safe")
    assert close_left(page, NOW + IDLE) == 0
    tick(force=force, at=NOW + IDLE + MINUTE)
    row = Answers.objects.for_system("a test").get()
    assert (row.is_whole, row.words) == (False, "")
    assert not View.objects.for_system("a test").exists()
    assert [why for why, _, _ in work("victim_answer")] == ["said_contact", "said_less_safe"]
    assert LogEntry.objects.for_system("a test").get().words == ""
    assert page_of(page, cookie, NOW + IDLE + MINUTE) is None
    with pytest.raises(NotPermitted):
        ask_again(by=page, cookie=cookie, question=Question.FEEL, now=NOW + IDLE + MINUTE)


def test_a_page_closes_after_two_hours_however_busy_it_is(officer: Acting, victim: str, page: Acting) -> None:
    cookie = opened(page, invite(by=officer, victim=victim, given=BY_CODE).secret)
    at = NOW
    while at + IDLE - MINUTE < NOW + LONGEST:
        at += IDLE - MINUTE
        ask_again(by=page, cookie=cookie, question=Question.BEFORE, now=at)
    assert page_of(page, cookie, NOW + LONGEST) is None


@pytest.mark.parametrize("said", ["no", CALL_ME])
def test_it_ends_at_once_where_it_is_not_safe_or_she_wants_to_be_called(
    officer: Acting, victim: str, page: Acting, force: Force, said: str
) -> None:
    cookie = opened(page, invite(by=officer, victim=victim, given=BY_CODE).secret)
    if said == CALL_ME:
        call_instead(by=page, cookie=cookie, language=Language.ENGLISH, now=NOW + MINUTE)
    else:
        answered(page, cookie, safe_now=said)
    assert page_of(page, cookie, NOW + MINUTE) is None
    tick(force=force, at=NOW + 2 * MINUTE)
    assert [why for why, _, _ in work("victim_answer")] == (["asked_to_be_called"] if said == CALL_ME else [])


def test_what_was_not_hers_counts_for_nothing_and_stays(
    officer: Acting, victim: str, page: Acting, force: Force
) -> None:
    agreed(officer, victim, LINKS)
    made = invite(by=officer, victim=victim, given=BY_CODE)
    with pytest.raises(NotNow) as refused:
        distrust(by=officer, victim=victim, number=made.number)
    assert refused.value.code == "not_opened"
    cookie = opened(page, made.secret)
    answered(page, cookie, contact="yes", feel="less_safe")
    send(by=page, cookie=cookie, given=Sent("cy"), now=NOW + HOUR / 4)
    tick(force=force, at=NOW + HOUR)
    assert len(work("victim_answer")) == 2
    distrust(by=officer, victim=victim, number=made.number, now=NOW + 2 * HOUR)
    distrust(by=officer, victim=victim, number=made.number, now=NOW + 2 * HOUR)
    tick(force=force, at=NOW + 3 * HOUR)
    assert not [why for why, _, done in work("victim_answer") if done is None]
    assert Answers.objects.for_system("a test").exists()
    (stands,) = invitations_of(officer, victim_of(officer, victim), NOW + 3 * HOUR)
    assert (Step.NOT_HERS in stands.steps, stands.is_open, stands.has_answers) == (True, False, True)


def test_she_is_asked_how_she_was_treated_at_some_stages_and_only_where_she_may_be(
    officer: Acting, victim: str, force: Force
) -> None:
    agreed(officer, victim, replace(LINKS, survey="no"))
    tick(force=force, at=NOW + HOUR)
    assert work("survey_invitation") == []


def test_who_may_not_look_after_her_invites_nobody(acting_as: Callable[..., Acting], victim: str) -> None:
    with pytest.raises(NotPermitted):
        invite(by=acting_as("response_officer"), victim=victim, given=BY_CODE)
    with pytest.raises(NotPermitted):
        end_invitation(by=acting_as("analyst"), victim=victim, number=1)


@pytest.fixture
def auditor(acting_as: Callable[..., Acting]) -> Acting:
    return replace(acting_as("auditor", username="auditor"), factor_at=NOW)


@pytest.mark.rule("SEC-09")
@pytest.mark.rule("VIC-08")
def test_what_she_takes_back_is_read_and_counted_by_nobody_and_destroyed_by_two_people(
    officer: Acting, victim: str, page: Acting, auditor: Acting, force: Force
) -> None:
    agreed(officer, victim, LINKS)
    made = invite(by=officer, victim=victim, given=NewInvitation(Purpose.SURVEY, Route.CODE))
    cookie = opened(page, made.secret)
    answered(page, cookie, feel="less_safe", supported="yes")
    send(by=page, cookie=cookie, given=Sent("cy"), now=NOW + MINUTE)
    day, at = NOW.date(), NOW + 2 * MINUTE
    felt = Key(Figure.FELT_SAFE, "page/1/online", Split.WHOLE, "")
    assert gap_of(officer, day, day, at)[felt].denominator == 1
    asked = take_back_and_ask(by=officer, victim=victim, number=made.number, now=at)
    assert asked is not None
    assert take_back_and_ask(by=officer, victim=victim, number=made.number, now=at) == asked
    assert steps(made.number) >= {"finished", "taken_back"}
    hers = victim_of(officer, victim)
    found = answers_to(officer, hers, made.number)
    assert found is not None
    assert (found.words, set(found.answers), found.texts_left) == ("", {"safe_now", "contact", "feel", "reach"}, 2)
    counted = gap_of(officer, day, day, NOW + 3 * MINUTE)
    assert counted[felt].denominator == 0
    assert counted[Key(Figure.RESPONSE, "page/1/online", Split.WHOLE, "")].by_status == {"no_valid_answer": 1}
    assert decide(by=auditor, destruction=asked.reference, decision=Decision.DESTROY, now=NOW + 4 * MINUTE).texts == 2
    row = Answers.objects.for_system("a test").get()
    assert (row.words, "supported" in row.answers, '"feel": "less_safe"' in row.answers) == ("", False, True)
    tick(force=force, at=NOW + 5 * MINUTE)
    assert [one[:2] for one in work("victim_answer")] == [("said_less_safe", victim)], "her safety is looked after"
    assert take_back_and_ask(by=officer, victim=victim, number=made.number, now=NOW + 5 * MINUTE) is None
    view = invite(by=officer, victim=victim, given=BY_CODE)
    cookie = opened(page, view.secret)
    answered(page, cookie)
    send(by=page, cookie=cookie, given=Sent("cy"), now=NOW + MINUTE)
    with pytest.raises(NotNow) as refused:
        take_back_and_ask(by=officer, victim=victim, number=view.number)
    assert refused.value.code == "not_taken_back", "a court may ask for her view, as she was told"
    with pytest.raises(NotPermitted):
        take_back_and_ask(by=auditor, victim=victim, number=made.number)


@pytest.mark.rule("MSR-02")
def test_whom_it_was_not_safe_to_ask_is_counted_and_nobody_is_asked_to_ask_them(
    officer: Acting, victim: str, force: Force, acting_as: Callable[..., Acting]
) -> None:
    agreed(officer, victim, replace(LINKS, survey="yes"))
    at = NOW + timedelta(days=1)
    given = NewHappening(Happening.CHARGE, at, at)
    record_happening(by=officer, victim=victim, case="C-10001", given=given, now=at)
    tick(force=force, at=at + HOUR)
    assert [one[0] for one in work("survey_invitation")] == [Occasion.CHARGE_OR_NO_FURTHER_ACTION]
    stage = Occasion.CHARGE_OR_NO_FURTHER_ACTION
    row = note_not_asked(by=officer, victim=victim, occasion=stage, reason=NotAsked.UNSAFE, now=at + 2 * HOUR)
    assert note_not_asked(by=officer, victim=victim, occasion=stage, reason=NotAsked.UNSAFE, now=at + 3 * HOUR) == row
    tick(force=force, at=at + 4 * HOUR)
    assert [one[2] for one in work("survey_invitation")] == [at + 2 * HOUR]
    counted = gap_of(officer, at.date(), at.date(), at + 4 * HOUR)
    for split, value in ((Split.WHOLE, ""), (Split.STAGE, stage.value)):
        left = counted[Key(Figure.NOT_ASKED, "page", split, value)]
        assert (left.numerator, left.denominator) == (1, 1)
    hers, shut = victims_behind(officer, Behind.UNSAFE_TO_ASK, at.date(), at.date(), at + 4 * HOUR)
    assert ([one.reference for one in hers], shut) == ([victim], 0)
    with pytest.raises(NotNow) as refused:
        note_not_asked(by=officer, victim=victim, occasion=Occasion.ARREST, reason=NotAsked.UNSAFE)
    assert refused.value.code == "not_surveyed"
    with pytest.raises(NotPermitted):
        note_not_asked(by=acting_as("analyst"), victim=victim, occasion=stage, reason=NotAsked.UNSAFE)
