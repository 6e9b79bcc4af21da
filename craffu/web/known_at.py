"""A page as it was known at the end of an earlier London day (X10), asked for by `?known-at=2026-11-24`.

The form on the page sends day, month and year in three boxes instead.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation import gettext as _
from markupsafe import Markup

from craffu.clocks.london import day_of, end_of
from craffu.common import clock
from craffu.web.kept import component
from craffu.web.references import Where, where_shown

NAME = "known-at"
PARTS = ("year", "month", "day")
_TICK = timedelta(microseconds=1)
_FORM = "court/known_at.html"


@dataclass(frozen=True, slots=True)
class KnownAt:
    """What a page asks for: `day` None is now. A day that cannot be used leaves the page as it is now, with `error`."""

    today: date
    day: date | None = None
    error: str = ""
    boxes: tuple[str, str, str] = ("", "", "")

    @property
    def instant(self) -> datetime | None:
        """The last instant of the day, for queries; None for now."""
        return end_of(self.day) - _TICK if self.day else None

    def covers(self, known_from: datetime) -> bool:
        """Whether something known since an instant was known then."""
        return self.instant is None or known_from <= self.instant

    @property
    def as_at(self) -> date:
        """The day by which ages and coming hearings are counted."""
        return self.day or self.today


def known_at(request: HttpRequest) -> KnownAt:
    """Read what day the page is asked for."""
    today = day_of(clock.now())
    boxes = tuple(request.GET.get(f"{NAME}-{part}", "").strip() for part in PARTS)
    given = request.GET.get(NAME, "").strip()
    if any(boxes):
        given = f"{boxes[0]}-{boxes[1].zfill(2)}-{boxes[2].zfill(2)}"
    if not given:
        return KnownAt(today)
    shown = (boxes[0], boxes[1], boxes[2]) if any(boxes) else ("", "", "")
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return KnownAt(today, error=_("Enter a real date, such as 24 11 2026"), boxes=shown)
    if day > today:
        return KnownAt(today, error=_("The date must be today or in the past"), boxes=shown)
    return KnownAt(today, day, boxes=(f"{day:%Y}", str(day.month), str(day.day)))


def known_at_form_html(when: KnownAt) -> Markup:
    """The form that asks for another day. As nearly every page shows it, where none was asked for, it is written once."""
    if when.day or when.error or any(when.boxes):
        return component("known_at_boxes", when, _FORM)
    return _nothing_asked(where_shown())


@lru_cache(maxsize=64)
def _nothing_asked(_where: Where) -> Markup:
    return component("known_at_boxes", KnownAt(date.min), _FORM)
