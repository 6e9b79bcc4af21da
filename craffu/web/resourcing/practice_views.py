"""Practice before and after the champions' training, together and never officer by officer (page map, P38; R2b)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.common import clock
from craffu.measures.permissions import EVERY_ROW, shown_to
from craffu.measures.practice.kinds import Group
from craffu.measures.practice.queries import found_reading, practised
from craffu.measures.practice.rules import classing, practice
from craffu.resourcing import events
from craffu.resourcing.permissions import check_can_read_posts
from craffu.scrutiny.classing.queries import rightly_classed
from craffu.web.consulting import looked_at
from craffu.web.court.words import day_words
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.resourcing import practice_presenters as presenters


@require_safe
def practice_figures(request: HttpRequest) -> HttpResponse:
    """Figures of the whole force: what is shut to the reader is counted, and none of it is shown."""
    by = acting(request)
    check_can_read_posts(by)
    found = practised(by.joining(), clock.now())
    groups = {group: practice(found.groups.get(group, ())) for group in Group}
    read = found_reading(by.joining(), rightly_classed(by.joining()))
    classed = {group: classing(read.groups.get(group, ())) for group in Group}
    looked_at(request, events.PRACTICE_VIEWED, [])
    to = shown_to(by, EVERY_ROW)
    title = _("Practice before and after training")
    above = Link(_("Stalking Champions"), reverse("champion_list"))
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), above, Link(title, ""))),
        "groups": presenters.group_table(groups),
        "read": presenters.read_table(classed),
        "differences": presenters.difference_table(groups, classed),
        "least": presenters.least_words(),
        "first": day_words(found.first),
        "last": day_words(found.last),
        "without": presenters.without_words(found.without_officer, to),
        "read_without": presenters.without_words(read.without_officer, to),
    }  # fmt: skip
    return render(request, "resourcing/practice.html", page)
