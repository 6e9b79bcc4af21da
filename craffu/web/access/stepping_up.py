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
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.factors.models import Purpose
from craffu.access.factors.queries import factors_of
from craffu.access.factors.rules import BY_PROVIDER, Proof
from craffu.access.policies import check_fresh_factor, proof_of
from craffu.access.provider.configuration import Configuration, configuration
from craffu.access.sessions.actions import confirm_session
from craffu.access.sessions.models import SignInSession
from craffu.common import keyring
from craffu.web.access.forms import ConfirmForm
from craffu.web.access.provider_words import words
from craffu.web.access.proving import Given, is_proved, passkey_options, proof_given, reader, renew_key
from craffu.web.access.ways import SEEN, is_ours, way_back
from craffu.web.middleware import acting
from craffu.web.presenters import Marking, PageHead

WRONG_PASSWORD = _("That is not your password. After several wrong tries, wait a few minutes first.")
WRONG = _(
    "That is not right, or the code was used already. Wait for the next code and try again. "
    "After several wrong tries, wait a few minutes first."
)
KEPT_FOR = timedelta(minutes=30)
_SALT = "craffu.kept-form"
# Where the session keeps a form while its sender is at the provider, sealed with the key ring.
_KEPT_HERE, _SEALED_AS = "kept_form", "session.kept_form"


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was sent to `to`, field by field."""

    to: str
    fields: tuple[tuple[str, str], ...]


def needs_fresh_factor[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let a view be reached only by somebody who proved a second factor in the last minutes.

    For views that everybody may open. Where only some may, the view checks who first, then calls `check_fresh_factor`:
    a person without the right is refused, and not sent to confirm in vain.
    """

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
    return _confirm_page(request, None, way_back(request), kept=_keep(request))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def account_confirm(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if by_provider(request):
        if "why" not in request.GET:
            # Asked for by something else meanwhile: an older form is not sent on after it.
            request.session.pop(_KEPT_HERE, None)
        return _provider_page(request, wanted, "")
    kept = request.POST.get("kept", "")
    factors = factors_of(reader(request))
    form = ConfirmForm(request.POST or None, needs_code=bool(factors))
    if request.method == "POST" and form.is_valid():
        proof = _proof(request, form.cleaned_data, has_factor=bool(factors))
        if proof is not None:
            return _confirmed(request, proof, wanted, kept)
        form.add_error("code" if factors else "password", WRONG if factors else WRONG_PASSWORD)
    return _confirm_page(request, form, wanted, kept)


def _proof(request: HttpRequest, given: Given, *, has_factor: bool) -> Proof | None:
    """A passkey, which asks for its owner's finger or PIN, is enough; a code comes with the password."""
    user, found = reader(request), list[Proof | None]()

    def is_right() -> bool:
        if (has_factor and given["answer"]) or user.check_password(given["password"]):
            found.append(proof_given(request, user, Purpose.CONFIRM, given) if has_factor else Proof.PASSWORD)
        return any(found)

    return found[0] if is_proved(request, is_right) else None


def _confirmed(request: HttpRequest, proof: Proof, wanted: str, kept: str) -> HttpResponse:
    old, new = renew_key(request)
    confirm_session(by=acting(request), user=reader(request), key=old, new_key=new, proof=proof)
    form = _kept(request, kept)
    return _carry_on(request, form, wanted) if form else redirect(_way_on(wanted))


def _carry_on(request: HttpRequest, form: Kept, wanted: str) -> HttpResponse:
    head = PageHead(_("Send what you had filled in"), marking=Marking.OFFICIAL)
    return render(request, "access/carry_on.html", {"head": head, "kept": form, "next": _way_on(wanted)})


def after_confirming(request: HttpRequest, wanted: str) -> HttpResponse:
    """On from the provider, to an address without its answer: to what was asked for, or to the form that was kept."""
    if _KEPT_HERE in request.session:
        return redirect(f"{reverse('account_carry_on')}?{urlencode({'next': wanted}, safe='/')}")
    return redirect(_way_on(wanted))


@require_safe
def account_carry_on(request: HttpRequest) -> HttpResponse:
    """The form that was kept while its sender was at the provider, once."""
    sealed = request.session.pop(_KEPT_HERE, "")
    form = _kept(request, keyring.ring().decrypt(sealed, _SEALED_AS)) if sealed else None
    wanted = request.GET.get("next", "")
    return _carry_on(request, form, wanted) if form else redirect(_way_on(wanted))


def _way_on(wanted: str) -> str:
    return wanted if is_ours(wanted) else reverse("account")


def _confirm_page(request: HttpRequest, form: ConfirmForm | None, wanted: str, kept: str) -> HttpResponse:
    user = reader(request)
    if by_provider(request):
        return _provider_page(request, wanted, kept)
    factors = factors_of(user)
    form = form or ConfirmForm(needs_code=bool(factors))
    head = PageHead(_("Confirm that it is you"), marking=Marking.OFFICIAL, has_errors=bool(form.errors))
    page = {
        "head": head,
        "factors": factors,
        "passkey": passkey_options(request, user, factors, Purpose.CONFIRM),
        "form": form,
        "next": wanted,
        "kept": kept,
        "was_sent": request.GET.get("sent") == "1",
        "username": user.username,
    }
    return render(request, "access/confirm.html", page)


def by_provider(request: HttpRequest) -> Configuration | None:
    """The provider, for whoever signed in there: who they are is confirmed where it was shown first."""
    session: SignInSession = request.sign_in  # type: ignore[attr-defined]
    return configuration() if proof_of(session) in BY_PROVIDER else None


def _provider_page(request: HttpRequest, wanted: str, kept: str) -> HttpResponse:
    """A link to the provider. A form waits in the session meanwhile, sealed: what somebody typed may name people."""
    if kept:
        request.session[_KEPT_HERE] = keyring.ring().encrypt(kept, _SEALED_AS)
    why = words(request.GET.get("why", ""))
    page = {
        "head": PageHead(_("Confirm that it is you"), marking=Marking.OFFICIAL, has_errors=bool(why)),
        "provider": by_provider(request),
        "why": why,
        "next": wanted,
        "kept": _KEPT_HERE in request.session,
        "was_sent": request.GET.get("sent") == "1",
    }
    return render(request, "access/confirm_provider.html", page)


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
