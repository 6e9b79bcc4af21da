"""`craffu profile` for people: the lines of stalking and harassment and the years of each section, on a terminal."""

import textwrap
from collections.abc import Iterable, Iterator

from craffu.published.definitions import Break, Words
from craffu.published.lines import Line, Point
from craffu.published.periods import Period, period_words
from craffu.published.populations import BASE
from craffu.published.profile import Part, Profile, Section
from craffu.published.rules import Answer, Count
from craffu.published.wording import MARK, WHY, note_text

LANGUAGE = "en"
_WIDTH = 110
_LABEL = 58


def profile_text(profile: Profile) -> str:
    """The whole profile, a break of what is counted standing between the periods that it parts."""
    lines = [profile.area.name_en]
    for line in (*profile.focus, *profile.by_hand):
        lines += ["", *_line(line)]
    for section in (profile.outcomes, profile.orders, profile.prosecutions):
        if section.years:
            lines += ["", *_section(section)]
    lines.append("")
    for note in profile.notes:
        lines += textwrap.wrap(note_text(note.code, note.detail), _WIDTH, initial_indent="- ", subsequent_indent="  ")
    return "\n".join(line.rstrip() for line in lines)


def _line(line: Line) -> Iterator[str]:
    said = line.definition
    yield from _head(f"{said.title.en}: {said.measure.en}", said.definition, said.source)
    if any(point.rate and point.rate.value is not None for point in line.points):
        yield f"  Rates are for each 1,000 {BASE.en}, with 95% intervals"
    waiting = list(line.breaks_shown)
    for point in line.points:
        yield from _passed(waiting, point.period)
        yield f"  {period_words(point.period, LANGUAGE):<{_LABEL}}{_cell(point.count):>9}  {_rate(point)}"


def _section(section: Section) -> Iterator[str]:
    series = section.series
    yield from _head(series.title.en, series.definition, series.source)
    if section.warning:
        yield from _wrapped(f"Warning: {section.warning.en}")
    waiting = list(section.breaks_shown)
    for year in section.years:
        yield from _passed(waiting, year.period)
        yield f"  {period_words(year.period, LANGUAGE)}"
        if year.why_absent:
            yield from _wrapped(year.why_absent.en, "    ")
        for part in year.parts:
            yield f"    {part.measure.label.en:<{_LABEL - 2}}{_cell(part.count):>9}  {_share(part)}"


def _head(title: str, definition: Words, source: Words) -> Iterator[str]:
    yield title
    yield from _wrapped(definition.en)
    yield from _wrapped(f"Source: {source.en}")


def _wrapped(words: str, indent: str = "  ") -> Iterable[str]:
    return textwrap.wrap(words, _WIDTH, initial_indent=indent, subsequent_indent=indent)


def _passed(waiting: list[Break], period: Period) -> Iterator[str]:
    """The breaks that this period is the first to lie behind or to hold."""
    while waiting and waiting[0].at <= period.end:
        yield f"  ---- Break: {waiting.pop(0).name.en} ----"


def _cell(count: Count) -> str:
    return f"{count.value:,}" if count.value is not None else _why(count)


def _why(said: Count | Answer) -> str:
    why = said.missing if isinstance(said, Count) else said.why
    return str(WHY[why]) if why else ""


def _rate(point: Point) -> str:
    answer = point.rate
    if answer is None or answer.value is None or answer.interval is None:
        return ""
    low, high = answer.interval
    return _marked(answer, f"{answer.value:.2f} ({low:.2f} to {high:.2f})")


def _share(part: Part) -> str:
    answer = part.share
    # Where the count itself is missing the reason stands in its place already.
    if answer is None or part.count.value is None:
        return ""
    if answer.value is None or answer.interval is None:
        return _why(answer)
    low, high = answer.interval
    return _marked(answer, f"{answer.value:.1%} ({low:.1%} to {high:.1%})")


def _marked(answer: Answer, words: str) -> str:
    return "; ".join((words, *(str(MARK[mark]) for mark in answer.marks)))
