"""The writes to service accounts: ask for one, approve it for a time, end it; and the row in the log of each time it works."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from craffu.access import events
from craffu.access.acting import Acting, acting_service
from craffu.access.models import Force, User
from craffu.access.permissions import (
    check_can_approve_service,
    check_can_ask_for_service,
    check_can_end_service,
    check_can_manage_accounts,
)
from craffu.access.policies import check_fresh_factor, check_may_be_approved, check_may_work
from craffu.access.restricted.actions import said
from craffu.access.unattended.models import ServiceAccount, ServiceApproval
from craffu.access.unattended.queries import Service, find_service, services
from craffu.access.unattended.rules import LONGEST_DAYS, NAME, rights_for, unknown_work
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.common.refusals import NotNow, Refusal

LOCK = "service"


@action
def ask_for_service(
    *,
    by: Acting,
    name: str,
    purpose: str,
    work: Sequence[str],
    machine_account: str,
    owner: User,
    now: datetime | None = None,
) -> ServiceAccount:
    """A new account for unattended work. It can do nothing before a second person approves it."""
    requester = check_can_ask_for_service(by, owner)
    now, purpose = now or clock.now(), said(purpose)
    if not NAME.fullmatch(name):
        raise Refusal("name_unfit", _("A service account is called svc. and then small letters, digits, dots, dashes."))
    if not work or (unknown := unknown_work(work)):
        words = ", ".join(unknown) if work else "-"
        raise Refusal("work_unknown", _("No service account may do this: %(work)s.") % {"work": words})
    lock_until_commit(LOCK, name)
    if ServiceAccount.objects.filter(name=name).exists():
        raise Refusal("name_taken", _("There is or was an account of this name: choose another one."))
    account: ServiceAccount = ServiceAccount.objects.create(
        force=by.force,
        name=name,
        purpose=purpose,
        work="\n".join(sorted(set(work))),
        machine_account=machine_account,
        owner=owner,
        requester=requester,
        requested_at=now,
    )
    refs = [f"service/{name}", f"user/{owner.username}"]
    audit.record(kind=events.SERVICE_ASKED, actor=by.actor, refs=refs, reason=purpose, request=by.request, now=now)
    return account


@action
def approve_service(
    *, by: Acting, service: Service, reason: str, days: int = LONGEST_DAYS, now: datetime | None = None
) -> ServiceApproval:
    """A second person lets the account work for so many days from now, at most ninety. Again before the end, it goes on."""
    account = service.account
    approver = check_can_approve_service(by, account)
    check_fresh_factor(by, now)
    now, why = now or clock.now(), said(reason)
    lock_until_commit(LOCK, account.name)
    check_may_be_approved(find_service(by.force, account.name, now), days)
    approval: ServiceApproval = ServiceApproval.objects.create(
        force=by.force,
        service=account,
        requester=account.requester,
        owner=account.owner,
        approved_by=approver,
        approved_at=now,
        until=now + timedelta(days=days),
        reason=why,
    )
    audit.record(
        kind=events.SERVICE_APPROVED,
        actor=by.actor,
        refs=[f"service/{account.name}"],
        reason=why,
        counts={"days": days},
        request=by.request,
        now=now,
    )
    return approval


@action
def end_service(*, by: Acting, service: Service, reason: str, now: datetime | None = None) -> None:
    """The account works no more, from its next command on, and its name is not given again."""
    account = service.account
    check_can_end_service(by, account)
    now, why = now or clock.now(), said(reason)
    rows = ServiceAccount.objects.filter(pk=account.pk, ended_at=None)
    if not rows.update(ended_at=now, ended_by=by.actor.name):
        raise NotNow("ended_already", _("This service account was ended already."))
    audit.record(
        kind=events.SERVICE_ENDED,
        actor=by.actor,
        refs=[f"service/{account.name}"],
        reason=why,
        request=by.request,
        now=now,
    )


def list_services(*, by: Acting, now: datetime | None = None) -> list[Service]:
    """The service accounts of the acting person's force, and one log row naming them (SEC-04)."""
    check_can_manage_accounts(by)
    shown = services(by, now or clock.now())
    refs = [f"service/{one.account.name}" for one in shown]
    audit.record_consultation(kind=events.SERVICES_LISTED, actor=by.actor, refs=refs, request=by.request)
    return shown


def begin_work(
    *, force: Force, service: Service, work: str, machine_account: str, now: datetime | None = None
) -> Acting:
    """The service account, acting for this one piece of work, which is logged; or a refusal, which is logged too."""
    by = acting_service(force, service.account.name, rights_for(work))
    try:
        check_may_work(service, work, machine_account)
    except Refusal as refusal:
        _record(by, work, refusal.code, now)
        raise
    _record(by, work, "", now)
    return by


@action
def _record(by: Acting, work: str, refused: str, now: datetime | None) -> None:
    kind = events.SERVICE_REFUSED if refused else events.SERVICE_BEGAN
    audit.record(kind=kind, actor=by.actor, refs=[f"service/{by.actor.name}"], reason=refused or work, now=now)
