"""Initiatives as their readers see them: each with what was said of it and its figures before and after (C4)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Prefetch

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.measures.definitions import Statistic, definition
from craffu.measures.releasing import days_as_shown, not_shown, orders_at_least
from craffu.measures.rules import PER
from craffu.published.disclosure import THRESHOLD, To, as_shown, is_small
from craffu.scrutiny.initiatives.kinds import Course
from craffu.scrutiny.initiatives.rules import (
    Changed,
    Figure,
    Period,
    Standing,
    changed,
    fixed_before,
    next_effect,
    standing,
)
from craffu.scrutiny.models import Initiative, InitiativeEntry, InitiativeFigure

# What stands beside a figure that was hidden from whoever counted it.
_FEWER: Final = re.compile(r"fewer than (\d+)$")


@dataclass(frozen=True, slots=True)
class Begun:
    """An initiative with what was said of it and what was counted, the first first; of one period the last count stands."""

    row: Initiative
    entries: tuple[InitiativeEntry, ...]
    figures: tuple[InitiativeFigure, ...]

    @property
    def baseline_period(self) -> Period:
        return Period(self.row.baseline_first, self.row.baseline_last)

    @property
    def baseline(self) -> InitiativeFigure | None:
        return next((one for one in reversed(self.figures) if one.is_baseline), None)

    @property
    def effects(self) -> list[InitiativeFigure]:
        last = {(one.first, one.last): one for one in self.figures if not one.is_baseline}
        return sorted(last.values(), key=lambda one: one.first)

    @property
    def ended_on(self) -> date | None:
        return next((one.on for one in reversed(self.entries) if one.course == Course.ENDED), None)

    @property
    def is_fixed_before(self) -> bool:
        return fixed_before(day_of(self.row.known_from), self.row.begins_on)

    def standing(self, today: date) -> Standing:
        return standing(self.row.begins_on, [(Course(one.course), one.on) for one in self.entries], today)

    def next_effect(self, today: date) -> Period | None:
        taken = [period_of(one) for one in self.effects]
        return next_effect(self.row.begins_on, self.ended_on, taken, self.baseline_period.days, today)

    def changed(self, effect: InitiativeFigure, to: To) -> Changed | None:
        """By how much it differs from the baseline, worked out from what the reader is told of both."""
        if self.baseline is None:
            return None
        measure = self.row.measure
        of = definition(measure).statistic
        return changed(figure_of(self.baseline, measure, to), figure_of(effect, measure, to), of)


def period_of(row: InitiativeFigure) -> Period:
    return Period(row.first, row.last)


def figure_of(row: InitiativeFigure, measure: str, to: To) -> Figure:
    """As it is told: nothing of what is hidden, and what is rounded is rounded before anything is worked out from it."""
    period = period_of(row)
    if row.count is None or is_hidden(row, measure, to):
        return Figure(period, None, None)
    count = as_shown(row.count, to)
    if row.of is None:
        return Figure(period, count, None)
    if definition(measure).statistic is Statistic.RATE:
        return Figure(period, count, as_shown(row.of, to) if measure in PER else days_as_shown(row.of, period.days, to))
    of = as_shown(row.of, to)
    return Figure(period, min(count, of), of)


def is_hidden(row: InitiativeFigure, measure: str, to: To) -> bool:
    """A count that is small, what is left over of a share, or what a rate is beside (MSR-03)."""
    if row.count is None or row.of == 0:
        return False
    if row.of is None:
        return is_small(row.count, to)
    if definition(measure).statistic is not Statistic.RATE:
        return is_small(row.count, to) or is_small(row.of - row.count, to)
    beside = row.of if measure in PER else orders_at_least(row.of, period_of(row).days)
    return is_small(row.count, to) or is_small(beside, to)


def hidden_below(row: InitiativeFigure, measure: str, to: To) -> int | None:
    """What a count of it is fewer than, where it is not told: hidden from this reader, or from whoever counted it already.

    A commissioner is told no more of what was hidden from somebody inside the force than of what is hidden from them.
    """
    if is_hidden(row, measure, to):
        return THRESHOLD[to]
    found = _FEWER.search(row.note) if row.count is None else None
    return max(int(found[1]), THRESHOLD.get(to, 0)) if found else None


def note_of(row: InitiativeFigure, measure: str, to: To) -> str:
    """Why there is no figure, or how to read it, as this reader may be told."""
    below = hidden_below(row, measure, to)
    return row.note if below is None else not_shown(below)


def _whole(by: Acting, rows: Any) -> Iterable[Begun]:
    entries = InitiativeEntry.objects.for_user(by).select_related("by").order_by("id")
    figures = InitiativeFigure.objects.for_user(by).order_by("id")
    found = rows.select_related("by").prefetch_related(
        Prefetch("entries", queryset=entries), Prefetch("figures", queryset=figures)
    )
    return [Begun(one, tuple(one.entries.all()), tuple(one.figures.all())) for one in found]


def initiatives(by: Acting) -> list[Begun]:
    """Every one, the last begun first. Three queries."""
    return list(_whole(by, Initiative.objects.for_user(by).order_by("-begins_on", "id")))


def find_initiative(by: Acting, reference: str) -> Begun | None:
    return next(iter(_whole(by, Initiative.objects.for_user(by).filter(reference=reference))), None)
