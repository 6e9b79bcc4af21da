"""For what part of the force the tiles of the dashboard stand: all of it, a kind of order, an area or a team (page map, P25).

Each choice is a line that was told to the reader when figures were worked out: a filter asks nothing new of anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.measures.definitions import Slice
from craffu.measures.kept.reading import Figure, Kept, Measured
from craffu.web.measures.areas import Names, has_teams, named
from craffu.web.orders.words import kind_words
from craffu.web.presenters import Params

OF: Final = "of"
_BY: Final = (Slice.ORDER_TYPE, Slice.AREA, Slice.TEAM)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value of a split; both are empty of the whole force."""

    split: str = ""
    of: str = ""

    @property
    def value(self) -> str:
        return f"{self.split}={self.of}" if self.split else ""


def offered(kept: Kept, by: Acting, codes: Sequence[str]) -> list[Chosen]:
    """Every kind of order, area and team of which these measures have a line."""
    several = [kept.of(by, code) for code in codes]
    lines = [
        one for each in several for one in each.now if one.split in _BY and (one.split != Slice.TEAM or has_teams(each))
    ]
    return sorted({Chosen(one.split, one.of) for one in lines}, key=lambda one: (_BY.index(Slice(one.split)), one.of))


def chosen(asked: str, choices: Sequence[Chosen]) -> Chosen:
    """What was asked for where it is offered; the whole force otherwise."""
    return next((one for one in choices if one.value == asked), Chosen())


def words(one: Chosen, names: Names) -> str:
    if not one.split:
        return _("The whole force")
    if one.split in (Slice.AREA, Slice.TEAM):
        return named(names, one.of)
    return kind_words(one.of) if one.of else _("Of several kinds, or not said")


def select_params(choices: Sequence[Chosen], now: Chosen, names: Names) -> Params:
    items = [{"value": one.value, "text": words(one, names), "selected": one == now} for one in (Chosen(), *choices)]
    return {"id": OF, "name": OF, "label": {"text": _("Show the figures of")}, "items": items}


def figure(one: Measured, part: str, now: Chosen, *, is_before: bool = False) -> Figure | None:
    """A part of a measure as it is told of what was chosen; None where the measure is not split so."""
    several = one.before if is_before else one.now
    return next((each for each in several if (each.part, each.split, each.of) == (part, now.split, now.of)), None)


def is_split(one: Measured, now: Chosen) -> bool:
    return not now.split or any(each.split == now.split for each in one.now)
