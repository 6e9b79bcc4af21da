"""What the page of caseload shows: work for those in post, its spread, posts by role and team, and empty posts (P39; RES-03)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from craffu.measures.releasing import tell_table
from craffu.published.disclosure import To, show_count
from craffu.resourcing.models import CapacityStated
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.queries import Established, in_post_for, split, standing_of
from craffu.resourcing.posts.rules import CASELOAD_WARN, FEWEST, Days, caseload, grouped, median, spread
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.measures.presenters import count_words
from craffu.web.presenters import Params, Text
from craffu.web.profiles.words import number_words, percent_words
from craffu.web.resourcing import words
from craffu.web.statuses import Status

# The most that each step of a spread takes.
STEPS: Final = (5, 10, 15, 20)
_OVER: Final = Status(gettext_lazy("Over what was stated"), "red")
_WITHIN: Final = Status(gettext_lazy("Within what was stated"), "green")
_FEW: Final = Status(gettext_lazy("Too few to show"), "grey")


@dataclass(frozen=True, slots=True)
class Load:
    """One sort of work: how much there is, for how many in post, and what is said of it."""

    title: Text
    sentence: str
    status: Params
    rests_on: str


def load(
    work: Work, number: int, to: To, posts: Sequence[Established], stated: Mapping[str, CapacityStated], on: date
) -> Load:  # fmt: skip
    """RES-03: work for each of those in post, in words where nobody is, and warned of above what was stated.

    What each of them has is worked out from what the reader is told: they know how many people there are.
    """
    shown, told_as = show_count(number, to), count_words(number, to)
    of = [one for one in stated.values() if one.work == work]
    most = min((one.most for one in of), default=CASELOAD_WARN)
    people = in_post_for(posts, stated, work, on)
    # Of a number that is hidden no more is told than that: neither that there is none, nor that it is over what was stated.
    found = caseload(people, 1 if shown is None else shown, most)
    if found.note is not None:
        sentence = f"{_('%(number)s in all.') % {'number': told_as}} {words.NOTES[found.note]}"
    elif shown is None:
        sentence = ngettext(
            "%(number)s in all, one person in post.", "%(number)s in all, %(people)s people in post.", people
        ) % {"number": told_as, "people": people}  # fmt: skip
    else:
        told = {"number": told_as, "people": people, "each": number_words(round(shown / people, 1))}
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
    within = _FEW if shown is None else _OVER if found.warn else _WITHIN
    status = words.NOTE_STATUS[found.note] if found.note else within
    return Load(words.WORKS[work], sentence, status.tag, rests)


def spread_table(managed: Counter[int | None], to: To) -> tuple[Params | None, str]:
    """How many people manage how many orders, and in a sentence the median, the most, and the orders that nobody manages.

    A spread of fewer than five people would be of somebody: it is not shown. The most is of one person: it is told to whoever
    may open every order, and to others no step of the spread in which few are.
    """
    loads = [number for who, number in managed.items() if who is not None]
    nobodys = managed.get(None, 0)
    # By the form of a word it would be known how few there are.
    spoken = show_count(nobodys, to) or 0
    alone = ngettext("%(number)s order is managed by nobody.", "%(number)s orders are managed by nobody.", spoken) % {
        "number": count_words(nobodys, to)
    }
    if len(loads) < FEWEST:
        return None, f"{_('Fewer than five people manage orders: no spread is shown.')} {alone}"
    said = _whole_words(loads) if to is To.ROWS else ""
    steps = [0, *STEPS]
    names = [
        _("%(first)s to %(last)s orders") % {"first": first + 1, "last": last}
        for first, last in zip(steps, STEPS, strict=False)
    ]
    names.append(_("More than %(most)s orders") % {"most": STEPS[-1]})
    told = tell_table([spread(loads, STEPS)], to).cells[0]
    rows = [[cells.words(name), _people(number)] for name, number in zip(names, told, strict=True)]
    head: list[cells.Heading] = [_("Each manages"), (_("People"), "numeric")]
    return cells.table(_("How orders are spread"), head, rows), f"{said} {alone}".strip()


def _whole_words(loads: Sequence[int]) -> str:
    return _("Half of those who manage orders have %(median)s or fewer, and the most is %(most)s.") % {
        "median": number_words(float(median(loads) or 0)), "most": max(loads),
    }  # fmt: skip


def _people(number: int | None) -> Params:
    return cells.words(_("Not shown")) if number is None else cells.number(number)


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
