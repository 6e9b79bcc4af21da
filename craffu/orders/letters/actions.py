"""The only writes of letters: one leaves and is kept as it left; somebody has it, which is a contact (VIC-02, VIC-06, REV-04)."""

import base64
from collections.abc import Iterable
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked
from craffu.access.policies import check_fresh_factor, check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.messages.actions import put_out
from craffu.messages.facts import Became, NewMessage
from craffu.messages.kinds import Status
from craffu.messages.print_queue.actions import fetch, note_arrived, note_came_back, note_left, put_back
from craffu.messages.queries import stands, words_waiting
from craffu.orders import events
from craffu.orders.letters.facts import NewLetter
from craffu.orders.letters.kinds import About, Stopped
from craffu.orders.letters.policies import (
    STOPPED,
    check_holds_nothing_of_respondent,
    check_is_offered,
    check_is_told,
    check_is_translated,
    check_names_nobody_else,
    check_reason_is_translated,
    check_same_review,
    check_words_are_the_orders,
)
from craffu.orders.letters.queries import (
    Addressee,
    Told,
    addressee,
    find_letter,
    key_of,
    lacks_welsh,
    last_review_of,
    letters_called,
    names_of_others,
    number_of_review,
    offered_to,
    offered_to_respondent,
    respondents_details,
    told_of,
    why_it_may_not_go,
    why_not,
)
from craffu.orders.letters.rules import names_somebody
from craffu.orders.life.actions import lock_orders
from craffu.orders.models import LetterWritten, PaperGiven, PaperPrinted, ReasonTranslated
from craffu.orders.noting.actions import note_terms_given
from craffu.orders.permissions import check_can_print, check_can_write
from craffu.orders.printing.actions import keep_printed, send_again
from craffu.orders.printing.facts import NewPaper
from craffu.orders.printing.policies import check_given_by_now
from craffu.orders.printing.reasons import TELLING
from craffu.orders.printing.rules import Audience, Printed
from craffu.orders.queries import OrderStory, find_order, found_to_differ, story_of_order
from craffu.orders.reviewing.queries import reviews_of
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell
from craffu.people.queries import people_of_records
from craffu.people.scanning import kinds_found
from craffu.victims.agreements.actions import locked
from craffu.victims.contacts.actions import note_not_arrived, record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.contacts.rules import CameBack, Channel
from craffu.victims.leaks.queries import found_of_anybody
from craffu.victims.letters.facts import CHANNEL_OF, Given
from craffu.victims.letters.policies import (
    check_has_left,
    check_is_fetched,
    check_letter_is_safe,
    check_may_go,
    check_never_said,
    check_same_agreement,
    check_translation,
    check_waits,
    check_was_read,
)
from craffu.victims.letters.rules import (
    WAITS_FOR,
    says_what_must_not_be,
)
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
    check_translation(is_draft=letter.is_draft, translator=letter.translator)
    asked, refs = (TO_PROTECTED, [f"person/{to.reference}"]) if to else (TO_RESPONDENT, [])
    printed = keep_printed(by=by, order=order, paper=paper, asked=asked, refs=refs, now=at)
    row: LetterWritten = LetterWritten.objects.create(
        force=by.force, printed=printed, about=letter.about.value, record_id=to.record if to else None,
        review=told.review.row if told else None, translator=letter.translator.strip() if letter.is_draft else "",
        known_from=at,
    )  # fmt: skip
    if to is not None:
        _put_out(by, row, to, paper.words, at)
        if letter.is_taken:
            fetch(force=by.force.code, key=key_of(row), who=by.actor.name, now=at)
    return row


def _put_out(by: Acting, row: LetterWritten, to: Addressee, words: str, at: datetime) -> None:
    """It goes through the one door of what leaves, into the print queue. Its words wait there to be searched once more."""
    message = NewMessage(
        key=key_of(row), channel=Channel.LETTER.value, language=to.terms.language, not_before=at, not_after=at + WAITS_FOR,
        found=tuple(found_of_anybody(by, words)), to="", body=words,
    )  # fmt: skip
    put_out(force=by.force.code, message=message, now=at)


def _check_to_protected(
    by: Acting, story: OrderStory, to: Addressee, told: Told | None, letter: NewLetter, paper: NewPaper
) -> None:
    if to.victim is not None:
        locked(by, to.reference)
    check_is_offered(letter.about, offered_to(by, story, to))
    check_same_agreement(letter.agreement, to.agreement.pk if to.agreement else None)
    check_same_review(letter.review, number_of_review(told))
    check_reason_is_translated(lacks_welsh=lacks_welsh(by, to, told))
    check_letter_is_safe(why_not(story, to, letter.about))
    check_was_read(was_read=letter.was_read or not to.terms.never_say.strip())
    check_never_said(is_said=says_what_must_not_be(paper.words, to.terms.never_say))
    check_names_nobody_else(names=names_somebody(paper.words, names_of_others(by, story, to)))
    check_holds_nothing_of_respondent(kinds_found(paper.words, respondents_details(by, story)))


@action
def translate_reason(
    *, by: Acting, order: str, number: int, words: str, translator: str, now: datetime | None = None
) -> ReasonTranslated:
    """Keep the reason of a complete review in Welsh, as a qualified translator worded it: letters in Welsh tell it so (BIL-03).

    The same once more is kept once. Raises NotNow where it says nothing or names nobody, or the review is not complete.
    """
    user, at = check_can_write(by), now or clock.now()
    lock_orders(by, order)
    found = check_is_there(find_order(by, order))
    one = check_is_there(next((each for each in reviews_of(by, found) if each.row.number == number), None))
    check_is_told(is_complete=one.completed_at is not None)
    check_is_translated(words, translator)
    last = ReasonTranslated.objects.for_user(by).filter(review=one.row).order_by("-id").first()
    if last is not None and (last.words, last.translator) == (words.strip(), translator.strip()):
        held: ReasonTranslated = last
        return held
    row: ReasonTranslated = ReasonTranslated.objects.create(
        force=by.force, review=one.row, words=words.strip(), translator=translator.strip(), by=user, known_from=at
    )
    tell(force=by.force.code, topic=ORDERS, subjects=[found.pk], at=at)
    _log(by, events.ORDER_REASON_TRANSLATED, order, at)
    return row


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
    was = stands(by.force.code, [key_of(letter)]).get(key_of(letter))
    check_is_fetched(is_fetched=was is None or was.status is not Status.WAITING)
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
    note_arrived(force=by.force.code, key=key_of(letter), now=moment)
    if letter.about == About.TERMS:
        note_terms_given(by=by, order=order, record=record, at=given.at, now=moment)
    if letter.review_id is not None:
        _answer(by, letter, person.reference, given.at, moment)
    audit.record(kind=events.ORDER_PAPER_GIVEN, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=moment)
    return row


@action
def fetch_letter(*, by: Acting, order: str, number: int, now: datetime | None = None) -> tuple[LetterWritten, bytes]:
    """Fetch a letter from the print queue: the file, to be printed and posted or handed over by whoever fetches it.

    Raises NotNow with why it may not leave after all, Conflict where it does not wait: of several at once one has it.
    """
    at = now or clock.now()
    check_can_write(by)
    check_fresh_factor(by, at)
    letter = _locked(by, order, number)
    check_may_go(why_it_may_not_go(by, letter, words_waiting(by.force.code, key_of(letter))), STOPPED)
    check_waits(waits=fetch(force=by.force.code, key=key_of(letter), who=by.actor.name, now=at))
    _log(by, events.ORDER_LETTER_FETCHED, order, at)
    content: str = PaperPrinted.objects.for_user(by).values_list("content", flat=True).get(pk=number)
    return letter, base64.b64decode(content)


@action
def send_letter_again(
    *, by: Acting, order: str, number: int, asked: Asked, now: datetime | None = None
) -> tuple[PaperPrinted, bytes]:
    """The very same letter once more, as any paper (`send_again`), where it may still go: not before it was fetched, nor where it
    was held back or is no longer safe or right.
    """
    at = now or clock.now()
    letter = _locked(by, order, number)
    check_may_go(why_it_may_not_go(by, letter, words_waiting(by.force.code, key_of(letter))), STOPPED)
    was = stands(by.force.code, [key_of(letter)]).get(key_of(letter))
    check_is_fetched(is_fetched=was is None or was.status not in (Status.WAITING, Status.HELD_BACK))
    return send_again(by=by, order=order, number=number, asked=asked, now=at)


@action
def put_letter_back(*, by: Acting, order: str, number: int, now: datetime | None = None) -> None:
    """A letter that was fetched was not sent: it waits again, for anybody to fetch. Raises NotNow where nobody has fetched it."""
    at = now or clock.now()
    check_can_write(by)
    letter = _locked(by, order, number)
    check_is_fetched(is_fetched=put_back(force=by.force.code, key=key_of(letter), now=at))
    _log(by, events.ORDER_LETTER_PUT_BACK, order, at)


@action
def post_letter(
    *, by: Acting, order: str, number: int, was_made_anyway: bool = False, now: datetime | None = None
) -> None:
    """A letter that was fetched is in the post; that they have it is another thing.

    Raises NotNow where nobody has fetched it, and with why it may not leave after all, unless it is done.
    """
    at = now or clock.now()
    check_can_write(by)
    letter = _locked(by, order, number)
    if not was_made_anyway:
        check_may_go(why_it_may_not_go(by, letter, words_waiting(by.force.code, key_of(letter))), STOPPED)
    check_is_fetched(is_fetched=note_left(force=by.force.code, key=key_of(letter), now=at))
    _log(by, events.ORDER_LETTER_POSTED, order, at)


@action
def letter_came_back(*, by: Acting, order: str, number: int, why: CameBack, now: datetime | None = None) -> None:
    """A letter that was posted did not reach them: it is work to tell them by another way (VIC-02). Raises NotNow otherwise."""
    at = now or clock.now()
    check_can_write(by)
    letter = _locked(by, order, number)
    has_left = note_came_back(force=by.force.code, key=key_of(letter), reason=why.value, now=at)
    check_has_left(has_left=has_left)
    _not_arrived(by, letter, why.value, at)
    _log(by, events.ORDER_LETTER_CAME_BACK, order, at)


def _locked(by: Acting, order: str, number: int) -> LetterWritten:
    """A letter to somebody whom an order protects, alone until it is committed. Raises NotPermitted where there is none."""
    lock_orders(by, order)
    letter = check_is_there(find_letter(by, check_is_there(find_order(by, order)), number))
    check_is_there(letter.record_id)
    return letter


def _log(by: Acting, kind: EventKind, order: str, at: datetime) -> None:
    audit.record(kind=kind, actor=by.actor, refs=[f"order/{order}"], request=by.request, now=at)


def may_still_go(by: Acting, key: str, text: str) -> str:
    """Why a letter that waits in the print queue may not leave after all; empty where it may."""
    letter = letters_called(by, [key]).get(key)
    return Stopped.UNKNOWN_KIND if letter is None else why_it_may_not_go(by, letter, text)


@action
def note_what_became(*, by: Acting, became: Iterable[Became], now: datetime | None = None) -> int:
    """That letters were held back: each comes back as work, once (VIC-02). Returns how many were new."""
    at = now or clock.now()
    lock_until_commit("messages", by.force.code, "became")
    lost = {one.key: one.reason for one in became if one.status in (Status.FAILED, Status.HELD_BACK)}
    letters = letters_called(by, list(lost))
    return sum(_not_arrived(by, letter, lost[key], at) for key, letter in letters.items())


def _not_arrived(by: Acting, letter: LetterWritten, reason: str, at: datetime) -> bool:
    record = check_is_there(letter.record_id)
    return note_not_arrived(
        by=by, record=record, message=key_of(letter), channel=Channel.LETTER.value, reason=reason, now=at
    )


def _answer(by: Acting, letter: LetterWritten, reference: str, at: datetime, now: datetime) -> None:
    """What the review decided is told of each view of theirs that it answered (VIC-08)."""
    victim = locked(by, reference)
    spoken = {one.view_id for one in check_is_there(letter.review).voices.all() if one.record_id in victim.records}
    for view in views_of(by, victim):
        if view.number in spoken and view.waits_to_be_told:
            answer = NewAnswer(view.decided, view.why, at)
            answer_view(by=by, victim=reference, view=view.number, given=answer, seen=view.answer_version, now=now)
