"""Where a case belongs: the page on which a supervisor or coordinator moves it or lets in somebody from elsewhere (SEC-01)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.emergency.reasons import REASONS
from craffu.access.models import User
from craffu.access.permissions import check_can_place
from craffu.access.queries import find_user
from craffu.access.reach.actions import lock_of_place, place
from craffu.access.reach.models import Placement
from craffu.access.reach.queries import areas_of, beyond, history_of, narrows, place_version
from craffu.access.restricted.actions import let_in, shut_out
from craffu.access.restricted.models import Admission
from craffu.access.restricted.queries import let_in_from_elsewhere, restrictions
from craffu.cases.queries import find_case
from craffu.common.edits import change_unchanged, check_unchanged
from craffu.common.refusals import Conflict, Refusal
from craffu.web import cells
from craffu.web.cases.forms import LET_IN, PLACE, FromElsewhereForm, PlaceForm, code_of
from craffu.web.cases.presenters import place_rows
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.edits import STATUS, both_versions, seen_version
from craffu.web.middleware import acting
from craffu.web.places import place_words
from craffu.web.presenters import Link, PageHead, Params, today_link
from craffu.web.restricted.stubs import check_is_open

CASE = "case"


@dataclass(slots=True)
class _Forms:
    """The two forms of the page; the one that was sent is bound."""

    place: PlaceForm
    elsewhere: FromElsewhereForm
    conflict: Params | None = None

    @property
    def has_errors(self) -> bool:
        return bool(self.place.errors or self.elsewhere.errors)


@require_http_methods(["GET", "HEAD", "POST"])
def case_place(request: HttpRequest, case: str) -> HttpResponse:
    """Where a case belongs and belonged, who sees it from elsewhere, and the forms that change both."""
    by = acting(request)
    check_is_open(by, CASE, case)
    check_can_place(by, CASE, case)
    if find_case(by, case) is None:
        raise Http404
    history = history_of(by.force, CASE, case)
    is_placing = request.POST.get("do", PLACE) == PLACE
    posted = request.POST if request.method == "POST" else None
    forms = _Forms(
        PlaceForm(areas_of(by.force), posted if is_placing else None, initial=_as_it_stands(history)),
        FromElsewhereForm(None if is_placing else posted, auto_id="elsewhere_%s"),
    )
    if posted is not None and (_placed(request, by, case, forms) if is_placing else _let(by, case, forms.elsewhere)):
        return _onward(by, case, is_placing=is_placing)
    if forms.conflict:
        history = history_of(by.force, CASE, case)
    readers = let_in_from_elsewhere(by.force, CASE, case)
    shown = {f"user/{one.username}" for one in _people(history, readers)}
    looked_at(request, events.PLACE_VIEWED, [f"case/{case}", *shown])
    return render(request, "cases/place.html", _page(by, case, history, readers, forms), status=_status(forms))


def _onward(by: Acting, case: str, *, is_placing: bool) -> HttpResponse:
    """To the case, to this page again, or to the list where the case has gone where they do not reach."""
    if beyond(by, CASE, [case]):
        return redirect("case_list")
    return redirect("case_detail" if is_placing else "case_place", case=case)


def _status(forms: _Forms) -> int | None:
    return STATUS if forms.conflict else None


def _page(by: Acting, case: str, history: list[Placement], readers: list[Admission], forms: _Forms) -> dict[str, Any]:
    title = _("Where case %(reference)s belongs") % {"reference": case}
    case_link = Link(_("Case %(reference)s") % {"reference": case}, reverse("case_detail", kwargs={"case": case}))
    crumbs = (today_link(), Link(_("Cases"), reverse("case_list")), case_link, Link(title, ""))
    return {
        "head": PageHead(title, breadcrumbs=crumbs, has_errors=forms.has_errors),
        "summary": {"rows": place_rows(history[0] if history else None)},
        "history": _history_table(history),
        "readers": _readers_table(readers),
        "forms": forms,
        "narrows": narrows(by.force),
        "is_restricted": (CASE, case) in restrictions(by.force),
        "version": place_version(by.force, CASE, case),
    }


def _people(history: list[Placement], readers: list[Admission]) -> list[User]:
    return [*(one.owner for one in history if one.owner), *(one.user for one in readers)]


def _as_it_stands(history: list[Placement]) -> dict[str, str]:
    if not history:
        return {}
    stands = history[0]
    return {
        "place": code_of(stands.area, stands.team), "owner": stands.owner.username if stands.owner else "",
    }  # fmt: skip


def _placed(request: HttpRequest, by: Acting, case: str, forms: _Forms) -> bool:
    """Move the case if it stands as it was seen. Where it does not, both versions are shown and nothing is lost."""

    def standing() -> str:
        return place_version(by.force, CASE, case)

    def change() -> None:
        area, team = form.places[form.cleaned_data["place"]]
        owner = _user(by, form.cleaned_data["owner"]) if form.cleaned_data["owner"] else None
        reason = form.cleaned_data["reason"]
        place(by=by, kind=CASE, reference=case, area=area, team=team, owner=owner, reason=reason)

    form, seen = forms.place, seen_version(request, standing())
    try:
        check_unchanged(seen, standing())
        if not form.is_valid():
            return False
        lock = lock_of_place(by, CASE, case)
        return _done(form, "owner", lambda: change_unchanged(lock=lock, seen=seen, standing=standing, change=change))
    except Conflict:
        given = {name: request.POST.get(name, "") for name in ("place", "owner", "reason")}
        stands = history_of(by.force, CASE, case)[0]
        choices = dict(form.fields["place"].choices)  # type: ignore[attr-defined]
        forms.place = PlaceForm(areas_of(by.force), initial=given)
        forms.conflict = both_versions([
            (_("Area and team"), place_words(stands), str(choices.get(given["place"], ""))),
            (_("Owner"), stands.owner.username if stands.owner else "", given["owner"]),
            (_("Why"), stands.reason, given["reason"]),
        ])  # fmt: skip
        return False


def _let(by: Acting, case: str, form: FromElsewhereForm) -> bool:
    if not form.is_valid():
        return False
    given = form.cleaned_data
    change = let_in if given["act"] == LET_IN else shut_out
    return _done(
        form,
        "username",
        lambda: change(by=by, user=_user(by, given["username"]), kind=CASE, reference=case, reason=given["reason"]),
    )


def _done(form: PlaceForm | FromElsewhereForm, blame: str, change: Callable[[], object]) -> bool:
    """Whether it was done; what cannot be done is said beside the field."""
    try:
        change()
    except Conflict:
        raise
    except Refusal as refusal:
        form.add_error(blame, refusal.message)
        return False
    return True


def _user(by: Acting, username: str) -> User:
    user = find_user(username)
    if user is None or user.force_id != by.force.pk:
        raise Refusal("no_such_account", _("There is no such account in your force. Check the user name."))
    return user


def _history_table(history: list[Placement]) -> Params | None:
    rows = [
        [
            cells.words(place_words(one) or _("No area")),
            cells.words(one.owner.name if one.owner else ""),
            cells.words(instant_words(one.changed_at)),
            cells.words(one.changed_by),
            cells.words(one.reason or _("As the source said: %(source)s") % {"source": one.source}),
        ]
        for one in history
    ]
    head: list[cells.Heading] = [_("Area and team"), _("Owner"), _("Since"), _("By"), _("Why")]
    return cells.table(_("Where it belonged"), head, rows) if rows else None


def _readers_table(readers: list[Admission]) -> Params | None:
    rows = [
        [
            cells.words(one.user.name),
            cells.words(one.user.username),
            cells.words(instant_words(one.until) if one.until else _("Until it is changed")),
            cells.words(one.changed_by),
            cells.words(REASONS[one.reason] if one.emergency_id else one.reason),
        ]
        for one in readers
    ]
    head: list[cells.Heading] = [_("Name"), _("User name"), _("Until"), _("By"), _("Why")]
    return cells.table(_("People who see it from elsewhere"), head, rows) if rows else None
