"""Whose management plan is opened, by whom, and what its pages share (page map, P24)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.queries import holders_of
from craffu.common.refusals import Refusal
from craffu.orders.models import Condition
from craffu.people.models import Person
from craffu.people.queries import Identity, find_person, identities, people_of_records, records_of
from craffu.prevention import events
from craffu.prevention.permissions import PLAN, check_can_see_plan
from craffu.prevention.planning.queries import (
    PlanStory,
    Version,
    open_plan,
    plans_of_records,
)
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.orders.opening import refused
from craffu.web.people import presenters as people
from craffu.web.people.leading import lead_on
from craffu.web.plans import presenters
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.references import address_of

# Beside which field a refusal is said.
BESIDE: Final[Mapping[str, str]] = {
    "no_words_of_action": "words", "not_tied": "behaviour", "due_in_the_past": "due_on", "condition_gone": "condition",
    "not_a_planner": "owner", "reason_missing": "words",
}  # fmt: skip
SENSITIVE: Final = ("objectives", "safety", "words", "behaviour", "none_reason", "reason")


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose plan is opened, by whom, by which records of theirs, and every plan that there was."""

    by: Acting
    person: Person
    records: Sequence[int]
    stories: Sequence[PlanStory]

    @property
    def reference(self) -> str:
        return self.person.reference

    @property
    def story(self) -> PlanStory | None:
        return open_plan(self.stories)


def opened_plan(request: HttpRequest, person: str, check: Callable[[Acting], object] = check_can_see_plan) -> Opened:
    """Raises LedOn where the records under a reference are somebody else's by now (IDN-03)."""
    by = acting(request)
    check(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    lead_on(request, by, found)
    records = records_of(by, found)
    return Opened(by, found, records, plans_of_records(by, records))


def typed(request: HttpRequest) -> list[str]:
    """What somebody wrote in words."""
    return [words for name in SENSITIVE for words in request.POST.getlist(name) if words.strip()]


class EndedMeanwhile(Exception):
    """Somebody ended a plan while another was writing of it."""

    def __init__(self, opened: Opened, ended: PlanStory) -> None:
        super().__init__()
        self.opened, self.ended = opened, ended


def check_none_ended(request: HttpRequest, opened: Opened) -> None:
    """Raises EndedMeanwhile where somebody sends what they wrote of a plan that has ended."""
    if request.method == "POST" and opened.stories:
        raise EndedMeanwhile(opened, opened.stories[-1])


def standing_plan(request: HttpRequest, person: str, check: Callable[[Acting], object]) -> tuple[Opened, PlanStory]:
    """The plan that has not ended. Raises Http404 where there is none, EndedMeanwhile where it ended while they wrote."""
    opened = opened_plan(request, person, check)
    if opened.story is None:
        check_none_ended(request, opened)
        raise Http404
    return opened, opened.story


def plan_looked_at(
    request: HttpRequest, person: str, others: Iterable[Identity] = (), refs: Iterable[str] = ()
) -> None:
    named = {f"person/{one.reference}" for one in others} | set(refs)
    looked_at(request, events.PLAN_VIEWED, [f"person/{person}", *sorted(named)])


def head_below(person: str, title: str, *, has_errors: bool = False) -> PageHead:
    """The head of a page below the plan's own."""
    plan = Link(_("Management plan"), address_of("person_plan", "person", person))
    trail = (today_link(), Link(_("People"), reverse("person_list")), people.whole_link(person), plan, Link(title, ""))
    return PageHead(title, breadcrumbs=trail, has_errors=has_errors)


def back_to_plan(person: str) -> HttpResponse:
    return redirect(address_of("person_plan", "person", person))


def planners(by: Acting) -> list[User]:
    return holders_of(by, PLAN)


def say_beside(request: HttpRequest, form: forms.Form, refusal: Refusal) -> int | None:
    """A refusal is said beside its field, or above them all; nothing typed is lost."""
    beside = [*form.fields][-1] if refusal.code == "too_short" else BESIDE.get(refusal.code)
    form.add_error(beside, refusal.message)
    return refused(request, refusal)


def orders_of(conditions: Mapping[int, Condition]) -> set[str]:
    return {f"order/{one.terms.order.reference}" for one in conditions.values()}


def people_asked(by: Acting, version: Version) -> dict[int, Identity]:
    """Who was asked, or not, by record. Three queries."""
    found = people_of_records(by, [one.record_id for one in version.consulted])
    known = identities(by, dict.fromkeys(found.values())) if found else {}
    return {record: known[one.pk] for record, one in found.items()}


def version_part(one: Version, asked: Mapping[int, Identity]) -> dict[str, Any]:
    return {
        "version": presenters.version_summary(one),
        "menu": presenters.menu_table(one),
        "consulted": presenters.consulted_table(one, asked),
    }
