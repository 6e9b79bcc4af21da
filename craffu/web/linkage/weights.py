"""Why a pair weighs what it weighs: each comparison in words with its weight, what all so far come to, and a picture (P35)."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from craffu.charts.shapes import Size
from craffu.charts.waterfall import Picture, Step, Waterfall, place
from craffu.linkage.model.comparisons import CHOICE, FEW_TWINS, HELD_DOWN, PRIOR
from craffu.linkage.queries import PairStory
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.linkage import words
from craffu.web.linkage.presenters import probability_words
from craffu.web.presenters import Params, Text

# The prior before every comparison, what is taken off for another reason after them, or is not.
_PLACE: Final = {PRIOR: 0, CHOICE: 2, HELD_DOWN: 3, FEW_TWINS: 3}
_MOST: Final = 60.0


@dataclass(frozen=True, slots=True)
class Weight:
    """One comparison: how far the two are alike, its weight, and what all so far come to."""

    what: str
    level: str
    weight: float
    total: float

    @property
    def probability(self) -> float:
        held = max(-_MOST, min(self.total, _MOST))
        return 1 / (1 + math.exp2(-held))

    @property
    def name(self) -> Text:
        return words.compared(self.what)

    @property
    def how(self) -> Text:
        return words.level_words(self.what, self.level)


def in_order(levels: Iterable[Sequence[Any]]) -> list[Weight]:
    """The prior, then each comparison, the heaviest first."""
    made, total = [], 0.0
    for what, level, weight in sorted(levels, key=lambda one: (_PLACE.get(one[0], 1), -abs(one[2]), one[0])):
        total += weight
        made.append(Weight(what, level, weight, total))
    return made


@dataclass(frozen=True, slots=True)
class Shown:
    """The table and its picture for a desk and for a phone, or why there is none."""

    note: str
    table: Params | None = None
    wide: Picture | None = None
    narrow: Picture | None = None


def shown(story: PairStory) -> Shown:
    """Of what was last said with its comparisons; a pair that is improbable since keeps what it weighed before."""
    if story.score is None:
        return Shown(_("No model compared them."))
    explained = story.explained
    if explained is None:
        return Shown(_("A model compared them, and what each comparison weighed was not kept."))
    note = ""
    if explained is not story.score:
        note = _("The model finds it improbable since. This is what it weighed on %(when)s.") % {
            "when": instant_words(explained.known_from)
        }
    found = in_order(explained.levels)
    chart = _chart(found)
    return Shown(note, _table(found), place(chart, Size.WIDE), place(chart, Size.NARROW))


def weight_words(weight: float) -> str:
    return f"{weight:+.1f}".replace("-", "−") if round(weight, 1) else "0"


def _table(found: Sequence[Weight]) -> Params:
    rows = [
        [
            cells.words(one.name),
            cells.words(one.how),
            {"text": weight_words(one.weight), "format": "numeric"},
            {"text": weight_words(one.total), "format": "numeric"},
            {"text": probability_words(one.probability), "format": "numeric"},
        ]
        for one in found
    ]
    head: list[cells.Heading] = [
        _("What was compared"), _("How far alike"), (_("Weight"), "numeric"), (_("Total so far"), "numeric"),
        (_("Probability so far"), "numeric"),
    ]  # fmt: skip
    return cells.table(_("What the model weighed"), head, rows, is_hidden=True)


def _chart(found: Sequence[Weight]) -> Waterfall:
    """What says nothing is left to the table."""
    steps = [
        Step(str(one.name), weight_words(one.weight), one.total - one.weight, one.total)
        for one in found
        if round(one.weight, 1)
    ]
    total = found[-1].total
    steps.append(Step(_("All together"), weight_words(total), 0.0, total))
    return Waterfall(
        title=_("What each comparison adds or takes away"),
        description="; ".join(f"{one.name} {one.words}" for one in steps),
        x_title=_("Weight. At nought it is as likely as not."),
        steps=tuple(steps),
    )
