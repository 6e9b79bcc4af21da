"""The pages where somebody sets up, lists and removes their own second factors (T17)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.factors import actions, codes
from craffu.access.factors.models import Passkey, Purpose
from craffu.access.factors.passkeys import Holder, WrongAnswer, options_to_register
from craffu.access.factors.queries import Factors, factors_of, recent_changes, unused_codes
from craffu.access.factors.rules import BY_PROVIDER, Proof, must_enrol, steps_allowed
from craffu.access.models import User
from craffu.access.policies import (
    check_has_factor,
    check_may_enrol,
    check_may_remove_factor,
    check_signs_in_here,
    proof_of,
)
from craffu.access.sessions.models import SignInSession
from craffu.common import clock, keyring
from craffu.web.access.factor_presenters import APP, change_rows, factor_rows
from craffu.web.access.forms import AppForm, PasskeyForm
from craffu.web.access.proving import reader, renew_key, site
from craffu.web.access.qr import draw
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead, Text, today_link

NOT_THIS_QR = _(
    "The code does not fit this QR code, or its time is over. Read the QR code again and enter the code shown now."
)
NOT_THIS_PASSKEY = _("That did not work: the passkey is known already, or it took too long. Try again.")
# Where the session keeps the secret of an app that is being set up, sealed with the key ring.
_NEW_SECRET = "new_app"  # noqa: S105  # a key of the session, not a secret
_SEALED_AS = "session.new_app"
_NEVER = -1


@require_safe
def account_factors(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    factors = factors_of(user)
    proof = proof_of(_session(request))
    is_set_up = not must_enrol(proof, is_required=_is_required())
    if not is_set_up and (proof in BY_PROVIDER or (factors and proof is not Proof.RECOVERY)):
        # A session from before a factor was required.
        return redirect("account_confirm")
    check_signs_in_here(user.username)
    crumbs = (today_link(), Link(_("Your account"), reverse("account")), Link(_("Second factors"), ""))
    page = {
        "head": PageHead(
            _("Second factors") if is_set_up else _("Set up a second factor"),
            breadcrumbs=crumbs if is_set_up else (),
            marking=Marking.OFFICIAL,
        ),
        "must_enrol": not is_set_up,
        "factors": factor_rows(factors),
        "has_app": factors.app is not None,
        "codes_left": unused_codes(user),
        "changes": change_rows(recent_changes(user, clock.now())),
    }
    return render(request, "access/factors.html", page)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def account_app(request: HttpRequest) -> HttpResponse:
    user = _enrolling(request)
    secret = _new_secret(request)
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = codes.step_of(secret, form.cleaned_data["code"], steps_allowed(_NEVER, clock.now()))
        if step is not None:
            del request.session[_NEW_SECRET]
            old, new = renew_key(request)
            actions.add_app(
                by=acting(request), session=_session(request), secret=secret, step=step, key=old, new_key=new
            )
            say_done(request, _("Your app is added. From now on you are asked for its code when you sign in."))
            return _added(user)
        form.add_error("code", NOT_THIS_QR)
    issuer = f"Craffu {user.force.name_en}"
    page = {
        "head": _head(_("Add an app"), bool(form.errors)),
        "form": form,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "qr": draw(codes.app_address(secret, user.username, issuer)),
    }
    return render(request, "access/app.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def account_passkey(request: HttpRequest) -> HttpResponse:
    user = _enrolling(request)
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = request.session.session_key or ""
        try:
            shown = actions.new_passkey(user=user, site=site(request), key=key, answer=form.cleaned_data["answer"])
        except WrongAnswer:
            form.add_error(None, NOT_THIS_PASSKEY)
        else:
            old, new = renew_key(request)
            name = form.cleaned_data["name"] or gettext("Passkey")
            actions.add_passkey(
                by=acting(request), session=_session(request), shown=shown, name=name, key=old, new_key=new
            )
            say_done(request, _("Your passkey is added. From now on you can sign in with it."))
            return _added(user)
    challenge = actions.ask_passkey(user=user, key=request.session.session_key or "", purpose=Purpose.REGISTER)
    holder = Holder(keyring.ring().token("passkey user", str(user.pk)).encode(), user.username, user.name)
    page = {
        "head": _head(_("Add a passkey"), bool(form.errors)),
        "form": form,
        "passkey": options_to_register(site(request), holder, factors_of(user).passkeys, challenge),
    }
    return render(request, "access/passkey.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def account_codes(request: HttpRequest) -> HttpResponse:
    user = _enrolling(request)
    check_has_factor(len(factors_of(user)))
    made: list[str] = []
    if request.method == "POST":
        made = actions.make_recovery_codes(by=acting(request), session=_session(request))
    page = {
        "head": _head(_("Recovery codes")),
        "codes": made,
        "codes_left": unused_codes(user),
        "made_at": clock.now(),
        "username": user.username,
    }
    return render(request, "access/codes.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def account_factor_remove(request: HttpRequest, which: str) -> HttpResponse:
    user = _enrolling(request)
    factors = factors_of(user)
    passkey = _chosen(factors, which)
    check_may_remove_factor(len(factors) - 1)
    if request.method == "POST":
        by, session, key = acting(request), _session(request), request.session.session_key or ""
        if passkey:
            actions.remove_passkey(by=by, session=session, passkey=passkey, key=key)
        else:
            actions.remove_app(by=by, session=session, key=key)
        say_done(request, _("It is removed. You are signed out everywhere but here."))
        return redirect("account_factors")
    title = _("Remove a passkey") if passkey else _("Remove the app")
    page = {"head": _head(title), "name": passkey.name if passkey else "", "is_last": len(factors) == 1}
    return render(request, "access/factor_remove.html", page)


def _chosen(factors: Factors, which: str) -> Passkey | None:
    """The passkey of this number, or none for the app. Somebody else's does not exist."""
    if which == APP and factors.app:
        return None
    for passkey in factors.passkeys:
        if which == str(passkey.pk):
            return passkey
    raise Http404


def _session(request: HttpRequest) -> SignInSession:
    session: SignInSession = request.sign_in  # type: ignore[attr-defined]
    return session


def _is_required() -> bool:
    return bool(settings.CRAFFU_FACTOR_REQUIRED)


def _enrolling(request: HttpRequest) -> User:
    """Who changes their factors. Somebody who has not proved it lately is sent to confirm first."""
    user = reader(request)
    check_signs_in_here(user.username)
    check_may_enrol(_session(request), has_factor=bool(factors_of(user)), now=clock.now())
    return user


def _new_secret(request: HttpRequest) -> str:
    """The secret being set up: the same until it is used, so that a page loaded twice shows one QR code."""
    ring = keyring.ring()
    if _NEW_SECRET in request.session:
        return ring.decrypt(request.session[_NEW_SECRET], _SEALED_AS)
    secret = codes.new_secret()
    request.session[_NEW_SECRET] = ring.encrypt(secret, _SEALED_AS)
    return secret


def _added(user: User) -> HttpResponse:
    """On to recovery codes, until there are some."""
    return redirect("account_factors" if unused_codes(user) else "account_codes")


def _head(title: Text, has_errors: bool = False) -> PageHead:
    back = Link(_("Second factors"), reverse("account_factors"))
    return PageHead(title, back=back, marking=Marking.OFFICIAL, has_errors=has_errors)
