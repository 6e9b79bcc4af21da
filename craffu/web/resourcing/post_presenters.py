"""What the page of caseload shows: work for those in post, its spread, posts by role and team, and empty posts (P39; RES-03)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from craffu.resourcing.models import CapacityStated
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.queries import Established, in_post_for, split, standing_of
from craffu.resourcing.posts.rules import CASELOAD_WARN, FEWEST, Days, caseload, grouped, median, spread
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.presenters import Params, Text
from craffu.web.profiles.words import number_words, percent_words
from craffu.web.resourcing import words
from craffu.web.statuses import Status

# The most that each step of a spread takes.
STEPS: Final = (5, 10, 15, 20)
_OVER: Final = Status(gettext_lazy("Over what was stated"), "red")
_WITHIN: Final = Status(gettext_lazy("Within what was stated"), "green")


@dataclass(frozen=True, slots=True)
class Load:
    """One sort of work: how much there is, for how many in post, and what is said of it."""

    title: Text
    sentence: str
    status: Params
    rests_on: str


def load(work: Work, number: int, posts: Sequence[Established], stated: Mapping[str, CapacityStated], on: date) -> Load:
    """RES-03: work for each of those in post, in words where nobody is, and warned of above what was stated."""
    of = [one for one in stated.values() if one.work == work]
    most = min((one.most for one in of), default=CASELOAD_WARN)
    people = in_post_for(posts, stated, work, on)
    found = caseload(people, number, most)
    if found.note is not None:
        sentence = f"{_('%(number)s in all.') % {'number': number}} {words.NOTES[found.note]}"
    else:
        each = number_words(round(float(found.value or 0), 1))
        told = {"number": number, "people": people, "each": each}
        sentence = ngettext(
            "%(number)s in all, one person in post: %(each)s.",
            "%(number)s in all, %(people)s people in post: %(each)s each.",
            people,
        ) % told  # fmt: skip
    roles = ", ".join(sorted(one.role for one in of))
    rests = (
        _("Posts: %(roles)s. At most %(most)s each, as stated.") % {"roles": roles, "most": most}
        if of
        else _("Nobody has stated which posts do this work. Without that nobody counts as in post for it.")
    )
    status = words.NOTE_STATUS[found.note] if found.note else _OVER if found.warn else _WITHIN
    return Load(words.WORKS[work], sentence, status.tag, rests)


def spread_table(managed: Counter[int | None]) -> tuple[Params | None, str]:
    """How many people manage how many orders, and in a sentence the median, the most, and the orders that nobody manages.

    A spread of fewer than five people would be of somebody: it is not shown.
    """
    loads = [number for who, number in managed.items() if who is not None]
    nobodys = managed.get(None, 0)
    alone = ngettext("%(number)s order is managed by nobody.", "%(number)s orders are managed by nobody.", nobodys) % {
        "number": nobodys
    }
    if len(loads) < FEWEST:
        return None, f"{_('Fewer than five people manage orders: no spread is shown.')} {alone}"
    said = _("Half of those who manage orders have %(median)s or fewer, and the most is %(most)s.") % {
        "median": number_words(float(median(loads) or 0)),
        "most": max(loads),
    }
    steps = [0, *STEPS]
    names = [
        _("%(first)s to %(last)s orders") % {"first": first + 1, "last": last}
        for first, last in zip(steps, STEPS, strict=False)
    ]
    names.append(_("More than %(most)s orders") % {"most": STEPS[-1]})
    rows = [[cells.words(name), cells.number(number)] for name, number in zip(names, spread(loads, STEPS), strict=True)]
    head: list[cells.Heading] = [_("Each manages"), (_("People"), "numeric")]
    return cells.table(_("How orders are spread"), head, rows), f"{said} {alone}"


def role_table(posts: Sequence[Established], first: date, last: date) -> Params | None:
    """Posts by role. An empty post is nobody, so each role is shown however few posts it has."""
    rows = [
        _standing(cells.english(role), some, first, last)
        for role, some in sorted(split(posts, lambda post: post.role).items())
    ]
    if not rows:
        return None
    return cells.table(
        _("Posts by role"), _head(), [_standing(cells.words(_("All posts")), posts, first, last), *rows], is_hidden=True
    )


def team_table(posts: Sequence[Established], first: date, last: date) -> Params | None:
    """Posts by team, those with fewer than five put together."""
    by_team = split(posts, lambda post: post.team)
    sizes = {team: sum(one.span.holds(last) for one in some) for team, some in by_team.items()}
    rows = []
    for teams in grouped({team: size for team, size in sizes.items() if size}):
        together = _("Small teams together: %(teams)s") % {"teams": ", ".join(teams)}
        name = cells.english(teams[0]) if len(teams) == 1 else cells.words(together)
        rows.append(_standing(name, [one for team in teams for one in by_team[team]], first, last))
    return cells.table(_("Posts by team"), _head(), rows, is_hidden=True) if rows else None


def _head() -> list[cells.Heading]:
    return [
        _("Posts"),
        (_("Established"), "numeric"),
        (_("People in post"), "numeric"),
        (_("Full-time equivalent in post"), "numeric"),
        (_("Empty now"), "numeric"),
        _("Days empty in a year"),
    ]


def _standing(name: Params, posts: Iterable[Established], first: date, last: date) -> list[Params]:
    stands = standing_of(posts, first, last)
    return [
        name,
        cells.number(stands.posts),
        cells.number(stands.in_post),
        {"text": number_words(float(stands.full_time)), "format": "numeric"},
        cells.number(stands.vacant),
        cells.words(days_words(stands.days)),
    ]


def days_words(days: Days) -> str:
    """So many days of so many, with the share; or that there are none."""
    if not days.of:
        return _("No cases")
    told = {
        "part": f"{days.counted:,}",
        "whole": f"{days.of:,}",
        "share": percent_words(float(Fraction(days.counted, days.of))),
    }
    return _("%(part)s of %(whole)s (%(share)s)") % told


def stated_table(stated: Mapping[str, CapacityStated]) -> Params | None:
    """What was stated last of each role, by whom and why."""
    head: list[cells.Heading] = [_("Role"), _("Work"), (_("At most each"), "numeric"), _("Stated by"), _("Why")]
    rows = [
        [
            cells.english(one.role),
            cells.words(words.WORKS[one.work]),
            cells.number(one.most),
            cells.lines([one.by.name, instant_words(one.known_from)]),
            cells.words(one.reason),
        ]
        for _role, one in sorted(stated.items())
    ]
    return cells.table(_("What posts are to carry"), head, rows) if rows else None
