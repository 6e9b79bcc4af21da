"""From the weight of a pair to what is decided of it: a probability, held down where the pair speaks against itself.

Pure. Weights of parts are added as though each were found by chance alone. They are not in one household: twins share a name, a
birthday and a home, a father and a son two names and a home. So a pair of which one part speaks against one person is never
linked by itself, however much the other parts say, unless a number of that person's own says so too; a person sees it.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]
type Pairs = Mapping[str, NDArray[Any]]

# What a pair that speaks against itself may reach: enough for a person to see it.
FOR_A_PERSON: Final = 0.95
# The levels behind the same date that are a slip of it: day and month exchanged, one figure.
_SLIPS_OF_A_DATE: Final = 2
_ROUNDS: Final = 30
_FOR_CHOICE: Final = 1.0
_MOST_WEIGHT: Final = 60.0
NO_ALIASES: Final[Mapping[str, int]] = {}


def probabilities(weight: Numbers) -> Numbers:
    answer: Numbers = 1 / (1 + np.exp2(-np.clip(weight, -_MOST_WEIGHT, _MOST_WEIGHT)))
    return answer


def prior_shift(weight: Numbers, prior: float, pairs: int) -> float:
    """What is to be added to each weight so that the share of pairs held to be one person is what the weights themselves say."""
    shift = 0.0
    for _ in range(_ROUNDS):
        share = float(probabilities(weight + shift).sum()) / max(1, pairs)
        share = min(max(share, 1 / max(2, pairs)), 0.5)
        shift = float(np.log2(share / (1 - share)) - np.log2(prior / (1 - prior)))
    return shift


def expected_to_be_right(probability: Numbers, least: float, lowest: float, highest: float) -> float:
    """The lowest threshold between two at and above which pairs are, by their own probabilities, right often enough."""
    above = np.sort(probability[probability >= lowest])[::-1]
    right = np.cumsum(above) / np.arange(1, len(above) + 1)
    enough = np.flatnonzero(right >= least)
    return min(highest, float(above[enough[-1]])) if len(enough) else highest


def own_numbers(chances: Mapping[str, float], prior: float) -> tuple[str, ...]:
    """Comparisons whose agreement is as good as a number of somebody's own; `chances` is how often two people agree on each."""
    return tuple(
        name
        for name, chance in chances.items()
        if name == "identifier" or (name.startswith("other_") and chance <= 3 * prior + 1e-4)
    )


def _levels(pairs: Pairs) -> Callable[[str], NDArray[Any]]:
    def level(name: str) -> NDArray[Any]:
        found = pairs.get(f"level_{name}")
        return np.full(len(pairs["left"]), -1, dtype=np.int8) if found is None else found

    return level


def _same(pairs: Pairs, highest: Mapping[str, int]) -> Callable[[str], NDArray[np.bool_]]:
    level = _levels(pairs)

    def same(name: str) -> NDArray[np.bool_]:
        made: NDArray[np.bool_] = level(name) == highest.get(name, 99)
        return made

    return same


def speaks_against(
    pairs: Pairs,
    highest: Mapping[str, int],
    own: Collection[str],
    *,
    homes_are_shared: bool,
    namesakes: bool,
    known_as: Mapping[str, int] = NO_ALIASES,
) -> NDArray[np.bool_]:
    """Which pairs have a part that speaks against one person, with nothing of that person's own to answer it.

    `highest` is the first level of each comparison. `known_as` is that at which a name is one by which somebody is also known: a
    man gives his brother's, so it may be somebody else's own. `namesakes` says that a name may be a father's and his son's:
    where homes are shared, and where no home is said.
    """
    level, same = _levels(pairs), _same(pairs, highest)
    by_alias = {name: level(name) == at for name, at in known_as.items()}
    never: NDArray[np.bool_] = np.zeros(len(pairs["left"]), dtype=np.bool_)
    other_family = (level("family") == 0) | by_alias.get("family", never)
    against: NDArray[np.bool_] = other_family & ~(same("given") & same("born")) | by_alias.get("given", never)
    if namesakes:
        against |= level("born") == 0
    if namesakes and "level_given" in pairs and "level_born" in pairs:
        # Of one family name and one place: a brother, unless the birthday says who.
        against |= (level("given") <= 0) & (level("born") < highest.get("born", 99) - _SLIPS_OF_A_DATE)
    if homes_are_shared:
        against |= (level("given") == 0) | (level("more_given") == 0)
        # One of twins, whose own name is not said: of one home, or of one that is not said either.
        home = level("home")
        against |= (level("given") == -1) & ((home >= highest.get("home", 99) - 1) | (home == -1))
    for name in own:
        against &= ~same(name)
    return against


def fits_of(one: NDArray[Any], other: NDArray[Any]) -> dict[int, set[int]]:
    """Whom each of those in some pairs may be."""
    fits: dict[int, set[int]] = {}
    for who, may_be in zip(one.tolist(), other.tolist(), strict=True):
        fits.setdefault(who, set()).add(may_be)
        fits.setdefault(may_be, set()).add(who)
    return fits


def either_of_two(
    pairs: Pairs,
    person: NDArray[np.int64],
    likely: NDArray[np.bool_],
    beside: Pairs | None,
    highest: Mapping[str, int],
    own: Collection[str],
    in_part: Collection[int] = (),
) -> NDArray[np.bool_]:
    """Which of the likely pairs say no whole birthday, of somebody who may as well be another, born on another day.

    A record that says a name and a home, or a year, and fits a father and his son, is whichever a person says. `in_part` are the
    levels on which dates agree as far as one of them goes. `person` is whose each record
    is held to be; `beside` are pairs of records that are not asked about, and say who was born on another day than whom.
    """
    if "level_born" not in pairs:
        return np.zeros(len(likely), dtype=np.bool_)
    same, one, other = _same(pairs, highest), person[pairs["left"]], person[pairs["right"]]
    unsaid = likely & np.isin(pairs["level_born"], [-1, *in_part])
    # Who somebody is by a number of his own is one whom he fits, and is not doubted himself.
    fits = fits_of(one[unsaid], other[unsaid])
    for name in own:
        unsaid &= ~same(name)
    known = np.fromiter(fits, dtype=np.int64)
    doubtful: set[int] = set()
    for some in (pairs,) if beside is None else (pairs, beside):
        whose, others = person[some["left"]], person[some["right"]]
        two = (some["level_born"] == 0) & (whose != others) & np.isin(whose, known) & np.isin(others, known)
        for who, else_one in zip(whose[two].tolist(), others[two].tolist(), strict=True):
            doubtful |= fits[who] & fits[else_one]
    either = np.fromiter(doubtful, dtype=np.int64)
    found: NDArray[np.bool_] = unsaid & (np.isin(one, either) | np.isin(other, either))
    return found


def joined_evidence(
    pairs: Pairs, person: NDArray[np.int64], prior_weight: float, in_part: Collection[int] = ()
) -> dict[str, NDArray[Any]]:
    """What the records of each two persons say together: of each part the best that any of their pairs says.

    `person` is whose each record is held to be. Somebody known by three records is known by all they say: one has the birthday,
    another the place. The more pairs there are to choose from, the more chance finds, which is taken off. Where both say a whole
    birthday, dates that agree as far as one of them goes (`in_part`) say nothing of them.
    """
    one, other = person[pairs["left"]], person[pairs["right"]]
    apart = np.flatnonzero(one != other)
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    order = np.lexsort((high, low))
    rows, low, high = apart[order], low[order], high[order]
    if not len(rows):
        nothing = {name: values[:0] for name, values in pairs.items()}
        return {**nothing, "left": rows, "right": rows, "weight": np.zeros(0), "pairs": rows}
    first = np.flatnonzero(np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])])
    count = np.diff(np.r_[first, len(rows)])
    made: dict[str, NDArray[Any]] = {"pairs": count}
    weight = np.full(len(first), prior_weight)
    for name in [name.removeprefix("part_") for name in pairs if name.startswith("part_")]:
        level = pairs[f"level_{name}"][rows]
        if name == "born":
            level = _whole_where_said(level, first, count, in_part)
        said = np.where(level < 0, -np.inf, pairs[f"part_{name}"][rows])
        best = np.maximum.reduceat(said, first)
        made[f"part_{name}"] = np.where(np.isneginf(best), 0.0, best)
        weight += made[f"part_{name}"]
        made[f"level_{name}"] = np.maximum.reduceat(level, first)
    # The pair that says most stands for both persons.
    strongest = np.lexsort((rows, -pairs["weight"][rows], np.repeat(np.arange(len(first)), count)))[first]
    made["left"], made["right"] = pairs["left"][rows[strongest]], pairs["right"][rows[strongest]]
    made["weight"] = weight - for_choice(count)
    return made


def _whole_where_said(
    level: NDArray[Any], first: NDArray[np.int64], count: NDArray[np.int64], in_part: Collection[int]
) -> NDArray[Any]:
    """The levels of dates, those of part of one as not said where two persons say whole ones; pairs of two begin at `first`."""
    part = np.isin(level, list(in_part))
    has_whole = np.maximum.reduceat((level >= 0) & ~part, first)
    found: NDArray[Any] = np.where(part & np.repeat(has_whole, count), -1, level)
    return found


def for_choice(pairs: Any) -> Any:
    """What is taken off a weight for the pairs that there were to choose from."""
    return _FOR_CHOICE * np.log2(pairs)
