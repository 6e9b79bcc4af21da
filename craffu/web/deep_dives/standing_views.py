"""The standing answer: the review's question and its three, by tests over the snapshot; a named person signs it (P34, SCR-13)."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from craffu.common.refusals import Conflict, NotNow, allows
from craffu.scrutiny.deep_dives.permissions import check_can_lead, check_can_read_report, check_can_work
from craffu.scrutiny.standing import events
from craffu.scrutiny.standing.actions import sign
from craffu.scrutiny.standing.facts import NewAnswer
from craffu.scrutiny.standing.queries import Standing, answers, standing
from craffu.web.consulting import looked_at
from craffu.web.deep_dives import standing_presenters as presenters
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.measures.naming import part_name
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.victims.asked import Words


class SignForm(forms.Form):
    """The words in both languages, and of each test that turned why."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    words_en = Words(gettext_lazy("The answer, in English"), gettext_lazy("Write it in English"), help_text="")
    words_cy = Words(gettext_lazy("The answer, in Welsh"), gettext_lazy("Write it in Welsh"), help_text="")

    def __init__(self, data: Any = None, *, found: Standing) -> None:
        super().__init__(data, initial={"seen": found.seen})
        self.turned = [one.key for one in found.changes]
        for number, key in enumerate(self.turned):
            label = gettext_lazy("Why did this test turn: %(test)s?") % {"test": part_name(key)}
            self.fields[f"cause_{number}"] = Words(label, gettext_lazy("Say why it turned"), help_text="")

    @property
    def given(self) -> NewAnswer:
        said = self.cleaned_data
        causes = {key: said[f"cause_{number}"] for number, key in enumerate(self.turned)}
        return NewAnswer(said["words_en"], said["words_cy"], causes, said["seen"])


@require_safe
def standing_answer(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    if not allows(check_can_work, by):
        check_can_read_report(by)
    found, signed = standing(by), answers(by)
    looked_at(request, events.STANDING_VIEWED, [f"snapshot/{found.snapshot}"] if found else [])
    title = _("The standing answer")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "found": found,
        "counts": presenters.counts_words(found) if found else "",
        "days": presenters.days_words(found) if found else "",
        "questions": presenters.questions(found) if found else (),
        "changes": presenters.changes_table(found) if found else None,
        "signed": presenters.signed_words(signed[0]) if signed else None,
        "log": presenters.log_table(signed),
        "leads": allows(check_can_lead, by),
    }
    return render(request, "deep_dives/standing.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def standing_sign(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_lead(by)
    found = standing(by)
    if found is None:
        return redirect("standing_answer")
    form = SignForm(request.POST if request.method == "POST" else None, found=found)
    status = None
    if form.is_bound and form.is_valid():
        try:
            sign(by=by, given=form.given)
        except (NotNow, Conflict) as refusal:
            form.add_error("words_cy" if refusal.code == "words_too_short" else None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is signed. What was signed before stays below it."))
            return redirect("standing_answer")
    looked_at(request, events.STANDING_VIEWED, [f"snapshot/{found.snapshot}"])
    title = _("Sign the standing answer")
    above = Link(_("The standing answer"), reverse("standing_answer"))
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), above, Link(title, "")), has_errors=bool(form.errors)),
        "form": form,
        "intro": presenters.counts_words(found),
        "button_text": _("Sign it"),
    }
    return render(request, "asking.html", page, status=status)
