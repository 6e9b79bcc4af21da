"""How much less a family name says of two records that share a given name too, where those who bear it share many.

Pure, and no guess at who anybody is: names are counted as they are written. What two names say is added up as though chance had
brought them together. It has not: those of one language or faith share family names and name their children alike. Two of one
family name share a given one once in so many; where those of one name do so more often, both together are commoner by that than
their weights say, and whoever bore such names was taken for somebody else more often than others were (T42).
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from craffu.linkage.model.comparisons import HUNDREDTHS

if TYPE_CHECKING:
    from craffu.engines.columns import Columns
    from craffu.linkage.model.levels import Settings

type Ints = NDArray[np.int64]
type Bits = NDArray[np.float64]

# So many are added to those found and to those expected.
_UNSURE: Final = 1.0
# Twice the difference of the roots of what is found and expected: chance makes that of one family name in a hundred (Anscombe).
_HARDLY_CHANCE: Final = 2.33
# What tells two people of one name apart: a slip seldom changes both the year and the birthday, and a father and a son of one
# home are known by that (see `scoring`).
_NEEDED: Final = ("born_year", "birthday")
_APART: Final = (*_NEEDED, "home_there")


def shared_given(rows: "Columns") -> Bits:
    """Of each record by how many bits its family name says less where the given name agrees: log 2 of how many times as often two
    of that name share a given one as two of one family name do on the whole, in whole hundredths; 0 where chance may well make it
    seem so, as it may of a name that few bear.
    """
    family, given = rows.codes("family"), rows.codes("given")
    apart = [rows.codes(name) for name in _APART if name in _NEEDED or rows.said(name)]
    known = np.all([codes >= 0 for codes in (family, given, *apart)], axis=0)
    _, both = np.unique(_keys([family, given]), return_inverse=True)
    # Whoever is recorded often, or at several homes, is one.
    _, once = np.unique(_keys([codes[known] for codes in (both, *apart[: len(_NEEDED)])]), return_index=True)
    who, named, *apart = (codes[known][once] for codes in (family, both, *apart))
    names = int(family.max(initial=-1)) + 1
    two, alike = (_of_two_people(who, same, apart, names) for same in (who, named))
    usual = alike.sum() / max(1.0, two.sum())
    expected = two * usual
    is_so = 2 * (np.sqrt(alike) - np.sqrt(expected)) >= _HARDLY_CHANCE
    more = np.where(is_so, np.log2((alike + _UNSURE) / (expected + _UNSURE)), 0.0)
    # The last is of those that say none.
    bits = np.append(np.round(more * HUNDREDTHS), 0.0) / HUNDREDTHS
    found: Bits = bits[family]
    return found


def in_hundredths(rows: "Columns") -> dict[str, int]:
    """The same by family name, of those that say less."""
    bits = np.rint(shared_given(rows) * HUNDREDTHS).astype(np.int64).tolist()
    return {family: number for family, number in zip(rows.values("family"), bits, strict=True) if number}


def _keys(columns: Sequence[Ints]) -> Ints:
    """One number for what several columns say. Of all the people of a country it is held in one whole number."""
    keys = np.zeros_like(columns[0])
    for codes in columns:
        keys = keys * (int(codes.max(initial=0)) + 1) + codes
    return keys


def _of_two_people(who: Ints, same: Ints, apart: Sequence[Ints], names: int) -> Bits:
    """Of each family name how many pairs have the `same` and agree in none of those `apart`."""
    found = np.zeros(names)
    for number in range(len(apart) + 1):
        for some in combinations(apart, number):
            _, first, often = np.unique(_keys([same, *some]), return_index=True, return_counts=True)
            found += (-1) ** number * np.bincount(who[first], weights=often * (often - 1) / 2, minlength=names)
    return found


def less_for_families(pairs: Mapping[str, NDArray[Any]], settings: "Settings", bits: Bits) -> dict[str, NDArray[Any]]:
    """The scored pairs, where both names agree with what the family name says less by so many `bits` of each pair. It never comes
    to speak against the two.
    """
    levels = {one["output_column_name"]: len(one["comparison_levels"]) - 2 for one in settings["comparisons"]}
    if not {"given", "family"} <= levels.keys():
        return dict(pairs)
    part = pairs["part_family"]
    agree = (pairs["level_family"] == levels["family"]) & (pairs["level_given"] > 0)
    less = np.where(agree, np.minimum(bits, np.maximum(part, 0.0)), 0.0)
    return {**pairs, "part_family": (part - less).astype(np.float32), "weight": pairs["weight"] - less}
