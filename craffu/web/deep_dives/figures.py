"""A figure in words: as those who work in a deep dive see it, and as anybody may read it (MSR-02 to MSR-04)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from craffu.measures.releasing import PublicShare, public_share, tell
from craffu.published.disclosure import To
from craffu.published.intervals import wilson
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
    """As anybody may read it: small counts hidden, others to the nearest five, and all that is worked out from those (MSR-03)."""
    if row.kind not in FIGURES or row.value is None or not is_counted_here(row):
        return inside(row)
    shown = public_value(row)
    if shown is None:
        return Said(_("Not shown: fewer than 10"), "")
    if row.unit == Unit.PERCENT:
        share = public_share(row.count or 0, row.of or 0)
        number = _number(share.numerator, share.denominator) if share else ""
        ends = "" if shown.interval is None else _between(*(percent_words(end) for end in shown.interval))
        return Said(percent_words(shown.value), number, ends)
    return Said(_value(row, shown.value), "")


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as the public is told it, to be drawn."""

    value: float
    interval: tuple[float, float] | None = None


def public_value(row: DiveEvidence) -> Shown | None:
    """None where it is hidden."""
    if row.value is None or row.count is None:
        return None
    if row.unit == Unit.PERCENT and row.of is not None:
        return _public_share(row, row.value, public_share(row.count, row.of))
    told = tell(row.count, To.PUBLIC)
    if told.count is None:
        return None
    if row.unit == Unit.RATE and row.count:
        return Shown(row.value * told.count / row.count)
    return Shown(float(told.count) if row.unit == Unit.COUNT else row.value)


def _public_share(row: DiveEvidence, value: float, share: PublicShare | None) -> Shown | None:
    """By the counts as they are shown; of a sample, whose cases weigh unequally, to a whole percentage."""
    if share is None:
        return None
    if row.kind == Evidence.SAMPLE:
        ends = None if row.low is None or row.high is None else (round(row.low, 2), round(row.high, 2))
        return Shown(round(value, 2), ends)
    part = min(share.numerator, share.denominator)
    return Shown(part / share.denominator, wilson(part, share.denominator))


def _value(row: DiveEvidence, value: float) -> str:
    if row.unit == Unit.PERCENT:
        return percent_words(value)
    if row.unit == Unit.RATE:
        return rate_words(value)
    if row.unit == Unit.DAYS:
        return _("half within %(days)s days") % {"days": number_words(value)}
    return number_words(value)


def _number(count: int | None, of: int | None) -> str:
    """Of a share so many of so many; a count says it itself."""
    if count is None or of is None:
        return ""
    return _("%(part)s of %(whole)s") % {"part": number_words(count), "whole": number_words(of)}


def _interval(row: DiveEvidence) -> str:
    if row.low is None or row.high is None:
        return ""
    words = percent_words if row.unit == Unit.PERCENT else rate_words
    return _between(words(row.low), words(row.high))


def _between(low: str, high: str) -> str:
    return _("%(low)s to %(high)s") % {"low": low, "high": high}
