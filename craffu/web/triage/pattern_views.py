"""Crimes against one person that together may be stalking: the coordinator decides, with a reason (BRC-09)."""

from collections.abc import Iterable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.breaches import events
from craffu.breaches.models import PatternDecided
from craffu.breaches.patterns.actions import decide_pattern
from craffu.breaches.patterns.reading import Suffered, Whole, suffered_by
from craffu.breaches.permissions import check_can_decide_pattern, check_can_view_patterns
from craffu.common import clock
from craffu.common.refusals import Conflict, Refusal, allows
from craffu.people.models import Person
from craffu.people.queries import Identity, find_person, identities
from craffu.web import cells
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.done import say_done
from craffu.web.edits import both_versions, seen_version
from craffu.web.middleware import acting
from craffu.web.orders.opening import refused, shown_version
from craffu.web.people.presenters import case_link, name_shown, person_link
from craffu.web.presenters import Params, Text
from craffu.web.references import unbroken
from craffu.web.triage import words
from craffu.web.triage.forms import PatternForm
from craffu.web.triage.opening import head_of


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
def stalking_pattern(request: HttpRequest, person: str) -> HttpResponse:
    """The crimes that are open to the reader, what was decided of them before, and the decision. A new crime asks again."""
    by = acting(request)
    check_can_view_patterns(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    whole = suffered_by(by, {found.pk}, clock.now())[found.pk]
    form = PatternForm(request.POST if request.method == "POST" else None)
    versions, status, is_seen = None, None, False
    if form.is_bound and form.is_valid():
        try:
            decide_pattern(by=by, person=person, seen=seen_version(request), **form.cleaned_data)
        except Conflict as meanwhile:
            status, is_seen = refused(request, meanwhile), True
            whole = suffered_by(by, {found.pk}, clock.now())[found.pk]
            versions = _both(whole, form)
        except Refusal as refusal:
            status = refused(request, refusal)
            form.add_error("reason" if refusal.code == "reason_too_short" else None, refusal.message)
        else:
            say_done(request, _("It is recorded. A new crime asks again."))
            return redirect("stalking_pattern", person=person)
    known = _identities(by, found, whole)
    named = [f"person/{one.reference}" for one in known.values()]
    cases = sorted({f"case/{one.case_reference}" for one in whole.in_pattern})
    looked_at(request, events.PATTERN_VIEWED, [*named, *cases])
    title = _("Crimes that together may be stalking: %(reference)s") % {"reference": person}
    page = {
        "head": head_of(title, has_errors=bool(form.errors) or versions is not None),
        "name": name_shown(known[found.pk]),
        "person": person_link(person),
        "crimes": _crimes_table(whole.in_pattern, known),
        "decided": _decided_table(whole.decided),
        "is_open": bool(whole.undecided),
        "form": form if whole.pattern is not None and allows(check_can_decide_pattern, by) else None,
        "versions": versions,
        "version": shown_version(request, whole.version, is_seen=is_seen),
    }
    return render(request, "triage/pattern.html", page, status=status)


def _identities(by: Acting, found: Person, whole: Whole) -> Mapping[int, Identity]:
    """The victim, and everybody who is suspected in what is shown, by row number."""
    numbers = {each for one in whole.in_pattern for each in one.suspects}
    suspects = list(Person.objects.for_user(by).filter(pk__in=sorted(numbers))) if numbers else []
    return identities(by, [found, *(one for one in suspects if one.pk != found.pk)])


def _crimes_table(crimes: Iterable[Suffered], known: Mapping[int, Identity]) -> Params | None:
    head: list[cells.Heading] = [_("When"), _("Recorded as"), _("Crime"), _("Case"), _("Who is suspected")]
    rows = [
        [
            cells.words(instant_words(one.started_at)),
            cells.lines([words.GROUPS[one.group], cells.english(one.title)["html"] if one.title else ""]),
            cells.words(one.crime),
            cells.link(case_link(one.case_reference)),
            cells.lines(_suspects(one, known)),
        ]
        for one in crimes
    ]
    return cells.table(_("Crimes of the last 365 days"), head, rows) if rows else None


def _suspects(one: Suffered, known: Mapping[int, Identity]) -> list[Text]:
    named: list[Text] = [
        unbroken(f"{name_shown(known[each])} ({known[each].reference})") for each in one.suspects if each in known
    ]
    return named or [_("Nobody")]


def _decided_table(decided: Iterable[PatternDecided]) -> Params | None:
    head: list[cells.Heading] = [_("Decision"), _("When"), _("By"), _("Why"), _("Of how many crimes")]
    rows = [
        [
            cells.words(words.PATTERNS[one.decision]),
            cells.words(instant_words(one.known_from)),
            cells.words(one.by.name),
            cells.words(one.reason),
            cells.words(str(len(one.crimes))),
        ]
        for one in decided
    ]
    return cells.table(_("What was decided before"), head, rows) if rows else None


def _both(whole: Whole, form: PatternForm) -> Params:
    """What stands now and what the second person gave (T30)."""
    last = whole.decided[-1] if whole.decided else None
    said = form.cleaned_data
    return both_versions(
        [
            (
                _("What these crimes are"),
                words.PATTERNS[last.decision] if last else "",
                words.PATTERNS[said["decision"]],
            ),
            (_("Why"), last.reason if last else "", said["reason"]),
            (_("Crimes shown now"), ", ".join(one.crime for one in whole.in_pattern), ""),
        ]
    )
