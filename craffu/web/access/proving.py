"""A password given again by somebody signed in. Guessing it here is held back like guessing it at the door (T15)."""

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from craffu.access import events
from craffu.access.models import User
from craffu.access.signing_in.actions import begin_try, record_failed_try, take_back
from craffu.audit.events import EventKind
from craffu.web.access.clients import came_from
from craffu.web.middleware import acting


def reader(request: HttpRequest) -> User:
    """Who is signed in."""
    user = acting(request).user
    assert user is not None, "only a person signs in"  # noqa: S101  # for the types
    return user


def is_own_password(request: HttpRequest, typed: str, refused: EventKind = events.FACTOR_REFUSED) -> bool:
    user = reader(request)
    tried = begin_try(user=user, came_from=came_from(request))
    if tried.held:
        make_password(typed)
    elif user.check_password(typed):
        take_back(tried=tried, user=user)
        return True
    record_failed_try(tried=tried, request=acting(request).request, kind=refused)
    return False
