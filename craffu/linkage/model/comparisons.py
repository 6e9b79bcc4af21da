"""How two records are compared: for each part of a person, levels from the same to nothing alike.

Pure: levels are SQL that every engine understands, over the columns of `standard.rows`. Splink works out how much each level
says. What is said twice is compared once: an address and its postcode are one comparison, because a household shares both.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Final

# Parts of a pair's weight that no comparison says: what chance alone makes of any two records, what choosing the best of
# several pairs takes off, how far a pair that speaks against itself is held down, and, of no weight, that one is not held down
# because few here are twins (see `twins`).
PRIOR: Final = "prior"
CHOICE: Final = "choice"
HELD_DOWN: Final = "held_down"
FEW_TWINS: Final = "few_twins"
# By how many bits a family name says less (see `families`): its name beside how often values are said, and in what it is kept.
SHARED_GIVEN: Final = "shared_given"
HUNDREDTHS: Final = 100
# The levels that every comparison has.
NOT_SAID: Final = "not_said"
NOTHING_ALIKE: Final = "nothing_alike"
# Of a name: alike with one by which somebody is also known. Where no record says any, nothing is compared so.
KNOWN_AS: Final = "known_as"
# Of a date: the two agree as far as one of them goes.
_IN_PART: Final = frozenset({"same_month_of_part", "same_year_of_part", "years_near_of_part"})


@dataclass(frozen=True, slots=True)
class Level:
    """A level by its name and its condition; `m` is how often records of one person are on it where nothing can be learnt.

    `tf` is the column whose rarer values say more."""

    name: str
    sql: str
    m: float
    tf: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A part of a person, the columns one of which both records must have, and its levels, the nearest first."""

    name: str
    needs: tuple[str, ...]
    levels: tuple[Level, ...]
    nothing_alike: float


def _both(*columns: str) -> str:
    return " AND ".join(f"({column}_l IS NULL OR {column}_r IS NULL)" for column in columns)


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _shortest(column: str, least: int) -> str:
    return f"length({column}_l) >= {least} AND length({column}_r) >= {least}"


def _slip(column: str) -> str:
    """One letter, two of a long word, or two that changed places. Whole numbers, so that every engine says the same."""
    return (
        f"(({_edits(column, 1)} AND {_shortest(column, 4)}) OR ({_edits(column, 2)} AND {_shortest(column, 8)})"
        f" OR ({_edits(column, 2)} AND {column}_letters_l = {column}_letters_r))"
    )


def _near(column: str) -> str:
    """Further apart, or with one beginning."""
    return (
        f"(({_edits(column, 2)} AND {_shortest(column, 5)}) OR ({_edits(column, 3)} AND {_shortest(column, 8)})"
        f" OR (substr({column}_l, 1, 4) = substr({column}_r, 1, 4) AND {_shortest(column, 4)}))"
    )


def _edits(column: str, most: int) -> str:
    return f"levenshtein({column}_l, {column}_r) <= {most}"


def _alike(one: str, other: str) -> str:
    """Something of the one list is in the other."""
    return f"array_length(list_intersect({one}, {other})) >= 1"


def _meet(column: str) -> str:
    return _alike(f"{column}_l", f"{column}_r")


def _known_as(column: str) -> str:
    """The name of the one is among those by which the other is also known, or both are known by one."""
    ways = (("known", "like"), ("like", "known"), ("known", "known"))
    return " OR ".join(_alike(f"{column}_{left}_l", f"{column}_{right}_r") for left, right in ways)


def _among(one: str, other: str) -> str:
    """The first given name of one side is among all of the other's, or is heard as one of them."""
    said = (f"given_{one}", f"concat('~', given_heard_{one})")
    return " OR ".join(f"array_contains(given_like_{other}, {word})" for word in said)


def _are_among(one: str, other: str) -> str:
    """As many words as the one side has behind the first are among all given names of the other, or heard as one of them."""
    more = f"given_more_{one}"
    words = f"length({more}) - length(replace({more}, ' ', '')) + 1"
    return f"array_length(list_intersect(given_more_like_{one}, given_like_{other})) >= {words}"


def _joined(side: str) -> str:
    """All given names as one word."""
    return f"replace(concat(given_{side}, coalesce(given_more_{side}, '')), ' ', '')"


def _crossed(given: str, family: str) -> str:
    """One side's given name is the other's family name, and what is left of both is not two other names."""
    left, right = f"family_turned_{given}", f"given_turned_{family}"
    apart, shorter = f"levenshtein({left}, {right})", f"least(length({left}), length({right}))"
    slip = f"({apart} <= 1 AND {shorter} >= 4) OR ({apart} <= 2 AND {shorter} >= 5)"
    begin = f"substr({left}, 1, 3) = substr({right}, 1, 3)"
    meet = _alike(f"family_like_{given}", f"given_like_{family}")
    return (
        f"(given_turned_{given} = family_turned_{family}"
        f" AND ({left} IS NULL OR {right} IS NULL OR {meet} OR {begin} OR {slip}))"
    )


_CROSSED_ALIKE: Final = f"({_alike('given_like_l', 'family_like_r')} AND {_alike('family_like_l', 'given_like_r')})"
# Not where both have one family name, which may be somebody's given name too.
_TURNED: Final = (
    f"({_crossed('l', 'r')} OR {_crossed('r', 'l')} OR {_CROSSED_ALIKE}) AND family_turned_l <> family_turned_r"
)
_YEARS_APART: Final = "abs(CAST(born_year_l AS INT) - CAST(born_year_r AS INT)) <= 2"
GIVEN: Final = Comparison(
    "given",
    ("given",),
    (
        Level("same", _same("given"), 0.72, "given"),
        Level("stands_for", _meet("given_keys"), 0.06),
        Level("slip", f"({_slip('given')} OR {_joined('l')} = {_joined('r')}"
              f" OR (given_heard_l = given_heard_r AND {_edits('given', 3)}))", 0.08),
        Level("initial", "(length(given_l) = 1 OR length(given_r) = 1) AND given_initial_l = given_initial_r", 0.03),
        Level("another_of_theirs", f"{_among('l', 'r')} OR {_among('r', 'l')}", 0.02),
        Level("turned", _TURNED, 0.02),
        Level("near", _near("given"), 0.03),
        Level(KNOWN_AS, _known_as("given"), 0.03),
    ),
    0.04,
)  # fmt: skip
MORE: Final = Comparison(
    "more_given",
    ("given_more",),
    (
        Level("same", _same("given_more"), 0.8, "given_more"),
        Level("near", f"{_edits('given_more', 1)} OR given_more_l = substr(given_more_r, 1, 1)"
              " OR given_more_r = substr(given_more_l, 1, 1) OR starts_with(given_more_l, given_more_r)"
              f" OR starts_with(given_more_r, given_more_l) OR {_are_among('l', 'r')} OR {_are_among('r', 'l')}", 0.14),
    ),
    0.06,
)  # fmt: skip
FAMILY: Final = Comparison(
    "family",
    ("family",),
    (
        Level("same", _same("family"), 0.75, "family"),
        Level("slip", f"({_slip('family')}"
              f" OR (family_heard_l = family_heard_r AND {_edits('family', 3)}))", 0.1),
        Level("stands_for", _meet("family_keys"), 0.02),
        Level("part", _meet("family_like"), 0.03),
        Level("turned", _TURNED, 0.02),
        Level("near", _near("family"), 0.03),
        Level(KNOWN_AS, _known_as("family"), 0.03),
    ),
    0.05,
)  # fmt: skip
BORN: Final = Comparison(
    "born",
    ("born_year", "birthday"),
    (
        Level("same", _same("born"), 0.8, "born"),
        Level("turned", "born_turned_l = born_r", 0.02),
        Level("one_figure", "levenshtein(born_l, born_r) <= 1", 0.06),
        Level("same_month_of_part", "born_month_l = born_month_r AND (born_l IS NULL OR born_r IS NULL)", 0.01),
        Level("same_birthday", _same("birthday"), 0.02),
        Level("near", "abs(born_days_l - born_days_r) <= 31 OR born_month_l = born_month_r", 0.02),
        Level("same_year_of_part", "born_year_l = born_year_r AND (born_l IS NULL OR born_r IS NULL)", 0.03),
        Level("two_figures", "levenshtein(born_l, born_r) <= 2", 0.015),
        Level("years_near_of_part", f"(born_l IS NULL OR born_r IS NULL) AND {_YEARS_APART}", 0.015),
        # Two whole dates of one year that are no slip apart: in most tables two birthdays.
        Level("same_year", "born_year_l = born_year_r", 0.01),
    ),
    0.02,
)  # fmt: skip
SEX: Final = Comparison("sex", ("sex",), (Level("same", _same("sex"), 0.98, "sex"),), 0.02)
HOME: Final = Comparison(
    "home",
    ("postcode", "home", "place"),
    (
        Level("same_home", _same("home_there"), 0.4, "home_there"),
        Level("same_postcode", _same("postcode"), 0.2, "postcode"),
        Level("same_street", f"home_l = home_r OR (house_l = house_r AND {_edits('street', 2)})", 0.06),
        Level("postcode_slip", "levenshtein(postcode_l, postcode_r) <= 1", 0.03),
        Level("same_sector", _same("sector"), 0.05),
        Level("same_place", "place_l = place_r", 0.1, "place"),
        Level("near", "district_l = district_r OR (levenshtein(place_l, place_r) <= 2 AND length(place_l) >= 5)"
              " OR (levenshtein(street_l, street_r) <= 2 AND length(street_l) >= 6)", 0.06),
    ),
    0.2,
)  # fmt: skip
IDENTIFIER: Final = Comparison(
    "identifier",
    ("identifier",),
    (
        Level("same", _same("identifier"), 0.9, "identifier"),
        Level("slip", "levenshtein(identifier_l, identifier_r) <= 1", 0.06),
        Level("two_slips", "levenshtein(identifier_l, identifier_r) <= 2 AND length(identifier_l) >= 6", 0.015),
    ),
    0.025,
)


def _whole(column: str) -> Comparison:
    """What is the same, or is not: a slip apart where it is said in clear."""
    return Comparison(
        column,
        (column,),
        (
            Level("same", _same(column), 0.7, column),
            Level("near", f"{_edits(column, 2)} AND {_shortest(column, 5)}", 0.05),
        ),
        0.25,
    )


PHONE: Final = _whole("phone")
EMAIL: Final = _whole("email")


def comparisons_for(filled: Set[str], others: int) -> list[Comparison]:
    """The comparisons of a table in which these columns hold something."""
    every = [
        GIVEN, MORE, FAMILY, BORN, SEX, HOME, IDENTIFIER, PHONE, EMAIL, *(_whole(f"other_{at}") for at in range(others)),
    ]  # fmt: skip
    return [_without_aliases(one, filled) for one in every if filled & set(one.needs)]


def _without_aliases(one: Comparison, filled: Set[str]) -> Comparison:
    if f"{one.name}_known" in filled:
        return one
    return replace(one, levels=tuple(level for level in one.levels if level.name != KNOWN_AS))


def in_part(labels: Mapping[str, Sequence[str]]) -> list[int]:
    """The levels on which dates of birth agree as far as one of them goes, of labels from nothing alike up to the same."""
    return [at for at, label in enumerate(labels.get("born", ())) if label in _IN_PART]


def as_settings(one: Comparison) -> dict[str, Any]:
    """A comparison as Splink takes it, before anything is learnt."""
    levels: list[dict[str, Any]] = [
        {"sql_condition": _both(*one.needs), "label_for_charts": NOT_SAID, "is_null_level": True}
    ]
    for level in one.levels:
        made: dict[str, Any] = {"sql_condition": level.sql, "label_for_charts": level.name}
        if level.tf:
            made |= {"tf_adjustment_column": level.tf, "tf_adjustment_weight": 1.0}
        levels.append(made)
    levels.append({"sql_condition": "ELSE", "label_for_charts": NOTHING_ALIKE})
    return {"output_column_name": one.name, "comparison_levels": levels}
