"""The only writes of invitations: she is asked or not, a message with a link goes or not, an officer ends one (VIC-01, VIC-02).

A secret is known once, to whoever reads it out or to the message that carries it; the register keeps its keyed token.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.languages import Language, LanguageChoice
from craffu.common.locks import lock_until_commit
from craffu.messages.actions import hold_back, put_out
from craffu.messages.facts import Became, NewMessage
from craffu.messages.kinds import PROTECTED_DETAIL, Status
from craffu.victims import events
from craffu.victims.agreements.actions import locked, log
from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.queries import terms, versions_of
from craffu.victims.agreements.rules import Occasion
from craffu.victims.contacts.rules import Channel
from craffu.victims.happenings.policies import check_is_of_her_case
from craffu.victims.inviting.facts import Invited, NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route, Step
from craffu.victims.inviting.policies import (
    check_is_open,
    check_is_surveyed,
    check_may_be_asked,
    check_protects_her,
    check_was_answered,
)
from craffu.victims.inviting.queries import is_of_the_accused, steps_of, token_of, why_link_may_not_go, why_not_asked
from craffu.victims.inviting.rules import WhyNot, may_go_at, new_code, new_link, opens_until, still_opens
from craffu.victims.inviting.stages import SURVEYED_AT
from craffu.victims.inviting.trust import PAGE
from craffu.victims.leaks.queries import found_for
from craffu.victims.models import Invitation, InvitationStep, NotInvited, Sitting
from craffu.victims.permissions import check_can_look_after
from craffu.victims.queries import Victim
from craffu.victims.stories import victims_of_records
from craffu.victims.surveys.kinds import NotAsked

_KEY: Final = "invitation:"
LANGUAGE_CHANGED: Final = "language_changed"
# Subject and body of a message, made from the secret of its link, until when that opens, and her language.
type Worded = Callable[[str, datetime, str], tuple[str, str]]


def language_of(agreed: Terms | None) -> str:
    """BIL-02: in which language she is written to; both until she has chosen."""
    return agreed.language if agreed and agreed.language else LanguageChoice.BOTH.value


@action
def invite(
    *,
    by: Acting,
    victim: str,
    given: NewInvitation,
    worded: Worded | None = None,
    orders: Collection[str] = (),
    bound: Collection[int] = (),
    welsh_is_draft: bool = False,
    now: datetime | None = None,
) -> Invited:
    """Ask her by the safe page. A code is for reading out now; a link goes when a message is safe, and lasts from then.

    `orders` are the references of those that protect her, `bound` records of whom they bind; `welsh_is_draft`: no qualified
    translator has approved the message.
    Raises NotNow with why she may not be asked so: above all, by a way that her agreement does not call safe for links, or to
    whoever is accused in her case.
    """
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    versions = versions_of(by, found.records)
    check_may_be_asked(why_not_asked(by, found, versions, given, bound, at))
    check_protects_her(protects=not given.order or given.order in orders)
    case = next((one for one, called in found.cases.items() if called == given.case), None)
    if given.case:
        check_is_of_her_case(case)
    agreed = terms(versions[-1]) if versions else None
    language = language_of(agreed)
    is_draft = given.route is Route.LINK and welsh_is_draft and language != Language.ENGLISH
    check_may_be_asked(WhyNot.TRANSLATION if is_draft else None)
    secret = new_code() if given.route is Route.CODE else new_link()
    goes_at = at
    if given.route is Route.LINK and agreed is not None:
        goes_at = check_is_there(may_go_at(agreed.safety, given.channel, at))
    row: Invitation = Invitation.objects.create(
        force=by.force, record_id=found.record, purpose=given.purpose.value, route=given.route.value,
        channel=given.channel if given.route is Route.LINK else "", occasion=given.occasion, case_id=case, order=given.order,
        language=language, token=token_of(secret), at=at, expires_at=opens_until(given.route, goes_at), recorded_by=user,
        known_from=at,
    )  # fmt: skip
    if given.route is Route.LINK and worded is not None:
        subject, body = worded(secret, row.expires_at, language)
        message = NewMessage(
            key=f"{_KEY}{row.pk}", channel=given.channel, language=language, not_before=goes_at, not_after=row.expires_at,
            found=found_for(by, f"{subject}\n{body}", found.records), to=given.to.strip(), body=body, subject=subject,
        )  # fmt: skip
        put_out(force=by.force.code, message=message, now=at)
    log(by, events.INVITATION_MADE, found, at)
    return Invited(row.pk, row.expires_at, language, secret)


def invite_by_letter(
    by: Acting, found: Victim, occasion: Occasion, language: str, user: User, at: datetime
) -> Invitation:
    """Within the open action: she is asked by a letter, which holds no secret. NotNow for a stage that nobody is asked of."""
    check_is_surveyed(is_surveyed=occasion in SURVEYED_AT)
    row: Invitation = Invitation.objects.create(
        force=by.force, record_id=found.record, purpose=Purpose.SURVEY.value, route=Route.LETTER.value,
        channel=Channel.LETTER.value, occasion=occasion.value, language=language, at=at,
        expires_at=opens_until(Route.LETTER, at), recorded_by=user, known_from=at,
    )  # fmt: skip
    log(by, events.INVITATION_MADE, found, at)
    return row


@action
def note_not_asked(
    *, by: Acting, victim: str, occasion: Occasion, reason: NotAsked, now: datetime | None = None
) -> NotInvited:
    """She is not asked how she was treated after a stage, and why: she is counted, and nothing is due of it (MET30).

    Of one day the same is kept once. Raises NotNow for a stage after which nobody is asked.
    """
    user, at = check_can_look_after(by), now or clock.now()
    check_is_surveyed(is_surveyed=occasion in SURVEYED_AT)
    found = locked(by, victim)
    said = {"occasion": occasion.value, "on": day_of(at), "reason": reason.value}
    held: NotInvited | None = NotInvited.objects.for_user(by).filter(record__in=found.records, **said).first()
    if held is not None:
        return held
    row: NotInvited = NotInvited.objects.create(
        force=by.force, record_id=found.record, recorded_by=user, known_from=at, **said
    )
    log(by, events.NOT_ASKED_RECORDED, found, at)
    return row


@action
def end_invitation(*, by: Acting, victim: str, number: int, now: datetime | None = None) -> None:
    """It opens nothing any more, and a message that still waits does not go. Raises NotNow where it opens nothing already."""
    user, at = check_can_look_after(by), now or clock.now()
    found, row = _locked(by, victim, number)
    steps = steps_of(by, [row.pk]).get(row.pk, {})
    check_is_open(is_open=bool(row.token) and still_opens(row.expires_at, steps, at))
    hold_back(force=by.force.code, key=f"{_KEY}{row.pk}", reason="ended", now=at)
    note_step(by, row, Step.ENDED, at, user=user)
    log(by, events.INVITATION_ENDED, found, at)


@action
def distrust(*, by: Acting, victim: str, number: int, now: datetime | None = None) -> None:
    """It was not she who used it: the page closes, and nothing that was answered counts. What was answered stays, and says so."""
    user, at = check_can_look_after(by), now or clock.now()
    found, row = _locked(by, victim, number)
    steps = steps_of(by, [row.pk]).get(row.pk, {})
    check_was_answered(was_opened=Step.OPENED in steps)
    if Step.NOT_HERS in steps:
        return
    Sitting.objects.for_user(by).filter(invitation=row).delete()
    note_step(by, row, Step.NOT_HERS, at, user=user)
    log(by, events.ANSWERS_DISTRUSTED, found, at)


def lock_invitation(by: Acting, number: int) -> None:
    """Whoever opens it and whoever ends it come one after the other. Whoever locks the victim as well does so before."""
    lock_until_commit("invitation", by.force.code, str(number))


def _locked(by: Acting, victim: str, number: int) -> tuple[Victim, Invitation]:
    found = locked(by, victim)
    lock_invitation(by, number)
    rows = Invitation.objects.for_user(by).filter(record__in=found.records, pk=number)
    return found, check_is_there(rows.first())


def note_step(
    by: Acting, row: Invitation, step: Step, at: datetime, *, reason: str = "", user: User | None = None
) -> InvitationStep:
    """What became of an invitation, within the open action. By nobody's hand it bears the page's own key."""
    author = {"recorded_by": user} if user else {"source": PAGE, "source_key": f"{row.pk}/{step.value}"}
    kept: InvitationStep = InvitationStep.objects.create(
        force=by.force, record_id=row.record_id, invitation=row, step=step.value, at=at, reason=reason, known_from=at, **author
    )  # fmt: skip
    return kept


def is_of_invitation(key: str) -> bool:
    """Whether a message of this key carries a link to the safe page."""
    return key.startswith(_KEY)


def numbers_of(keys: Iterable[str]) -> list[int]:
    """The invitations that messages of these keys carry."""
    return [int(one.removeprefix(_KEY)) for one in keys if one.startswith(_KEY)]


def may_still_go(
    by: Acting,
    key: str,
    text: str,
    to: str,
    now: datetime,
    *,
    bound_against: Callable[[Acting, Collection[int]], Collection[int]],
) -> str | datetime:
    """Why a message that waited may not go after all, or when it may; empty where now.

    Her agreement is asked anew, whose the number is, and its words are searched anew: more may be known by now (VIC-02, VIC-09).
    `bound_against` finds records of whom the orders that protect whoever some records are bind.
    """
    row = Invitation.objects.for_user(by).filter(pk__in=numbers_of([key])).first()
    victim = next(iter(victims_of_records(by, [row.record_id])), None) if row else None
    if row is None or victim is None:
        return WhyNot.NOT_AGREED.value
    if not still_opens(row.expires_at, steps_of(by, [row.pk]).get(row.pk, {}), now):
        return "over"
    versions = versions_of(by, victim.records)
    agreed = terms(versions[-1]) if versions and versions[-1].agreed_on else None
    why = why_link_may_not_go(by, victim, versions, row.channel)
    if why is None and is_of_the_accused(by, victim, row.channel, to, bound_against(by, victim.records)):
        why = WhyNot.OF_THE_ACCUSED
    if why is not None or agreed is None:
        return (why or WhyNot.DECLINED).value
    if row.language != language_of(agreed):
        return LANGUAGE_CHANGED
    if found_for(by, text, victim.records):
        return PROTECTED_DETAIL
    at = may_go_at(agreed.safety, row.channel, now)
    return WhyNot.NEVER_SAFE.value if at is None else "" if at == now else at


@action
def note_what_became(*, by: Acting, became: Iterable[Became], now: datetime | None = None) -> int:
    """That links were sent, or were not: what was not comes back as work (VIC-02). Returns how many were not."""
    at, failed = now or clock.now(), 0
    # Two who send at once both come here with the same: the second finds what the first has noted.
    lock_until_commit("messages", by.force.code, "became")
    said = {number: one for one in became for number in numbers_of([one.key])}
    rows = Invitation.objects.for_user(by).filter(pk__in=list(said)).order_by("id")
    steps = steps_of(by, list(said))
    for row in rows:
        one = said[row.pk]
        step = Step.NOT_SENT if one.status in (Status.FAILED, Status.HELD_BACK) else Step.SENT
        if step in steps.get(row.pk, {}):
            continue
        note_step(by, row, step, at, reason=one.reason)
        kind: EventKind = events.INVITATION_SENT if step is Step.SENT else events.INVITATION_NOT_SENT
        for victim in victims_of_records(by, [row.record_id]):
            log(by, kind, victim, at)
        failed += step is Step.NOT_SENT
    return failed
