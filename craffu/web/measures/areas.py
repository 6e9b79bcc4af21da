"""A measure by area or team: each beside what chance alone would do around the force, never ranked (MSR-08; page map, P25).

They stand in the order of their names. Limits are worked out from figures that are told to the reader alone, and widened where
areas differ by more than chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.access.reach.queries import area_names, team_names
from craffu.charts.geometry import axis_steps
from craffu.charts.shapes import Drawn, LineChart, Mark, Series, Tick
from craffu.measures.definitions import Definition, Slice, Statistic, definition
from craffu.measures.kept.reading import Figure, Measured
from craffu.measures.statistics import funnels
from craffu.measures.statistics.funnels import Spread
from craffu.web import cells
from craffu.web.measures import figures
from craffu.web.measures.words import SPLITS
from craffu.web.presenters import Params
from craffu.web.profiles.pictures import ChartShown, shown
from craffu.web.profiles.words import language, number_words, percent_words, said

_CHART: Final = "measure_chart"
# Of fewer there is no picture, and no word of how they vary.
_LEAST: Final = 2
_TITLE: Final = {
    Slice.AREA: gettext_lazy("%(measure)s by area: what chance alone would do around the force"),
    Slice.TEAM: gettext_lazy("%(measure)s by team: what chance alone would do around the force"),
}
_OF: Final = {Slice.AREA: gettext_lazy("Area"), Slice.TEAM: gettext_lazy("Team")}

type Names = Mapping[str, str]


def names_of(by: Acting) -> Names:
    """What the areas of the reader's force are called, and their teams, each after its area. Two queries."""
    every = (*area_names(by.force), *team_names(by.force))
    return {code: cy if language() == "cy" else en for code, en, cy in every}


def named(names: Names, code: str) -> str:
    area, slash, team = code.partition("/")
    if slash and not team and area:
        return _("%(area)s: team not said") % {"area": names.get(area, area)}
    if slash and not area and not team:
        return _("Neither area nor team said")
    return names.get(code, code) if area else _("Area not said")


def has_teams(one: Measured) -> bool:
    """Whether anybody said a team of anything that is counted: by team there is nothing to see otherwise."""
    return any(each.split == Slice.TEAM and each.of.partition("/")[2] for each in one.both)


@dataclass(frozen=True, slots=True)
class Around:
    """The share of the whole force, and how much areas differ around it."""

    share: float
    spread: Spread

    def limits(self, size: int) -> list[tuple[float, float]]:
        return [funnels.wide_limits(self.share, size, level, self.spread) for level in funnels.LEVELS]


def around(one: Measured, part: str, split: Slice = Slice.AREA) -> Around | None:
    """None of what is no share, of a whole that is not told or is a handful, and of fewer than two areas or teams told."""
    whole = one.whole(part)
    if figures.is_handful(definition(one.code), whole):
        return None
    told = [(each.numerator, each.denominator) for each in of_areas(one, part, split) if each.numerator is not None]
    areas = [(counted, size) for counted, size in told if size]
    if whole is None or whole.value is None or not whole.denominator or len(areas) < _LEAST:
        return None
    spread = funnels.spread(areas, whole.value)
    return Around(whole.value, spread) if spread is not None else None


def of_areas(one: Measured, part: str, split: Slice = Slice.AREA) -> list[Figure]:
    return [each for each in one.now if each.split == split and each.part == part]


@dataclass(frozen=True, slots=True)
class AreasShown:
    """A measure by area: its picture where it has one, the table of the same figures, and how it is read."""

    title: str
    chart: ChartShown | None
    table: Params
    note: str = ""


def by_area(one: Measured, defined: Definition, names: Names, folder: Path, split: Slice = Slice.AREA) -> AreasShown:
    """Each area or team on a line, in the order of names; of a share whether chance alone would put it there."""
    title, several = str(SPLITS[split]), len(defined.parts) > 1
    is_share = defined.statistic is Statistic.PROPORTION
    rows, chart = [], None
    for part in defined.parts:
        found = around(one, part.key, split) if is_share else None
        mine = sorted(of_areas(one, part.key, split), key=lambda each: (not each.of.strip("/"), named(names, each.of)))
        for each in mine:
            of = named(names, each.of)
            words = [
                f"{of}: {said(part.words)}" if several else of, figures.value_words(defined, each),
                figures.of_words(defined, each), figures.interval_words(defined, each), _place(each, found),
            ]  # fmt: skip
            rows.append([cells.words(text) for text in words])
        if found is not None and chart is None:
            chart = shown(_funnel(defined, mine, names, found, split), folder, _CHART)
    head = [str(_OF[split]), _("Figure"), _("Counts"), _("How sure"), _("Beside the force")]
    if chart is None:
        head, rows = head[:-1], [row[:-1] for row in rows]
    return AreasShown(title, chart, cells.table(title, head, rows, is_hidden=True), _how_it_is_read() if chart else "")


def _how_it_is_read() -> str:
    return _(
        "The dotted lines show how far chance, and what areas differ by anyway, scatter areas of a size around the force: the"
        " inner ones 95 times in 100, the outer ones 998 times in 1,000. An area outside them is a question, about recording"
        " as much as about practice, and not an answer. Inside them its figure says nothing about the area."
    )


def _place(one: Figure, found: Around | None) -> str:
    if found is None or one.value is None or not one.denominator:
        return ""
    inner, outer = found.limits(one.denominator)
    if inner[0] <= one.value <= inner[1]:
        return _("inside the %(inner)s limits") % {"inner": "95%"}
    if outer[0] <= one.value <= outer[1]:
        return _("between the %(inner)s and the %(outer)s limits") % {"inner": "95%", "outer": "99.8%"}
    return _("outside the %(outer)s limits") % {"outer": "99.8%"}


def _funnel(defined: Definition, several: Sequence[Figure], names: Names, found: Around, split: Slice) -> LineChart:
    placed = [(one, one.denominator, one.value) for one in several if one.value is not None and one.denominator]
    largest = max(size for _one, size, _value in placed) * 1.1
    dots = [_dot(defined, one, names, size, value) for one, size, value in placed]
    around_it = Series(
        _("The force %(share)s") % {"share": percent_words(found.share)},
        (Mark(0, found.share * 100), Mark(largest, found.share * 100)),
        Drawn.LIMIT,
    )
    return LineChart(
        title=str(_TITLE[split]) % {"measure": said(defined.name)},
        description=" ".join(
            _("%(area)s, %(share)s: %(place)s.")
            % {"area": named(names, one.of), "share": percent_words(value), "place": _place(one, found)}
            for one, _size, value in placed
        ),
        x_title=said(defined.denominator),
        y_title=said(defined.name),
        series=(*dots, around_it, *_edges(found, largest)),
        ticks=tuple(Tick(size, number_words(size)) for size in axis_steps(0, largest) if size <= largest),
        sign="%",
        language=language(),
    )


def _dot(defined: Definition, one: Figure, names: Names, size: int, value: float) -> Series:
    mark = Mark(size, value * 100, is_small=figures.is_few(defined, one))
    return Series(f"{named(names, one.of)} {percent_words(value)}", (mark,), Drawn.DOTS)


def _edges(found: Around, largest: float) -> list[Series]:
    sizes = [size for size, _low, _high in funnels.curve(found.share, largest, funnels.LEVELS[0])]
    limits = [found.limits(size) for size in sizes]
    return [
        Series(
            "", tuple(Mark(size, both[level][end] * 100) for size, both in zip(sizes, limits, strict=True)), Drawn.LIMIT
        )
        for level in range(len(funnels.LEVELS))
        for end in (0, 1)
    ]
