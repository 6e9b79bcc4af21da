"""The only writes of letters to a victim that hang on no order: written once, fetched by one, posted, hers, or come back.

VIC-01, VIC-02, VIC-05, VIC-09, BIL-02, BIL-03, T29. It waits in the print queue as any letter does, and is asked about again when
it leaves. That she has it is a contact, which tells her what stands in it. It never answers for what is told within the hour.
"""

import base64
from collections.abc import Iterable
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_fresh_factor, check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.messages.actions import put_out
from craffu.messages.facts import Became, NewMessage
from craffu.messages.kinds import PROTECTED_DETAIL, Status
from craffu.messages.print_queue.actions import fetch, note_arrived, note_came_back, note_left, put_back
from craffu.messages.queries import stands, words_waiting
from craffu.victims import events
from craffu.victims.agreements.actions import locked, log
from craffu.victims.agreements.rules import Occasion
from craffu.victims.contacts.actions import note_not_arrived, record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.contacts.rules import CameBack, Channel
from craffu.victims.inviting.actions import invite_by_letter, note_step
from craffu.victims.inviting.kinds import Step
from craffu.victims.inviting.queries import steps_of
from craffu.victims.leaks.queries import found_for
from craffu.victims.letters.facts import CHANNEL_OF, Given, NewLetter
from craffu.victims.letters.kinds import About, Stopped
from craffu.victims.letters.policies import (
    STOPPED,
    check_has_left,
    check_is_fetched,
    check_is_news,
    check_letter_is_safe,
    check_may_go,
    check_never_said,
    check_not_asked_today,
    check_not_written,
    check_same_agreement,
    check_translation,
    check_waits,
    check_was_read,
)
from craffu.victims.letters.queries import (
    find_letter,
    is_asked_on,
    is_written,
    key_of,
    letters_called,
    news_to_write,
    stages_to_ask_of,
    terms_of,
    why_it_may_not_go,
    why_not,
)
from craffu.victims.letters.rules import WAITS_FOR, says_what_must_not_be
from craffu.victims.models import VictimLetter
from craffu.victims.permissions import check_can_look_after
from craffu.victims.queries import Victim
from craffu.victims.stories import story_of

# To whom a file goes, as the log says it: never by name.
RECIPIENT = "A victim, in person or by post"


@action
def write_letter(*, by: Acting, victim: str, letter: NewLetter, now: datetime | None = None) -> VictimLetter:
    """A letter is kept as it will leave, and waits in the print queue; or whoever writes it has it at once.

    Everything is asked anew under her lock. Raises NotNow with why none may go or for what stands in it, Conflict where an
    agreement is another by now or the same was written, FactorNotFresh.
    """
    user, at = check_can_look_after(by), now or clock.now()
    check_fresh_factor(by, at)
    found = locked(by, victim)
    story = story_of(by, found, at)
    said = terms_of(story)
    check_same_agreement(letter.agreement, story.agreement.pk if story.agreement else None)
    news = next((one for one in news_to_write(story) if one.happened.key == letter.of), None)
    is_news = letter.about is About.NEWS
    check_letter_is_safe(why_not(story, news.happened.kind if news is not None else None))
    check_is_news(is_news=news is not None if is_news else letter.of in stages_to_ask_of(story))
    check_was_read(was_read=letter.was_read or not said.never_say.strip())
    check_never_said(is_said=says_what_must_not_be(letter.words, said.never_say))
    check_may_go(PROTECTED_DETAIL if found_for(by, letter.words, found.records) else "", STOPPED)
    check_translation(is_draft=letter.is_draft, translator=letter.translator)
    check_not_written(is_written=is_written(by, found, letter.about, letter.of))
    check_not_asked_today(is_asked=not is_news and is_asked_on(by, found, day_of(at)))
    row: VictimLetter = VictimLetter.objects.create(
        force=by.force, record_id=found.record, about=letter.about.value, agreement=check_is_there(story.agreement),
        language=said.language, translator=letter.translator.strip() if letter.is_draft else "",
        content=base64.b64encode(letter.content).decode(), recorded_by=user, known_from=at,
        **(_told_by(letter.of) if is_news else {
            "invitation": invite_by_letter(by, found, Occasion(letter.of), said.language, user, at)
        }),
    )  # fmt: skip
    message = NewMessage(
        key=key_of(row), channel=Channel.LETTER.value, language=said.language, not_before=at, not_after=at + WAITS_FOR,
        found=(), to="", body=letter.words,
    )  # fmt: skip
    put_out(force=by.force.code, message=message, now=at)
    log(by, events.LETTER_WRITTEN, found, at)
    if letter.is_taken:
        fetch(force=by.force.code, key=key_of(row), who=by.actor.name, now=at)
        _log_taken(by, found, at)
    return row


def _told_by(of: str) -> dict[str, int]:
    kind, _, number = of.partition("-")
    return {"happening_id": int(number)} if kind == "happening" else {"stage_id": int(number)}


@action
def fetch_letter(*, by: Acting, victim: str, number: int, now: datetime | None = None) -> tuple[VictimLetter, bytes]:
    """Fetch a letter from the print queue: the file, to be printed and posted or handed over by whoever fetches it.

    Raises NotNow with why it may not leave after all, Conflict where it does not wait: of several at once one has it.
    """
    at = now or clock.now()
    check_can_look_after(by)
    check_fresh_factor(by, at)
    found, letter = _locked(by, victim, number)
    check_may_go(why_it_may_not_go(by, letter, words_waiting(by.force.code, key_of(letter)), at), STOPPED)
    check_waits(waits=fetch(force=by.force.code, key=key_of(letter), who=by.actor.name, now=at))
    _log_taken(by, found, at)
    content: str = VictimLetter.objects.for_user(by).values_list("content", flat=True).get(pk=number)
    return letter, base64.b64decode(content)


@action
def put_letter_back(*, by: Acting, victim: str, number: int, now: datetime | None = None) -> None:
    """A letter that was fetched was not sent: it waits again, for anybody to fetch. Raises NotNow where nobody has fetched it."""
    at = now or clock.now()
    check_can_look_after(by)
    found, letter = _locked(by, victim, number)
    check_is_fetched(is_fetched=put_back(force=by.force.code, key=key_of(letter), now=at))
    log(by, events.LETTER_PUT_BACK, found, at)


@action
def post_letter(
    *, by: Acting, victim: str, number: int, was_made_anyway: bool = False, now: datetime | None = None
) -> None:
    """A letter that was fetched is in the post; that she has it is another thing.

    Raises NotNow where nobody has fetched it, and with why it may not leave after all, unless it is done.
    """
    at = now or clock.now()
    check_can_look_after(by)
    found, letter = _locked(by, victim, number)
    if not was_made_anyway:
        check_may_go(why_it_may_not_go(by, letter, words_waiting(by.force.code, key_of(letter)), at), STOPPED)
    check_is_fetched(is_fetched=note_left(force=by.force.code, key=key_of(letter), now=at))
    log(by, events.LETTER_POSTED, found, at)


@action
def letter_came_back(*, by: Acting, victim: str, number: int, why: CameBack, now: datetime | None = None) -> None:
    """A letter that was posted did not reach her: it is work to tell her by another way (VIC-02). Raises NotNow otherwise."""
    at = now or clock.now()
    check_can_look_after(by)
    found, letter = _locked(by, victim, number)
    check_has_left(has_left=note_came_back(force=by.force.code, key=key_of(letter), reason=why.value, now=at))
    _not_arrived(by, letter, why.value, at)
    log(by, events.LETTER_CAME_BACK, found, at)


@action
def give_letter(*, by: Acting, victim: str, number: int, given: Given, now: datetime | None = None) -> bool:
    """She has the letter: it is a contact, by which she is told what it tells. False where that was recorded before.

    Raises NotSafe where the way or the time is not safe by what stands agreed, unless it is done; NotNow where it still waits.
    """
    at = now or clock.now()
    check_can_look_after(by)
    found, letter = _locked(by, victim, number)
    was = check_is_there(stands(by.force.code, [key_of(letter)]).get(key_of(letter)))
    check_is_fetched(is_fetched=was.status not in (Status.WAITING, Status.HELD_BACK))
    if was.status is Status.DELIVERED:
        return False
    told = (letter.of,) if letter.about == About.NEWS else ()
    contact = NewContact(
        channel=CHANNEL_OF[given.way].value, at=given.at, was_reached=True, was_made_anyway=given.was_made_anyway,
        language=letter.language, told_of=told, response=given.response,
    )  # fmt: skip
    record_contact(by=by, victim=victim, given=contact, now=at)
    note_arrived(force=by.force.code, key=key_of(letter), now=at)
    if letter.invitation is not None and Step.SENT not in steps_of(by, [letter.invitation.pk]).get(
        letter.invitation.pk, {}
    ):
        note_step(by, letter.invitation, Step.SENT, given.at, user=by.user)
    log(by, events.LETTER_GIVEN, found, at)
    return True


def _locked(by: Acting, victim: str, number: int) -> tuple[Victim, VictimLetter]:
    found = locked(by, victim)
    return found, check_is_there(find_letter(by, found, number))


def _log_taken(by: Acting, found: Victim, at: datetime) -> None:
    kind: EventKind = events.LETTER_TAKEN_OUT
    refs = [f"victim/{found.reference}", f"person/{found.reference}"]
    audit.record(kind=kind, actor=by.actor, refs=refs, recipient=RECIPIENT, request=by.request, now=at)


def may_still_go(by: Acting, key: str, text: str, now: datetime) -> str:
    """Why a letter that waits in the print queue may not leave after all; empty where it may."""
    letter = letters_called(by, [key]).get(key)
    return Stopped.UNKNOWN_KIND if letter is None else why_it_may_not_go(by, letter, text, now)


@action
def note_what_became(*, by: Acting, became: Iterable[Became], now: datetime | None = None) -> int:
    """That letters were held back: each comes back as work, once (VIC-02). Returns how many were new."""
    at = now or clock.now()
    lock_until_commit("messages", by.force.code, "became")
    lost = {one.key: one.reason for one in became if one.status in (Status.FAILED, Status.HELD_BACK)}
    letters = letters_called(by, list(lost))
    return sum(_not_arrived(by, letter, lost[key], at) for key, letter in letters.items())


def _not_arrived(by: Acting, letter: VictimLetter, reason: str, at: datetime) -> bool:
    is_new = note_not_arrived(
        by=by, record=letter.record_id, message=key_of(letter), channel=Channel.LETTER.value, reason=reason, now=at
    )
    if is_new and letter.invitation is not None:
        note_step(by, letter.invitation, Step.NOT_SENT, at, reason=reason, user=by.user)
    return is_new
