"""What the pages of initiatives show: how each stands, whether it is measured, and its figures before and after (C4)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from craffu.measures.definitions import Statistic, definition
from craffu.measures.kept.reading import Figure as Told
from craffu.measures.rules import rate_of
from craffu.published.disclosure import To
from craffu.scrutiny.initiatives.queries import Begun, figure_of, hidden_below
from craffu.scrutiny.initiatives.rules import NOT_KNOWN_HERE, Changed, Evidence, evidence
from craffu.scrutiny.models import InitiativeEntry, InitiativeFigure
from craffu.web import cells
from craffu.web.court.words import day_words, instant_words
from craffu.web.initiatives import words
from craffu.web.measures.figures import CLUSTERED, NO_VALUE, clustered_words, of_words, value_words
from craffu.web.presenters import Link, Params, Text
from craffu.web.profiles.words import number_words, percent_words
from craffu.web.recommendations.presenters import in_language
from craffu.web.recommendations.words import MATTERS
from craffu.web.statuses import Status


def title_of(one: Begun) -> str:
    return in_language(one.row.title_en, one.row.title_cy)


def measure_words(one: Begun) -> str:
    """The measure and the part of it, as its definition calls them."""
    defined = definition(one.row.measure)
    part = next((part for part in defined.parts if part.key == one.row.part), defined.parts[0])
    welsh = get_language() == "cy"
    name, said = (defined.name.cy, part.words.cy) if welsh else (defined.name.en, part.words.en)
    return f"{one.row.measure} {name}: {said}" if len(defined.parts) > 1 else f"{one.row.measure} {name}"


def measured_as(one: Begun) -> Status:
    if one.baseline is None:
        return words.NOT_MEASURED
    return words.MEASURED if one.effects else words.BASELINE_ALONE


def evidence_words(every: Iterable[Begun], today: date) -> str:
    """C4: of those begun how many are measured, and of those how many had their baseline fixed before."""
    found: Evidence = evidence(
        [(one.standing(today), one.baseline is not None and bool(one.effects), one.is_fixed_before) for one in every]
    )
    if not found.begun:
        return _("No initiative has begun: no cases.")
    return _(
        "Initiatives that began: %(begun)s. Measured before and after: %(measured)s. Of those, with a baseline chosen before"
        " they began: %(fixed)s."
    ) % {"begun": found.begun, "measured": found.measured, "fixed": found.fixed_before}


def list_table(every: Sequence[Begun], today: date) -> Params | None:
    head: list[cells.Heading] = [
        _("Initiative"), _("How it stands"), _("Who has it"), _("Begins"), _("Measure"), _("Measured"),
    ]  # fmt: skip
    rows = [
        [
            cells.link(Link(title_of(one), reverse("initiative_detail", args=[one.row.reference]))),
            cells.tag(words.STANDING[one.standing(today)].tag),
            cells.words(one.row.owner),
            cells.words(day_words(one.row.begins_on)),
            cells.words(measure_words(one)),
            cells.tag(measured_as(one).tag),
        ]
        for one in every
    ]
    return cells.table(_("Initiatives, the last begun first"), head, rows, is_hidden=True) if rows else None


def facts(one: Begun, today: date) -> Params:
    row = one.row
    rows: list[tuple[Text, Params]] = [
        (_("How it stands"), cells.tag(words.STANDING[one.standing(today)].tag)),
        (_("What it is to reach"), cells.words(row.aim)),
        (_("About"), cells.words(MATTERS[row.matter])),
        (_("Who has it"), cells.words(row.owner)),
        (_("Begins"), cells.words(day_words(row.begins_on))),
        (_("Ended"), cells.words(day_words(one.ended_on) if one.ended_on else _("Not ended"))),
        (_("Measure"), cells.words(measure_words(one))),
        (_("Held against"), cells.lines([_days(row.baseline_first, row.baseline_last), fixed_words(one)])),
        (_("Recorded by"), cells.lines([row.by.name, instant_words(row.known_from)])),
    ]
    return {"rows": [{"key": {"text": key}, "value": value} for key, value in rows]}


def fixed_words(one: Begun) -> str:
    if one.is_fixed_before:
        return _("Those days were chosen before it began.")
    return _("Those days were chosen after it had begun: whoever chose them could know what came out.")


def _days(first: date, last: date) -> str:
    return _("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)}


def figures_table(one: Begun, to: To) -> Params | None:
    """The baseline first, then each period after the beginning with how far it differs."""
    head: list[cells.Heading] = [
        _("Days"), _("Figure"), _("Against the baseline, with its 95% interval"), _("Counted from"),
    ]  # fmt: skip
    figures = [*([one.baseline] if one.baseline else []), *one.effects]
    rows = [
        [
            cells.lines([_("Before") if figure.is_baseline else _("After"), _days(figure.first, figure.last)]),
            cells.words(figure_words(one.row.measure, figure, to)),
            cells.words("" if figure.is_baseline else _differs(one, figure, to)),
            cells.words(_("snapshot %(name)s") % {"name": figure.snapshot}),
        ]
        for figure in figures
    ]
    return cells.table(_("Figures before and after"), head, rows) if rows else None


def figure_words(measure: str, figure: InitiativeFigure, to: To) -> str:
    below = hidden_below(figure, measure, to)
    if below is not None:
        return _("Not shown: a count is fewer than %(number)s") % {"number": below}
    told = figure_of(figure, measure, to)
    if told.count is None:
        return _why(figure.note)
    if told.of is None:
        return number_words(told.count)
    return _divided(measure, figure, told.count, told.of) if told.of else _("No cases")


def _divided(measure: str, figure: InitiativeFigure, count: int, of: int) -> str:
    said = {"part": number_words(count), "whole": number_words(of)}
    match definition(measure).statistic:
        case Statistic.RATE:
            return _rate_words(measure, count, of)
        case Statistic.DURATION:
            return _("%(days)s, with %(part)s of %(whole)s complete") % {**said, "days": _half(figure)}
    return _("%(part)s of %(whole)s (%(share)s)") % {**said, "share": percent_words(count / of)}


def _rate_words(measure: str, count: int, base: int) -> str:
    found = rate_of(measure, count, base)
    shown = Told("", "", "", count, base, found.value if found else None)
    defined = definition(measure)
    return f"{of_words(defined, shown)}: {value_words(defined, shown)}"


def _half(figure: InitiativeFigure) -> str:
    if figure.value is None:
        return _("Half of them not reached")
    days = int(figure.value)
    return ngettext("Half of them within %(number)s day", "Half of them within %(number)s days", days) % {
        "number": number_words(days)
    }


def _why(note: str) -> str:
    """By what the measure said, why nothing is told."""
    if note == NOT_KNOWN_HERE:
        return _("Not known here: no case had been taken in yet")
    return _("Known only as things stand now") if note.startswith(NO_VALUE) else _("No figure")


def _differs(one: Begun, effect: InitiativeFigure, to: To) -> str:
    found = one.changed(effect, to)
    if found is None:
        return _("Not compared")
    return _changed_words(one.row.measure, found)


def _changed_words(measure: str, found: Changed) -> str:
    low, high = found.interval
    told = {"value": _signed(found.value), "low": _signed(low), "high": _signed(high)}
    if found.of is Statistic.PROPORTION:
        return _("%(value)s percentage points (%(low)s to %(high)s)") % told
    words = _("%(value)s%% (%(low)s%% to %(high)s%%)") % told
    return f"{words}. {clustered_words()}" if measure == CLUSTERED else words


def _signed(share: float) -> str:
    number = round(share * 100, 1)
    return f"{'−' if number < 0 else '+'}{number_words(abs(number))}" if number else number_words(0)


def entries_table(entries: Sequence[InitiativeEntry]) -> Params | None:
    head: list[cells.Heading] = [_("Day"), _("What was said"), _("Words"), _("Said by")]
    rows = [
        [
            cells.words(day_words(row.on)),
            cells.words(words.COURSE[row.course]),
            cells.words(row.words),
            cells.lines([row.by.name, instant_words(row.known_from)]),
        ]
        for row in reversed(entries)
    ]
    return cells.table(_("What was said of it"), head, rows) if rows else None
