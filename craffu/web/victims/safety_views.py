"""What keeps a victim safe: needs, what was done and whether they know, help, rights under the Code (P17; VIC-05, VIC-08)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.common.refusals import NotNow
from craffu.victims import events
from craffu.victims.contacts.actions import refuse_contact
from craffu.victims.queries import Victim
from craffu.victims.safeguarding.actions import (
    record_entitlement,
    record_help,
    record_measure,
    record_measure_told,
    record_need,
)
from craffu.victims.safeguarding.queries import entitlement_of, help_of, measures_of, needs_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.victims import safety_presenters as presenters
from craffu.web.victims.opening import head, open_looked_after, refs
from craffu.web.victims.safety_forms import EntitlementForm, HelpForm, MeasureForm, NeedForm, TellingForm
from craffu.web.victims.safety_words import MEASURES

# The field beside which a refusal is said, where the form has it; one that is not listed stands above the form.
BESIDE = {
    "day_to_come": ("on", "done_on", "told_on"), "told_before_done": ("told_on",), "step_does_not_follow": ("step",),
    "reason_missing": ("reason",), "way_not_safe": ("channel",),
}  # fmt: skip


@require_safe
def victim_safety(request: HttpRequest, victim: str) -> HttpResponse:
    """Everything about their safety on one page."""
    by, found = open_looked_after(request, victim)
    measures = measures_of(by, found.records)
    looked_at(request, events.SAFETY_VIEWED, refs(found))
    page = {
        "head": head(victim, _("Safety and help of victim %(reference)s") % {"reference": victim}),
        "victim": victim,
        "attention": presenters.attention(measures),
        "rights": presenters.entitlement_rows(entitlement_of(by, found.records)),
        "needs": presenters.needs_table(needs_of(by, found.records)),
        "measures": presenters.measures_table(measures, victim),
        "help": presenters.help_table(help_of(by, found.records)),
    }
    return render(request, "victims/safety.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_need(request: HttpRequest, victim: str) -> HttpResponse:
    title = _("What is the life of victim %(reference)s like?") % {"reference": victim}
    return _recorded(request, open_looked_after(request, victim), NeedForm, record_need, title)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_measure(request: HttpRequest, victim: str) -> HttpResponse:
    title = _("What was done for the safety of victim %(reference)s?") % {"reference": victim}
    said = (_("Record what was done, not what is planned. Then record that they were told of it."),)
    return _recorded(request, open_looked_after(request, victim), MeasureForm, record_measure, title, said)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_measure_told(request: HttpRequest, victim: str, number: int) -> HttpResponse:
    opened = by, found = open_looked_after(request, victim)
    wanted = next((one for one in measures_of(by, found.records) if one.measure.pk == number), None)
    if wanted is None:
        raise Http404
    title = _("Record what victim %(reference)s was told") % {"reference": victim}

    def record(**given: Any) -> object:
        return record_measure_told(measure=number, **given)

    return _recorded(request, opened, TellingForm, record, title, (str(MEASURES[wanted.measure.kind]),))


@require_http_methods(["GET", "HEAD", "POST"])
def victim_help(request: HttpRequest, victim: str) -> HttpResponse:
    title = _("Help for victim %(reference)s") % {"reference": victim}
    return _recorded(request, open_looked_after(request, victim), HelpForm, record_help, title)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_entitlement(request: HttpRequest, victim: str) -> HttpResponse:
    title = _("Rights of victim %(reference)s under the Victims’ Code") % {"reference": victim}
    said = (
        _(
            "Every victim here has enhanced rights unless you say why not: stalking is often recorded as something else."
        ),
    )
    return _recorded(request, open_looked_after(request, victim), EntitlementForm, record_entitlement, title, said)


def _recorded(
    request: HttpRequest,
    opened: tuple[Acting, Victim],
    kind: type[forms.Form],
    record: Callable[..., object],
    title: str,
    said: tuple[str, ...] = (),
) -> HttpResponse:
    """A form whose content is recorded, then the page of their safety again."""
    by, found = opened
    victim = found.reference
    form: Any = kind(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            record(by=by, victim=victim, given=form.given)
        except NotNow as refusal:
            if refusal.code == "way_not_safe":
                refuse_contact(by=by, victim=victim)
            beside = next((name for name in BESIDE.get(refusal.code, ()) if name in form.fields), None)
            form.add_error(beside, refusal.message)
        else:
            say_done(request, _("It is recorded."))
            return redirect("victim_safety", victim=victim)
    looked_at(request, events.SAFETY_VIEWED, refs(found))
    page = {
        "head": head(victim, title, has_errors=bool(form.errors)),
        "form": form,
        "said": said,
        "button_text": _("Record it"),
    }
    return render(request, "victims/ask.html", page)
