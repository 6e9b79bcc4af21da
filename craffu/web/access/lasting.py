"""How long the reader's session lasts yet: said on every page, warned of before it ends, put off by a button (WCAG 2.2.1)."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from craffu.access.rules import Over
from craffu.access.sessions.models import SignInSession
from craffu.access.sessions.queries import lifetime
from craffu.clocks.london import local_time
from craffu.common import clock
from craffu.web.access.ways import way_back
from craffu.web.presenters import SessionShown
from craffu.web.references import address_of_page


def session_shown(request: HttpRequest) -> SessionShown | None:
    """Counted from this request, which is a use. None where nobody is signed in."""
    session: SignInSession | None = getattr(request, "sign_in", None)
    if session is None:
        return None
    now, lasts = clock.now(), lifetime()
    longest = session.began_at + lasts.longest - now
    is_last = longest <= lasts.idle
    latest, idle = (f"{local_time(now + left):%H:%M}" for left in (longest, lasts.idle))
    over = {"over": str(Over.TOO_LONG if is_last else Over.IDLE), "next": way_back(request)}
    return SessionShown(
        idle=_seconds(lasts.idle),
        longest=_seconds(longest),
        words=_("You will be signed out at %(latest)s.") % {"latest": latest}
        if is_last
        else _("You will be signed out at %(idle)s if you open no page before then, and at %(latest)s at the latest.")
        % {"idle": idle, "latest": latest},
        stay=address_of_page("account_stay"),
        over=f"{address_of_page('sign_in')}?{urlencode(over, safe='/')}",
    )


def _seconds(left: timedelta) -> int:
    return max(0, int(left.total_seconds()))


@require_POST
def account_stay(request: HttpRequest) -> HttpResponse:
    """The person is still there. That they asked is the use; the answer is how long the session lasts from now."""
    shown = session_shown(request)
    return JsonResponse({"idle": shown.idle, "longest": shown.longest} if shown else {})
