"""One series on a page of its own: what it counts, by whose word and rules, what changed, what is missing, what never to do.

MSR-01: the same definition wherever the figure stands. What our own checks found stands beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.published.definitions import Series
from craffu.published.models import HandSeries
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.presenters import Params, Text
from craffu.web.profiles.words import PERIOD_WORDS, attribution_words, said, unit_words

NEVER_WORDS: dict[str, Text] = {
    "grant_rate": gettext_lazy("A rate of orders granted is never worked out from these figures."),
    "change": gettext_lazy("A change between years is never worked out from these figures."),
}
NEVER_SUM_WORDS: dict[str, Text] = {
    "periods": gettext_lazy("Periods are never added."),
    "areas": gettext_lazy("Areas are never added."),
    "measures": gettext_lazy("Its measures are never added."),
}


@dataclass(frozen=True, slots=True)
class DefinitionShown:
    """A series in words, in the reader's language."""

    title: str
    warning: str
    facts: Params
    measures: Params | None
    breaks: Params | None
    limits: tuple[str, ...]
    attribution: str


def _facts(rows: Iterable[tuple[str, Params]]) -> Params:
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def definition_shown(series: Series) -> DefinitionShown:
    """A series that Craffu knows."""
    facts = _facts(
        [
            (_("What it counts"), cells.words(said(series.definition))),
            (_("Counted in"), cells.words(_units(series))),
            (_("Period"), cells.words(PERIOD_WORDS[series.period_kind])),
            (_("Counting rules"), cells.words(said(series.counting_rules))),
            (_("Publisher"), cells.words(said(series.publisher))),
            (_("Source"), cells.words(said(series.source))),
            (_("Licence"), cells.english(series.licence)),
        ]
    )
    return DefinitionShown(
        title=said(series.title),
        warning=said(series.warning) if series.warning else "",
        facts=facts,
        measures=_measures(series),
        breaks=_breaks(series),
        limits=tuple(limits_of(series)),
        attribution=attribution_words(series.attribution),
    )


def _units(series: Series) -> str:
    """What is counted; of measures with several units, each of them."""
    units = dict.fromkeys(measure.unit for measure in series.measures.values()) or [series.unit]
    return ", ".join(unit_words(unit) for unit in units)


def limits_of(series: Series) -> list[str]:
    """What a reader must know beside the figures: caveats, periods never published, what is never done with them."""
    return [
        *(said(caveat) for caveat in series.caveats),
        *(said(gap.why) for gap in series.gaps),
        *(str(NEVER_SUM_WORDS[one]) for one in sorted(series.never_sum)),
        *(str(NEVER_WORDS[one]) for one in sorted(series.never)),
    ]


def _measures(series: Series) -> Params | None:
    rows = [
        [cells.words(said(measure.label)), cells.words(unit_words(measure.unit))]
        for measure in series.measures.values()
    ]
    head: list[cells.Heading] = [_("Measure"), _("Counted in")]
    return cells.table(_("Measures"), head, rows, is_hidden=True) if rows else None


def _breaks(series: Series) -> Params | None:
    rows = [
        [cells.words(said(one.name)), cells.words(day_words(one.at)), cells.words(said(one.why))]
        for one in series.breaks
    ]
    head: list[cells.Heading] = [_("Break"), _("From"), _("Why figures before and after are not compared")]
    return cells.table(_("Breaks"), head, rows, is_hidden=True) if rows else None


def by_hand_shown(series: HandSeries) -> DefinitionShown:
    """A definition that somebody entered with a figure; its words are in the language in which they were written."""
    facts = _facts(
        [
            (_("What it counts"), cells.words(series.definition)),
            (_("Counted in"), cells.words(unit_words(series.unit))),
            (_("Period"), cells.words(PERIOD_WORDS.get(series.period_kind, series.period_kind))),
            (_("Counting rules"), cells.words(series.counting_rules or _("None stated"))),
            (_("Entered by hand by"), cells.words(series.entered_by)),
            (_("Entered"), cells.words(instant_words(series.entered_at))),
        ]
    )
    return DefinitionShown(series.title, "", facts, None, None, (), "")


def figures_table(figures: Iterable[tuple[str, str, str, str, str]]) -> Params | None:
    """Figures entered by hand: area, period, figure, where it was read, by whom it was entered."""
    rows = [
        [
            cells.words(area),
            cells.words(period),
            {"text": value, "format": "numeric"},
            cells.words(read_in),
            cells.words(entered_by),
        ]
        for area, period, value, read_in, entered_by in figures
    ]
    head: list[cells.Heading] = [_("Area"), _("Period"), (_("Figure"), "numeric"), _("Read in"), _("Entered by")]
    return cells.table(_("Figures"), head, rows, is_hidden=True) if rows else None
