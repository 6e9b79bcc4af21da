"""From a profile to curves: each figure in words with its interval, each missing one with its reason, each cut where it belongs.

MSR-02, MSR-04 and MSR-07. What may be shown was decided in `published`; here it is only said in the reader's language.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from craffu.published.definitions import Break, Series
from craffu.published.lines import Line, Point
from craffu.published.periods import Period
from craffu.published.profile import Part, Year
from craffu.published.rules import Answer, Count, Mark, Why, segments
from craffu.published.wording import MARK
from craffu.web.profiles.pictures import Curve, Figure
from craffu.web.profiles.words import FLAG_WORDS, language, number_words, percent_words, rate_words, why_words

NOT_HELD = Count(None, Why.NOT_SUPPLIED)
# So many forces without a figure are named, and the rest counted.
_NAMED = 5


def counts_of(line: Line, name: str) -> Curve:
    """The printed counts of a line, with what was noticed about them and the periods that were never published."""
    return Curve(name, _whole(line, _count_of_point))


def rates_of(line: Line, name: str) -> Curve:
    """The rates of a line per 1,000 residents. The first is cut where the counts are."""
    return Curve(name, _whole(line, lambda point: answer_figure(point.period, point.rate, rate_words)))


def _whole(line: Line, figure_of: Callable[[Point], Figure]) -> tuple[Figure, ...]:
    made = [figure_of(point) for point in line.points]
    first, last = line.points[0].period, line.points[-1].period
    known = {point.period for point in line.points}
    for gap in line.definition.gaps:
        if gap.period not in known and first.end < gap.period.end < last.end:
            made.append(Figure(gap.period, None, why_words(Why.NEVER_PUBLISHED)))
    return cut(made, line.definition.breaks)


def _count_of_point(point: Point) -> Figure:
    noticed = [str(FLAG_WORDS[flag]) for flag in point.flags if flag in FLAG_WORDS]
    if point.absent:
        noticed.append(_absent_words(point))
    elif point.forces:
        noticed.append(_("our own sum of %(number)s forces") % {"number": point.forces})
    return count_figure(point.period, point.count, "; ".join(noticed))


def _absent_words(point: Point) -> str:
    """By name, for whoever reads a sum must know whose figure it lacks."""
    named = [area.name(language()) for area in point.absent[:_NAMED]]
    said = {"forces": ", ".join(named), "number": point.forces, "others": len(point.absent) - len(named)}
    if said["others"]:
        return (
            _("no sum, for these have no figure: %(forces)s, and %(others)s others; with a figure: %(number)s") % said
        )
    return _("no sum, for these have no figure: %(forces)s; with a figure: %(number)s") % said


def count_figure(period: Period, count: Count, detail: str = "") -> Figure:
    words = why_words(count.missing) if count.value is None else number_words(count.value)
    return Figure(period, count.value, words, detail=detail)


def answer_figure(
    period: Period, answer: Answer | None, say: Callable[[float], str], *, scale: float = 1, of: str = ""
) -> Figure:
    """A share or rate with its interval and what it was worked out from, or why there is none."""
    if answer is None or answer.value is None:
        return Figure(period, None, why_words(answer.why if answer else Why.NO_BASE), detail=of)
    is_small = Mark.READ_WITH_CARE in answer.marks
    details = [of]
    low, high = (None, None) if answer.interval is None else (answer.interval[0] * scale, answer.interval[1] * scale)
    if answer.interval is not None:
        ends = {"low": say(answer.interval[0]), "high": say(answer.interval[1])}
        details.append(_("95%% interval %(low)s to %(high)s") % ends)
    if is_small:
        details.append(str(MARK[Mark.READ_WITH_CARE]))
    detail = "; ".join(part for part in details if part)
    return Figure(period, answer.value * scale, say(answer.value), low, high, is_small, detail=detail)


def counted(series: Series, years: Sequence[Year], key: str, name: str) -> Curve:
    """The counts of one measure of a section, year by year."""
    made = []
    for year in years:
        part = _part(year.parts, key)
        missing = Count(None, Why.NEVER_PUBLISHED) if year.why_absent else NOT_HELD
        made.append(count_figure(year.period, part.count if part else missing))
    return Curve(name, cut(made, series.breaks))


def shared(series: Series, years: Sequence[Year], key: str, name: str, *, is_national: bool = False) -> Curve:
    """The shares of one measure of a section, of the area itself or of England and Wales beside it."""
    made = []
    for year in years:
        parts = year.national if is_national else year.parts
        part = _part(parts, key)
        if part is None:
            why = Why.NEVER_PUBLISHED if year.why_absent else Why.NOT_SUPPLIED
            made.append(Figure(year.period, None, why_words(why)))
            continue
        of = _of_words(part, _whole_of(series, parts, key))
        made.append(answer_figure(year.period, part.share, percent_words, scale=100, of=of))
    return Curve(name, cut(made, series.breaks))


def _part(parts: Iterable[Part], key: str) -> Part | None:
    return next((part for part in parts if part.measure.key == key), None)


def _whole_of(series: Series, parts: Iterable[Part], key: str) -> Part | None:
    wholes = {part: one.whole for one in series.wholes for part in one.parts}
    wholes |= {one.numerator: one.denominator for one in series.rates}
    return _part(parts, wholes.get(key, ""))


def _of_words(part: Part, whole: Part | None) -> str:
    if part.count.value is None or whole is None or not whole.count.value:
        return ""
    return _("%(part)s of %(whole)s") % {
        "part": number_words(part.count.value), "whole": number_words(whole.count.value),
    }  # fmt: skip


def cut(figures: Iterable[Figure], breaks: Iterable[Break]) -> tuple[Figure, ...]:
    """The same figures in the order of time, each that begins a stretch marked: no line reaches back from it (MSR-07)."""
    ordered = sorted(figures, key=lambda one: one.period)
    stretches = segments([(one.period, one.value is not None) for one in ordered], breaks, [])
    firsts = {stretch[0] for stretch in stretches}
    return tuple(replace(one, is_cut=number in firsts) for number, one in enumerate(ordered))
