"""The only writes of advocates: that she named one, that she ended it, and the view that one gives for her (VIC-10)."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_day_is_past, check_is_there
from craffu.access.queries import others_with
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.victims import events
from craffu.victims.advocates.facts import NewAdvocate
from craffu.victims.advocates.policies import check_consent_follows, check_has_account, check_name_is_there
from craffu.victims.advocates.queries import advocates_of, clients_of, ended_on
from craffu.victims.advocates.rules import AdvocateMay
from craffu.victims.agreements.actions import locked, log
from craffu.victims.models import Advocate, AdvocateEnded, View
from craffu.victims.permissions import check_can_look_after, check_is_advocate
from craffu.victims.voice.actions import keep_view
from craffu.victims.voice.facts import NewView
from craffu.victims.voice.subjects import Route


@action
def name_advocate(*, by: Acting, victim: str, given: NewAdvocate, now: datetime | None = None) -> Advocate:
    """She names somebody to speak for her, and agreed to it. Named again while it stands, it is kept once."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    check_name_is_there(given.name)
    check_day_is_past(given.named_on, day_of(at))
    check_day_is_past(given.consent_on, day_of(at))
    check_consent_follows(given.named_on, given.consent_on)
    account = next((one for one in others_with(by, "advocate") if one.username == given.username), None)
    check_has_account(given.username, account)
    said = (given.name.strip(), given.organisation.strip(), account)
    for one in advocates_of(by, found.records):
        if (one.name, one.organisation, one.user) == said and ended_on(one) is None:
            return one
    row: Advocate = Advocate.objects.create(
        force=by.force, record_id=found.record, name=said[0], organisation=said[1], user=account,
        named_on=given.named_on, consent_on=given.consent_on, recorded_by=user, known_from=at,
    )  # fmt: skip
    log(by, events.ADVOCATE_NAMED, found, at)
    return row


@action
def end_advocate(*, by: Acting, victim: str, advocate: int, now: datetime | None = None) -> AdvocateEnded:
    """She ends her consent: it works at once. Ended twice it is ended once."""
    user, at = check_can_look_after(by), now or clock.now()
    found = locked(by, victim)
    wanted = check_is_there(next((one for one in advocates_of(by, found.records) if one.pk == advocate), None))
    ended: AdvocateEnded | None = getattr(wanted, "ended", None)
    if ended is not None:
        return ended
    row: AdvocateEnded = AdvocateEnded.objects.create(
        force=by.force, record_id=found.record, advocate=wanted, on=day_of(at), recorded_by=user, known_from=at
    )
    log(by, events.ADVOCATE_ENDED, found, at)
    return row


@action
def give_her_view(*, by: Acting, victim: str, given: NewView, now: datetime | None = None) -> View:
    """An advocate gives the view of a victim who named them; it is marked as theirs to give and counts as hers.

    Raises NotPermitted for a victim who did not name them, or no longer does.
    """
    user, at = check_is_advocate(by), now or clock.now()
    lock_until_commit("victim", by.force.code, victim)
    clients = clients_of(by, AdvocateMay.GIVE_HER_VIEW, day_of(at))
    client = check_is_there(next((one for one in clients if one.victim.reference == victim), None))
    return keep_view(by, client.victim, through(given, client.advocate.pk), user, at)


def through(given: NewView, advocate: int) -> NewView:
    """The same words, marked with whom they came through; about no case, because an advocate knows of none."""
    return NewView(
        given.subject, given.words, given.language, Route.ADVOCATE, given.notice, given.may_see, advocate=advocate
    )
