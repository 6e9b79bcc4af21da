"""What pages show of recruitment: the posts that stand empty with the last step of each, and how long empty posts took to fill
(P39; R1a)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.resourcing.models import RecruitmentStep
from craffu.resourcing.posts.queries import Established
from craffu.resourcing.posts.rules import median
from craffu.resourcing.recruiting.queries import Recruitment, recruitment_to
from craffu.resourcing.recruiting.rules import Taken, filled_in, still_empty
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.profiles.words import number_words
from craffu.web.resourcing.words import NOT_RECRUITED, RECRUITING

type Said = Mapping[str, Sequence[RecruitmentStep]]


def empty_table(posts: Iterable[Established], said: Said, on: date, *, states: bool) -> Params | None:
    """The posts that stand empty, the longest first, with how recruitment stands."""
    head: list[cells.Heading] = [
        _("Post"),
        _("Role"),
        _("Team"),
        _("Station"),
        _("Empty since"),
        (_("Days"), "numeric"),
        _("Recruitment"),
    ]
    rows = [
        [
            _post_cell(one, states=states),
            cells.english(one.post.role),
            cells.english(one.post.team),
            cells.words(one.post.station),
            cells.words(day_words(since)),
            cells.number((on - since).days + 1),
            _stands(recruitment_to(one, said, on)),
        ]
        for since, one in _empty(posts, on)
    ]
    return cells.table(_("Posts that stand empty"), head, rows, is_hidden=True) if rows else None


def _empty(posts: Iterable[Established], on: date) -> list[tuple[date, Established]]:
    found = ((since, one) for one in posts if (since := one.vacant_since(on)))
    return sorted(found, key=lambda one: (one[0], one[1].post.post_ref))


def _post_cell(one: Established, *, states: bool) -> Params:
    ref = one.post.post_ref
    return cells.link(Link(ref, reverse("recruiting", args=[one.post.pk]))) if states else cells.words(ref)


def _stands(recruitment: Recruitment) -> Params:
    last = recruitment.last
    return cells.tag(NOT_RECRUITED.tag) if last is None else cells.lines(_step_lines(last))


def _step_lines(last: Taken) -> list[Text]:
    lines: list[Text] = [RECRUITING[last.step], day_words(last.on)]
    if last.starts_on:
        lines.append(_("to start %(day)s") % {"day": day_words(last.starts_on)})
    return lines


def empty_sentence(posts: Sequence[Established], said: Said, on: date) -> str:
    """In a sentence, for whoever may not see which: how many stand empty, and how far recruitment to them is."""
    found = still_empty([recruitment_to(one, said, on).last for _since, one in _empty(posts, on)])
    if not found.posts:
        return _("No post stands empty.")
    return ngettext(
        "%(posts)s post stands empty. Nobody recruits to %(nothing)s of them; for %(agreed)s a day of starting is agreed.",
        "%(posts)s posts stand empty. Nobody recruits to %(nothing)s of them; for %(agreed)s a day of starting is agreed.",
        found.posts,
    ) % {"posts": found.posts, "nothing": found.nothing_said, "agreed": found.start_agreed}


def filled_sentence(posts: Iterable[Established], first: date, last: date) -> str:
    """How long the posts that were filled in a period had stood empty: half of them, and the longest."""
    days = [number for one in posts for number in filled_in(one.span, [span for _who, span in one.held], first, last)]
    half = median(days)
    if half is None:
        return _("No post that stood empty was filled in that time.")
    return ngettext(
        "%(number)s post that stood empty was filled in that time, after %(half)s days.",
        "%(number)s posts that stood empty were filled in that time, half of them within %(half)s days, the last after"
        " %(longest)s.",
        len(days),
    ) % {"number": len(days), "half": number_words(float(half)), "longest": max(days)}


def steps_table(rows: Sequence[RecruitmentStep]) -> Params | None:
    """The steps said of one post, the last first."""
    head: list[cells.Heading] = [_("Step"), _("On"), _("Stated by"), _("Why")]
    shown = [
        [
            cells.lines(
                [
                    RECRUITING[row.step],
                    _("to start %(day)s") % {"day": day_words(row.starts_on)} if row.starts_on else "",
                ]
            ),
            cells.words(day_words(row.taken_on)),
            cells.lines([row.by.name, instant_words(row.known_from)]),
            cells.words(row.reason),
        ]
        for row in reversed(rows)
    ]
    return cells.table(_("Steps said so far"), head, shown) if shown else None
