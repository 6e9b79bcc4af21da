"""The only writes of letters: one leaves and is kept as it left; somebody has it, which is a contact (VIC-02, VIC-06, REV-04)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.orders import events
from craffu.orders.letters.facts import CHANNEL_OF, Given, NewLetter
from craffu.orders.letters.kinds import About
from craffu.orders.letters.policies import (
    check_holds_nothing_of_respondent,
    check_is_offered,
    check_letter_is_safe,
    check_names_nobody_else,
    check_never_said,
    check_same_agreement,
    check_same_review,
    check_was_read,
    check_words_are_the_orders,
)
from craffu.orders.letters.queries import (
    Addressee,
    Told,
    addressee,
    find_letter,
    last_review_of,
    names_of_others,
    number_of_review,
    offered_to,
    offered_to_respondent,
    respondents_details,
    told_of,
    why_not,
)
from craffu.orders.letters.rules import names_somebody, says_what_must_not_be
from craffu.orders.life.actions import lock_orders
from craffu.orders.models import LetterWritten, PaperGiven
from craffu.orders.noting.actions import note_terms_given
from craffu.orders.permissions import check_can_print, check_can_write
from craffu.orders.printing.actions import keep_printed
from craffu.orders.printing.facts import NewPaper
from craffu.orders.printing.policies import check_given_by_now
from craffu.orders.printing.reasons import TELLING
from craffu.orders.printing.rules import Audience, Printed
from craffu.orders.queries import OrderStory, find_order, found_to_differ, story_of_order
from craffu.people.queries import people_of_records
from craffu.people.scanning import kinds_found
from craffu.victims.agreements.actions import locked
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.voice.actions import answer_view
from craffu.victims.voice.facts import NewAnswer
from craffu.victims.voice.queries import views_of

# What the log says of a letter: never to whom by name.
TO_PROTECTED = Asked(TELLING, "A letter about the order", "Somebody whom the order protects", "In person or by post")
TO_RESPONDENT = Asked(TELLING, "A letter about the order", "The respondent", "In person or by post")


@action
def keep_letter(
    *, by: Acting, order: str, letter: NewLetter, paper: NewPaper, now: datetime | None = None
) -> LetterWritten:
    """A letter leaves: it is kept whole and its disclosure logged, or neither, and then it is not sent.

    Whom it may go to, by which way, of what and in which words is asked anew, under the lock. Raises what `keep_printed` does;
    NotNow with why no letter may go, or for what must not be in one; Conflict where an agreement or a review is another by now.
    """
    at = now or clock.now()
    check_can_print(by, paper.kind)
    lock_orders(by, order)
    story = story_of_order(by, check_is_there(find_order(by, order)))
    check_words_are_the_orders(differ=bool(found_to_differ(story.standing)))
    to: Addressee | None = None
    told: Told | None = None
    if paper.kind == Printed.LETTER_PROTECTED:
        to = check_is_there(addressee(by, story, letter.person))
        told = last_review_of(by, story.order, to) if letter.about is About.REVIEW else None
        _check_to_protected(by, story, to, told, letter, paper)
    else:
        check_is_offered(letter.about, offered_to_respondent(story))
    asked, refs = (TO_PROTECTED, [f"person/{to.reference}"]) if to else (TO_RESPONDENT, [])
    printed = keep_printed(by=by, order=order, paper=paper, asked=asked, refs=refs, now=at)
    row: LetterWritten = LetterWritten.objects.create(
        force=by.force, printed=printed, about=letter.about.value, record_id=to.record if to else None,
        review=told.review.row if told else None, known_from=at,
    )  # fmt: skip
    return row


def _check_to_protected(
    by: Acting, story: OrderStory, to: Addressee, told: Told | None, letter: NewLetter, paper: NewPaper
) -> None:
    if to.victim is not None:
        locked(by, to.reference)
    check_is_offered(letter.about, offered_to(by, story, to))
    check_same_agreement(letter.agreement, to.agreement.pk if to.agreement else None)
    check_same_review(letter.review, number_of_review(told))
    check_letter_is_safe(why_not(story, to, letter.about))
    check_was_read(was_read=letter.was_read or not to.terms.never_say.strip())
    check_never_said(is_said=says_what_must_not_be(paper.words, to.terms.never_say))
    check_names_nobody_else(names=names_somebody(paper.words, names_of_others(by, story, to)))
    check_holds_nothing_of_respondent(kinds_found(paper.words, respondents_details(by, story)))


@action
def give_letter(*, by: Acting, order: str, number: int, given: Given, now: datetime | None = None) -> PaperGiven:
    """Somebody whom the order protects has the letter: it is a contact, they are told what it tells, and given the terms in it.

    Raises NotSafe where the way or the time is not safe by what stands agreed, unless it is done; nothing is kept then.
    """
    moment = now or clock.now()
    user = check_can_write(by)
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    letter = check_is_there(find_letter(by, found, number))
    record = check_is_there(letter.record_id)
    check_given_by_now(letter.printed.known_from, given.at, moment)
    person = check_is_there(people_of_records(by, [record]).get(record))
    victim = locked(by, person.reference)
    contact = NewContact(
        channel=CHANNEL_OF[given.way].value, at=given.at, was_reached=True, was_made_anyway=given.was_made_anyway,
        language=letter.printed.language, told_of=tuple(told_of(by, letter, victim)), response=given.response,
    )  # fmt: skip
    record_contact(by=by, victim=person.reference, given=contact, now=moment)
    same = PaperGiven.objects.for_user(by).filter(printed=letter.printed_id, given_at=given.at).first()
    if same is not None:
        held: PaperGiven = same
        return held
    row: PaperGiven = PaperGiven.objects.create(
        force=by.force, printed_id=letter.printed_id, given_to=Audience.PROTECTED.value, method=given.way.value,
        given_at=given.at, by=user, known_from=moment,
    )  # fmt: skip
    if letter.about == About.TERMS:
        note_terms_given(by=by, order=order, record=record, at=given.at, now=moment)
    if letter.review_id is not None:
        _answer(by, letter, person.reference, given.at, moment)
    audit.record(kind=events.ORDER_PAPER_GIVEN, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=moment)
    return row


def _answer(by: Acting, letter: LetterWritten, reference: str, at: datetime, now: datetime) -> None:
    """What the review decided is told of each view of theirs that it answered (VIC-08)."""
    victim = locked(by, reference)
    spoken = {one.view_id for one in check_is_there(letter.review).voices.all() if one.record_id in victim.records}
    for view in views_of(by, victim):
        if view.number in spoken and view.waits_to_be_told:
            answer = NewAnswer(view.decided, view.why, at)
            answer_view(by=by, victim=reference, view=view.number, given=answer, seen=view.answer_version, now=now)
