"""Letters leave only to whom, by which way and in which words they may, and are told of once somebody has them.

VIC-02, VIC-05, VIC-06, VIC-09, REV-04, ORD-20.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.audit.questions import acts
from craffu.common.door import bookkeeping
from craffu.common.refusals import Conflict, NotPermitted, Refusal
from craffu.daily.ticking import tick
from craffu.orders.facts import Given
from craffu.orders.letters.actions import TO_PROTECTED, give_letter, keep_letter, translate_reason
from craffu.orders.letters.facts import NewLetter
from craffu.orders.letters.kinds import About
from craffu.orders.letters.queries import addressees, change_of, last_day_to_notify, offered_to, why_not
from craffu.orders.life.actions import move_order
from craffu.orders.models import LetterWritten, Order, OrderNoted, PaperGiven, PaperPrinted
from craffu.orders.papers.actions import keep_paper
from craffu.orders.printing.actions import send_again
from craffu.orders.printing.facts import NewPaper
from craffu.orders.protecting.actions import say_protected
from craffu.orders.queries import story_of_order
from craffu.orders.terms.actions import compare_terms
from craffu.people.queries import contacts_of
from craffu.victims.agreements.actions import decline
from craffu.victims.agreements.queries import edit_version, versions_of
from craffu.victims.contacts.policies import NotSafe
from craffu.victims.letters.facts import Given as Has
from craffu.victims.letters.facts import Way
from craffu.victims.letters.rules import (
    WhyNot,
)
from craffu.victims.models import Contact, ViewAnswered
from craffu.victims.stories import story_of
from craffu.work.models import WorkItem
from tests.factories.letters import BY_LETTER, paper, to_respondent, written
from tests.factories.orders import PNG, TERMS, parties
from tests.factories.records import one_more_of
from tests.factories.reviews import answers, in_force, protected, reviewed, victim_of, view_of
from tests.factories.victims import agreed
from tests.factories.victims import victim_of as find
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def officer(acting_as: Callable[..., Acting]) -> Acting:
    return replace(acting_as("victim_officer", username="officer"), factor_at=NOW)


@kept(at=NOW)
def order(world: World, team: Acting) -> Order:
    return in_force(world.system, team, world.folder, is_notified=False)


@pytest.fixture
def safe(officer: Acting, order: Order) -> Order:
    """The order of somebody who called letters safe."""
    agreed(officer, victim_of(officer, order), BY_LETTER)
    return order


def why(act: Callable[..., object], *args: Any, **given: Any) -> str:
    try:
        act(*args, **given)
    except Refusal as refusal:
        return refusal.code
    return ""


def change(team: Acting, order: Order) -> None:
    vary = Given(varied_on=NOW.date(), applicant="respondent", reason_text="The school has moved", terms=TERMS)
    move_order(by=team, order=order.reference, move="vary", given=vary)


@pytest.mark.rule("VIC-06")
@pytest.mark.rule("SEC-07")
def test_a_letter_is_kept_as_it_left_and_logged_as_a_disclosure_that_names_nobody(officer: Acting, safe: Order) -> None:
    row = written(officer, safe)
    assert (row.about, row.record_id, row.review) == ("terms", protected(officer, safe), None)
    assert (row.printed.kind, row.printed.audience) == ("letter_to_protected", "protected")
    event = Event.objects.filter(kind="order_printed").get()
    assert event.recipient == "Somebody whom the order protects, In person or by post"
    named = set(acts([event])[0].refs)
    assert named == {f"order/{safe.reference}", f"person/{victim_of(officer, safe)}"}


@pytest.mark.rule("VIC-01")
@pytest.mark.rule("VIC-02")
def test_where_no_letter_is_safe_none_is_kept_and_it_is_said_why(officer: Acting, order: Order) -> None:
    person = victim_of(officer, order)

    def stands() -> WhyNot | None:
        (one,) = addressees(officer, story := story_of_order(officer, order))
        return why_not(story, one, About.TERMS)

    assert (stands(), why(written, officer, order)) == (WhyNot.NOT_AGREED, "letter_not_agreed")
    agreed(officer, person, replace(BY_LETTER, channels=("telephone", "text_message")))
    assert (stands(), why(written, officer, order)) == (WhyNot.NOT_SAFE, "letter_not_safe")
    seen = edit_version(versions_of(officer, find(officer, person).records))
    decline(by=officer, victim=person, seen=seen)
    assert (stands(), why(written, officer, order)) == (WhyNot.DECLINED, "letter_declined")
    assert not PaperPrinted.objects.for_user(officer).exists()
    agreed(officer, person, BY_LETTER)
    assert (stands(), why(written, officer, order)) == (None, "")


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize("told", ["hers", "his", "anothers", "name", "safe word", "never", "nothing"])
def test_what_tells_where_anybody_is_or_names_another_stands_in_no_letter(
    told: str, officer: Acting, system: Acting, team: Acting, tmp_path: Path, order: Order
) -> None:
    _case, _suspect, another = parties(system, tmp_path / "another", 2)
    one_more_of(system, another.pk, ("address", "9 Heol Fach, Llandeilo, SA19 6AA"), name=("Mair", "Jenkins"))
    one_more_of(system, order.respondent_id, ("address", "2 Heol y Bryn, Llandeilo, SA19 6BB"), key="his")
    record = protected(officer, order)
    say_protected(by=team, order=order.reference, records=[record, another.pk], seen=1)
    agreed(officer, victim_of(officer, order), replace(BY_LETTER, never_say="the dentist"))
    one_more_of(system, record, ("address", "5 Heol Newydd, Llandeilo, SA19 6CC"), key="hers")
    words, code = {
        "hers": ("At 5 Heol Newydd.", "protected_detail"),
        "his": ("At 2 Heol y Bryn.", "letter_holds_respondent"),
        "anothers": ("At 9 Heol Fach.", "protected_detail"),
        "name": ("Beside Mair Jenkins.", "letter_names_another"),
        "safe word": ("Say mwyalchen.", "protected_detail"),
        "never": ("Ask the Dentist.", "letter_never_say"),
        "nothing": ("The order stands.", ""),
    }[told]
    assert why(written, officer, order, words=words, was_read=True) == code
    assert LetterWritten.objects.for_user(officer).exists() == (not code)


@pytest.mark.rule("VIC-02")
def test_what_must_never_be_said_is_read_by_a_person_too(officer: Acting, order: Order) -> None:
    agreed(officer, victim_of(officer, order), replace(BY_LETTER, never_say="the dentist"))
    assert why(written, officer, order) == "letter_not_read"
    assert why(written, officer, order, was_read=True) == ""


@pytest.mark.rule("VIC-09")
@pytest.mark.rule("ORD-20")
def test_the_respondent_is_written_the_orders_own_words_and_nothing_that_is_protected(
    system: Acting, team: Acting, investigator: Acting, order: Order
) -> None:
    record = protected(system, order)
    hers = next(value for kind, value in contacts_of(system, [record]) if kind in {"address", "phone"})
    assert why(to_respondent, team, order, words=f"Not to go to {hers}.") == "protected_detail"
    row = to_respondent(team, order)
    assert (row.record_id, row.printed.audience) == (None, "respondent")
    assert why(to_respondent, team, order, About.REVIEW) == "no_such_letter"
    assert why(to_respondent, team, order, About.CHANGED) == "no_such_letter"
    image = keep_paper(by=team, order=order.reference, kind="sealed_order", content=PNG)
    compare_terms(by=investigator, order=order.reference, number=1, paper=image.pk, is_same=False, differs="A word")
    assert why(to_respondent, team, order) == "letter_words_differ"


@pytest.mark.rule("SEC-01")
def test_who_writes_to_whom(
    officer: Acting, team: Acting, acting_as: Callable[..., Acting], system: Acting, safe: Order
) -> None:
    door = acting_as("response_officer", username="door")
    assert [why(written, by, safe) for by in (team, door)] == ["right_not_held"] * 2
    assert [why(to_respondent, by, safe) for by in (officer, door)] == ["right_not_held"] * 2
    row = written(officer, safe)
    has = Has(at=LATER, way=Way.HANDED)
    for by in (team, door, system):
        with pytest.raises(NotPermitted):
            give_letter(by=by, order=safe.reference, number=row.printed_id, given=has, now=LATER)
    handed = why(give_letter, by=officer, order=safe.reference, number=row.printed_id + 9, given=has, now=LATER)
    assert handed == "no_such_record"
    theirs = to_respondent(team, safe)
    assert (
        why(give_letter, by=officer, order=safe.reference, number=theirs.printed_id, given=has, now=LATER)
        == "no_such_record"
    )


@pytest.mark.rule("VIC-05")
@pytest.mark.rule("VIC-06")
def test_to_give_a_letter_is_a_contact_and_tells_what_it_tells_and_gives_the_terms_in_writing(
    officer: Acting, safe: Order
) -> None:
    victim = find(officer, victim_of(officer, safe))
    owed = {one.happened.kind.value for one in story_of(officer, victim, NOW).news if one.is_owed}
    assert "order_served" in owed
    row = written(officer, safe)
    has = Has(at=LATER, way=Way.HANDED, response="Thank you")
    given = give_letter(by=officer, order=safe.reference, number=row.printed_id, given=has, now=LATER)
    assert (given.given_to, given.method, given.given_at) == ("protected", "handed", LATER)
    contact = Contact.objects.for_user(officer).get()
    assert (contact.channel, contact.was_reached, contact.language, contact.response) == (
        "visit",
        True,
        "en",
        "Thank you",
    )
    told = {one.kind.value for one in story_of(officer, victim, LATER).happened if one.told_at == LATER}
    assert "order_served" in told
    noted = OrderNoted.objects.for_user(officer).filter(what="terms-given").get()
    assert (noted.record_id, noted.at) == (row.record_id, LATER)
    assert give_letter(by=officer, order=safe.reference, number=row.printed_id, given=has, now=LATER) == given
    assert (PaperGiven.objects.for_user(officer).count(), Contact.objects.for_user(officer).count()) == (1, 1)


@pytest.mark.rule("VIC-02")
def test_a_letter_given_at_a_time_or_by_a_way_that_is_not_safe_is_refused_unless_it_is_done(
    officer: Acting, order: Order
) -> None:
    agreed(officer, victim_of(officer, order), replace(BY_LETTER, channels=("telephone", "text_message", "letter")))
    row = written(officer, order)
    has = Has(at=LATER, way=Way.HANDED)
    with pytest.raises(NotSafe):
        give_letter(by=officer, order=order.reference, number=row.printed_id, given=has, now=LATER)
    assert not PaperGiven.objects.for_user(officer).exists()
    night = Has(at=LATER + timedelta(hours=9), way=Way.POSTED)
    with pytest.raises(NotSafe):
        give_letter(by=officer, order=order.reference, number=row.printed_id, given=night, now=night.at)
    early = replace(has, at=NOW - timedelta(hours=1), way=Way.POSTED)
    given = {"by": officer, "order": order.reference, "number": row.printed_id, "now": LATER}
    assert why(give_letter, given=early, **given) == "given_when"
    give_letter(given=replace(has, was_made_anyway=True), **given)
    assert Contact.objects.for_user(officer).get().why_unsafe == ["channel_not_safe"]


@pytest.mark.rule("REV-04")
@pytest.mark.rule("VIC-08")
def test_what_a_review_decided_is_told_by_its_letter(officer: Acting, team: Acting, safe: Order) -> None:
    assert why(written, officer, safe, About.REVIEW) == "no_such_letter"
    view = view_of(officer, safe)
    given = replace(answers(protected(team, safe), view=view.pk, wants="renew"), why_differs="It has no end")
    review = reviewed(team, safe, given)
    into_welsh(officer, safe, review.number)
    row = written(officer, safe, About.REVIEW)
    assert row.review == review
    assert why(written, officer, safe, About.REVIEW, review=review.number + 1) == "review_since"
    has = Has(at=LATER, way=Way.POSTED)
    give_letter(by=officer, order=safe.reference, number=row.printed_id, given=has, now=LATER)
    answer = ViewAnswered.objects.for_user(officer).order_by("-id")[0]
    assert (answer.view_id, answer.why, answer.told_at) == (view.pk, "It has no end", LATER)
    assert not OrderNoted.objects.for_user(officer).filter(what="terms-given").exists()
    give_letter(by=officer, order=safe.reference, number=row.printed_id, given=replace(has, at=LATER), now=LATER)
    assert ViewAnswered.objects.for_user(officer).count() == 2


def into_welsh(by: Acting, order: Order, number: int, words: str = "Nid oes iddo ddiwedd", **other: Any) -> Any:
    given = {"translator": "Elin Rees", **other}
    return translate_reason(by=by, order=order.reference, number=number, words=words, **given)


@pytest.mark.rule("BIL-03")
@pytest.mark.rule("BIL-02")
def test_a_reason_in_english_alone_leaves_in_no_letter_in_welsh_and_waits_for_a_translator(
    officer: Acting, team: Acting, safe: Order, force: Force, acting_as: Callable[..., Acting]
) -> None:
    view = view_of(officer, safe)
    given = replace(answers(protected(team, safe), view=view.pk, wants="renew"), why_differs="It has no end")
    review = reviewed(team, safe, given)
    for language in ("cy", "both", "other", ""):
        agreed(officer, victim_of(officer, safe), replace(BY_LETTER, language=language or "cy"))
        assert why(written, officer, safe, About.REVIEW) == "letter_reason_in_english"
    tick(force=force, at=LATER)
    rows = WorkItem.objects.for_system("a test").filter(kind="order_review_translate")
    assert [(one.about, one.queue, one.over_at) for one in rows] == [(safe.reference, "telling", None)]
    assert why(into_welsh, officer, safe, review.number, words=" ") == "no_words"
    assert why(into_welsh, officer, safe, review.number, translator=" ") == "no_translator"
    with pytest.raises(NotPermitted):
        into_welsh(acting_as("analyst"), safe, review.number)
    kept = into_welsh(officer, safe, review.number, now=LATER)
    assert into_welsh(officer, safe, review.number, now=LATER) == kept, "the same is kept once"
    assert written(officer, safe, About.REVIEW).review == review
    tick(force=force, at=LATER + timedelta(minutes=1))
    assert [one.over_at for one in rows.all()] == [LATER]


@pytest.mark.rule("BIL-02")
def test_who_reads_english_waits_for_no_translator(officer: Acting, team: Acting, safe: Order, force: Force) -> None:
    agreed(officer, victim_of(officer, safe), replace(BY_LETTER, language="en"))
    view = view_of(officer, safe)
    given = replace(answers(protected(team, safe), view=view.pk, wants="renew"), why_differs="It has no end")
    review = reviewed(team, safe, given)
    tick(force=force, at=LATER)
    assert not WorkItem.objects.for_system("a test").filter(kind="order_review_translate").exists()
    assert written(officer, safe, About.REVIEW).review == review


@pytest.mark.rule("VIC-06")
def test_a_change_is_told_old_against_new_and_a_correction_is_none(officer: Acting, team: Acting, safe: Order) -> None:
    assert change_of(story_of_order(officer, safe)) is None
    change(team, safe)
    story = story_of_order(officer, safe)
    found = change_of(story)
    assert found is not None
    assert (found.is_renewal, found.relaxes, [one.how.value for one in found.pairs]) == (False, False, ["same", "same"])
    (one,) = addressees(officer, story)
    assert offered_to(officer, story, one) == [About.TERMS, About.CHANGED]
    assert written(officer, safe, About.CHANGED).about == "changed"


@pytest.mark.rule("VIC-02")
@pytest.mark.parametrize("what", ["agreement", "order", "again"])
def test_what_was_agreed_or_changed_meanwhile_is_read_anew(
    what: str, officer: Acting, team: Acting, safe: Order
) -> None:
    person = victim_of(officer, safe)
    if what == "agreement":
        with pytest.raises(Conflict):
            written(officer, safe, agreement=999_999)
    elif what == "order":
        stale = paper(officer, safe)
        change(team, safe)
        with pytest.raises(Conflict):
            written_with(officer, safe, stale)
    else:
        row = written(officer, safe)
        agreed(officer, person, replace(BY_LETTER, channels=("telephone", "text_message")), now=LATER)
        asked = replace(TO_PROTECTED, recipient="The front desk")
        assert why(send_again, by=officer, order=safe.reference, number=row.printed_id, asked=asked) == "print_anew"


def written_with(by: Acting, order: Order, stale: NewPaper) -> None:
    (one,) = addressees(by, story_of_order(by, order))
    assert one.agreement is not None
    letter = NewLetter(about=About.TERMS, person=one.reference, agreement=one.agreement.pk)
    keep_letter(by=by, order=order.reference, letter=letter, paper=stale)


@pytest.mark.rule("CLK-03")
@pytest.mark.rule("CLK-14")
def test_the_last_day_to_notify_is_told_while_it_is_due_and_confirmed(
    system: Acting, team: Acting, tmp_path: Path, order: Order
) -> None:
    assert last_day_to_notify(team, order, NOW) == date(2026, 11, 22)
    unsure = in_force(system, team, tmp_path / "second", 2, "RO_CONV")
    assert last_day_to_notify(team, unsure, NOW) is None


@pytest.mark.rule("REV-04")
def test_a_letter_of_a_review_without_one_is_no_row(officer: Acting, team: Acting, safe: Order) -> None:
    row = written(officer, safe)
    with pytest.raises(DatabaseError):
        bookkeeping(LetterWritten.objects.create)(
            force=row.force,
            printed=to_respondent(team, safe).printed,
            about="review",
            record_id=row.record_id,
            known_from=NOW,
        )
