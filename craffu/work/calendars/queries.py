"""Whether somebody has a calendar, whose an address is, and what stands in it."""

from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.wall.reach import account_numbered
from craffu.work.calendars.rules import MOST_ENTRIES, Item, address_ends, opens
from craffu.work.models import CalendarChange
from craffu.work.queries import held_by


def calendar_since(user: User, now: datetime) -> datetime | None:
    """Since when somebody has the calendar they have; None where they have none. One query."""
    last = _last(user, "somebody's own calendar", now)
    return last.known_from if last else None


def account_of(number: int) -> User | None:
    """The account in use that an address names. Whether the address opens anything is `opened_by`."""
    with account_numbered(number):
        found: User | None = User.objects.select_related("force").filter(pk=number, is_active=True).first()
    return found


def opened_by(user: User, secret: str, now: datetime) -> datetime | None:
    """Since when the account has the calendar whose secret this is; None where it is no secret of it. Inside the wall of its
    force. One query.
    """
    last = _last(user, "who asks is known by the secret alone", now)
    return last.known_from if last is not None and opens(secret, last.digest) else None


def _last(user: User, why: str, now: datetime) -> CalendarChange | None:
    """The calendar that somebody has: none once it was ended, its time is over, or whatever else opened their account was
    ended (SEC-01).
    """
    rows = CalendarChange.objects.for_system(why).filter(user=user).order_by("-id")
    last: CalendarChange | None = rows.first()
    if last is None or not last.digest or address_ends(last.known_from) <= now:
        return None
    return last if user.ways_in_ended_at is None or last.known_from > user.ways_in_ended_at else None


def items_for(by: Acting, now: datetime) -> list[Item]:
    """The open work that the reader has or covers for today, the soonest first; at most five hundred. Two queries."""
    rows = held_by(by, now).order_by("overdue_from", "id").values_list("pk", "about_kind", "about", "overdue_from")
    return [Item(*row) for row in rows[:MOST_ENTRIES]]
