"""What the pages about service accounts show: what each may do, who answers for it, and how much time is left."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.unattended.models import ServiceApproval
from craffu.access.unattended.queries import Service
from craffu.access.unattended.rules import AT_WORK
from craffu.clocks.london import days_left
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.presenters import Link, Params
from craffu.web.statuses import SERVICE_STATUS


def ref_of(one: Service) -> str:
    return f"service/{one.account.name}"


def href_of(one: Service) -> str:
    return reverse("service_detail", kwargs={"service": one.account.name})


def time_left(one: Service, now: datetime) -> str:
    """Until when it works and how many days that is; nothing for one that does not."""
    if one.until is None or one.standing not in AT_WORK:
        return ""
    left = days_left(one.until, now)
    return _("Until %(when)s. Days left: %(days)s.") % {"when": instant_words(one.until), "days": left}


def list_table(services: Sequence[Service], now: datetime) -> Params | None:
    """Every account; None where there is none."""
    head: list[cells.Heading] = [_("Account"), _("What it may do"), _("Who answers for it"), _("How it stands")]
    rows = [
        [
            cells.link(Link(one.account.name, href_of(one))),
            cells.lines(one.work),
            cells.words(f"{one.account.owner.name} ({one.account.owner.username})"),
            cells.tag(SERVICE_STATUS[one.standing].tag, time_left(one, now)),
        ]
        for one in services
    ]
    return cells.table(_("Service accounts"), head, rows, is_hidden=True) if rows else None


def facts(one: Service, now: datetime) -> Params:
    account = one.account
    ended = [(_("Ended"), f"{instant_words(account.ended_at)}, {account.ended_by}")] if account.ended_at else []
    pairs = [
        (_("What it is for"), account.purpose),
        (_("What it may do"), ", ".join(one.work)),
        (_("The machine’s account"), account.machine_account),
        (_("Who answers for it"), f"{account.owner.name} ({account.owner.username})"),
        (
            _("Asked for by"),
            f"{account.requester.name} ({account.requester.username}), {instant_words(account.requested_at)}",
        ),
        *ended,
    ]
    status = cells.tag(SERVICE_STATUS[one.standing].tag, time_left(one, now))
    return {
        "rows": [
            {"key": {"text": _("How it stands")}, "value": status},
            *({"key": {"text": key}, "value": {"text": value}} for key, value in pairs),
        ]
    }


def approvals_table(approvals: Sequence[ServiceApproval]) -> Params | None:
    head: list[cells.Heading] = [_("Approved"), _("By"), _("Until"), _("Why")]
    rows = [
        [
            cells.words(instant_words(one.approved_at)),
            cells.words(f"{one.approved_by.name} ({one.approved_by.username})"),
            cells.words(instant_words(one.until)),
            cells.words(one.reason),
        ]
        for one in approvals
    ]
    return cells.table(_("Approvals"), head, rows) if rows else None
