"""Which pairs are compared at all: records that agree on one of these, counted before anything is compared.

Pure. A rule that would compare too many pairs is tightened, or left out and named; where all are too big the run is refused.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from craffu.engines.columns import Columns


@dataclass(frozen=True, slots=True)
class Rule:
    """Columns of the one record that equal columns of the other."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def sql(self) -> str:
        return " AND ".join(f"l.{left} = r.{right}" for left, right in zip(self.left, self.right, strict=True))

    def __str__(self) -> str:
        pairs = zip(self.left, self.right, strict=True)
        return " + ".join(left if left == right else f"{left}={right}" for left, right in pairs)


def _on(*columns: str) -> Rule:
    return Rule(columns, columns)


RULES: Final = (
    _on("identifier"),
    _on("born"),
    _on("given", "family"),
    _on("given_heard", "family_heard"),
    Rule(("given", "family"), ("family", "given")),
    Rule(("given_heard", "family_heard"), ("family_heard", "given_heard")),
    Rule(("given_heard", "born_year"), ("family_heard", "born_year")),
    _on("given", "postcode"),
    _on("family", "postcode"),
    _on("given", "born_month"),
    _on("family", "born_month"),
    _on("given", "birthday"),
    _on("family", "birthday"),
    _on("given_heard", "born_year"),
    _on("family_heard", "born_year"),
    _on("given_heard", "family_first"),
    _on("given_heard", "family_last"),
    Rule(("given", "family_first"), ("given", "family_last")),
    Rule(("given", "family"), ("given_other", "family")),
    Rule(("born_turned", "given_initial"), ("born", "given_initial")),
    Rule(("born_turned", "family_heard"), ("born", "family_heard")),
    _on("given_initial", "home", "place"),
    _on("given_initial", "home", "postcode"),
    _on("born_year", "home"),
    _on("birthday", "postcode"),
    _on("born_year", "postcode"),
    _on("given_initial", "family", "place"),
    _on("given", "family_heard", "place"),
)
BY_CONTACT: Final = (_on("phone", "given_initial"), _on("email", "given_initial"))
# Where an address is known by its token alone it has neither place nor postcode.
BY_TOKEN: Final = (_on("given_initial", "home_there"),)
TIGHTER: Final = ("given_initial", "born_year", "sex", "place", "district")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rules to block on with the pairs each compares, and those tightened or left out, with the pairs they would have."""

    rules: tuple[Rule, ...]
    pairs: Mapping[str, int]
    tightened: Mapping[str, str]
    left_out: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.pairs.values())


class TooManyPairs(ValueError):
    """No rule compares few enough pairs."""


class NothingToCompare(ValueError):
    """No column that pairs are looked for by holds anything."""


def pairs_of(rule: Rule, left: "Columns", right: "Columns | None") -> int:
    """How many pairs a rule compares: within one table, or across two."""
    if right is None and rule.left == rule.right:
        return left.pairs(rule.left)
    return left.pairs(rule.left, right, rule.right)


def chosen(left: "Columns", right: "Columns | None", filled: Set[str], extra: Sequence[str], budget: int) -> Chosen:
    """The rules for these tables within a budget of pairs, none where no two records agree on anything.

    Raises TooManyPairs where every rule with pairs is beyond the budget, NothingToCompare where no rule has its columns.
    """
    share = max(1, budget // 4)
    kept: list[Rule] = []
    pairs: dict[str, int] = {}
    tightened: dict[str, str] = {}
    left_out: dict[str, int] = {}
    used, usable = 0, False
    by_token = () if {"place", "postcode"} & filled else BY_TOKEN
    for wanted in (*RULES, *by_token, *BY_CONTACT, *(_on(column, "given_initial") for column in extra)):
        if not {*wanted.left, *wanted.right} <= filled:
            continue
        usable = True
        count = first = pairs_of(wanted, left, right)
        rule = wanted
        for column in TIGHTER:
            if count <= min(share, budget - used):
                break
            if column in filled and column not in rule.left and not _implied(column, rule.left):
                rule = Rule((*rule.left, column), (*rule.right, column))
                count = pairs_of(rule, left, right)
        if count > min(share, budget - used):
            left_out[str(wanted)] = first
        elif count and rule not in kept:
            kept.append(rule)
            pairs[str(rule)] = count
            used += count
            if rule is not wanted:
                tightened[str(wanted)] = str(rule)
    if left_out and not kept:
        raise TooManyPairs(_too_big(left_out, budget))
    if not usable:
        raise NothingToCompare(
            "the tables say nothing that records can be looked for by: map two names, a date of birth or an identifier"
        )
    return Chosen(tuple(kept), pairs, tightened, left_out)


_IMPLIES: Final = {
    "given_initial": {"given", "given_heard"},
    "born_year": {"born", "born_month", "born_turned"},
    "district": {"postcode"},
}


def _implied(column: str, by: Iterable[str]) -> bool:
    return bool(_IMPLIES.get(column, set()) & set(by))


def _too_big(left_out: Mapping[str, int], budget: int) -> str:
    named = "; ".join(f"{rule}: {count:,} pairs" for rule, count in left_out.items())
    return f"every way to look for pairs compares more than the {budget:,} allowed ({named}): map more columns or split the table"
