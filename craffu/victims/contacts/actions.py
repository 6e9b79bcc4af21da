"""The only writes of contacts: one that was made or tried, what is promised next, and an excuse (VIC-02, VIC-04, VIC-05).

What is not safe is refused before it is made. What was made all the same is kept as what it was: nothing is lost, and the
agreement was breached by it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.victims import events
from craffu.victims.agreements.actions import locked, log, promise, promise_as_agreed
from craffu.victims.agreements.queries import terms
from craffu.victims.contacts.facts import NewContact
from craffu.victims.contacts.policies import (
    check_could_be_told,
    check_has_words,
    check_is_open,
    check_is_promised_to_her,
    check_is_safe,
    check_was_made,
    check_was_not_reachable,
)
from craffu.victims.contacts.queries import attempts_for, is_open, kept_by
from craffu.victims.contacts.rules import IMMEDIATE_DANGER, Checked, Excuse, check_contact, was_not_reachable
from craffu.victims.models import Contact, NotArrived, Promise, PromiseExcuse, ToldOfHappening
from craffu.victims.permissions import check_can_look_after
from craffu.victims.stories import Story, story_of, victims_of_records


def safety_check(story: Story, channel: str, at: datetime, *, leaves_message: bool, is_danger: bool) -> Checked:
    """VIC-02 by what stands; where she never said what is safe, nothing speaks against a contact yet.

    While she is owed news that her safety hangs on, the way she gave for any hour is safe at any hour (VIC-05).
    """
    last = next((one for one in reversed(story.versions) if one.channels), None)
    if last is None:
        return Checked(allowed=True, why=(), override_logged=False)
    agreed = terms(last)
    at_any_hour = (agreed.urgent_reach,) if story.owes_safety_news else ()
    override = IMMEDIATE_DANGER if is_danger else None
    safety = replace(agreed.safety, at_any_hour=at_any_hour)
    return check_contact(safety, channel, at, leaves_message=leaves_message, override=override)


@action
def record_contact(*, by: Acting, victim: str, given: NewContact, now: datetime | None = None) -> Contact:
    """Keep a contact or an attempt, with what she was told and what is promised next, in one step.

    Raises NotSafe for what her agreement calls unsafe, unless life was in danger or it was made all the same; NotNow for what
    lies ahead. The same sent twice is kept once.
    """
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    check_was_made(given.at, at)
    check_is_promised_to_her(was_reached=given.was_reached, promises=given.next_due_at is not None)
    story = story_of(by, found, at)
    check_could_be_told(given.at, [one.known_since for one in story.happened if one.key in given.told_of])
    checked = _checked(story, given)
    check_is_safe(checked.why, allowed=checked.allowed or given.was_made_anyway)
    said = {
        "at": given.at, "channel": given.channel, "is_hers": given.is_hers, "was_reached": given.was_reached,
        "left_message": given.left_message, "told": given.told.strip(), "response": given.response.strip(),
    }  # fmt: skip
    same = next(
        (one for one in story.contacts if all(getattr(one, name) == value for name, value in said.items())), None
    )
    if same is not None:
        if _keep_what_was_told(by, story, same, given, user, at):
            log(by, events.CONTACT_RECORDED, found, at)
        return same
    kept = kept_by(story.promises, given.at)
    row: Contact = Contact.objects.create(
        force=by.force, record_id=found.record, promise=kept if given.was_reached and not given.is_hers else None,
        why_unsafe=[one.value for one in checked.why], is_danger=given.is_danger and bool(checked.why),
        language=given.language, recorded_by=user, known_from=at, **said,
    )  # fmt: skip
    _keep_what_was_told(by, story, row, given, user, at)
    if given.next_due_at is not None:
        promise(by, found, story.versions, given.next_due_at, given.at, user, at)
    elif given.was_reached:
        promise_as_agreed(by, found, given.at, user, at)
    log(by, events.DANGER_OVERRIDE if row.is_danger else events.CONTACT_RECORDED, found, at)
    return row


def _checked(story: Story, given: NewContact) -> Checked:
    """Her own call is safe for her to make."""
    if given.is_hers:
        return Checked(allowed=True, why=(), override_logged=False)
    return safety_check(story, given.channel, given.at, leaves_message=given.left_message, is_danger=given.is_danger)


def _keep_what_was_told(by: Acting, story: Story, contact: Contact, given: NewContact, user: User, at: datetime) -> int:
    """Of what she was told in this contact and nobody told her before. Returns how many things that were."""
    kept = 0
    known = {one.key: one for one in story.happened} if given.was_reached else {}
    for key in dict.fromkeys(given.told_of):
        if key not in known or known[key].told_at is not None:
            continue
        kind, _, number = key.partition("-")
        which = {"happening_id": int(number)} if kind == "happening" else {"stage_id": int(number)}
        kept += 1
        ToldOfHappening.objects.create(
            force=by.force,
            record_id=story.victim.record,
            contact=contact,
            at=given.at,
            recorded_by=user,
            known_from=at,
            **which,
        )
    return kept


@action
def refuse_contact(*, by: Acting, victim: str, now: datetime | None = None) -> None:
    """Log that a contact was refused as unsafe before it was made: who meant to, and when. What spoke against it is hers."""
    check_can_look_after(by)
    found = locked(by, victim)
    audit.record(
        kind=events.CONTACT_REFUSED, actor=by.actor, refs=[f"victim/{found.reference}", f"person/{found.reference}"],
        reason="contact_not_safe", request=by.request, now=now or clock.now(),
    )  # fmt: skip


@action
def promise_contact(*, by: Acting, victim: str, due_at: datetime, now: datetime | None = None) -> Promise:
    """Promise her a contact by a time, by the ways that stand agreed. Promised twice for one time it is one promise."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    return promise(by, found, story_of(by, found, at).versions, due_at, at, user, at)


@action
def excuse_promise(
    *, by: Acting, victim: str, promise: int, reason: Excuse, words: str = "", now: datetime | None = None
) -> PromiseExcuse:
    """Say why a promised contact is rightly not made. Raises NotNow where it was kept, or the attempts do not bear it out."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    story = story_of(by, found, at)
    wanted = check_is_there(next((one for one in story.promises if one.promise.pk == promise), None))
    check_is_open(is_open=is_open(wanted))
    check_has_words(words, is_late=at > wanted.promise.due_at)
    if reason is Excuse.NOT_REACHABLE:
        tried = attempts_for(wanted.promise, story.contacts)
        check_was_not_reachable(bears_out=was_not_reachable(tried, wanted.promise.channels))
    row: PromiseExcuse = PromiseExcuse.objects.create(
        force=by.force, record_id=found.record, promise=wanted.promise, reason=reason.value, words=words.strip(), at=at,
        recorded_by=user, known_from=at,
    )  # fmt: skip
    promise_as_agreed(by, found, at, user, at)
    log(by, events.PROMISE_EXCUSED, found, at)
    return row


# Who says so where nobody does by name.
CARRIED: Final = "messages"


@action
def note_not_arrived(
    *, by: Acting, record: int, message: str, channel: str, reason: str, now: datetime | None = None
) -> bool:
    """Something written to her did not reach her: it comes back as work (VIC-02). The same said twice is kept once.

    False where it was said before, or the record is no victim's: then nobody looks after them.
    """
    at = now or clock.now()
    victim = next(iter(victims_of_records(by, [record])), None)
    if victim is None or NotArrived.objects.for_user(by).filter(message=message).exists():
        return False
    author = {"recorded_by": by.user} if by.user else {"source": CARRIED, "source_key": message}
    NotArrived.objects.create(
        force=by.force,
        record_id=record,
        message=message,
        channel=channel,
        reason=reason,
        at=at,
        known_from=at,
        **author,
    )
    log(by, events.NOT_ARRIVED, victim, at)
    return True
