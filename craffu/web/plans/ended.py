"""A management plan that somebody ended while another was writing of it (page map, P24; T30)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from craffu.common.refusals import allows
from craffu.prevention.permissions import check_can_plan
from craffu.prevention.planning.left import draft_left
from craffu.web.edits import STATUS
from craffu.web.plans import presenters
from craffu.web.plans.opening import EndedMeanwhile, head_below, plan_looked_at, typed


def told_if_ended[**P](view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever wrote of a plan that was ended meanwhile is told by whom and why, and is given back what they typed."""

    @wraps(view)
    def told(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except EndedMeanwhile as meanwhile:
            opened, person = meanwhile.opened, meanwhile.opened.reference
            plan_looked_at(request, person)
            title = _("The plan of %(reference)s has ended") % {"reference": person}
            page = {
                "head": head_below(person, title, has_errors=True),
                "person": person,
                "refusal": _("Somebody ended this plan while you were writing. What you wrote was not saved."),
                "ended": presenters.stands(meanwhile.ended, None),
                "typed": typed(request),
                "may_plan": allows(check_can_plan, opened.by),
                "has_draft": draft_left(opened.by, opened.stories) is not None,
            }
            return render(request, "plans/ended.html", page, status=STATUS)

    return told
