"""Practice before and after the champions' training, together and never officer by officer (page map, P38; R2b)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from craffu.common import clock
from craffu.measures.practice.kinds import Group
from craffu.measures.practice.queries import practised
from craffu.measures.practice.rules import practice
from craffu.resourcing import events
from craffu.resourcing.permissions import check_can_read_posts
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
    looked_at(request, events.PRACTICE_VIEWED, [])
    title = _("Practice before and after training")
    above = Link(_("Stalking Champions"), reverse("champion_list"))
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), above, Link(title, ""))),
        "groups": presenters.group_table(groups),
        "differences": presenters.difference_table(groups),
        "least": presenters.least_words(),
        "first": day_words(found.first),
        "last": day_words(found.last),
        "without": ngettext(
            "%(number)s case has no officer whom the records name, and is in none of these.",
            "%(number)s cases have no officer whom the records name, and are in none of these.",
            found.without_officer,
        ) % {"number": found.without_officer},
    }  # fmt: skip
    return render(request, "resourcing/practice.html", page)
