"""What the page on the gap between safe and felt safe shows: table after table, each figure with what stands behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.access.reach.queries import areas_of
from craffu.charts.shapes import Row, RowDrawn
from craffu.documents.bundles import Cell
from craffu.published.disclosure import To
from craffu.victims.gap.facts import Gap
from craffu.victims.gap.kinds import SATISFIED, Figure, Split
from craffu.victims.gap.shown import Shown, every_line, lines, surveys_of, systems_of
from craffu.web import cells
from craffu.web.presenters import Params, Text
from craffu.web.profiles.pictures import ChartShown, shown, side_by_side
from craffu.web.profiles.words import language, percent_words
from craffu.web.victims.gap_words import FIGURES, PARTS, SPLITS, survey_words, system_words, value_words, why_words

_OF_NONE = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its tables; `empty` says why there is none."""

    title: str
    tables: tuple[Params, ...]
    empty: str = ""
    charts: tuple[ChartShown, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the figures are printed, and what the areas of the force are called."""

    to: To
    by: Split
    areas: Mapping[str, str]


def reader_of(by: Acting, to: To, split: Split) -> Reader:
    named = {one.code: one.name_cy if language() == "cy" else one.name_en for one in areas_of(by.force)}
    return Reader(to, split, named)


def parts(found: Gap, reader: Reader) -> list[Part]:
    """The gap first, then what it is made of."""
    surveys = surveys_of(found)
    none = _("Nobody was sent a survey in these days.")
    return [
        Part(_("Done, and felt"), tuple(_gap(found, reader, surveys)), none, tuple(_charts(found, reader, surveys))),
        Part(
            _("Done, and told"), (_table(found, reader, [Figure.TOLD_OF_DONE], _OF_NONE, FIGURES[Figure.TOLD_OF_DONE]),)
        ),
        Part(
            _("What they answered"),
            tuple(_table(found, reader, [Figure.LESS_SAFE, *SATISFIED], one, survey_words(one)) for one in surveys),
            none,
        ),
        Part(
            _("Who answered"),
            tuple(_table(found, reader, [Figure.RESPONSE], one, survey_words(one)) for one in surveys),
            none,
        ),
        Part(
            _("Who was not asked"),
            tuple(
                table
                for one in systems_of(found)
                for table in (
                    _table(found, reader, [Figure.NOT_ASKED], one, system_words(one)),
                    *_reasons(found, reader, Figure.NOT_ASKED, one),
                )
            ),
            none,
        ),
        Part(_("Who withdrew, and why"), tuple(_withdrew(found, reader))),
    ]


def _gap(found: Gap, reader: Reader, surveys: Iterable[str]) -> Iterable[Params]:
    for survey in surveys:
        both = [Figure.DONE_UNSUPPORTED, Figure.NOT_DONE_SUPPORTED]
        yield _table(found, reader, both, survey, survey_words(survey))
        work = lines(found, Figure.FELT_SUPPORTED, survey, Split.WORK, reader.to)
        if work:
            caption = _("Felt supported, by what was done: %(survey)s") % {"survey": survey_words(survey)}
            yield _shown(work, reader, caption, named_by_figure=False)


def folder_of(to: To) -> Path:
    """Where pictures for a reader lie: what is hidden from some is in no folder that they can ask."""
    return settings.CRAFFU_HOME / "charts-gap" / to.value


def _charts(found: Gap, reader: Reader, surveys: Iterable[str]) -> Iterable[ChartShown]:
    """Of each survey, in the order of its table: a picture of the same lines, with what stands behind each."""
    for survey in surveys:
        both = [Figure.DONE_UNSUPPORTED, Figure.NOT_DONE_SUPPORTED]
        listed = [line for one in both for line in lines(found, one, survey, _by(found, one, reader.by), reader.to)]
        if any(one.share is not None for one in listed):
            chart = side_by_side(
                title=_("Done and not felt, felt and not done: %(survey)s") % {"survey": survey_words(survey)},
                x_title=_("Share of the answers, with its 95% interval"),
                rows=[_chart_row(one, reader) for one in listed],
                drawn=RowDrawn.DOTS,
                sign="%",
            )
            yield shown(chart, folder_of(reader.to), "victim_gap_chart")


def _chart_row(one: Shown, reader: Reader) -> Row:
    name = str(_SHORT[one.key.figure])
    if one.key.by is not Split.WHOLE:
        name = f"{name}: {value_words(one.key.by, one.key.value, reader.areas)}"
    if one.share is None or one.interval is None:
        return Row(name, why_words(one.why, is_public=reader.to is To.PUBLIC), None)
    low, high = (100 * end for end in one.interval)
    words = f"{percent_words(one.share)} ({one.numerator} / {one.denominator})"
    return Row(name, words, 100 * one.share, low, high, is_small=one.with_care)


_SHORT: Final[Mapping[Figure, Text]] = {
    Figure.DONE_UNSUPPORTED: gettext_lazy("Done, not supported"),
    Figure.NOT_DONE_SUPPORTED: gettext_lazy("Nothing done, supported"),
}


def _withdrew(found: Gap, reader: Reader) -> Iterable[Params]:
    for withdrew, why in ((Figure.WITHDREW_14, Figure.WHY_14), (Figure.WITHDREW_16, Figure.WHY_16)):
        yield _table(found, reader, [withdrew], _OF_NONE, FIGURES[withdrew])
        yield _table(found, reader, [why], _OF_NONE, FIGURES[why])
        yield from _reasons(found, reader, why, _OF_NONE)


def _table(found: Gap, reader: Reader, figures: Sequence[Figure], survey: str, caption: object) -> Params:
    """A table of one figure, or of several of one survey."""
    listed = [line for one in figures for line in lines(found, one, survey, _by(found, one, reader.by), reader.to)]
    return _shown(listed, reader, str(caption), named_by_figure=len(figures) > 1)


def _by(found: Gap, figure: Figure, by: Split) -> Split:
    """What is not split so is shown as a whole."""
    return by if any((key.figure, key.by) == (figure, by) for key in found) else Split.WHOLE


def _shown(listed: Iterable[Shown], reader: Reader, caption: str, *, named_by_figure: bool) -> Params:
    head: list[cells.Heading] = [
        _("Which"), (_("Number"), "numeric"), (_("Of"), "numeric"), (_("Share"), "numeric"), _("95% interval"), _("Behind it"),
    ]  # fmt: skip
    return cells.table(caption, head, [_row(one, reader, named_by_figure=named_by_figure) for one in listed])


def _row(one: Shown, reader: Reader, *, named_by_figure: bool) -> list[Params]:
    value = value_words(one.key.by, one.key.value, reader.areas)
    name = str(FIGURES[one.key.figure])
    if named_by_figure:
        value = name if one.key.by is Split.WHOLE else f"{name}: {value}"
    return [
        cells.words(value), cells.number(one.numerator if one.share is not None else None), cells.number(one.denominator),
        {"text": "" if one.share is None else percent_words(one.share), "format": "numeric"},
        cells.words(_interval(one)), cells.lines(_behind(one, reader)),
    ]  # fmt: skip


def _interval(one: Shown) -> str:
    if one.interval is None:
        return ""
    low, high = map(percent_words, one.interval)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _behind(one: Shown, reader: Reader) -> list[str]:
    said = []
    if one.why:
        said.append(why_words(one.why, is_public=reader.to is To.PUBLIC))
    if one.with_care:
        said.append(_("Fewer than 30: read with care"))
    if one.response:
        numbers = {"valid": f"{one.response.valid:,}", "delivered": f"{one.response.delivered:,}"}
        said.append(_("Valid answers: %(valid)s of %(delivered)s delivered") % numbers)
    return said


def _reasons(found: Gap, reader: Reader, figure: Figure, survey: str) -> Iterable[Params]:
    for one in lines(found, figure, survey, Split.WHOLE, reader.to):
        if one.parts:
            rows = [
                [
                    cells.words(PARTS[part]),
                    cells.number(number)
                    if number is not None
                    else cells.words(why_words("too_few", is_public=reader.to is To.PUBLIC)),
                ]
                for part, number in one.parts
            ]
            # Of whom it was not unsafe to ask there are those who were asked, which is no reason.
            is_else = figure is Figure.NOT_ASKED
            title = _("Everybody else") if is_else else _("%(what)s, by reason") % {"what": FIGURES[figure]}
            head: list[cells.Heading] = [_("Which") if is_else else _("Reason"), (_("Number"), "numeric")]
            yield cells.table(title, head, rows)


def rows_to_take_out(found: Gap, areas: Mapping[str, str]) -> list[list[Cell]]:
    """Every figure by everything it is split by, as anybody may read it (MSR-03)."""
    return [
        [
            str(FIGURES[one.key.figure]), _survey(one), str(SPLITS[by]), value_words(by, one.key.value, areas), one.numerator
            if one.share is not None else None, one.denominator, one.share,
            *(one.interval or (None, None)), _note(one), one.response.valid if one.response else None,
            one.response.delivered if one.response else None,
        ]
        for by in Split
        for one in every_line(found, by, To.PUBLIC)
    ]  # fmt: skip


def _survey(one: Shown) -> str:
    if not one.key.survey:
        return ""
    return survey_words(one.key.survey) if "/" in one.key.survey else system_words(one.key.survey)


def _note(one: Shown) -> str:
    if one.why:
        return why_words(one.why, is_public=True)
    return _("Fewer than 30: read with care") if one.with_care else ""
