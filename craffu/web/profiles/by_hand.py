"""Figures that somebody read in a publication: each definition on a line of its own, and never unlabelled (MSR-05)."""

from dataclasses import replace

from django.utils.html import format_html
from django.utils.translation import gettext as _

from craffu.published.definitions import Words
from craffu.published.lines import Line
from craffu.published.profile import Profile
from craffu.web import cells
from craffu.web.presenters import Link, Params
from craffu.web.profiles import pictures
from craffu.web.profiles.pictures import ChartShown, Curve
from craffu.web.profiles.reading import counts_of
from craffu.web.profiles.sections import Block, definition_link
from craffu.web.profiles.words import full_period, said, unit_words

ROLLING = "recorded-crime-rolling"
MOST_LINES = 4
LONGEST_LABEL = 60


def by_hand(shown: Profile, offence: str) -> Block | None:
    """Figures entered by hand, one line for each definition and named by it; published lines of the unit beside them."""
    if not shown.by_hand:
        return None
    rows = [
        [
            _linked(definition_link(line.definition.key.series, said(line.definition.title))),
            cells.words(said(line.definition.definition)),
            cells.words(full_period(point.period)),
            {"text": figure.words, "format": "numeric"},
            cells.words(point.read_in),
            cells.words(line.definition.entered_by),
        ]
        for line in shown.by_hand
        for point, figure in zip(line.points, counts_of(line, "").figures, strict=True)
    ]
    head: list[cells.Heading] = [
        _("Figure"), _("What it counts"), _("Period"), (_("Value"), "numeric"), _("Read in"), _("Entered by"),
    ]  # fmt: skip
    table = cells.table(_("Figures entered by hand"), head, rows, is_hidden=True)
    return Block(table, _chart(shown, offence))


def _linked(to: Link) -> Params:
    """A link of as many words as somebody typed, so it wraps."""
    return {"html": format_html('<a class="govuk-link" href="{}">{}</a>', to.href, to.text)}


def _chart(shown: Profile, offence: str) -> ChartShown | None:
    """None where the units differ, or where there are more definitions than lines that can be told apart."""
    units = {line.definition.key.unit for line in shown.by_hand}
    beside = [
        line
        for line in shown.series
        if line.definition.measure.en == offence and line.definition.key.unit in units
        and line.definition.key.series == ROLLING
    ]  # fmt: skip
    lines = [*beside, *shown.by_hand]
    if len(units) > 1 or len(lines) > MOST_LINES:
        return None
    curves = [_defined(line) for line in lines]
    breaks = {one.key: one for line in lines for one in line.definition.breaks}
    drawn = pictures.over_time(
        title=_("Figures of different definitions, each on a line of its own"),
        x_title=_("End of the period"),
        y_title=unit_words(units.pop()),
        curves=curves,
        breaks=sorted(breaks.values(), key=lambda one: one.at),
    )
    return pictures.shown(drawn)


def _defined(line: Line) -> Curve:
    """A line under its definition: what tells it from the others. A figure by hand has its period too, for it stands alone."""
    by_hand = bool(line.definition.entered_by)
    if by_hand:
        words = _("By hand: %(definition)s") % {"definition": _first_words(line.definition.definition)}
    else:
        words = said(line.definition.title)
    figures = tuple(replace(one, detail="") for one in counts_of(line, words).figures)
    return Curve(words, figures, is_dated=by_hand)


def _first_words(words: Words) -> str:
    """As much of a definition as stands beside a line; the table has the whole of it."""
    text = said(words)
    return text if len(text) <= LONGEST_LABEL else f"{text[:LONGEST_LABEL].rsplit(' ', 1)[0]} …"
