"""What the dashboard of orders and the page of a measure show: figures in words first, pictures after (P25, P26)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.charts.shapes import Row, RowDrawn
from craffu.measures import places
from craffu.measures.ahead.queries import Ahead
from craffu.measures.definitions import Definition, Part, Slice, Statistic, definition
from craffu.measures.digests.rules import EIGHT, Shown
from craffu.measures.kept.counted import OF_BREACHES, OF_ORDERS
from craffu.measures.kept.reading import Figure, Kept, Measured, kept_figures
from craffu.measures.permissions import shown_to
from craffu.published.disclosure import To, is_small
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.measures import areas, figures, filtering
from craffu.web.measures.filtering import Chosen
from craffu.web.measures.words import BASES, COMING, KINDS, SPLITS, UNITS, beside_words
from craffu.web.presenters import Link, Params
from craffu.web.profiles.pictures import ChartShown, shown, side_by_side
from craffu.web.profiles.words import number_words, percent_words, rate_words, said

TILES: Final = EIGHT
# From considered to served: what each step counts, the whole of a measure or a part of it.
_STEPS: Final = (
    ("MET02", "in_time", True), ("MET07", "requested", True), ("MET05", "granted", False), ("MET09", "in_time", True),
    ("MET08", "made_to_served", False),
)  # fmt: skip
_CHART: Final = "measure_chart"
_TO_COMPARE: Final = 2


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its words, and where what it means is said."""

    name: str
    value: str
    of: str
    interval: str
    change: str
    meaning: Link
    # For whoever may open each of them.
    records: Link | None = None


def folder_of(to: To) -> Path:
    """Where pictures for a reader lie: what is hidden from some is in no folder that they can ask."""
    return Path(settings.CRAFFU_HOME) / "charts-measures" / to.value


def folders_of(by: Acting) -> list[Path]:
    """The folders of the pictures that stand on pages of this reader."""
    kept = kept_figures(places.folder_of(by))
    return [folder_of(to) for to in dict.fromkeys(kept.to(by, code) for code in kept.measures)] if kept else []


def measure_link(code: str) -> Link:
    return Link(said(definition(code).name), reverse("measure_detail", kwargs={"code": code}))


def tiles(
    kept: Kept, by: Acting, chosen: Chosen, several: Iterable[Shown] = TILES, *, is_standing: bool = True
) -> list[Tile]:
    """`is_standing` is false of figures that others have followed, of which no records are listed."""
    shown = [(kept.of(by, code), part) for code, part in several if code in kept.measures]
    return [_tile(one, part, chosen, kept.to(by, one.code) if is_standing else To.PUBLIC) for one, part in shown]


def _tile(one: Measured, part: str, chosen: Chosen, to: To) -> Tile:
    defined = definition(one.code)
    meaning = Link(_("What this means"), reverse("measure_detail", kwargs={"code": one.code}))
    name = said(defined.name)
    if not filtering.is_split(one, chosen):
        return Tile(name, _("Not told of a part of the force"), "", "", "", meaning)
    now = filtering.figure(one, part, chosen)
    if now is None:
        return Tile(name, _("No cases"), "", "", "", meaning)
    change = figures.change_words(defined, now, filtering.figure(one, part, chosen, is_before=True))
    return Tile(
        name, figures.value_words(defined, now), figures.of_words(defined, now), figures.interval_words(defined, now), change,
        meaning, records_link(one.code, to) if now.numerator or now.denominator else None,
    )  # fmt: skip


def about(kept: Kept) -> list[str]:
    """Of which days, as known when, and of which snapshot."""
    return [
        _("From %(first)s to %(last)s, as known on %(at)s.")
        % {"first": day_words(kept.first), "last": day_words(kept.last), "at": instant_words(kept.at)},
        _("Snapshot %(name)s") % {"name": kept.snapshot},
    ]


def hides_words(to: To) -> str:
    """What is hidden from this reader; empty of nothing."""
    if to is To.ROWS:
        return ""
    if to is To.PUBLIC:
        return _(
            "Numbers below 10 are hidden and others rounded to the nearest 5, and what they could be worked back from."
        )
    return _("Counts from 1 to 4 are hidden, and what they could be worked back from.")


def ahead_table(found: Ahead, to: To) -> Params:
    """Of no work twice: from a week and four weeks whoever subtracts would know how little there is between them."""
    rows = [
        [
            cells.words(COMING[coming]),
            *(cells.words(count_words(number, to)) for number in (overdue, week, four_weeks - week)),
        ]
        for coming, (overdue, week, four_weeks) in found.work.items()
    ]
    head = [_("What"), _("Overdue"), _("Within 7 days"), _("8 to 28 days")]
    return cells.table(_("Due soon"), head, rows, is_hidden=True)


def ending_words(found: Ahead, to: To) -> str:
    return _("Orders that end within 90 days: %(number)s") % {"number": count_words(found.ending, to)}


def count_words(number: int, to: To) -> str:
    """A count of work as it is told to a kind of reader (MSR-03)."""
    if to is not To.ROWS and is_small(number, to):
        return _("Fewer than %(number)s") % {"number": 10 if to is To.PUBLIC else 5}
    return number_words((number + 2) // 5 * 5 if to is To.PUBLIC else number)


def steps(kept: Kept, by: Acting) -> tuple[ChartShown | None, Params]:
    """From considered to served in the year: a picture and the table of the same figures."""
    names = {
        "MET02": _("Cases considered or due to be"), "MET07": _("Applications lodged"), "MET05": _("Applications granted"),
        "MET09": _("Orders made, due to be served"), "MET08": _("Of the orders made, those served since"),
    }  # fmt: skip
    rows, lines = [], []
    for code, part, is_whole in _STEPS:
        one = kept.of(by, code).whole(part)
        number = None if one is None else one.denominator if is_whole else one.numerator
        if one is not None and one.is_hidden:
            words = figures.hidden_words(one)
        else:
            words = number_words(number) if number is not None and one and one.denominator else _("No cases")
        rows.append(Row(names[code], words, None if number is None else float(number)))
        lines.append([cells.words(names[code]), cells.words(words), cells.link(measure_link(code))])
    chart = None
    if any(row.value is not None and row.value >= figures.ENOUGH for row in rows):
        title = _("From cases to orders served, in the year")
        chart = shown(side_by_side(title=title, x_title=_("Number"), rows=rows), folder_of(_to(kept, by)), _CHART)
    head = [_("Step"), _("Number"), _("Meaning")]
    return chart, cells.table(_("From cases to orders served"), head, lines, is_hidden=True)


def _to(kept: Kept, by: Acting) -> To:
    """The folder of whoever has least shown to them of what stands on the page."""
    order = (To.PUBLIC, To.INTERNAL, To.ROWS)
    codes = (*(code for code, _part in TILES), *(code for code, _part, _is_whole in _STEPS))
    return min((kept.to(by, code) for code in codes), key=order.index)


# What the dashboard says of each area, in this order.
_OF_AREAS: Final = (("MET11", "orders"), ("MET02", "in_time"), ("MET09", "in_time"), ("MET13", "on_time"))


def areas_table(kept: Kept, by: Acting, names: areas.Names) -> Params | None:
    """Each area on a line, in the order of names and never ranked; how they vary stands on the page of each measure."""
    told = {code: {one.of: one for one in areas.of_areas(kept.of(by, code), part)} for code, part in _OF_AREAS}
    codes = sorted(set().union(*told.values()), key=lambda code: (not code, areas.named(names, code)))
    if not codes:
        return None
    rows = [
        [
            cells.words(areas.named(names, of)),
            *(cells.words(_of_area(code, told[code].get(of))) for code, _part in _OF_AREAS),
        ]
        for of in codes
    ]
    head = [_("Area"), *(said(definition(code).name) for code, _part in _OF_AREAS)]
    return cells.table(_("By area"), head, rows, is_hidden=True)


def _of_area(code: str, one: Figure | None) -> str:
    if one is None:
        return _("No cases")
    defined = definition(code)
    return figures.line_words(defined, one)


def days_table(kept: Kept, by: Acting) -> Params:
    """MET08: the days of each stage, with what is still waiting."""
    return parts_table(kept.of(by, "MET08"), definition("MET08"))


def views_table(kept: Kept, by: Acting) -> Params:
    """How breaches were answered: arrests, patterns, and what does not agree."""
    rows = []
    for code in ("MET20", "MET21", "MET24"):
        defined, measured = definition(code), kept.of(by, code)
        one = measured.whole()
        words = _words_of(defined, one) if one else [_("No cases"), "", ""]
        rows.append([cells.link(measure_link(code)), *map(cells.words, words)])
    return cells.table(_("Breaches"), [_("Measure"), _("Figure"), _("Counts"), _("How sure")], rows, is_hidden=True)


def parts_table(one: Measured, defined: Definition) -> Params:
    """Each part of a measure on a line: its figure, its counts, its interval, and the year before."""
    rows = []
    for part in defined.parts:
        now, before = one.whole(part.key), one.a_year_before(part.key)
        if now is None:
            continue
        then = figures.line_words(defined, before) if before else ""
        rows.append([*_line(defined, said(part.words), now), cells.words(then)])
    head = [_("Part"), _("Figure"), _("Counts"), _("How sure"), _("The year before")]
    if defined.statistic in (Statistic.DURATION, Statistic.COUNT):
        # They have no interval.
        sure = head.index(_("How sure"))
        head, rows = _without(head, sure), [_without(row, sure) for row in rows]
    if not one.before:
        head, rows = head[:-1], [row[:-1] for row in rows]
    return cells.table(_("Figures of the year"), head, rows, is_hidden=True)


def _without[T](several: Sequence[T], place: int) -> list[T]:
    return [*several[:place], *several[place + 1 :]]


def _line(defined: Definition, name: str, one: Figure) -> list[Params]:
    return [cells.words(name), *map(cells.words, _words_of(defined, one))]


def _words_of(defined: Definition, one: Figure) -> list[str]:
    """The figure, its counts, and how sure it is."""
    return [figures.value_words(defined, one), figures.of_words(defined, one), figures.interval_words(defined, one)]


@dataclass(frozen=True, slots=True)
class SplitShown:
    """A measure by one thing: its picture where it has one, and the table of the same figures."""

    title: str
    chart: ChartShown | None
    table: Params
    note: str = ""


def splits(one: Measured, defined: Definition, to: To, names: areas.Names) -> list[SplitShown | areas.AreasShown]:
    found: list[SplitShown | areas.AreasShown] = []
    for split in dict.fromkeys(each.split for each in one.now if each.split):
        if split == Slice.AREA or (split == Slice.TEAM and areas.has_teams(one)):
            found.append(areas.by_area(one, defined, names, folder_of(to), Slice(split)))
        if split in (Slice.AREA, Slice.TEAM):
            continue
        mine = sorted((each for each in one.now if each.split == split), key=figures.place_of)
        title = str(SPLITS[split])
        rows = [[*_line(defined, _named(defined, split, each), each)] for each in mine]
        head = [_("Of"), _("Figure"), _("Counts"), _("How sure")]
        found.append(SplitShown(title, _chart(one, defined, mine, to), cells.table(title, head, rows, is_hidden=True)))
    return found


def _named(defined: Definition, split: str, one: Figure) -> str:
    of = figures.split_words(split, one.of)
    if len(defined.parts) == 1:
        return of
    return f"{of}: {said(_part(defined, one.part).words)}"


def _part(defined: Definition, key: str) -> Part:
    return next(part for part in defined.parts if part.key == key)


def _chart(measured: Measured, defined: Definition, several: Sequence[Figure], to: To) -> ChartShown | None:
    """Of the first part alone: several are never added up, nor drawn as if they could be. None of a handful."""
    mine = [one for one in several if one.part == defined.parts[0].key]
    whole = measured.whole(defined.parts[0].key)
    if len(mine) < _TO_COMPARE or not any(one.value for one in mine) or figures.is_handful(defined, whole):
        return None
    split = mine[0].split
    is_share, is_rate = defined.statistic is Statistic.PROPORTION, defined.statistic is Statistic.RATE
    scale = 100 if is_share else 1
    rows = []
    for one in mine:
        low, high = (scale * end for end in one.interval) if one.interval else (None, None)
        value = None if one.value is None else scale * one.value
        # What it is for each of stands under the picture: a phone has no room for it in every line.
        words = rate_words(value) if value is not None and is_rate else figures.value_words(defined, one)
        rows.append(Row(figures.split_words(split, one.of), words, value, low, high, figures.is_few(defined, one)))
    title = _("%(measure)s: %(split)s") % {"measure": said(defined.name), "split": str(SPLITS[split]).lower()}
    drawn = RowDrawn.DOTS if mine[0].interval else RowDrawn.BARS
    chart = side_by_side(
        title=title, x_title=said(defined.parts[0].words), rows=rows, drawn=drawn, sign="%" if is_share else ""
    )
    return shown(chart, folder_of(to), _CHART)


def beside_table(one: Measured, defined: Definition) -> Params | None:
    """What is counted beside the figures; of each part where they differ by part."""
    rows = []
    parts = [part for part in defined.parts if (figure := one.whole(part.key)) and figure.beside]
    several = defined.statistic is Statistic.DURATION
    for part in parts if several else parts[:1]:
        figure = one.whole(part.key)
        for name, number in (figure.beside if figure else {}).items():
            label = f"{said(part.words)}: {beside_words(name)}" if several else beside_words(name)
            words = _beside(name, number, figure)
            rows.append([cells.words(label), cells.words(words)])
    return cells.table(_("Counted beside"), [_("What"), _("Number")], rows, is_hidden=True) if rows else None


def _beside(name: str, number: float | None, figure: Figure | None) -> str:
    """What is hidden, what is not reached and what there are no cases of are kept apart (MSR-02)."""
    if number is None and figure is not None and not figure.is_hidden and not figure.denominator:
        return _("No cases")
    if number is None and figure is not None and not figure.is_hidden and name == "p90":
        return _("Not reached")
    if number is None:
        return _("Not shown: it, or another beside it, is small")
    if name == "within_a_year":
        return percent_words(number)
    return number_words(int(number)) if number == int(number) else rate_words(number)


def changes(one: Measured, defined: Definition) -> list[str]:
    """How each part changed on the year before, as far as that can be said."""
    several = len(defined.parts) > 1
    found = []
    for part in defined.parts:
        now = one.whole(part.key)
        words = figures.change_words(defined, now, one.a_year_before(part.key)) if now else ""
        if words:
            found.append(f"{said(part.words)}. {words}" if several else words)
    return found


def definition_list(defined: Definition, one: Measured | None, kept: Kept | None) -> Params:
    """The one definition that stands behind the figure wherever it is printed (MSR-01)."""
    limit = str(BASES[defined.basis])
    rows: list[tuple[str, list[str]]] = [
        (_("Question"), [said(defined.question)]),
        (_("Counted"), [said(part.words) for part in defined.parts]),
        (_("Of"), [said(defined.denominator)]),
        (_("Unit"), [str(UNITS[defined.unit])]),
        (_("Time"), [str(KINDS[defined.kind])]),
        (_("Limit"), [limit]),
        (_("Definition"), [_("%(code)s version %(version)s, since %(day)s") % {
            "code": defined.code, "version": defined.version, "day": day_words(defined.since)}]),
    ]  # fmt: skip
    if kept is not None and one is not None:
        rows.append((_("Source"), [_("Records of this force, by snapshot %(name)s") % {"name": kept.snapshot}]))
        sums = {"definition": one.sha256[:12], "snapshot": kept.digest[:12]}
        rows.append((_("Hashes"), [_("Definition %(definition)s") % sums, _("Snapshot %(snapshot)s") % sums]))
    return {"rows": [{"key": {"text": key}, "value": cells.lines(values)} for key, values in rows]}


# Where the records behind a figure are listed, for those who may open them.
_RECORDS: Final = {
    **dict.fromkeys(("MET02", "MET03", "MET08"), "order_list"), **dict.fromkeys(("MET22", "MET23", "MET29"), "case_list"),
    **dict.fromkeys(("MET27", "MET28"), "victim_list"),
    "MET31": "priority_list", "MET32": "champion_list",
}  # fmt: skip


def records_link(code: str, to: To) -> Link | None:
    """The list of the records behind a figure, for whoever may open each of them; counts alone for everybody else."""
    if code in (*OF_ORDERS, *OF_BREACHES) and to is To.ROWS:
        return Link(_("The records behind it"), reverse("measure_records", kwargs={"code": code}))
    page = _RECORDS.get(code)
    return Link(_("The records behind it"), reverse(page)) if page and to is To.ROWS else None


def measures_table(kept: Kept | None, by: Acting, codes: Iterable[str]) -> Params:
    """Every measure with its first figure."""
    rows = []
    for code in codes:
        defined = definition(code)
        measured = kept.of(by, code) if kept is not None and code in kept.measures else None
        one = measured.whole() if measured else None
        # Of what is never told together its page says each.
        apart = str(SPLITS[measured.now[0].split]) if measured and measured.now and not one else ""
        words = _words_of(defined, one) if one else [apart, "", ""]
        rows.append([cells.link(measure_link(code)), cells.words(said(defined.question)), *map(cells.words, words)])
    head = [_("Measure"), _("Question"), _("Figure"), _("Counts"), _("How sure")]
    return cells.table(_("Measures"), head, rows, is_hidden=True)


def to_of_ahead(by: Acting) -> To:
    """Whoever opens every order opens what is due of it."""
    return shown_to(by, ("supervisor", "coordinator", "orders_team"))
