"""A page that asks for a fresh factor, the page where it is given, and the way back with nothing lost (T17).

A form that was sent too late is kept in the confirming page itself, signed for its sender, and can be sent from there.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.access.factors.rules import Proof
from craffu.access.policies import check_fresh_factor
from craffu.access.sessions.actions import confirm_session
from craffu.web.access.forms import ConfirmForm
from craffu.web.access.proving import is_own_password, reader
from craffu.web.access.ways import SEEN, is_ours, way_back
from craffu.web.middleware import acting
from craffu.web.presenters import Marking, PageHead

WRONG = _("That is not your password. After several wrong tries, wait a few minutes first.")
KEPT_FOR = timedelta(minutes=30)
_SALT = "craffu.kept-form"


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was sent to `to`, field by field."""

    to: str
    fields: tuple[tuple[str, str], ...]


def needs_fresh_factor[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let a view be reached only by somebody who proved a second factor in the last minutes. See `check_fresh_factor`."""

    @functools.wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request = args[0]
        assert isinstance(request, HttpRequest), "a view is called with its request"  # noqa: S101  # for the types
        check_fresh_factor(acting(request))
        return view(*args, **kwargs)

    wrapped.needs_fresh_factor = True  # type: ignore[attr-defined]
    return wrapped


def ask_to_confirm(request: HttpRequest) -> HttpResponse:
    """To the confirming page. A form goes with it, but for files, which have to be chosen again on the page they stood on."""
    if request.method in SEEN or request.FILES:
        asked = {"next": way_back(request)}
        if request.FILES:
            asked["sent"] = "1"
        return redirect(f"{reverse('account_confirm')}?{urlencode(asked, safe='/')}")
    return _confirm_page(request, ConfirmForm(), way_back(request), kept=_keep(request))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def account_confirm(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    kept = request.POST.get("kept", "")
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_own_password(request, form.cleaned_data["password"]):
            return _confirmed(request, Proof.PASSWORD, wanted, kept)
        form.add_error("password", WRONG)
    return _confirm_page(request, form, wanted, kept)


def _confirmed(request: HttpRequest, proof: Proof, wanted: str, kept: str) -> HttpResponse:
    old = request.session.session_key or ""
    request.session.cycle_key()
    new = request.session.session_key or ""
    confirm_session(by=acting(request), user=reader(request), key=old, new_key=new, proof=proof)
    form = _kept(request, kept)
    if form is not None:
        head = PageHead(_("Send what you had filled in"), marking=Marking.OFFICIAL)
        return render(request, "access/carry_on.html", {"head": head, "kept": form, "next": _way_on(wanted)})
    return redirect(_way_on(wanted))


def _way_on(wanted: str) -> str:
    return wanted if is_ours(wanted) else reverse("account")


def _confirm_page(request: HttpRequest, form: ConfirmForm, wanted: str, kept: str) -> HttpResponse:
    head = PageHead(_("Confirm that it is you"), marking=Marking.OFFICIAL, has_errors=bool(form.errors))
    page = {
        "head": head,
        "form": form,
        "next": wanted,
        "kept": kept,
        "was_sent": request.GET.get("sent") == "1",
        "username": reader(request).username,
    }
    return render(request, "access/confirm.html", page)


def _keep(request: HttpRequest) -> str:
    fields = [[name, value] for name in request.POST for value in request.POST.getlist(name)]
    kept = [[name, value] for name, value in fields if name != "csrfmiddlewaretoken"]
    form = {"of": reader(request).pk, "to": request.get_full_path(), "fields": kept}
    return signing.dumps(form, salt=_SALT, compress=True)


def _kept(request: HttpRequest, signed: str) -> Kept | None:
    """The form that was kept for this person, if there is one."""
    try:
        form = signing.loads(signed, salt=_SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    if form["of"] != reader(request).pk:
        return None
    return Kept(form["to"], tuple((name, value) for name, value in form["fields"]))
