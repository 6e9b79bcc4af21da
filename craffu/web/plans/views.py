"""The management plan of one person as it stands, and each version as it was (page map, P24; PLN-01 to PLN-03)."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.access.acting import Acting
from craffu.cases.queries import closed_cases_of
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.orders.following.queries import follow_ups
from craffu.orders.permissions import check_can_follow_up
from craffu.prevention.permissions import check_can_approve_plan, check_can_plan
from craffu.prevention.planning.gathering import Known, conditions_tied, followed, known_of, scored
from craffu.prevention.planning.queries import (
    PlanStory,
    draft_of,
    happened_to,
)
from craffu.prevention.planning.rules import Option
from craffu.web.following import presenters as following
from craffu.web.people import presenters as people
from craffu.web.people.pages import bar_of, person_pages
from craffu.web.people.use import use_notices
from craffu.web.plans import followed_presenters, known_presenters, presenters
from craffu.web.plans.opening import (
    Opened,
    head_below,
    opened_plan,
    orders_of,
    people_asked,
    plan_looked_at,
    version_part,
)
from craffu.web.plans.words import NO_CAUSE, REGRESSION
from craffu.web.presenters import Link, PageHead, Params, today_link
from craffu.web.references import address_of
from craffu.web.restricted.stubs import stubs


@require_safe
def person_plan(request: HttpRequest, person: str) -> HttpResponse:
    """The plan as it stands, what the register knows beside the menu, and what was recorded before and after (PLN-03)."""
    opened, now = opened_plan(request, person), clock.now()
    by, story = opened.by, opened.story
    shown = story or (opened.stories[-1] if opened.stories else None)
    known = known_of(by, opened.records, now)
    coming = story.next(happened_to(by, [story.plan], now)[story.plan.pk]) if story else None
    version = (shown.standing or shown.versions[-1]) if shown and shown.versions else None
    asked = people_asked(by, version) if version else {}
    found = followed(by, opened.records, known, opened.stories, now)
    title = _("Management plan %(reference)s") % {"reference": person}
    trail = (today_link(), Link(_("People"), reverse("person_list")), people.whole_link(person), Link(title, ""))
    conditions = conditions_tied(by, shown) if shown else {}
    refs = {ref for option in Option for ref in known_presenters.named(option, known)} | orders_of(conditions)
    refs |= {f"order/{one.order.reference}" for one in found.done if one.order is not None}
    use = use_notices(by, opened.records)
    refs |= {ref for one in use for ref in one.refs}
    plan_looked_at(request, person, asked.values(), refs)
    may_plan = allows(check_can_plan, by)
    today = day_of(now)
    page: dict[str, Any] = {
        "head": PageHead(title, breadcrumbs=trail),
        "person": person,
        "bar": bar_of(by, opened.person, opened.records, now, None),
        "pages": person_pages(by, opened.person, "person_plan"),
        "use": use,
        "not_open": stubs(by, "case", closed_cases_of(by, opened.records)),
        "scored": presenters.scored_words(scored(by, opened.person, now)),
        "has_plan": story is not None,
        "stands": presenters.stands(shown, coming) if shown else None,
        "version": presenters.version_summary(version) if version else None,
        "menu": presenters.menu_table(version) if version else None,
        "consulted": presenters.consulted_table(version, asked) if version else None,
        "actions": presenters.actions_table(
            person, shown.actions, conditions, today, may_close=may_plan and story is not None
        )
        if shown
        else None,
        "heightened": _heightened(by, known, now),
        "heighten": _heighten(by, known) if story is not None else [],
        "reviews": presenters.reviews_table(shown) if shown else None,
        "versions": presenters.versions_table(person, opened.stories),
        "past": presenters.past_plans(opened.stories),
        "known": known_presenters.menu_known(known, opened.stories, now),
        "followed": followed_presenters.followed_table(found),
        "on_and_off": followed_presenters.on_and_off(found),
        "unknown": followed_presenters.unknown_words(found),
        "regression": REGRESSION,
        "no_cause": NO_CAUSE,
        **_ways(opened, story, may_plan=may_plan),
    }
    return render(request, "plans/plan.html", page)


def _heightened(by: Acting, known: Known, now: datetime) -> Params | None:
    """What raised heightened follow-up of the orders that stand, and how soon it was acted on (MON-03)."""
    if not allows(check_can_follow_up, by):
        return None
    raised = follow_ups(by, [one.pk for one in known.standing])
    return following.follow_ups_table([(one.reference, raised.get(one.pk, [])) for one in known.standing], now)


def _heighten(by: Acting, known: Known) -> list[Link]:
    """Where whoever manages somebody by a plan has an order followed up more closely."""
    if not allows(check_can_follow_up, by):
        return []
    said = _("Raise heightened follow-up of %(order)s")
    return [
        Link(said % {"order": one.reference}, address_of("order_follow_up_new", "order", one.reference))
        for one in known.standing
    ]


def _ways(opened: Opened, story: PlanStory | None, *, may_plan: bool) -> dict[str, Any]:
    """What the reader may do now."""
    by, waits = opened.by, story.waiting if story else None
    is_anothers = waits is not None and waits.row.by != by.user
    return {
        "may_begin": may_plan and story is None,
        "may_write": may_plan and story is not None and waits is None,
        "has_draft": story is not None and draft_of(by, story.plan) is not None,
        "may_act": may_plan and story is not None,
        "may_review": may_plan and story is not None and story.standing is not None,
        "waits": waits.row.number if waits and is_anothers and allows(check_can_approve_plan, by) else None,
    }


@require_safe
def plan_version(request: HttpRequest, person: str, plan: int, number: int) -> HttpResponse:
    """One version as it was put forward, whatever came after it."""
    opened = opened_plan(request, person)
    story = next((one for one in opened.stories if one.plan.pk == plan), None)
    one = next((each for each in story.versions if each.row.number == number), None) if story else None
    if story is None or one is None:
        raise Http404
    asked = people_asked(opened.by, one)
    plan_looked_at(request, person, list(asked.values()))
    title = _("Version %(number)s of the plan of %(reference)s") % {"number": number, "reference": person}
    page = {"head": head_below(person, title), **version_part(one, asked)}
    return render(request, "plans/version.html", page)
