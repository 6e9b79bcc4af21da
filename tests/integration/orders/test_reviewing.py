"""A review hears whoever the order protects, is complete once, and says what it decided and why (REV-02 to REV-06)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.door import bookkeeping
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order, OrderReview, ReviewApplied, ReviewDraft, ReviewSigned, ReviewVoice, ViewWanted
from craffu.orders.protecting.actions import say_protected
from craffu.orders.reviewing.actions import (
    complete_review,
    drop_review_draft,
    keep_review_draft,
    note_applied,
    sign_review,
    want_view,
)
from craffu.orders.reviewing.facts import Answers, Heard
from craffu.orders.reviewing.queries import (
    completed,
    draft_of,
    drafted,
    lapsed_unreviewed,
    reviews_in,
    reviews_of,
    waiting,
)
from craffu.orders.reviewing.resting import Fallen
from craffu.orders.reviewing.voices import at_hand
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.inviting.actions import distrust
from craffu.victims.models import ViewAnswered
from craffu.victims.voice.subjects import Route
from tests.factories.orders import MADE, parties, received
from tests.factories.reviews import REASON, answers, in_force, protected, reviewed, version, victim_of, view_of
from tests.factories.said_by_page import view_by_page
from tests.factories.victims import AGREED, agreed
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

A_DAY = timedelta(days=1)


@kept(at=NOW)
def order(world: World, team: Acting) -> Order:
    return in_force(world.system, team, world.folder, is_indefinite=None, last_day=date(2027, 11, 19))


@pytest.fixture
def supervisor(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("supervisor", username="supervisor")


def why_not(by: Acting, order: Order, given: Answers) -> str:
    with pytest.raises(NotNow) as refused:
        reviewed(by, order, given)
    return refused.value.code


def kinds_logged() -> list[str]:
    rows = Event.objects.filter(kind__startswith="order_review").order_by("id")
    return list(rows.values_list("kind", flat=True))


@pytest.mark.rule("REV-02")
@pytest.mark.rule("REV-04")
def test_a_review_with_her_view_closes_at_once_and_is_answered_to_her(order: Order, investigator: Acting) -> None:
    view = view_of(investigator, order)
    keep_review_draft(by=investigator, order=order.reference, answers=Answers(is_read=True))
    given = replace(
        answers(protected(investigator, order), view=view.pk, wants="vary"), why_differs="The court hears it in May"
    )
    reviewed(investigator, order, given)
    (one,) = reviews_of(investigator, order)
    (voice,) = one.voices
    assert (one.row.number, one.row.decision, one.row.reason, one.row.last_day) == (
        1, "continue", REASON, date(2027, 11, 19)
    )  # fmt: skip
    assert (voice.kind, voice.view_id, voice.said_on, voice.wants) == ("given", view.pk, NOW.date(), "vary")
    assert one.completed_at == NOW
    assert (one.row.due_on, one.row.because) == (date(2026, 12, 18), "schedule")
    # She is to be told: what was decided, and why it is not what she asked for.
    answer = ViewAnswered.objects.for_system("a test").get(view=view)
    assert (answer.decided, answer.why, answer.told_at) == (REASON, "The court hears it in May", None)
    assert ReviewDraft.objects.for_system("a test").count() == 0
    assert kinds_logged() == ["order_review_begun", "order_reviewed"]


@pytest.mark.rule("REV-02")
def test_a_review_without_a_view_or_a_reason_stays_open_and_keeps_nothing(order: Order, investigator: Acting) -> None:
    record = protected(investigator, order)
    whole = answers(record, "declined", declined_on="2026-11-20")
    refused = {
        "no_view": answers(record, ""),
        "incomplete_view": answers(record, view=999),
        "no_date": answers(record, "declined"),
        "said_ahead": answers(record, "declined", "relax", declined_on="2026-11-25"),
        "attempts_too_few": answers(record, "not_reachable"),
        "unsafe_needs_reason_and_supervisor": answers(record, "unsafe_to_ask", reason="  "),
        "not_read": replace(whole, is_read=False),
        "effect_missing": replace(whole, effect=" "),
        "reason_too_short": replace(whole, reason="ok"),
        "unknown_decision": replace(whole, decision=""),
    }
    assert {code: why_not(investigator, order, given) for code, given in refused.items()} == {
        one: one for one in refused
    }
    assert OrderReview.objects.for_system("a test").count() == 0
    assert kinds_logged() == []
    reviewed(investigator, order, whole)
    assert [one.kind for one in ReviewVoice.objects.for_system("a test")] == ["declined"]


@pytest.mark.rule("REV-02")
def test_everybody_whom_the_order_protects_is_heard(
    order: Order, system: Acting, investigator: Acting, team: Acting, tmp_path: Path
) -> None:
    record = protected(investigator, order)
    other = parties(system, tmp_path, 2)[2].pk
    say_protected(by=investigator, order=order.reference, records=[record, other], seen=1)
    one_alone = answers(record, "declined", declined_on="2026-11-20")
    assert why_not(team, order, one_alone) == "no_view"
    both = one_alone.having(Heard(other, "declined", declined_on="2026-11-21"))
    reviewed(team, order, both)
    (one,) = reviews_of(team, order)
    assert {voice.record_id for voice in one.voices} == {record, other}


@pytest.mark.rule("REV-02")
def test_a_standing_wish_is_the_one_that_she_stated(order: Order, investigator: Acting, team: Acting) -> None:
    record, victim = protected(team, order), victim_of(team, order)
    wish = answers(record, "standing_wish")
    assert why_not(team, order, wish) == "no_date"
    agreed(investigator, victim, replace(AGREED, asking="before_change"))
    assert why_not(team, order, replace(wish, decision="vary")) == "she_asked_to_be_asked"
    assert why_not(team, order, replace(wish, decision="let_expire")) == "standing_wish_not_enough"
    with time_machine.travel(NOW + timedelta(days=366), tick=False):
        assert why_not(team, order, wish) == "standing_wish_not_confirmed_this_year"
    reviewed(team, order, wish)
    voice = ReviewVoice.objects.for_system("a test").get()
    assert (voice.kind, voice.wish, voice.said_on) == ("standing_wish", "before_change", NOW.date())


def tried(by: Acting, victim: str, days: int, channel: str, **said: Any) -> None:
    at = NOW - timedelta(days=days)
    with time_machine.travel(at + timedelta(minutes=1), tick=False):
        given = NewContact(channel=channel, at=at, was_reached=False, language="cy")
        record_contact(by=by, victim=victim, given=replace(given, **said))


@pytest.mark.rule("REV-02")
@pytest.mark.rule("VIC-02")
def test_only_safe_attempts_since_anybody_reached_her_count(order: Order, investigator: Acting, team: Acting) -> None:
    record, victim = protected(team, order), victim_of(team, order)
    with time_machine.travel(NOW - timedelta(days=40), tick=False):
        agreed(investigator, victim, replace(AGREED, next_revisit_on="2026-12-22", frequency="news_only"))
    not_reached = answers(record, "not_reachable")
    tried(investigator, victim, 35, "telephone")
    tried(investigator, victim, 20, "text_message")
    tried(investigator, victim, 19, "telephone", was_reached=True)
    tried(investigator, victim, 3, "telephone")
    tried(investigator, victim, 2, "telephone")
    # That she has a letter is neither an attempt nor a word with her.
    tried(investigator, victim, 1, "letter", was_made_anyway=True, was_reached=True)
    # By letter, which she never called safe.
    tried(investigator, victim, 1, "letter", was_made_anyway=True)
    assert why_not(team, order, not_reached) == "attempts_too_few"
    tried(investigator, victim, 1, "text_message")
    reviewed(team, order, not_reached)
    assert ReviewVoice.objects.for_system("a test").get().attempts == 3


@pytest.mark.rule("REV-03")
def test_what_protects_less_is_complete_once_another_agrees(
    order: Order, investigator: Acting, supervisor: Acting, acting_as: Callable[..., Acting]
) -> None:
    view = view_of(investigator, order)
    given = answers(protected(investigator, order), decision="relax", view=view.pk)
    own = acting_as("supervisor", username="own")
    keep_review_draft(by=own, order=order.reference, answers=given)
    reviewed(own, order, given)
    (one,) = reviews_of(own, order)
    assert (one.completed_at, one.waits, completed([one])) == (None, True, [])
    assert ViewAnswered.objects.for_system("a test").count() == 0
    with pytest.raises(Conflict):
        reviewed(investigator, order, given)
    seen = version(own, order)
    said = {"order": order.reference, "number": 1, "agrees": True, "words": "", "seen": seen}
    with pytest.raises(NotPermitted):
        sign_review(by=own, **said)
    with pytest.raises(NotPermitted):
        sign_review(by=investigator, **said)
    # Kept until it is agreed to, so that what goes back is not lost.
    assert draft_of(own, order) is not None
    # The view must be fresh on the day on which it is agreed to.
    with time_machine.travel(NOW + timedelta(days=29), tick=False), pytest.raises(NotNow) as refused:
        sign_review(by=supervisor, **said)
    assert refused.value.code == "view_too_old"
    with time_machine.travel(NOW + A_DAY, tick=False):
        sign_review(by=supervisor, **said)
        (one,) = reviews_of(own, order)
        assert one.completed_at == NOW + A_DAY
        with pytest.raises(Conflict):
            sign_review(by=supervisor, **said)
    assert draft_of(own, order) is None
    assert ViewAnswered.objects.for_system("a test").count() == 1
    assert kinds_logged() == ["order_review_begun", "order_review_put", "order_reviewed"]
    # As it was known before.
    assert reviews_in(own, [order.pk], NOW)[order.pk][0].waits


@pytest.mark.rule("VIC-01")
@pytest.mark.rule("REV-03")
def test_nobody_agrees_to_a_review_on_words_that_turned_out_not_to_be_hers(
    order: Order, investigator: Acting, supervisor: Acting
) -> None:
    view, invitation = view_by_page(investigator, order)
    given = answers(protected(investigator, order), decision="relax", view=view.pk)
    reviewed(investigator, order, given)
    seen = version(supervisor, order)
    said = {"by": supervisor, "order": order.reference, "number": 1, "words": ""}
    distrust(by=investigator, victim=victim_of(investigator, order), number=invitation)
    # A page that was opened before shows words that counted then.
    with pytest.raises(Conflict):
        sign_review(**said, agrees=True, seen=seen)
    with pytest.raises(NotNow) as refused:
        sign_review(**said, agrees=True, seen=version(supervisor, order))
    assert refused.value.code == "no_view"
    assert ViewAnswered.objects.for_system("a test").count() == 0
    sign_review(**said | {"words": "Ask her"}, agrees=False, seen=version(supervisor, order))
    assert why_not(investigator, order, given) == "incomplete_view"


@pytest.mark.rule("REV-03")
def test_nor_on_words_of_which_their_sender_said_others_since(
    order: Order, investigator: Acting, supervisor: Acting
) -> None:
    view, _invitation = view_by_page(investigator, order)
    reviewed(investigator, order, answers(protected(investigator, order), decision="relax", view=view.pk))
    (one,) = reviews_of(supervisor, order)
    assert one.fallen == {}
    view.pk, view.content_sha256 = None, "of other words"
    bookkeeping(view.save_base)(force_insert=True)
    (one,) = reviews_of(supervisor, order)
    assert list(one.fallen.values()) == [Fallen.REPLACED]
    with pytest.raises(NotNow):
        sign_review(
            by=supervisor, order=order.reference, number=1, agrees=True, words="", seen=version(supervisor, order)
        )


@pytest.mark.rule("REV-02")
@pytest.mark.rule("REV-03")
def test_what_is_sent_back_decides_nothing_and_is_put_forward_again(
    order: Order, investigator: Acting, supervisor: Acting
) -> None:
    given = answers(protected(investigator, order), "unsafe_to_ask", reason="He reads her post")
    keep_review_draft(by=investigator, order=order.reference, answers=given)
    reviewed(investigator, order, given)
    back = {"by": supervisor, "order": order.reference, "number": 1, "agrees": False}
    with pytest.raises(NotNow):
        sign_review(**back, words=" ", seen=version(investigator, order))
    sign_review(**back, words="Ask through her sister", seen=version(investigator, order))
    (one,) = reviews_of(investigator, order)
    assert (one.was_sent_back, one.waits, one.completed_at) == (True, False, None)
    assert drafted(draft_of(investigator, order)) == given
    reviewed(investigator, order, given)
    sign_review(
        by=supervisor, order=order.reference, number=2, agrees=True, words="", seen=version(investigator, order)
    )
    found = reviews_of(investigator, order)
    assert [one.row.number for one in completed(found)] == [2]
    assert waiting(found) is None
    assert ReviewSigned.objects.for_system("a test").count() == 2


@pytest.mark.rule("REV-05")
def test_a_review_is_completed_from_the_version_that_stands(order: Order, investigator: Acting, team: Acting) -> None:
    given = answers(protected(team, order), "declined", declined_on="2026-11-20")
    seen = version(team, order)
    reviewed(investigator, order, given)
    with pytest.raises(Conflict):
        complete_review(by=team, order=order.reference, answers=given, seen=seen)
    assert OrderReview.objects.for_system("a test").count() == 1
    assert Event.objects.filter(kind="order_reviewed").count() == 1


@pytest.mark.rule("REV-02")
def test_the_database_refuses_a_voice_that_is_neither_a_view_nor_a_reason(order: Order, investigator: Acting) -> None:
    row = reviewed(investigator, order, answers(protected(investigator, order), "declined", declined_on="2026-11-20"))
    for wrong in (
        {"kind": "given"},
        {"kind": "declined"},
        {"kind": "standing_wish", "said_on": NOW.date()},
        {"kind": "x"},
    ):
        voice = ReviewVoice(**{"review": row, "record_id": order.respondent_id, "force": row.force} | wrong)
        with pytest.raises(IntegrityError), transaction.atomic():
            voice.save_base(force_insert=True)


@pytest.mark.rule("REV-01")
def test_only_an_order_that_stands_and_protects_somebody_is_reviewed(
    system: Acting, team: Acting, tmp_path: Path
) -> None:
    given = answers(0, "declined", declined_on="2026-11-20")
    case, suspect, _victim = parties(system, tmp_path)
    beginning = Beginning(kind="SPO", respondent=suspect, case=case)
    order = begin_order(by=team, beginning=beginning, move="open_consideration", given=Given())
    assert why_not(team, order, given) == "not_standing_now"
    received(team, order.reference, MADE)
    assert why_not(team, order, given) == "protects_nobody"


def test_a_draft_is_whose_it_is_and_can_be_thrown_away(order: Order, investigator: Acting, team: Acting) -> None:
    keep_review_draft(by=team, order=order.reference, answers=Answers(is_read=True))
    keep_review_draft(by=team, order=order.reference, answers=Answers(is_read=True, decision="vary"), seen="other")
    assert draft_of(investigator, order) is None
    found = draft_of(team, order)
    assert found is not None
    assert (found.seen, drafted(found).decision) == ("other", "vary")
    drop_review_draft(by=team, order=order.reference)
    drop_review_draft(by=team, order=order.reference)
    assert drafted(draft_of(team, order)) == Answers()
    assert kinds_logged() == ["order_review_begun", "order_review_begun", "order_review_dropped"]


@pytest.mark.rule("REV-02")
def test_somebody_is_asked_for_once_for_each_review(order: Order, team: Acting, investigator: Acting) -> None:
    record = protected(team, order)
    want_view(by=team, order=order.reference, record=record)
    want_view(by=investigator, order=order.reference, record=record)
    assert ViewWanted.objects.for_system("a test").count() == 1
    with pytest.raises(NotNow):
        want_view(by=team, order=order.reference, record=order.respondent_id)
    reviewed(team, order, answers(record, "declined", declined_on="2026-11-24"))
    with time_machine.travel(NOW + A_DAY, tick=False):
        want_view(by=team, order=order.reference, record=record)
    assert ViewWanted.objects.for_system("a test").count() == 2


@pytest.mark.rule("REV-06")
def test_the_application_that_a_review_decided_on_is_recorded_once(order: Order, team: Acting) -> None:
    record = protected(team, order)
    reviewed(team, order, answers(record, "declined", declined_on="2026-11-24"))
    said = {"by": team, "order": order.reference, "on": NOW.date()}
    with pytest.raises(NotNow) as refused:
        note_applied(number=1, **said)
    assert refused.value.code == "applies_for_nothing"
    reviewed(team, order, answers(record, "declined", "renew", declined_on="2026-11-24"))
    for on, code in ((NOW.date() + A_DAY, "ahead"), (NOW.date() - A_DAY, "before_review")):
        with pytest.raises(NotNow) as refused:
            note_applied(number=2, **said | {"on": on})
        assert refused.value.code == code
    note_applied(number=2, **said)
    with pytest.raises(Conflict):
        note_applied(number=2, **said)
    assert ReviewApplied.objects.for_system("a test").get().on == NOW.date()


@pytest.mark.rule("REV-06")
@pytest.mark.parametrize(
    ("days_before", "decision", "is_lapse"), [(14, "renew", False), (13, "renew", True), (20, "continue", True)]
)
def test_an_order_that_runs_out_undecided_is_a_lapse_unreviewed(
    system: Acting, team: Acting, tmp_path: Path, days_before: int, decision: str, *, is_lapse: bool
) -> None:
    ends = date(2027, 2, 10)
    order = in_force(system, team, tmp_path, is_indefinite=None, last_day=ends)
    with time_machine.travel(NOW.replace(year=2027, month=2, day=10) - timedelta(days=days_before), tick=False):
        day = (ends - timedelta(days=days_before)).isoformat()
        reviewed(team, order, answers(protected(team, order), "declined", decision, declined_on=day))
    reviews = reviews_of(team, order)
    assert not lapsed_unreviewed(order, reviews, ())
    with time_machine.travel(NOW.replace(year=2027, month=2, day=12), tick=False):
        over = move_order(by=system, order=order.reference, move="expire", given=Given(last_day=ends))
    assert lapsed_unreviewed(over, reviews, ()) is is_lapse


@pytest.mark.rule("VIC-08")
def test_her_words_are_at_hand_for_those_alone_who_may_read_them(
    order: Order, investigator: Acting, team: Acting
) -> None:
    view_of(investigator, order, "Only for her officer", may_see=())
    record = protected(team, order)
    (hers,) = at_hand(team, [record], None, NOW)
    assert [(one.words, one.is_withheld) for one in hers.views] == [("", True)]
    (hers,) = at_hand(investigator, [record], None, NOW)
    assert [(one.words, one.is_withheld) for one in hers.views] == [("Only for her officer", False)]
    # It answers all the same: that she said it is no secret.
    reviewed(team, order, answers(record, view=hers.views[0].number))


@pytest.mark.rule("REV-02")
def test_what_was_said_long_before_the_last_review_answers_no_later_one(order: Order, investigator: Acting) -> None:
    record = protected(investigator, order)
    view_of(investigator, order, route=Route.WRITTEN)
    at = NOW + timedelta(days=60)
    (hers,) = at_hand(investigator, [record], NOW + A_DAY, at)
    assert (hers.views, hers.earlier and hers.earlier.words) == ((), "I still see him near my work")
    (hers,) = at_hand(investigator, [record], NOW - A_DAY, at)
    assert len(hers.views) == 1
    (hers,) = at_hand(investigator, [record], NOW + A_DAY, NOW + timedelta(days=28))
    assert len(hers.views) == 1


def _agrees(by: Acting, order: Order, seen: str) -> None:
    sign_review(by=by, order=order.reference, number=1, agrees=True, words="", seen=seen)


@pytest.mark.rule("REV-02")
@pytest.mark.rule("REV-03")
def test_nobody_agrees_over_somebody_who_was_named_since(
    order: Order, system: Acting, team: Acting, investigator: Acting, supervisor: Acting, tmp_path: Path
) -> None:
    record = protected(team, order)
    reviewed(team, order, answers(record, "declined", "let_expire", declined_on="2026-11-20"))
    other = parties(system, tmp_path, 2)[2].pk
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        say_protected(by=investigator, order=order.reference, records=[record, other], seen=1)
        with pytest.raises(NotNow) as refused:
            _agrees(supervisor, order, version(team, order))
    assert refused.value.code == "not_all_heard"


@pytest.mark.rule("REV-02")
@pytest.mark.rule("REV-03")
@pytest.mark.parametrize("before", ["unsafe_to_ask", "given"])
def test_nobody_agrees_over_words_that_came_since(
    order: Order, team: Acting, investigator: Acting, supervisor: Acting, before: str
) -> None:
    record = protected(team, order)
    if before == "given":
        view = view_of(investigator, order, words="It may end for all I care")
        said = answers(record, "given", "let_expire", view=view.pk)
    else:
        said = answers(record, "unsafe_to_ask", "let_expire", reason="He reads her phone")
    reviewed(team, order, said)
    seen = version(team, order)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        view_of(investigator, order, words="Do not let it end. I am afraid of him")
        with pytest.raises(NotNow) as refused:
            _agrees(supervisor, order, seen)
        assert refused.value.code == "said_since"
        sign_review(by=supervisor, order=order.reference, number=1, agrees=False, words="Weigh it", seen=seen)


@pytest.mark.rule("REV-02")
@pytest.mark.rule("REV-03")
def test_a_refusal_answers_one_review_and_no_later_one(order: Order, team: Acting) -> None:
    record = protected(team, order)
    old = answers(record, "declined", "continue", declined_on="2019-11-21")
    assert why_not(team, order, old) == "refusal_too_old"
    reviewed(team, order, answers(record, "declined", "continue", declined_on="2026-11-21"))
    with time_machine.travel(NOW + timedelta(days=200), tick=False):
        again = answers(record, "declined", "continue", declined_on="2026-11-21")
        assert why_not(team, order, again) == "refusal_too_old"
        reviewed(team, order, answers(record, "declined", "continue", declined_on="2026-11-24"))
