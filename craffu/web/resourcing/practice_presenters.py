"""What the page of practice shows: each group of cases with its figures, and how two of them differ (R2b)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craffu.measures.practice.kinds import Group
from craffu.measures.practice.rules import (
    FEWEST_CASES,
    FEWEST_OFFICERS,
    Classing,
    Difference,
    Practice,
    difference,
    share_of,
)
from craffu.published.disclosure import To, show_count
from craffu.web import cells
from craffu.web.measures.presenters import count_words
from craffu.web.presenters import Params, Text
from craffu.web.profiles.words import number_words, percent_words
from craffu.web.resourcing.words import GROUPS


def group_table(groups: Mapping[Group, Practice]) -> Params:
    """Cases, and shares of them; of too few cases or officers nothing but that there are too few."""
    head: list[cells.Heading] = [
        _("Whose cases"),
        (_("Cases"), "numeric"),
        (_("Order considered in 48 hours"), "numeric"),
        (_("Half were considered within"), "numeric"),
        (_("Recorded as something else at first"), "numeric"),
    ]
    rows = [[cells.words(GROUPS[group]), *_figures(groups[group])] for group in Group]
    return cells.table(_("Cases of stalking by their officer’s training"), head, rows)


def read_table(groups: Mapping[Group, Classing]) -> Params:
    """Cases that reviewers read, and what share of them was wrongly classed, or rightly only in part."""
    head: list[cells.Heading] = [
        _("Whose cases"),
        (_("Cases read"), "numeric"),
        (_("Not rightly classed"), "numeric"),
    ]
    rows = [[cells.words(GROUPS[group]), *_read(groups[group])] for group in Group]
    return cells.table(_("Cases that reviewers read in dip samples"), head, rows)


def _read(found: Classing) -> list[Params]:
    if not found.cases:
        return [_numeric(_("No cases")), _numeric("")]
    if not found.is_shown:
        return [_numeric(_("Too few to show")), _numeric("")]
    return [cells.number(found.cases), _share(found, "wrongly_classed")]


def _figures(found: Practice) -> list[Params]:
    if not found.cases:
        return [_numeric(_("No cases")), *([_numeric("")] * 3)]
    if not found.is_shown:
        return [_numeric(_("Too few to show")), *([_numeric("")] * 3)]
    return [
        cells.number(found.cases),
        _share(found, "considered"),
        _numeric(_hours(found.median_hours)),
        _share(found, "recorded_otherwise"),
    ]


def _share(found: Practice | Classing, counted: str) -> Params:
    share = share_of(found, counted)
    return _numeric(_("Too few to show") if share is None else percent_words(share))


def _hours(hours: float | None) -> Text:
    if hours is None:
        return _("Half are not considered yet")
    return _("%(hours)s hours") % {"hours": number_words(round(hours, 1))}


def _numeric(text: Text) -> Params:
    return {"text": str(text), "format": "numeric"}


def difference_table(groups: Mapping[Group, Practice], classed: Mapping[Group, Classing]) -> Params:
    """After training less before it, and after it less those never trained, each with its interval."""
    head: list[cells.Heading] = [
        _("What differs"),
        _("Considered in 48 hours"),
        _("Recorded as something else at first"),
        _("Not rightly classed, of cases read"),
    ]
    pairs: list[tuple[Text, Group, Group]] = [
        (_("The year after training, less the year before"), Group.AFTER, Group.BEFORE),
        (_("The year after training, less officers without any"), Group.AFTER, Group.NEVER),
    ]
    rows = [
        [
            cells.words(name),
            *(
                cells.words(_differs(difference(groups[one], groups[other], of)))
                for of in ("considered", "recorded_otherwise")
            ),
            cells.words(_differs(difference(classed[one], classed[other], "wrongly_classed"))),
        ]
        for name, one, other in pairs
    ]
    return cells.table(_("How far they differ, in percentage points"), head, rows)


def _differs(found: Difference | None) -> Text:
    if found is None:
        return _("Not compared: too few")
    low, high = found.interval
    return _("%(value)s (%(low)s to %(high)s)") % {
        "value": _points(found.value), "low": _points(low), "high": _points(high),
    }  # fmt: skip


def _points(share: float) -> str:
    """Percentage points with their sign, to one decimal."""
    number = round(share * 100, 1)
    return f"{'−' if number < 0 else '+'}{number_words(abs(number))}" if number else number_words(0)


def least_words() -> str:
    told = {"cases": FEWEST_CASES, "officers": FEWEST_OFFICERS}
    return _("Fewer than %(cases)s cases, or those of fewer than %(officers)s officers, are not shown.") % told


def without_words(number: int, to: To) -> str:
    shown = show_count(number, to)
    if shown == 0:
        return ""
    return ngettext(
        "%(number)s case has no officer whom the records name, and is in none of these.",
        "%(number)s cases have no officer whom the records name, and are in none of these.",
        shown or 0,
    ) % {"number": count_words(number, to)}
