"""The page where whoever looks after accounts removes the second factors of somebody who lost them (T17)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.access.factors.actions import reset_factors
from craffu.access.models import User
from craffu.access.permissions import check_can_manage_accounts
from craffu.access.policies import check_fresh_factor
from craffu.common.refusals import Refusal
from craffu.web.access.forms import ResetForm
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead

NO_SUCH = _("There is no such account in your force. Check the username.")


@require_http_methods(["GET", "HEAD", "POST"])
def factors_reset(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_manage_accounts(by)
    check_fresh_factor(by)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_reset(by, form):
        say_done(
            request,
            _(
                "Their second factors and recovery codes are removed and their sessions are over. "
                "They are told on their account page."
            ),
        )
        return redirect("factors_reset")
    head = PageHead(
        _("Reset somebody’s second factors"),
        back=Link(_("Your account"), reverse("account")),
        marking=Marking.OFFICIAL,
        has_errors=bool(form.errors),
    )
    page = {"head": head, "form": form}
    return render(request, "access/factors_reset.html", page)


def _is_reset(by: Acting, form: ResetForm) -> bool:
    user = User.objects.filter(username=form.cleaned_data["username"].strip(), force=by.force).first()
    if user is None:
        form.add_error("username", NO_SUCH)
        return False
    try:
        reset_factors(by=by, user=user, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        form.add_error("username", str(refusal))
        return False
    return True
