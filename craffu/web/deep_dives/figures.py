"""A figure in words: as those who work in a deep dive see it, and as anybody may read it (MSR-02 to MSR-04)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from craffu.measures.releasing import public_share, tell
from craffu.published.disclosure import To
from craffu.scrutiny.claiming.kinds import FIGURES, Evidence
from craffu.scrutiny.claiming.rules import Unit
from craffu.scrutiny.models import DiveEvidence
from craffu.web.court.words import day_words
from craffu.web.profiles.words import number_words, percent_words, rate_words
from craffu.web.recommendations.presenters import in_language


@dataclass(frozen=True, slots=True)
class Said:
    """A figure, of how many it is, and its interval; each may be empty."""

    value: str
    number: str
    interval: str = ""


def title_of(row: DiveEvidence) -> str:
    return in_language(row.title_en, row.title_cy)


def days_of(row: DiveEvidence) -> str:
    if row.first == row.last:
        return day_words(row.first)
    return _("%(first)s to %(last)s") % {"first": day_words(row.first), "last": day_words(row.last)}


def is_counted_here(row: DiveEvidence) -> bool:
    """Whether small counts of it are hidden from the public: what is published already is not."""
    return row.kind in {Evidence.MEASURE, Evidence.SAMPLE}


def inside(row: DiveEvidence) -> Said:
    """As it was worked out."""
    if row.kind not in FIGURES:
        return Said("", "")
    if row.value is None:
        return Said(_("No figure: %(why)s") % {"why": row.note} if row.note else _("No figure"), "")
    return Said(_value(row, row.value), _number(row.count, row.of), _interval(row))


def public(row: DiveEvidence) -> Said:
    """As anybody may read it: small counts hidden, others to the nearest five."""
    if row.kind not in FIGURES or row.value is None or not is_counted_here(row):
        return inside(row)
    if row.unit == Unit.PERCENT and row.of is not None and row.count is not None:
        share = public_share(row.count, row.of)
        if share is None:
            return Said(_("Not shown: fewer than 10"), "")
        # A weighted share is not that of the cases counted: it is told as it was worked out.
        value = row.value if row.kind == Evidence.SAMPLE else share.percent / 100
        return Said(percent_words(value), _number(share.numerator, share.denominator), _interval(row))
    told = tell(row.count or 0, To.PUBLIC)
    if told.count is None:
        return Said(_("Not shown: fewer than 10"), "")
    return Said(
        number_words(told.count) if row.unit == Unit.COUNT else _value(row, row.value), _number(told.count, None)
    )


def _value(row: DiveEvidence, value: float) -> str:
    if row.unit == Unit.PERCENT:
        return percent_words(value)
    if row.unit == Unit.RATE:
        return rate_words(value)
    if row.unit == Unit.DAYS:
        return _("half within %(days)s days") % {"days": number_words(value)}
    return number_words(value)


def _number(count: int | None, of: int | None) -> str:
    if count is None:
        return ""
    if of is None:
        return number_words(count)
    return _("%(part)s of %(whole)s") % {"part": number_words(count), "whole": number_words(of)}


def _interval(row: DiveEvidence) -> str:
    if row.low is None or row.high is None:
        return ""
    words = percent_words if row.unit == Unit.PERCENT else rate_words
    return _("%(low)s to %(high)s") % {"low": words(row.low), "high": words(row.high)}
