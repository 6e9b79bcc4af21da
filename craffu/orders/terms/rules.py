"""Whether an order's typed terms have been compared with the sealed order by a second person, or read 'not checked' (ORD-20).

Being unchecked bars nothing and hides nothing: an officer may arrest on these words, and must see what they rest on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Label(StrEnum):
    """What stands beside the terms wherever they are shown."""

    NOT_CHECKED = "not checked"
    COMPARED = "compared"


class WhyNot(StrEnum):
    """Why terms are not checked."""

    NOT_COMPARED = "not_compared"
    OTHER_VERSION = "other_version"
    SAME_PERSON = "same_person"
    NO_IMAGE = "no_image"


SHOWN_ON: Final = ("card", "phone", "papers")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Somebody compared the terms of a version with an image of the sealed order."""

    version: int
    by: str | None
    image: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """The label of a version's terms, why they are not checked, and where that is shown."""

    label: Label
    why: tuple[WhyNot, ...] = ()
    shown_on: tuple[str, ...] = SHOWN_ON


def check_terms(version: int, entered_by: str | None, comparisons: Iterable[Comparison]) -> Checked:
    """ORD-20: compared once by somebody else with the image; a variation's terms are not checked again until then."""
    made = list(comparisons)
    of_this = [one for one in made if one.version == version]
    faults = [_faults(one, entered_by) for one in of_this]
    if any(not found for found in faults):
        return Checked(Label.COMPARED)
    if of_this:
        return Checked(Label.NOT_CHECKED, tuple(sorted({why for found in faults for why in found})))
    return Checked(Label.NOT_CHECKED, (WhyNot.OTHER_VERSION if made else WhyNot.NOT_COMPARED,))


def _faults(comparison: Comparison, entered_by: str | None) -> set[WhyNot]:
    """A comparison of nobody's counts for none: nothing shows that it was somebody else."""
    found = set()
    if not comparison.by or comparison.by == entered_by:
        found.add(WhyNot.SAME_PERSON)
    if not comparison.image:
        found.add(WhyNot.NO_IMAGE)
    return found
