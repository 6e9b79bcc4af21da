"""Whom an order protects: victims of the case, and anybody else by their reference (P11, P13; ORD-06)."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.cases.models import CaseRole
from craffu.cases.queries import roles_in
from craffu.common.refusals import Conflict, NotNow
from craffu.orders import events
from craffu.orders.permissions import check_can_consider
from craffu.orders.protecting.actions import say_protected
from craffu.orders.protecting.queries import records_protected
from craffu.orders.queries import OrderStory, story_of_order
from craffu.people.queries import find_person, identities, people_of_records, records_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.orders.opening import head, open_order, refused
from craffu.web.people.presenters import name_shown


class ProtectsForm(forms.Form):
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Whom does it protect?"),
        help_text=gettext_lazy("They need not be the person who was stalked."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other = forms.CharField(
        label=gettext_lazy("Somebody else"),
        help_text=gettext_lazy("Their reference here, which begins with P"),
        required=False,
        max_length=20,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def order_protects(request: HttpRequest, order: str) -> HttpResponse:
    """Everybody of whom the order could be said to protect them, with those it does."""
    by, found = open_order(request, order, check_can_consider)
    story = story_of_order(by, found)
    choices, named = _candidates(by, story)
    given = {"people": [str(one) for one in records_protected(story.protects)], "seen": len(story.protects)}
    form = ProtectsForm(request.POST if request.method == "POST" else None, initial=given, choices=choices)
    status = None
    if form.is_bound and form.is_valid():
        try:
            records = [*map(int, form.cleaned_data["people"]), *_other(by, form.cleaned_data["other"])]
            say_protected(by=by, order=order, records=records, seen=form.cleaned_data["seen"])
        except (NotNow, Conflict) as refusal:
            form.add_error("other" if refusal.code == "no_such_person" else "people", refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_detail", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}", *(f"person/{one}" for one in named)])
    title = _("Whom order %(reference)s protects") % {"reference": order}
    page = {"head": head(by, order, title, has_errors=bool(form.errors)), "form": form, "seen": len(story.protects)}
    return render(request, "orders/protects.html", page, status=status)


def _candidates(by: Acting, story: OrderStory) -> tuple[list[tuple[str, str]], list[str]]:
    """Victims of the case and whoever was named already, each person once; and every person named on the page."""
    case = story.order.case
    in_case = [one.record_id for one in roles_in(by, case.pk) if one.role == CaseRole.Role.VICTIM] if case else []
    # Whoever is protected already stands there by the record under which they were named.
    records = list(dict.fromkeys([*records_protected(story.protects), *in_case]))
    people = people_of_records(by, records)
    known = identities(by, dict.fromkeys(people.values()))
    first: dict[int, int] = {}
    for one in records:
        if one in people:
            first.setdefault(people[one].pk, one)
    shown = [(str(one), f"{name_shown(known[person])} ({known[person].reference})") for person, one in first.items()]
    return shown, sorted(known[person].reference for person in first)


def _other(by: Acting, reference: str) -> list[int]:
    """The record of a person named by reference. Raises NotNow where there is no such person for the reader."""
    if not reference.strip():
        return []
    person = find_person(by, reference.strip().upper())
    records = records_of(by, person) if person else []
    if not records:
        raise NotNow("no_such_person", _("There is no person with this reference. Look them up in the search."))
    return [records[0]]
