"""What a victim notes is held against the orders that protected her then, where she wants it (BRC-01, BRC-06)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from craffu.access.acting import Acting, acting_system
from craffu.access.models import Force
from craffu.breaches.ledger.queries import story_of_breach
from craffu.breaches.models import Breach
from craffu.breaches.telling.noted import what_became
from craffu.common.languages import Language
from craffu.common.refusals import NotNow
from craffu.daily.ticking import follow, tick
from craffu.orders.models import Order, OrderTrigger
from craffu.victims.answering.actions import answer, open_page, page_of, send
from craffu.victims.answering.facts import Sent
from craffu.victims.answering.kinds import CHOICES
from craffu.victims.answering.rules import Span
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.models import LogEntry
from craffu.victims.noting.actions import note_for_her
from craffu.victims.noting.facts import NewEntry
from craffu.victims.noting.kinds import Proof, Way
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import Route as ByRoute
from tests.factories.orders import MADE
from tests.factories.reviews import victim_of
from tests.integration.breaches.conftest import DAY, HOUR, SERVED_AT
from tests.integration.orders.conftest import NOW

pytestmark = [pytest.mark.rule("BRC-01"), pytest.mark.rule("BRC-06")]

MINUTE = timedelta(minutes=1)
WORDS = "kanari: he rang me"
ENTRY = NewEntry(
    Span(NOW - 2 * HOUR, NOW - 2 * HOUR, is_day_only=False), Way.CALL, "cy", ByRoute.TELEPHONE,
    ReadersNotice(1, "cy", NOW - MINUTE, NOTICES[1]), for_ledger=True, through_others=False, words=WORDS, proof=Proof.KEPT,
)  # fmt: skip


@pytest.fixture
def hers(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("victim_officer", username="hers")


@pytest.fixture
def victim(served: Order, hers: Acting) -> str:
    return victim_of(hers, served)


def breaches() -> list[Breach]:
    return list(Breach.objects.for_system("a test").order_by("id"))


def test_what_she_notes_is_raised_once_with_its_reason_and_follow_up_begins(
    served: Order, hers: Acting, victim: str, force: Force, system: Acting
) -> None:
    entry = note_for_her(by=hers, victim=victim, given=ENTRY)
    assert note_for_her(by=hers, victim=victim, given=ENTRY) == entry
    tick(force=force, at=NOW + MINUTE)
    tick(force=force, at=NOW + 2 * MINUTE)
    (breach,) = breaches()
    story = story_of_breach(system, breach)
    assert (breach.found_by, breach.status, breach.respondent_id) == ("victim_log", "possible", served.respondent_id)
    assert (breach.channel, breach.known_how, breach.is_said) == ("call", "victim_says", True)
    assert {one.order_id for one in story.holding} == {served.pk}
    assert {reason for one in story.holding for reason in one.reasons} == {"channel:no_contact_direct"}
    assert [(one.kind, one.words) for one in story.sources] == [("victim_log", WORDS)]
    triggers = OrderTrigger.objects.for_system("a test").filter(order=served, trigger="possible_breach_raised")
    assert [one.key for one in triggers] == [f"breach:{breach.reference}"]
    assert what_became(hers, [entry.pk]) == {entry.pk: [(breach.reference, "possible")]}
    assert what_became(hers, []) == {}


def test_without_her_consent_it_stays_in_her_log(served: Order, hers: Acting, victim: str, force: Force) -> None:
    entry = note_for_her(by=hers, victim=victim, given=replace(ENTRY, for_ledger=False))
    tick(force=force, at=NOW + MINUTE, everything=True)
    assert breaches() == []
    assert what_became(hers, [entry.pk]) == {}


@pytest.mark.parametrize("before", [MADE - DAY, SERVED_AT - 30 * DAY])
def test_what_was_before_the_order_breaks_none(
    served: Order, hers: Acting, victim: str, force: Force, before: object
) -> None:
    span = Span(before, before, is_day_only=False)  # type: ignore[arg-type]
    note_for_her(by=hers, victim=victim, given=replace(ENTRY, span=span))
    tick(force=force, at=NOW + MINUTE)
    assert breaches() == []


@pytest.mark.rule("VIC-11")
def test_nothing_is_noted_before_the_notice_or_of_what_lies_ahead(hers: Acting, victim: str) -> None:
    late = Span(NOW + HOUR, NOW + HOUR, is_day_only=False)
    for given, code in (
        (replace(ENTRY, notice=None), "notice_not_shown"),
        (replace(ENTRY, language="en"), "notice_not_shown"),
        (replace(ENTRY, words="  "), "words_missing"),
        (replace(ENTRY, span=late), "log_to_come"),
    ):
        with pytest.raises(NotNow) as refused:
            note_for_her(by=hers, victim=victim, given=given)
        assert refused.value.code == code
    assert not LogEntry.objects.for_system("a test").exists()


def test_contact_told_on_the_safe_page_is_raised_at_once(
    served: Order, hers: Acting, victim: str, force: Force
) -> None:
    page = acting_system(force, "safe page")
    made = invite(by=hers, victim=victim, given=NewInvitation(Purpose.VIEW, Route.CODE))
    cookie, at = open_page(by=page, secret=made.secret).secret, NOW
    while (standing := page_of(page, cookie, at)) is not None and standing.next is not None:
        at += MINUTE / 10
        said = CHOICES.get(standing.next, ("",))[0]
        answer(by=page, cookie=cookie, question=standing.next, said=said, language=Language.ENGLISH, now=at)
    send(by=page, cookie=cookie, given=Sent("en"), now=at)
    follow(force=force, now=at)
    (breach,) = breaches()
    entry = LogEntry.objects.for_system("a test").get()
    assert (breach.found_by, breach.is_day_only, breach.happened_from) == ("victim_log", True, entry.happened_from)
    assert entry.happened_from == at - timedelta(days=28)
