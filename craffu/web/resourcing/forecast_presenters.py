"""What the page of work to come shows: each week's tasks and hours, what is late, those in post, and what hours rest on (P39)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from craffu.daily.forecasting.rules import Forecast
from craffu.measures.releasing import tell_table
from craffu.published.disclosure import To
from craffu.resourcing.models import TimeStated
from craffu.resourcing.timing.kinds import Timed
from craffu.resourcing.timing.rules import TASKS, Against, against, hours
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Params, Text
from craffu.web.profiles.words import number_words
from craffu.web.resourcing import words

# A number that is hidden is None.
type Numbers = Mapping[Timed, int | None]


@dataclass(frozen=True, slots=True)
class Told:
    """The work to come as it is told to a reader; where anything is hidden it is not whole, and no sum holds that (MSR-03)."""

    late: Numbers
    weeks: Sequence[tuple[date, Numbers]]
    every: Numbers
    is_whole: bool


def as_told(found: Forecast, to: To) -> Told:
    shown = tell_table([[week.numbers.get(task, 0) for task in TASKS] for week in found.weeks], to)
    late = tell_table([[found.late.get(task, 0) for task in TASKS]], to).cells[0]
    lines = [_named(line) for line in shown.cells]
    return Told(
        _named(late), [(week.first, line) for week, line in zip(found.weeks, lines, strict=True)],
        _named(shown.column_totals), to is To.ROWS,
    )  # fmt: skip


def _named(line: Sequence[int | None]) -> Numbers:
    return dict(zip(TASKS, line, strict=True))


def week_table(found: Told, minutes: Mapping[Timed, int]) -> Params:
    """What is late first, then week by week, and all weeks together."""
    head: list[cells.Heading] = [
        _("Week from"),
        *((words.TIMED[task], "numeric") for task in TASKS),
        (_("Hours"), "numeric"),
    ]
    rows = [
        _row(_("Late already"), found.late, minutes),
        *(_row(day_words(first), numbers, minutes) for first, numbers in found.weeks),
        _row(_("All weeks, without what is late"), found.every, minutes),
    ]
    return cells.table(_("Work that falls due, week by week"), head, rows, is_hidden=True)


def _row(name: Text, numbers: Numbers, minutes: Mapping[Timed, int]) -> list[Params]:
    counted = [_shown(numbers[task]) for task in TASKS]
    return [cells.words(name), *counted, _hours(_hours_of(numbers, minutes))]


def _shown(number: int | None) -> Params:
    return {"text": _("Not shown"), "format": "numeric"} if number is None else cells.number(number)


def _hours_of(numbers: Numbers, minutes: Mapping[Timed, int]) -> Fraction:
    """Of what is shown: by hours of what is hidden it would be known."""
    return hours({task: number for task, number in numbers.items() if number is not None}, minutes)


def _hours(value: Fraction) -> Params:
    return {"text": number_words(round(float(value), 1)), "format": "numeric"}


def sentences(found: Told, full_time: Fraction, minutes: Mapping[Timed, int], *, is_stated: bool) -> Iterator[str]:
    """Hours against posts, in words. Where nobody has stated which posts do this work, that is said instead."""
    work, late, weeks = _hours_of(found.every, minutes), _hours_of(found.late, minutes), len(found.weeks)
    told = {"hours": _number(work), "weeks": weeks, "late": _number(late)}
    yield _("In %(weeks)s weeks %(hours)s hours of work fall due; %(late)s hours are late already.") % told
    if not found.is_whole:
        yield _("Small numbers are not shown to you, and their hours are in no sum: there may be more work than this.")
    stands = against(work, full_time, minutes[Timed.WEEK], weeks)
    yield _("That is the work of %(posts)s full-time posts, with %(week)s hours a week each for it.") % {
        "posts": _number(stands.posts_needed), "week": minutes[Timed.WEEK],
    }  # fmt: skip
    yield _stands(stands, is_whole=found.is_whole) if is_stated else _("Nobody has stated which posts do this work.")


def _stands(stands: Against, *, is_whole: bool) -> str:
    told = {"in_post": _number(stands.in_post), "short": _number(abs(stands.posts_short))}
    if stands.is_short:
        return _("In post are %(in_post)s: %(short)s too few.") % told
    if not is_whole:
        return _("In post are %(in_post)s: enough for what is shown.") % told
    return _("In post are %(in_post)s: enough for it.") % told


def _number(value: Fraction) -> str:
    return number_words(round(float(value), 1))


def time_table(stated: Mapping[Timed, TimeStated], minutes: Mapping[Timed, int]) -> Params:
    """What hours rest on: what the force stated, by whom and why, or else an assumption of this project's, marked as one."""
    head: list[cells.Heading] = [_("What is timed"), _("Time"), _("Whose figure"), _("Why")]
    return cells.table(_("What the hours rest on"), head, [_time(one, stated.get(one), minutes[one]) for one in Timed])


def _time(timed: Timed, stated: TimeStated | None, amount: int) -> list[Params]:
    unit = _("%(number)s hours") if timed is Timed.WEEK else _("%(number)s minutes")
    whose = cells.lines([stated.by.name, instant_words(stated.known_from)]) if stated else cells.tag(words.ASSUMED.tag)
    why = stated.reason if stated else _("Nobody has measured it: change it to what your force finds.")
    return [cells.words(words.TIMED_LONG[timed]), cells.words(unit % {"number": amount}), whose, cells.words(why)]
