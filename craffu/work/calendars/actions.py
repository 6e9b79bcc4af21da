"""Somebody begins a calendar of their due work, with an address that opens it, or ends it."""

import secrets
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_fresh_factor
from craffu.audit import actions as audit
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.work import events
from craffu.work.calendars.policies import check_has_calendar
from craffu.work.calendars.queries import calendar_since
from craffu.work.calendars.rules import SECRET_BYTES, kept_as
from craffu.work.models import CalendarChange
from craffu.work.permissions import check_can_have_calendar


@action
def begin_calendar(*, by: Acting, now: datetime | None = None) -> str:
    """Give the acting person an address at which their due work lies. Any address from before opens nothing from now on.

    Returns the secret part of the address, which is kept nowhere and shown once. Raises FactorNotFresh: whoever has the
    address needs no sign-in, so nobody makes one at a screen that was left open (T17).
    """
    user = check_can_have_calendar(by)
    check_fresh_factor(by, now)
    now = now or clock.now()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarChange.objects.create(force=by.force, user=user, digest=kept_as(secret), known_from=now)
    refs = [f"user/{user.username}"]
    audit.record(kind=events.CALENDAR_BEGUN, actor=by.actor, refs=refs, request=by.request, now=now)
    return secret


@action
def end_calendar(*, by: Acting, now: datetime | None = None) -> None:
    """The address opens nothing from now on. Raises NotNow where there is none."""
    user = check_can_have_calendar(by)
    now = now or clock.now()
    lock_until_commit("calendar", user.username)
    check_has_calendar(since=calendar_since(user, now))
    CalendarChange.objects.create(force=by.force, user=user, digest="", known_from=now)
    refs = [f"user/{user.username}"]
    audit.record(kind=events.CALENDAR_ENDED, actor=by.actor, refs=refs, request=by.request, now=now)
