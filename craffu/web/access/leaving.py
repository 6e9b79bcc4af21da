"""Where somebody is taken who signed out: to the sign-in page, which says so, or to the provider's own way out."""

from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from craffu.access.factors.rules import BY_PROVIDER
from craffu.access.policies import proof_of
from craffu.access.provider.configuration import configuration

HERE, EVERYWHERE = "here", "everywhere"
SIGNED_OUT = {
    HERE: _("You have signed out."),
    EVERYWHERE: _("You have signed out everywhere."),
}


def leave(request: HttpRequest, where: str) -> HttpResponse:
    """The session is over. Who came by the provider may still be signed in there, and is told."""
    came_by_provider = proof_of(request.sign_in) in BY_PROVIDER  # type: ignore[attr-defined]
    logout(request)
    if came_by_provider and configuration():
        return redirect("signed_out")
    return redirect(f"{reverse('sign_in')}?{urlencode({'out': where})}")
