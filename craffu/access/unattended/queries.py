"""Service accounts as they stand: what each may do, until when, and whether it works."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.unattended.models import ServiceAccount, ServiceApproval
from craffu.access.unattended.rules import Facts, Standing, standing


@dataclass(frozen=True, slots=True)
class Service:
    """An account with its last approval."""

    account: ServiceAccount
    until: datetime | None
    standing: Standing

    @property
    def work(self) -> tuple[str, ...]:
        return tuple(self.account.work.splitlines())


def _standing_now(rows: QuerySet[ServiceAccount], now: datetime) -> list[Service]:
    """Two people and the end of the last approval come with each row. One query."""
    last = ServiceApproval.objects.filter(service=OuterRef("pk")).order_by("-id").values("until")[:1]
    found = rows.select_related("owner", "requester").annotate(until=Subquery(last))
    return [Service(row, row.until, standing(_facts(row, row.until), now)) for row in found]


def _facts(account: ServiceAccount, until: datetime | None) -> Facts:
    return Facts(account.ended_at is not None, account.owner.is_active, until)


def services(by: Acting, now: datetime) -> list[Service]:
    """Those of the reader's force, by name."""
    return _standing_now(ServiceAccount.objects.filter(force=by.force).order_by("name"), now)


def services_to_look_at(by: Acting, now: datetime, *, looks_after_all: bool) -> list[Service]:
    """Those in use that are the reader's to answer for, or all of the force for whoever looks after accounts. One query."""
    rows = ServiceAccount.objects.filter(force=by.force, ended_at=None)
    return _standing_now(rows if looks_after_all else rows.filter(Q(owner=by.user)), now)


def find_service(force: Force, name: str, now: datetime) -> Service | None:
    return next(iter(_standing_now(ServiceAccount.objects.filter(force=force, name=name), now)), None)


def approvals_of(service: Service) -> list[ServiceApproval]:
    """Every approval of one account, newest first."""
    return list(service.account.approvals.select_related("approved_by").order_by("-id"))


def owner_named(by: Acting, username: str) -> User | None:
    """Somebody of the reader's force who can answer for an account."""
    found: User | None = User.objects.filter(username=username, force=by.force, is_active=True).first()
    return found
