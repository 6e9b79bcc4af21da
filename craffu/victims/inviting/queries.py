"""The invitations of a victim as they stand, which one a secret opens, and why one may not be made (VIC-01, VIC-02)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.cases.custody.queries import ACCUSED
from craffu.cases.models import CaseRole
from craffu.common import (
    keyring,
    lookups,  # noqa: F401 (registers `one_of`)
)
from craffu.people.models import RecordedContact
from craffu.people.queries import records_of_whoever
from craffu.people.tokens import contact_tokens_to_look_for
from craffu.victims.agreements.queries import terms
from craffu.victims.answering.reading import answers_of
from craffu.victims.answering.rules import Follows, follows
from craffu.victims.contacts.rules import Channel
from craffu.victims.happenings.queries import instant_of_agreement
from craffu.victims.inviting.facts import InvitationStands, NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route, Step
from craffu.victims.inviting.rules import SENT, WhyNot, is_address, link_channels, may_go_at, still_opens
from craffu.victims.inviting.trust import said_by_her
from craffu.victims.models import AgreementVersion, Answers, Invitation, InvitationStep
from craffu.victims.queries import Victim, standing


def token_of(secret: str) -> str:
    return keyring.ring().token("safe page invitation", secret)


def invitation_opened_by(by: Acting, secret: str) -> Invitation | None:
    """The invitation whose secret this is, whether or not it still opens anything. One query."""
    tokens = keyring.ring().tokens_of_all_keys("safe page invitation", secret)
    found: Invitation | None = Invitation.objects.for_user(by).filter(token__in=tokens).first()
    return found


def steps_of(by: Acting, invitations: Collection[int]) -> dict[int, dict[Step, datetime]]:
    """What became of each of these. One query."""
    rows = InvitationStep.objects.for_user(by).filter(invitation__in=list(invitations)).order_by("id")
    found: dict[int, dict[Step, datetime]] = defaultdict(dict)
    for one in standing(rows):
        found[one.invitation_id][Step(one.step)] = one.at
    return found


def invitations_of(by: Acting, victim: Victim, now: datetime) -> list[InvitationStands]:
    """Every invitation of hers, the last first. Three queries."""
    rows = standing(Invitation.objects.for_user(by).filter(record__in=victim.records).order_by("id"))
    steps = steps_of(by, [one.pk for one in rows])
    answered = set(
        Answers.objects.for_user(by)
        .filter(record__in=victim.records)
        .order_by()
        .values_list("invitation_id", flat=True)
    )
    return [
        InvitationStands(
            number=one.pk, purpose=Purpose(one.purpose), route=Route(one.route), channel=one.channel,
            occasion=one.occasion, order=one.order, at=one.at, expires_at=one.expires_at, steps=steps[one.pk],
            is_open=bool(one.token) and still_opens(one.expires_at, steps[one.pk], now), has_answers=one.pk in answered,
        )
        for one in reversed(rows)
    ]  # fmt: skip


def why_not_asked(
    by: Acting,
    victim: Victim,
    versions: Sequence[AgreementVersion],
    given: NewInvitation,
    bound: Collection[int],
    now: datetime,
) -> WhyNot | None:
    """Why she may not be asked so; None where she may. `bound` are records of whom orders that protect her bind.

    Six queries at most.
    """
    agreed = terms(versions[-1]) if versions and versions[-1].agreed_on else None
    if given.purpose is Purpose.SURVEY and (agreed is None or agreed.survey != "yes"):
        return WhyNot.NO_SURVEYS
    if given.route is Route.CODE:
        return None
    why = why_link_may_not_go(by, victim, versions, given.channel)
    if why is None and agreed is not None and may_go_at(agreed.safety, given.channel, now) is None:
        return WhyNot.NEVER_SAFE
    if why is None and not is_address(given.channel, given.to):
        return WhyNot.NO_ADDRESS
    if why is None and is_of_the_accused(by, victim, given.channel, given.to, bound):
        return WhyNot.OF_THE_ACCUSED
    return why


_KIND: Final[Mapping[str, str]] = {
    Channel.TEXT_MESSAGE: RecordedContact.Kind.PHONE.value, Channel.EMAIL: RecordedContact.Kind.EMAIL.value,
}  # fmt: skip


def is_of_the_accused(by: Acting, victim: Victim, channel: str, to: str, bound: Collection[int]) -> bool:
    """Whether a number or an address was ever recorded as that of whoever is accused in her cases, or is bound. Four queries.

    Read as the system reads, by tokens: no value of anybody is read. Where she is accused of something herself, her own is none;
    where her records and theirs were joined by mistake, theirs are still theirs.
    """
    system = acting_system(by.force, by.actor.name)
    roles = CaseRole.objects.for_user(system).filter(case__in=list(victim.cases)).order_by()
    played = list(roles.values_list("record_id", "role"))
    hers = {record for record, role in played if role == CaseRole.Role.VICTIM and record in victim.records}
    accused = {record for record, role in played if role in ACCUSED}.union(bound) - hers
    theirs = accused.union(set(records_of_whoever(system, accused)) - set(victim.records))
    held = RecordedContact.objects.for_user(system).filter(
        version__record__one_of=frozenset(theirs), kind=_KIND[channel],
        token__in=contact_tokens_to_look_for(_KIND[channel], to),
    )  # fmt: skip
    return bool(theirs) and bool(held.exists())


def why_link_may_not_go(
    by: Acting, victim: Victim, versions: Sequence[AgreementVersion], channel: str
) -> WhyNot | None:
    """VIC-02: why no link may come to her by this way, as things stand; None where one may. Two queries at most."""
    if not versions:
        return WhyNot.NOT_AGREED
    last = versions[-1]
    if not last.agreed_on:
        return WhyNot.DECLINED
    if channel not in link_channels(last.channels, last.link_channels):
        return WhyNot.NO_SAFE_LINK
    return WhyNot.REACH_CHANGED if reach_is_in_doubt(by, victim, last) else None


def reach_is_in_doubt(by: Acting, victim: Victim, last: AgreementVersion) -> bool:
    """Whether how we reach her is no longer safe by what came to light since the agreement. Two queries."""
    return bool(reach_in_doubt(by, dict.fromkeys(victim.records, victim.person.pk), {victim.person.pk: last}))


def reach_in_doubt(by: Acting, whose: Mapping[int, int], last: Mapping[int, AgreementVersion]) -> set[int]:
    """Those of whom, since the agreement, it came to light that how we reach them is no longer safe: they said so, and whatever
    was said afterwards on the page unsays nothing; or somebody else had what was sent to them. Two queries, however many.

    `whose` are their records, each with the person's row number, and `last` the last agreement of each.
    """
    records = frozenset(whose)
    rows = Answers.objects.for_user(by).filter(record__one_of=records)
    said = (one for one in standing(said_by_her(by, rows).order_by("id")) if Follows.REACH in follows(answers_of(one)))
    since = [(one.record_id, one.given_at) for one in said]
    steps = InvitationStep.objects.for_user(by).filter(
        record__one_of=records, step=Step.NOT_HERS, invitation__route__in=SENT
    )
    since += [(one.record_id, one.at) for one in standing(steps.order_by("id"))]
    return {
        whose[record]
        for record, at in since
        if whose[record] in last and at >= instant_of_agreement(last[whose[record]])
    }
