"""What a digest shows its reader: the work of their queues, of orders, what moved, and the figures of their roles."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.common.refusals import allows
from craffu.measures.digests.reading import Weekly
from craffu.measures.digests.rules import figures_for
from craffu.measures.kept.counted import Counted
from craffu.measures.kept.reading import kept_figures
from craffu.measures.permissions import BREACHES_BY, check_can_see, shown_to
from craffu.measures.places import folder_of
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.measures import filtering, watching
from craffu.web.measures import presenters as measures
from craffu.web.presenters import Link, PageHead, Params, today_link
from craffu.web.work.presenters import queue_href
from craffu.web.work.words import QUEUES as QUEUE_WORDS
from craffu.work.permissions import check_can_open
from craffu.work.queues import QUEUES, roles_of

# Half a year of them.
_MOST_EARLIER: Final = 26


def sees_figures(by: Acting) -> bool:
    return allows(check_can_see, by)


def head(one: Weekly | None) -> PageHead:
    title = _("Weekly digest")
    shown = _("Digest of the week from %(day)s") % {"day": day_words(one.week)} if one else title
    return PageHead(shown, breadcrumbs=(today_link(), Link(title, "")))


def earlier_links(one: Weekly | None, weeks: Iterable[date]) -> list[Link]:
    """Other weeks, the newest first."""
    return [
        Link(
            _("The week from %(day)s") % {"day": day_words(week)},
            reverse("digest_of_week", kwargs={"week": week.isoformat()}),
        )
        for week in weeks
        if one is None or week != one.week
    ][:_MOST_EARLIER]


def shown(one: Weekly, by: Acting) -> dict[str, Any]:
    to, sees = measures.to_of_ahead(by), sees_figures(by)
    page: dict[str, Any] = {
        "made": _("As it stood on %(at)s. It is kept as it was and does not change.") % {"at": instant_words(one.at)},
        "queues": _queues_table(one, by),
        "sees_figures": sees,
        "hides": measures.hides_words(to) if sees else "",
    }
    if not sees:
        return page
    page |= {
        "ahead": measures.ahead_table(one.ahead, to), "ending": measures.ending_words(one.ahead, to),
        "mismatches": _mismatch_words(one, by), "has_figures": one.kept is not None,
    }  # fmt: skip
    if one.kept is not None:
        standing = kept_figures(folder_of(by))
        is_standing = standing is not None and standing.snapshot == one.kept.snapshot
        counted = Counted(one.kept.snapshot, {}, one.signals)
        page |= {
            "about": measures.about(one.kept), "is_standing": is_standing,
            "signals": watching.signals_table(one.kept, counted, by, is_standing=is_standing),
            "tiles": measures.tiles(one.kept, by, filtering.Chosen(), figures_for(by.rights), is_standing=is_standing),
        }  # fmt: skip
    return page


def _queues_table(one: Weekly, by: Acting) -> Params | None:
    """The reader's own queues in which anything was due; None of none."""
    rows = []
    for queue in (key for key in QUEUES if key in one.queues and allows(check_can_open, by, key)):
        to = shown_to(by, roles_of(queue))
        counts = (cells.words(measures.count_words(number, to)) for number in one.queues[queue])
        rows.append([cells.link(Link(QUEUE_WORDS[queue], queue_href(queue))), *counts])
    head = [_("Queue"), _("Overdue"), _("Within 7 days")]
    return cells.table(_("Your queues"), head, rows, is_hidden=True) if rows else None


def _mismatch_words(one: Weekly, by: Acting) -> str:
    number = measures.count_words(one.mismatches, shown_to(by, BREACHES_BY))
    return _("New in the week before, and still standing: %(number)s") % {"number": number}
