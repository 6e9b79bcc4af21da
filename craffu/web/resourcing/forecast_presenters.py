"""What the page of work to come shows: each week's tasks and hours, what is late, those in post, and what hours rest on (P39)."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from django.utils.translation import gettext as _

from craffu.daily.forecasting.rules import Forecast
from craffu.resourcing.models import TimeStated
from craffu.resourcing.timing.kinds import Timed
from craffu.resourcing.timing.rules import TASKS, Against, against, hours
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Params, Text
from craffu.web.profiles.words import number_words
from craffu.web.resourcing import words


def week_table(found: Forecast, minutes: Mapping[Timed, int]) -> Params:
    """What is late first, then week by week, and all weeks together."""
    head: list[cells.Heading] = [
        _("Week from"),
        *((words.TIMED[task], "numeric") for task in TASKS),
        (_("Hours"), "numeric"),
    ]
    rows = [
        _row(_("Late already"), found.late, minutes),
        *(_row(day_words(one.first), one.numbers, minutes) for one in found.weeks),
        _row(_("All weeks, without what is late"), found.numbers, minutes),
    ]
    return cells.table(_("Work that falls due, week by week"), head, rows, is_hidden=True)


def _row(name: Text, numbers: Mapping[Timed, int], minutes: Mapping[Timed, int]) -> list[Params]:
    counted = [cells.number(numbers.get(task, 0)) for task in TASKS]
    return [cells.words(name), *counted, _hours(hours(numbers, minutes))]


def _hours(value: Fraction) -> Params:
    return {"text": number_words(round(float(value), 1)), "format": "numeric"}


def sentences(found: Forecast, full_time: Fraction, minutes: Mapping[Timed, int], *, is_stated: bool) -> Iterator[str]:
    """Hours against posts, in words. Where nobody has stated which posts do this work, that is said instead."""
    work, late, weeks = hours(found.numbers, minutes), hours(found.late, minutes), len(found.weeks)
    told = {"hours": _number(work), "weeks": weeks, "late": _number(late)}
    yield _("In %(weeks)s weeks %(hours)s hours of work fall due; %(late)s hours are late already.") % told
    stands = against(work, full_time, minutes[Timed.WEEK], weeks)
    yield _("That is the work of %(posts)s full-time posts, with %(week)s hours a week each for it.") % {
        "posts": _number(stands.posts_needed), "week": minutes[Timed.WEEK],
    }  # fmt: skip
    yield _stands(stands) if is_stated else _("Nobody has stated which posts do this work.")


def _stands(stands: Against) -> str:
    told = {"in_post": _number(stands.in_post), "short": _number(abs(stands.posts_short))}
    if stands.is_short:
        return _("In post are %(in_post)s: %(short)s too few.") % told
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
