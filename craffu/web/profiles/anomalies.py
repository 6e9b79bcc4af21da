"""What our own checks found in published files, in words, with the values that show it. Nothing is corrected here or anywhere."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.published.models import FoundError
from craffu.published.periods import parse_period
from craffu.published.wording import CHECK
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.presenters import Params, Text
from craffu.web.profiles.words import area_words, full_period, number_words
from craffu.web.statuses import Status

SEVERITY_STATUS: Mapping[str, Status] = {
    "error": Status(gettext_lazy("Error"), "red"),
    "warning": Status(gettext_lazy("Doubtful"), "orange"),
    "note": Status(gettext_lazy("Note"), "grey"),
}

# What an anomaly's detail calls its values.
DETAIL_WORDS: Mapping[str, Text] = {
    "printed": gettext_lazy("As printed"),
    "meant": gettext_lazy("What was meant"),
    "sum_of_rows": gettext_lazy("Sum of the rows"),
    "rows_without_figure": gettext_lazy("Rows without a figure"),
    "rows": gettext_lazy("Rows"),
    "rows_with_a_blank": gettext_lazy("Rows with a blank"),
    "of_them_as_if_blank_were_0": gettext_lazy("Of them, as if the blank were 0"),
    "beside": gettext_lazy("Periods beside it"),
    "later": gettext_lazy("Later"),
    "earlier": gettext_lazy("Earlier"),
    "name": gettext_lazy("Name"),
    "meanings": gettext_lazy("Meanings"),
    "line_before": gettext_lazy("The other line"),
    "absent": gettext_lazy("Missing period"),
    "value": gettext_lazy("Value"),
    "labels": gettext_lazy("For"),
}
_ORDER = {name: place for place, name in enumerate(DETAIL_WORDS)}
# Said in columns of their own.
_ELSEWHERE = frozenset({"columns", "line", "period", "said"})


# What was found may hold a day as it is stored.
_IS_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_MOST_SHOWN = 20
_GRAVEST_FIRST = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Anomalies:
    """What one check found in a series: how grave, how often, and where."""

    title: str
    tag: Params
    words: str
    table: Params
    is_open: bool


def anomalies_shown(
    errors: Iterable[FoundError], totals: Mapping[tuple[str, str], int], *, with_area: bool
) -> list[Anomalies]:
    """Found errors by check, the gravest first. `totals` says how many each check found altogether."""
    grouped: dict[tuple[str, str], list[FoundError]] = {}
    for one in errors:
        grouped.setdefault((one.severity, one.check_code), []).append(one)
    order = sorted(grouped, key=lambda key: (_GRAVEST_FIRST.index(key[0]), key[1]))
    return [_group(*key, grouped[key], totals.get((key[1], key[0]), 0), with_area=with_area) for key in order]


def _group(severity: str, check: str, errors: list[FoundError], total: int, *, with_area: bool) -> Anomalies:
    shown = errors[:_MOST_SHOWN]
    title = str(CHECK.get(check, check))
    words = _("Places: %(number)s") % {"number": f"{total:,}"}
    if len(shown) < total:
        words = _("Places: %(number)s. Shown here: the first %(shown)s.") % {
            "number": f"{total:,}",
            "shown": len(shown),
        }
    rows = [
        [
            *([cells.words(_area(one))] if with_area else []),
            cells.words(_period(one)),
            {"text": str(one.detail.get("line") or _("All")), "format": "numeric"},
            {"html": _values(_as_printed(one))},
        ]
        for one in shown
    ]
    head: list[cells.Heading] = [
        *([_("Area")] if with_area else []), _("Period"), (_("Line"), "numeric"), _("Columns and values"),
    ]  # fmt: skip
    table = cells.table(title, head, rows, is_hidden=True)
    return Anomalies(title, SEVERITY_STATUS[severity].tag, words, table, severity == "error")


def _area(error: FoundError) -> str:
    if not (error.area or error.area_name):
        return _("Whole file")
    return area_words(error.area_kind, error.area, error.area_name)


def _period(error: FoundError) -> str:
    try:
        return full_period(parse_period(error.period))
    except ValueError:
        return str(error.period or error.detail.get("period") or _("All periods"))


def _as_printed(error: FoundError) -> Mapping[str, Any]:
    """The detail, with the period as the publisher printed it where that is what is wrong."""
    detail: dict[str, Any] = error.detail
    if error.check_code != "period_typing_error":
        return detail
    return {"printed": detail.get("period") or error.period, **detail}


def _values(detail: Mapping[str, Any]) -> SafeString:
    """The columns by the publisher's own headings, then whatever else shows the error."""
    said: list[list[Any]] = detail.get("said") or []
    parts = [format_html('<span lang="en">{}</span>: {}', name, value) for name, value in said]
    if not said:
        parts += [format_html('<span lang="en">{}</span>', name) for name in detail.get("columns") or ()]
    # In the order of our own words: a database may keep the names of an object in another.
    for name in sorted(detail, key=lambda name: (_ORDER.get(name, len(_ORDER)), name)):
        value = detail[name]
        if name not in _ELSEWHERE and value not in (None, "", []):
            parts.append(format_html("{}: {}", DETAIL_WORDS.get(name, name), _plain(value)))
    return format_html_join("; ", "{}", ((part,) for part in parts))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_plain(one) for one in value)
    if isinstance(value, str) and _IS_DAY.fullmatch(value):
        return day_words(date.fromisoformat(value))
    return number_words(value) if isinstance(value, int) else str(value)
