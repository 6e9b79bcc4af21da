"""What is done under an order beside its steps is noted on a page of its own: the first notification, the terms in writing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.common.refusals import NotNow, allows
from craffu.orders import events
from craffu.orders.catalogue.kinds import Family
from craffu.orders.clocks.notifications import DAPO, FROM_SERVICE, WITH_DUTY
from craffu.orders.life.states import ENDS, LIVE, OrderStatus
from craffu.orders.noting.actions import (
    note_change_refused,
    note_other_duty,
    note_relaxation_sought,
    note_terms_given,
    note_told,
)
from craffu.orders.noting.facts import FOR_SOMEBODY, OTHER_DUTIES, TELLS, Change, Noted
from craffu.orders.permissions import (
    check_can_note_court,
    check_can_note_notification,
    check_can_note_terms,
    check_can_note_told,
)
from craffu.orders.queries import OrderStory, story_of_order
from craffu.people.queries import identities, people_of_records
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.done import say_done
from craffu.web.moments import MomentForm
from craffu.web.orders.opening import head, open_order
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS
from craffu.web.orders.step_forms import applicants_of, drawn
from craffu.web.people.presenters import name_shown
from craffu.web.presenters import Link, Text

BESIDE = {"not_protected": "record", "no_change": "change", "no_applicant": "applicant"}
# An order that was made or refused has something to tell.
TELLS_FROM = frozenset({*LIVE, *ENDS, OrderStatus.REFUSED})
TELLS_IN_ORDER = (Noted.TOLD, Noted.NOT_TOLD)
CHECKS = {
    Noted.TERMS_GIVEN: check_can_note_terms,
    Noted.RELAXATION_SOUGHT: check_can_note_court,
    Noted.CHANGE_REFUSED: check_can_note_court,
    Noted.TOLD: check_can_note_told,
    Noted.NOT_TOLD: check_can_note_told,
    **dict.fromkeys(OTHER_DUTIES, check_can_note_notification),
}
TITLES: dict[Noted, Text] = {
    Noted.TERMS_GIVEN: gettext_lazy("Terms of order %(reference)s given in writing"),
    Noted.RELAXATION_SOUGHT: gettext_lazy("A court is asked to relax or end order %(reference)s"),
    Noted.CHANGE_REFUSED: gettext_lazy("A court refused to change order %(reference)s"),
    Noted.TOLD: gettext_lazy("Somebody whom order %(reference)s protects was told of it"),
    Noted.NOT_TOLD: gettext_lazy("Somebody whom order %(reference)s protects is not told of it"),
    **dict.fromkeys(OTHER_DUTIES, gettext_lazy("Another duty to notify, beside order %(reference)s")),
}
BUTTONS: dict[Noted, Text] = {
    Noted.TERMS_GIVEN: gettext_lazy("Record that the terms were given in writing"),
    Noted.RELAXATION_SOUGHT: gettext_lazy("Record that somebody asked a court to relax or end it"),
    Noted.CHANGE_REFUSED: gettext_lazy("Record that a court refused to change it"),
    Noted.TOLD: gettext_lazy("Record that somebody it protects was told of it"),
    Noted.NOT_TOLD: gettext_lazy("Record why somebody it protects is not told of it"),
    Noted.SOA_PART_2: gettext_lazy("Record that the respondent is on the sex offenders register"),
    Noted.SOA_PART_2_ENDED: gettext_lazy("Record that the respondent’s time on the sex offenders register ended"),
    Noted.SPA_9: gettext_lazy("Record that the respondent has to notify under a stalking protection order"),
    Noted.SPA_9_ENDED: gettext_lazy("Record that the duty to notify under a stalking protection order ended"),
}
SAID: dict[Noted, Text] = {
    Noted.TERMS_GIVEN: gettext_lazy(
        "They have the terms, and what to do if they are broken, in writing and in their own language."
    ),
    Noted.RELAXATION_SOUGHT: gettext_lazy(
        "Whoever the order protects is told, and asked again within a working day. What the court decides is a step of its own."
    ),
    Noted.CHANGE_REFUSED: gettext_lazy(
        "The order stands as it was, and whoever it protects is told. What a court does with it is a step of its own."
    ),
    Noted.TOLD: gettext_lazy(
        "They are told what the order says and how it stands, only by a channel and at a time that are safe for them."
    ),
    Noted.NOT_TOLD: gettext_lazy("Whatever happens to the order next is work again, until they are told of it."),
    **dict.fromkeys(
        OTHER_DUTIES,
        gettext_lazy(
            "While the respondent has to notify the police under another law, the duty under this order waits. "
            "It runs for three days from the day on which the other ends."
        ),
    ),
}


CHANGES: dict[str, Text] = {
    Change.VARY.value: gettext_lazy("Vary it"),
    Change.RENEW.value: gettext_lazy("Renew it"),
    Change.DISCHARGE.value: gettext_lazy("Discharge it"),
}


class NoteForm(MomentForm):
    """When it was done, and for whom. Shape only."""

    record = forms.ChoiceField(
        label=gettext_lazy("Who is it about?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose somebody whom the order protects."),
            "invalid_choice": gettext_lazy("Choose somebody whom the order protects."),
        },
    )

    words = forms.CharField(
        label=gettext_lazy("Why are they not told?"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": gettext_lazy("Say why they are not told."),
            "max_length": gettext_lazy("Write at most 2,000 characters"),
        },
    )

    change = forms.ChoiceField(
        label=gettext_lazy("What was the court asked to do?"),
        choices=list(CHANGES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the court was asked to do.")},
    )
    applicant = forms.ChoiceField(
        label=gettext_lazy("Who asked for this?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who asked the court for it.")},
    )

    def __init__(
        self,
        *args: Any,
        what: Noted,
        people: Iterable[tuple[str, str]],
        applicants: Iterable[tuple[str, Text]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if what in FOR_SOMEBODY:
            self.fields["record"].choices = list(people)  # type: ignore[attr-defined]
            if what is Noted.TERMS_GIVEN:
                self.fields["record"].label = _("Who was given the terms?")
            self.order_fields(["record", "words", "on", "at"])
        else:
            del self.fields["record"]
        if what is not Noted.NOT_TOLD:
            del self.fields["words"]
        if what is Noted.CHANGE_REFUSED:
            self.fields["applicant"].choices = list(applicants)  # type: ignore[attr-defined]
            self.order_fields(["change", "applicant", "on", "at"])
        else:
            del self.fields["change"], self.fields["applicant"]

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [*self.fields])


def notes_to_make(by: Acting, story: OrderStory) -> list[Link]:
    """What the reader may note under an order, from when on it is asked for and until it is over."""
    order = story.order
    is_served, is_live = order.served_at is not None, order.made_at is not None and order.status not in ENDS
    # A court hears what follows a notice, and is asked to change nothing of the notice itself (CLK-07).
    is_notice = story.kind.family == Family.NOTICE
    is_asked = is_live and order.kind in WITH_DUTY and (is_served or order.kind not in FROM_SERVICE)
    wanted = {
        Noted.TERMS_GIVEN: is_live and (is_served or order.aware_at is not None) and bool(story.protected),
        Noted.RELAXATION_SOUGHT: is_live and not is_notice,
        Noted.CHANGE_REFUSED: is_live and not is_notice,
        # Of an order that is refused or over somebody may have to be told still.
        **dict.fromkeys(TELLS_IN_ORDER, order.status in TELLS_FROM and bool(story.protected)),
        **(_other_duties(story, is_asked=order.kind in WITH_DUTY) if is_live else {}),
    }
    links = [
        Link(BUTTONS[what], reverse("order_note", kwargs={"order": order.reference, "what": what.value}))
        for what, is_wanted in wanted.items()
        if is_wanted and allows(CHECKS[what], by)
    ]
    if is_asked and allows(check_can_note_notification, by):
        to = reverse("order_notification_new", kwargs={"order": order.reference})
        links.insert(0, Link(_("Record a notification by the respondent"), to))
    return links


def _other_duties(story: OrderStory, *, is_asked: bool) -> dict[Noted, bool]:
    """Of each other duty what can be said next: that it began, or that it ended."""
    last = {"soa": "", "spa": ""}
    for one in sorted(story.noted, key=lambda one: (one.at, one.pk)):
        if one.what in OTHER_DUTIES:
            last[one.what[:3]] = one.what
    is_dapo = is_asked and story.order.kind == DAPO
    return {
        Noted.SOA_PART_2: is_asked and last["soa"] != Noted.SOA_PART_2,
        Noted.SOA_PART_2_ENDED: is_asked and last["soa"] == Noted.SOA_PART_2,
        Noted.SPA_9: is_dapo and last["spa"] != Noted.SPA_9,
        Noted.SPA_9_ENDED: is_dapo and last["spa"] == Noted.SPA_9,
    }


def notes_made(story: OrderStory) -> list[str]:
    """What was noted, the newest first: what, when and by whom."""
    words = {
        Noted.NOTIFIED: gettext_lazy("The respondent notified the police: %(when)s (%(name)s)"),
        Noted.TERMS_GIVEN: gettext_lazy("Terms given in writing to somebody it protects: %(when)s (%(name)s)"),
        Noted.RELAXATION_SOUGHT: gettext_lazy("A court was asked to relax or end it: %(when)s (%(name)s)"),
        Noted.CHANGE_REFUSED: gettext_lazy("A court refused to change it (%(change)s): %(when)s (%(name)s)"),
        Noted.TOLD: gettext_lazy("Somebody it protects was told of it: %(when)s (%(name)s)"),
        Noted.NOT_TOLD: gettext_lazy("Somebody it protects was not told of it: %(when)s (%(name)s). %(why)s"),
        Noted.SOA_PART_2: gettext_lazy("On the sex offenders register since %(when)s (%(name)s)"),
        Noted.SOA_PART_2_ENDED: gettext_lazy("On the sex offenders register no more since %(when)s (%(name)s)"),
        Noted.SPA_9: gettext_lazy("To notify under a stalking protection order since %(when)s (%(name)s)"),
        Noted.SPA_9_ENDED: gettext_lazy("Not to notify under a stalking protection order since %(when)s (%(name)s)"),
    }
    return [
        str(words[Noted(one.what)])
        % {
            "when": instant_words(one.at),
            "name": one.by.name,
            "why": one.words,
            "change": CHANGES.get(one.change, ""),
        }
        for one in reversed(story.noted)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def order_note(request: HttpRequest, order: str, what: str) -> HttpResponse:
    """Note that something was done. Nothing typed is lost where it is refused."""
    if what not in set(CHECKS):
        raise Http404
    noted = Noted(what)
    by, found = open_order(request, order, CHECKS[noted])
    story = story_of_order(by, found)
    people = people_of_records(by, story.protected) if noted in FOR_SOMEBODY else {}
    known = identities(by, dict.fromkeys(people.values())) if people else {}
    choices = [
        (str(record), f"{name_shown(known[person.pk])} ({person.reference})") for record, person in people.items()
    ]
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        what=noted,
        people=choices,
        applicants=applicants_of(story.kind).items(),
    )
    if form.is_bound and form.is_valid():
        try:
            _note(by, order, noted, form)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code, "on"), refusal.message)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_detail", order=order)
    named = sorted({f"person/{one.reference}" for one in people.values()})
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}", *named])
    page = {
        "head": head(by, order, str(TITLES[noted]) % {"reference": order}, has_errors=bool(form.errors)),
        "form": form,
        "said": SAID[noted],
        "button_text": BUTTONS[noted],
    }
    return render(request, "orders/note.html", page)


def _note(by: Acting, order: str, what: Noted, form: NoteForm) -> None:
    if what is Noted.TERMS_GIVEN:
        note_terms_given(by=by, order=order, record=int(form.cleaned_data["record"]), at=form.moment)
    elif what in TELLS:
        why_not = form.cleaned_data.get("words") if what is Noted.NOT_TOLD else None
        note_told(by=by, order=order, record=int(form.cleaned_data["record"]), at=form.moment, why_not=why_not)
    elif what is Noted.CHANGE_REFUSED:
        asked = {name: form.cleaned_data[name] for name in ("change", "applicant")}
        note_change_refused(by=by, order=order, at=form.moment, **asked)
    elif what in OTHER_DUTIES:
        note_other_duty(by=by, order=order, what=what, at=form.moment)
    else:
        note_relaxation_sought(by=by, order=order, at=form.moment)
