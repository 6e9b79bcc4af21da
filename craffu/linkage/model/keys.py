"""By what a record is looked for: the same rules as pairs of a whole table are found by, said of one record at a time.

Pure. A rule of the same columns on both sides is one key; where they differ a record has a key for either side, and is looked for
on the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from craffu.linkage.model.blocking import Rule

type Row = Mapping[str, Any]

_BETWEEN: Final = "\x1f"


def keys_of(row: Row, rules: Iterable[Rule]) -> Iterator[str]:
    """What a record is found by."""
    for rule in rules:
        if rule.left == rule.right:
            yield from _said(row, rule.left, "")
        else:
            yield from _said(row, rule.left, f"{rule} left")
            yield from _said(row, rule.right, f"{rule} right")


def looked_for(row: Row, rules: Iterable[Rule]) -> Iterator[str]:
    """What others that agree with a record are found by."""
    for rule in rules:
        if rule.left == rule.right:
            yield from _said(row, rule.left, "")
        else:
            yield from _said(row, rule.left, f"{rule} right")
            yield from _said(row, rule.right, f"{rule} left")


def _said(row: Row, columns: Sequence[str], side: str) -> Iterator[str]:
    values = [row[column] for column in columns]
    if None not in values:
        yield _BETWEEN.join((side or "+".join(columns), *values))


def agrees(low: Row, high: Row, rules: Iterable[Rule]) -> bool:
    """Whether two records are a pair by any of the rules, the one that came first on the left as in a whole table."""
    return any(
        all(
            low[left] is not None and low[left] == high[right]
            for left, right in zip(rule.left, rule.right, strict=True)
        )
        for rule in rules
    )


def without_implied(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that find a pair no other finds too: who has the same name and family name sounds the same."""
    return tuple(one for one in rules if not any(other is not one and _implies(one, other) for other in rules))


_WIDER: Final = {
    "given": {"given", "given_heard", "given_initial"},
    "given_heard": {"given_heard"},
    "family": {"family", "family_heard", "family_first", "family_last"},
    "born": {"born", "born_month", "born_year", "birthday"},
    "born_month": {"born_month", "born_year"},
}


def _implies(one: Rule, other: Rule) -> bool:
    """Whether every pair that one rule finds the other finds: never of rules whose sides differ."""
    if one.left != one.right or other.left != other.right:
        return False
    said = {wider for column in one.left for wider in _WIDER.get(column, {column})}
    return set(other.left) <= said and (set(one.left) != set(other.left))
