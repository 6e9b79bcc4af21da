"""The only writes of a Victim Contact Agreement: its draft, each version, that it is still right, that it was declined (VIC-01).

A version is never changed: whoever changes a wish adds one, so that what bound us on any day can be read.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of, end_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.outbox.actions import tell
from craffu.victims import events
from craffu.victims.agreements.facts import NEWS_ONLY, Terms
from craffu.victims.agreements.policies import (
    check_is_complete,
    check_links,
    check_revisit_lies_ahead,
    check_there_is_one,
    check_urgent_reach,
    check_windows,
)
from craffu.victims.agreements.queries import draft_of, edit_version, feared_dates, interval_of, terms, versions_of
from craffu.victims.agreements.rules import Occasion, OffersAgain, lacks
from craffu.victims.contacts.policies import check_promise_lies_ahead
from craffu.victims.contacts.queries import is_open
from craffu.victims.contacts.rules import Channel
from craffu.victims.happenings.queries import instant_of_agreement
from craffu.victims.models import AgreementDraft, AgreementVersion, FearedDate, Promise
from craffu.victims.permissions import check_can_look_after
from craffu.victims.queries import Victim, find_victim
from craffu.victims.stories import story_of
from craffu.victims.topics import VICTIMS


def locked(by: Acting, reference: str) -> Victim:
    """The victim, alone until it is committed. Raises NotPermitted where there is none for this reader."""
    lock_until_commit("victim", by.force.code, reference)
    found = check_is_there(find_victim(by, reference))
    check_is_there(not found.shut or None)
    return found


def log(by: Acting, kind: EventKind, victim: Victim, at: datetime) -> None:
    """Log what was just recorded of a victim, and tell whoever works out what is due."""
    refs = [f"victim/{victim.reference}", f"person/{victim.reference}"]
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)
    tell(force=by.force.code, topic=VICTIMS, subjects=[victim.person.pk], at=at)


@action
def keep_draft(
    *,
    by: Acting,
    victim: str,
    given: Terms,
    occasion: Occasion | None = None,
    seen: str = "",
    now: datetime | None = None,
) -> AgreementDraft:
    """Keep what was asked so far. Half an answer is kept as it is: only the agreement itself must be whole.

    `seen` is the version that whoever asks has seen since, where somebody changed the agreement meanwhile.
    """
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    check_windows(given.times)
    draft = draft_of(by, found)
    if draft is None:
        standing = edit_version(versions_of(by, found.records))
        draft = AgreementDraft(force=by.force, record_id=found.record, by=user, seen=standing)
    draft.seen = seen or draft.seen
    draft.terms = given.as_text()
    draft.occasion = occasion.value if occasion else draft.occasion
    draft.changed_at = at
    draft.save()
    log(by, events.AGREEMENT_BEGUN, found, at)
    return draft


@action
def drop_draft(*, by: Acting, victim: str, now: datetime | None = None) -> None:
    """Throw away what was asked so far; the agreement as it stands is not touched."""
    check_can_look_after(by)
    found = locked(by, victim)
    draft = draft_of(by, found)
    if draft is not None:
        draft.delete()
        log(by, events.AGREEMENT_DROPPED, found, now or clock.now())


@action
def agree(
    *,
    by: Acting,
    victim: str,
    given: Terms,
    seen: str,
    occasion: Occasion | None = None,
    officer: User | None = None,
    now: datetime | None = None,
) -> AgreementVersion:
    """Record what was agreed with her today. Raises NotNow for what is not whole, Conflict where somebody was first."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    today = day_of(at)
    versions = versions_of(by, found.records)
    check_unchanged(seen, edit_version(versions))
    check_is_complete(lacks(given.as_agreement(today)))
    check_windows(given.times)
    check_urgent_reach(given.urgent_reach, given.channels)
    check_links(given.links, given.channels)
    revisit_on = date.fromisoformat(given.next_revisit_on)
    check_revisit_lies_ahead(revisit_on, today)
    last = next((one for one in reversed(versions) if one.agreed_on), None)
    said_on = last.asking_said_on if last is not None and last.asking == given.asking else today
    row: AgreementVersion = AgreementVersion.objects.create(
        force=by.force, record_id=found.record, number=len(versions) + 1, occasion=occasion.value if occasion else "",
        agreed_on=today, officer_name=given.officer.strip(), officer=officer,
        every_days=None if given.frequency == NEWS_ONLY else int(given.frequency), channels=list(given.channels),
        link_channels=list(given.links), times=[list(one) for one in given.times], may_leave_message=given.may_leave_message,
        safe_word=given.safe_word.strip(), never_say=given.never_say.strip(), urgent_reach=given.urgent_reach,
        urgent_words=given.urgent_words.strip(), language=given.language, asking=given.asking, asking_said_on=said_on,
        not_wanted=list(given.not_wanted), others_told=given.others_told.strip(),
        survey_consent={"yes": True, "no": False}.get(given.survey), next_revisit_on=revisit_on, recorded_by=user,
        known_from=at,
    )  # fmt: skip
    _forget_draft(by, found)
    promise_as_agreed(by, found, at, user, at)
    log(by, events.AGREEMENT_RECORDED, found, at)
    return row


@action
def agree_unchanged(
    *, by: Acting, victim: str, seen: str, occasion: Occasion | None = None, now: datetime | None = None
) -> AgreementVersion:
    """She was asked, and it is still right: the same again as of today, her wish about being asked confirmed (REV-02)."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    today = day_of(at)
    versions = versions_of(by, found.records)
    check_unchanged(seen, edit_version(versions))
    last = versions[-1] if versions and versions[-1].agreed_on else None
    check_there_is_one(last)
    last = check_is_there(last)
    said = {
        one.attname: getattr(last, one.attname)
        for one in AgreementVersion._meta.concrete_fields
        if one.name not in ("id", "source", "source_key", "content_sha256")
    }
    row: AgreementVersion = AgreementVersion.objects.create(
        **said
        | {
            "record_id": found.record, "number": len(versions) + 1, "occasion": occasion.value if occasion else "",
            "is_unchanged": True, "agreed_on": today, "asking_said_on": today,
            "next_revisit_on": today + interval_of(last), "recorded_by_id": user.pk, "known_from": at,
        }
    )  # fmt: skip
    _forget_draft(by, found)
    promise_as_agreed(by, found, at, user, at)
    log(by, events.AGREEMENT_RECORDED, found, at)
    return row


@action
def decline(
    *,
    by: Acting,
    victim: str,
    seen: str,
    offer_again: OffersAgain | Collection[Occasion] | None = None,
    occasion: Occasion | None = None,
    now: datetime | None = None,
) -> AgreementVersion:
    """She wants no agreement: dated, with when it is to be offered again. What she called safe before still binds us."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    versions = versions_of(by, found.records)
    check_unchanged(seen, edit_version(versions))
    last = next((one for one in reversed(versions) if one.agreed_on or one.channels), None)
    kept = terms(last) if last is not None else Terms()
    choice = offer_again.value if isinstance(offer_again, OffersAgain) else offer_again
    row: AgreementVersion = AgreementVersion.objects.create(
        force=by.force, record_id=found.record, number=len(versions) + 1, occasion=occasion.value if occasion else "",
        declined_on=day_of(at), officer=last.officer if last else None, officer_name=last.officer_name if last else "",
        asking=kept.asking, asking_said_on=last.asking_said_on if last else None, not_wanted=list(kept.not_wanted),
        offer_again=choice if choice is None or isinstance(choice, str) else sorted(one.value for one in choice),
        channels=list(kept.channels), times=[list(one) for one in kept.times], may_leave_message=kept.may_leave_message,
        safe_word=kept.safe_word, never_say=kept.never_say, urgent_reach=kept.urgent_reach,
        urgent_words=kept.urgent_words, language=kept.language, recorded_by=user, known_from=at,
    )  # fmt: skip
    _forget_draft(by, found)
    log(by, events.AGREEMENT_RECORDED, found, at)
    return row


def promise(
    by: Acting,
    victim: Victim,
    versions: Sequence[AgreementVersion],
    due_at: datetime,
    promised_at: datetime,
    user: User,
    at: datetime,
) -> Promise:
    """Promise her a contact by the ways that stand agreed, within the open action. While one is open, it is not promised twice.

    Where she never said which ways are safe, none is wrong.
    """
    check_promise_lies_ahead(due_at, promised_at)
    still_open = (one.promise for one in story_of(by, victim, at).promises if is_open(one))
    same = next((one for one in still_open if one.due_at == due_at), None)
    if same is not None:
        return same
    channels = next((list(one.channels) for one in reversed(versions) if one.channels), [one.value for one in Channel])
    row: Promise = Promise.objects.create(
        force=by.force, record_id=victim.record, due_at=due_at, channels=channels, promised_at=promised_at,
        recorded_by=user, known_from=at,
    )  # fmt: skip
    log(by, events.PROMISE_MADE, victim, at)
    return row


def promise_as_agreed(by: Acting, victim: Victim, since: datetime, user: User, at: datetime) -> None:
    """The next contact as often as was agreed, where nothing else is promised: nobody has to remember it (VIC-04).

    By the end of the last day of the interval, from the day of the last contact or of the agreement; from today, where that was
    recorded so late that the day is over. What was promised before the agreement for later than that is no such promise: whoever
    agrees to be contacted more often is.
    """
    story = story_of(by, victim, at)
    last = story.agreement
    if last is None or last.agreed_on is None or not last.every_days:
        return
    since_agreed = instant_of_agreement(last)
    there = [one.promise for one in story.promises if is_open(one)]
    for began in (since, at):
        due_at = end_of(day_of(began) + timedelta(days=last.every_days)) - timedelta(seconds=1)
        if due_at > at:
            if not any(one.promised_at >= since_agreed or one.due_at <= due_at for one in there):
                promise(by, victim, story.versions, due_at, began, user, at)
            return


def _forget_draft(by: Acting, victim: Victim) -> None:
    draft = draft_of(by, victim)
    if draft is not None:
        draft.delete()


@action
def record_feared_date(
    *, by: Acting, victim: str, on: date, words: str = "", strike: bool = False, now: datetime | None = None
) -> FearedDate | None:
    """A day that she fears, or that one is no longer feared. The same said twice is kept once."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    there = next((one for one in feared_dates(by, found.records) if one.on == on), None)
    if (there is None) if strike else (there is not None and there.words == words.strip()):
        return there
    row: FearedDate = FearedDate.objects.create(
        force=by.force,
        record_id=found.record,
        on=on,
        words=words.strip(),
        is_struck=strike,
        recorded_by=user,
        known_from=at,
    )
    log(by, events.FEARED_DATE_RECORDED, found, at)
    return row
