"""What needs doing today of champions and posts, for the workforce lead (page map, P01; R1a, R2a; RES-01 to RES-03).

Each is one row however many there are: it names nobody, and leads to the page that does.
"""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.resourcing.champions.queries import Roll, roll_of, scheduled
from craffu.resourcing.champions.rules import Why, is_lapsing
from craffu.resourcing.posts.queries import posts_of
from craffu.web.court.words import day_words
from craffu.web.home.row import SOON, Row, Section


def staffing(by: Acting, today: date) -> list[Row]:
    """Training of champions that has lapsed or soon will, shifts without one, posts that stand empty. Eight queries."""
    roll = roll_of(by)
    return [*_training(roll, today), *_shifts(by, roll, today), *_posts(by, today)]


def _training(roll: Roll, today: date) -> Iterator[Row]:
    """RES-01: whoever is named and lapsed is none in any count; within thirty days somebody is trained in time."""
    standing = [roll.standing(who, today) for who in roll.named if roll.is_named(who, today)]
    lapsed = [one for one in standing if one.why is Why.LAPSED]
    lapsing = [one.current_until for one in standing if is_lapsing(one, today) and one.current_until is not None]
    where = reverse("champion_list") + "#named"
    if lapsed:
        words = _("Have champions trained again whose training has lapsed: %(number)s")
        yield Row(Section.NOW, words % {"number": len(lapsed)}, where)
    if lapsing:
        words = _("Have champions trained whose training lapses within 30 days: %(number)s")
        hint = _("The first on %(day)s") % {"day": day_words(min(lapsing))}
        section = Section.TODAY if min(lapsing) <= today + SOON else Section.WEEK
        yield Row(section, words % {"number": len(lapsing)}, where, hint)


def _shifts(by: Acting, roll: Roll, today: date) -> Iterator[Row]:
    """RES-02: shifts of the coming seven days on whose roster no current champion stands."""
    now = clock.now()
    ahead = [one for one in scheduled(by, roll, today, today + SOON) if one.slot.starts_at > now]
    none = sum(not one.rostered for one in ahead)
    if none:
        words = _("Put a champion on the roster of shifts that have none: %(number)s of %(whole)s")
        yield Row(Section.WEEK, words % {"number": none, "whole": len(ahead)}, reverse("champion_list"))


def _posts(by: Acting, today: date) -> Iterator[Row]:
    """RES-03: posts that stand empty, and since when the first of them does."""
    since = [day for one in posts_of(by) if (day := one.vacant_since(today)) is not None]
    if since:
        words, hint = _("Fill posts that stand empty: %(number)s"), _("The longest since %(day)s")
        hint %= {"day": day_words(min(since))}
        yield Row(Section.TODAY, words % {"number": len(since)}, reverse("caseload"), hint)
