"""Of which year the dashboard tells, and of what its tiles: the whole force, a kind of order, an area or team, or some people
by what is recorded of whoever the order is against (page map, P25).

Each choice is a line that was told to the reader when figures were worked out: a filter asks nothing new of anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.measures.definitions import Slice
from craffu.measures.kept.reading import Figure, Kept, Measured
from craffu.victims.gap.rules import AGES
from craffu.web.court.words import day_words
from craffu.web.measures import figures
from craffu.web.measures.areas import Names, has_teams, named
from craffu.web.presenters import Params

OF, YEAR = "of", "year"
BEFORE: Final = "before"
# What says of whom a value is, where it does not say so itself.
_OF_WHOM: Final = {
    Slice.RELATIONSHIP: gettext_lazy("Relationship: %(value)s"), Slice.SEX: gettext_lazy("Sex: %(value)s"),
    Slice.AGE_BAND: gettext_lazy("Age: %(value)s"), Slice.ETHNICITY_SELF: gettext_lazy("Ethnicity: %(value)s"),
}  # fmt: skip
_BY: Final = (Slice.ORDER_TYPE, Slice.AREA, Slice.TEAM, *_OF_WHOM)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One value of a split; both are empty of the whole force."""

    split: str = ""
    of: str = ""

    @property
    def value(self) -> str:
        return f"{self.split}={self.of}" if self.split else ""


def offered(kept: Kept, by: Acting, codes: Sequence[str]) -> list[Chosen]:
    """Every kind of order, area and team, and whatever is recorded of people, of which these measures have a line."""
    several = [kept.of(by, code) for code in codes]
    lines = [
        one for each in several for one in each.now if one.split in _BY and (one.split != Slice.TEAM or has_teams(each))
    ]
    return sorted({Chosen(one.split, one.of) for one in lines}, key=_place)


def _place(one: Chosen) -> tuple[int, bool, int, str]:
    """Ages go from the youngest, all else by what it is called in the records; what is not known comes last of its own."""
    age = AGES.index(one.of) if one.split == Slice.AGE_BAND and one.of in AGES else 0
    return _BY.index(Slice(one.split)), not one.of, age, one.of


def chosen(asked: str, choices: Sequence[Chosen]) -> Chosen:
    """What was asked for where it is offered; the whole force otherwise."""
    return next((one for one in choices if one.value == asked), Chosen())


def words(one: Chosen, names: Names) -> str:
    if not one.split:
        return _("The whole force")
    if one.split in (Slice.AREA, Slice.TEAM):
        return named(names, one.of)
    value = figures.split_words(one.split, one.of)
    return str(_OF_WHOM[Slice(one.split)]) % {"value": value} if one.split in _OF_WHOM else value


def select_params(choices: Sequence[Chosen], now: Chosen, names: Names) -> Params:
    items = [{"value": one.value, "text": words(one, names), "selected": one == now} for one in (Chosen(), *choices)]
    return {"id": OF, "name": OF, "label": {"text": _("Show the figures of")}, "items": items}


def year_params(kept: Kept, *, is_before: bool) -> Params:
    """Which of the two years are shown, by the last day of each."""
    years = (("", kept.last), (BEFORE, kept.last_before))
    items = [
        {
            "value": value,
            "text": _("The year to %(day)s") % {"day": day_words(last)},
            "selected": (value == BEFORE) == is_before,
        }
        for value, last in years
    ]
    return {"id": YEAR, "name": YEAR, "label": {"text": _("Of which year?")}, "items": items}


def figure(one: Measured, part: str, now: Chosen, *, is_before: bool = False) -> Figure | None:
    """A part of a measure as it is told of what was chosen; None where the measure is not split so."""
    several = one.before if is_before else one.now
    return next((each for each in several if (each.part, each.split, each.of) == (part, now.split, now.of)), None)


def is_split(one: Measured, now: Chosen) -> bool:
    return not now.split or any(each.split == now.split for each in one.now)
