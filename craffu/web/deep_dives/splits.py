"""Of which part of a measure evidence may be: each way of splitting it, and of each what figures are kept of (P31).

Which of them a measure has, and what of it the public is told, is asked when it is attached (MSR-03).
"""

from typing import Final

from craffu.access.acting import Acting
from craffu.measures.definitions import Slice
from craffu.measures.kept.reading import kept_figures
from craffu.measures.places import folder_of
from craffu.web.measures.areas import named, names_of
from craffu.web.measures.figures import place_of, split_words
from craffu.web.measures.words import SPLITS

_BY: Final = (
    Slice.AREA,
    Slice.TEAM,
    Slice.ORDER_TYPE,
    Slice.RELATIONSHIP,
    Slice.AGE_BAND,
    Slice.SEX,
    Slice.ETHNICITY_SELF,
)
_PLACES: Final = (Slice.AREA, Slice.TEAM)


def parts_to_choose(by: Acting) -> dict[str, str]:
    """Every part that any measure has, in words, by split and value. Two queries."""
    kept, names = kept_figures(folder_of(by)), names_of(by)
    if kept is None:
        return {}
    found = {
        (_BY.index(Slice(one.split)), place_of(one), one.split, one.of)
        for code in kept.measures
        for one in kept.of(by, code).now
        if one.split in _BY and one.of.strip("/")
    }
    return {
        f"{split}={of}": f"{SPLITS[split]}: {named(names, of) if split in _PLACES else split_words(split, of)}"
        for _of, _place, split, of in sorted(found)
    }


def part_chosen(value: str) -> dict[str, str]:
    """What is asked of a source; nothing of the whole."""
    split, _is, of = value.partition("=")
    return {"split": split, "split_of": of} if split else {}
