"""Whether two of one birthday and one home whose names do not agree are twins or one person: those of two sexes tell (IDN-02).

Pure, and no label is read. A woman called by her second name, a name that nobody can read, and twins look alike: one birthday,
one home and two given names, so such a pair is left to a person. But who has a twin is mostly there twice, once by each name.
Of records that are nobody else's and fit no other, some pairs are of two sexes, and those are two people; of one sex there are
as many of two eggs and some more of one (W. Weinberg, 1901). What is left over is one person.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

type Pairs = Mapping[str, NDArray[Any]]
type Those = NDArray[np.bool_]

# Twins of one sex for each of two sexes: between 1.7 and 2.2 are born, the more the fewer came of treatment.
_OF_ONE_SEX: Final = 2.2
# One home, one postcode, one street and number.
_ONE_HOME: Final = 2
# By so much the root of a number of rare things may be larger: its upper bound, nineteen times in twenty.
_CHANCE: Final = 0.73
# What is asked of all links of any table is asked of these, as of pairs that no birthday speaks for.
SURE: Final = 0.97


def one_person(
    pairs: Pairs, person: NDArray[np.int64], held: Those, highest: Mapping[str, int], sex_is_wrong: float
) -> Those:
    """Which of the `held` pairs, likely but for what speaks against them, are surely enough one person: all that are alone and of
    one sex, or none. `person` is whose each record is held to be; `highest` is the first level of each comparison; `sex_is_wrong`
    is how often records of one person say two sexes.
    """
    none: Those = np.zeros(len(held), dtype=np.bool_)
    if not {"level_born", "level_home", "level_sex", "level_given"} <= pairs.keys():
        return none
    left, right = pairs["left"], pairs["right"]
    single = np.bincount(person, minlength=len(person))[person] == 1
    alone = single[left] & single[right]
    alone &= (pairs["level_born"] == highest["born"]) & (pairs["level_home"] >= highest["home"] - _ONE_HOME)
    two_sexes = alone & (pairs["level_sex"] == 0) & (pairs["level_given"] <= 0)
    one_sex = alone & held & (pairs["level_sex"] == highest["sex"])
    either = one_sex | two_sexes
    fits = np.bincount(np.r_[left[either], right[either]], minlength=len(person))
    one_sex &= (fits[left] == 1) & (fits[right] == 1)
    number = one_sex.sum()
    twins = max(0.0, (np.sqrt(two_sexes.sum() + 1) + _CHANCE) ** 2 - number * sex_is_wrong)
    return one_sex if _OF_ONE_SEX * twins <= (1 - SURE) * number else none
