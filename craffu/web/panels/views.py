"""Panels of volunteers: members and their training, cases before them, each member's verdict, the panel's, dissent (item 9)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.scrutiny.panels import events
from craffu.scrutiny.panels.actions import (
    declare,
    dissent,
    give_verdict,
    name_member,
    open_panel,
    put_case,
    record_training,
    record_verdict,
    refer_from_panel,
)
from craffu.scrutiny.panels.permissions import check_can_run_panels, check_can_sit
from craffu.scrutiny.panels.queries import Matter, Sitting, find_panel, may_read_case, panels
from craffu.scrutiny.reviewing.pack import pack_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.panels import forms as asked
from craffu.web.panels import presenters
from craffu.web.presenters import Link, Marking, PageHead, Text, today_link
from craffu.web.recommendations.presenters import in_language
from craffu.web.samples import pack_presenters
from craffu.web.samples.forms import InterestForm
from craffu.web.scrutiny.forms import LiveRiskForm
from craffu.web.scrutiny.opening import Asked, form_page

BESIDE: Final = {
    "one_language": "purpose_cy", "not_a_volunteer": "username", "day_to_come": "on", "words_too_short": "words",
    "reviews_open": "number", "before_the_panel": "number", "not_of_one": "verdict", "members_awaited": "verdict",
    "too_few_members": "verdict", "members_agree": "verdict",
}  # fmt: skip


def _list_link() -> Link:
    return Link(_("Panels"), reverse("panel_list"))


def _head(title: str, *above: Link, has_errors: bool = False) -> PageHead:
    crumbs = (today_link(), _list_link(), *above, Link(title, ""))
    return PageHead(title, breadcrumbs=crumbs, has_errors=has_errors, marking=Marking.OFFICIAL_SENSITIVE)


def _open(request: HttpRequest, reference: str) -> tuple[Acting, Sitting]:
    by = acting(request)
    found = find_panel(by, reference)
    if found is None:
        raise Http404
    return by, found


def _matter(one: Sitting, number: int) -> Matter:
    found = one.matter(number)
    if found is None:
        raise Http404
    return found


def _viewed(request: HttpRequest, one: Sitting, *matters: Matter) -> None:
    samples = {f"sample/{each.row.case.sample.reference}" for each in matters}
    looked_at(request, events.PANEL_VIEWED, sorted({f"panel/{one.row.reference}", *samples}))


def _panel_link(one: Sitting) -> Link:
    return Link(presenters.panel_title(one), reverse("panel_detail", args=[one.row.reference]))


@require_safe
def panel_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    every = panels(by)
    looked_at(request, events.PANELS_LISTED, sorted(f"panel/{one.row.reference}" for one in every))
    title = _("Panels")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "panels": presenters.list_table(every),
        "runs": allows(check_can_run_panels, by),
    }
    return render(request, "panels/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def panel_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_run_panels(by)
    form = asked.PanelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row = open_panel(by=by, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is set up. Say who sits on it, and how they were trained."))
            return redirect("panel_detail", panel=row.reference)
    page = {
        "head": _head(_("Set up a panel"), has_errors=bool(form.errors)),
        "form": form,
        "intro": _(
            "Volunteers judge cases whose blind reviews are in. Each gives their own verdict before the panel does."
        ),
        "button_text": _("Set it up"),
    }
    return render(request, "asking.html", page)


@require_safe
def panel_detail(request: HttpRequest, panel: str) -> HttpResponse:
    by, one = _open(request, panel)
    _viewed(request, one, *one.matters)
    page = {
        "head": _head(presenters.panel_title(one)),
        "panel": panel,
        "purpose": in_language(one.row.purpose_en, one.row.purpose_cy),
        "members": presenters.members_table(one, day_of(clock.now())),
        "cases": presenters.cases_table(one),
        "runs": allows(check_can_run_panels, by),
    }
    return render(request, "panels/one.html", page)


type Keeps = Callable[[Acting, str, Any], object]

ADDED: Final[Mapping[str, tuple[Text, type[forms.Form], Keeps]]] = {
    "member": (
        gettext_lazy("Say who sits on it"),
        asked.MemberForm,
        lambda by, panel, given: name_member(by=by, panel=panel, given=given),
    ),
    "training": (
        gettext_lazy("Record training"),
        asked.TrainingForm,
        lambda by, panel, given: record_training(by=by, panel=panel, given=given),
    ),
    "case": (
        gettext_lazy("Put a case before it"),
        asked.CaseForm,
        lambda by, panel, given: put_case(by=by, panel=panel, given=given),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def panel_add(request: HttpRequest, panel: str, what: str) -> HttpResponse:
    """Add a member, training or a case. What was said before stays."""
    check_can_run_panels(acting(request))
    by, one = _open(request, panel)
    if what not in ADDED:
        raise Http404
    title, kind, keep = ADDED[what]
    form: Any = kind(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            keep(by, panel, form.given)
        except NotPermitted:
            form.add_error(None, _("There is nothing of that name or number"))
        except (NotNow, Conflict) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is kept with what was said before."))
            return redirect("panel_detail", panel=panel)
    return _asked(request, (one, None), form, (str(title), presenters.panel_title(one)), status)


@require_safe
def panel_case(request: HttpRequest, panel: str, matter: int) -> HttpResponse:
    """A case before the panel: of verdicts only one's own, until the panel's stands."""
    by, one = _open(request, panel)
    found = _matter(one, matter)
    _viewed(request, one, found)
    sits = allows(check_can_sit, by)
    pack = pack_of(by, found.row.case) if may_read_case(by, one, found, day_of(clock.now())) else None
    page = {
        "head": _head(presenters.case_title(found), _panel_link(one)),
        "panel": panel,
        "matter": matter,
        "facts": presenters.case_facts(one, found),
        "verdicts": presenters.verdicts_table(found, by.user),
        "dissents": presenters.dissents_table(found),
        "case": pack
        and {
            "pack": pack_presenters.parts_shown(pack),
            "later": pack_presenters.later_table(pack),
            "is_shut": pack.is_shut,
        },
        "is_judged": found.verdict is not None,
        "judges": found.verdict is None
        and (allows(check_can_run_panels, by) or (sits and pack is not None and found.own(by.user) is None)),
        "declares": sits and found.verdict is None and found.interest(by.user) is None,
        "dissents_too": found.verdict is not None
        and found.own(by.user) is not None
        and all(each.by != by.user for each in found.dissents),
    }
    return render(request, "panels/case.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def panel_interest(request: HttpRequest, panel: str, matter: int) -> HttpResponse:
    """Said before anything of the case is shown, once."""
    check_can_sit(acting(request))
    by, one = _open(request, panel)
    found = _matter(one, matter)
    form = InterestForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            declare(by=by, panel=panel, number=matter, is_interested=form.cleaned_data["interest"] == "yes")
        except (NotNow, Conflict) as refusal:
            form.add_error(None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            return redirect("panel_case", panel=panel, matter=matter)
    return _asked(request, (one, found), form, (_("Interest in the case"), presenters.case_title(found)), status)


@sensitive_post_parameters("told", "reach")
@require_http_methods(["GET", "HEAD", "POST"])
def panel_live_risk(request: HttpRequest, panel: str, matter: int) -> HttpResponse:
    """Refer now: what the force needs to act, whatever the panel makes of the case."""
    by, one = _open(request, panel)
    found = _matter(one, matter)
    form = LiveRiskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            refer_from_panel(by=by, panel=panel, number=matter, given=form.given)
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            say_done(request, _("The force is told. Ring 999 as well if it cannot wait an hour."))
            return redirect("panel_case", panel=panel, matter=matter)
    _viewed(request, one, found)
    shown = Asked(
        warning=_("If somebody is in danger this minute, ring 999 first."),
        intro=(
            _(
                "The duty inspector, supervisors and coordinators see this at once, with your name and with which case it is."
            ),
            _("Of the verdicts they see nothing."),
        ),
        button=_("Tell the force now"),
        rows=5,
    )
    head = _head(_("Refer a danger: live risk"), _panel_link(one), has_errors=bool(form.errors))
    return render(request, "scrutiny/form.html", form_page(head, form, shown))


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def panel_verdict(request: HttpRequest, panel: str, matter: int) -> HttpResponse:
    """Of a member their own verdict, of whoever runs the panel the panel's."""
    by, one = _open(request, panel)
    found = _matter(one, matter)
    runs = allows(check_can_run_panels, by)
    kind, act = (asked.PanelVerdictForm, record_verdict) if runs else (asked.MemberVerdictForm, give_verdict)
    form = kind(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            act(by=by, panel=panel, number=matter, given=form.given)
        except (NotNow, Conflict) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("The verdict is kept, and is not changed any more."))
            return redirect("panel_case", panel=panel, matter=matter)
    title = _("Record the panel’s verdict") if runs else _("Give your verdict")
    return _asked(request, (one, found), form, (title, presenters.case_title(found)), status)


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def panel_dissent(request: HttpRequest, panel: str, matter: int) -> HttpResponse:
    check_can_sit(acting(request))
    by, one = _open(request, panel)
    found = _matter(one, matter)
    form = asked.DissentForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            dissent(by=by, panel=panel, number=matter, words=form.cleaned_data["words"])
        except (NotNow, Conflict) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is kept word for word, beside the panel’s verdict."))
            return redirect("panel_case", panel=panel, matter=matter)
    return _asked(request, (one, found), form, (_("Dissent"), presenters.case_title(found)), status)


def _asked(
    request: HttpRequest, of: tuple[Sitting, Matter | None], form: forms.Form, said: tuple[str, str], status: int | None
) -> HttpResponse:
    one, matter = of
    title, intro = said
    _viewed(request, one, *(() if matter is None else (matter,)))
    page = {
        "head": _head(title, _panel_link(one), has_errors=bool(form.errors)),
        "form": form,
        "intro": intro,
        "button_text": _("Keep it"),
    }
    return render(request, "asking.html", page, status=status)
