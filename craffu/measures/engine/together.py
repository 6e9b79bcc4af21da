"""What is hidden of figures that stand together, so that none gives away what is hidden of another (MSR-03; ADR 89).

Pure. Each measure hides what is small of its own. Here every sum that anybody can check is gone through: the parts of a measure
and what is counted beside them, measures of the same things, and the values of a split with the whole. Where exactly one term of
a sum is hidden it could be worked back, so another is hidden with it, until no such sum is left.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from craffu.breaches.standpoints.rules import Mismatch
from craffu.measures.definitions import Slice, definition
from craffu.measures.engine.values import NO_CASES, Value
from craffu.measures.releasing import not_shown
from craffu.orders.papers.rules import MAY_LACK
from craffu.published.disclosure import THRESHOLD, To, is_small

# Of these measures the second is among the first: what is left over of the first would be known where both are told.
_AMONG: Final[tuple[tuple[str, str, str], ...]] = (
    ("MET06", "withdrawn", "withdrawn_at_hearing"),
    ("MET07", "requested", "requested_at_lodging"),
    ("MET07", "of", "still_open"),
    ("MET09", "in_time", "in_court"),
    ("MET11", "orders", "interim"),
    ("MET11", "orders", "unserved"),
    ("MET17", "alleged", "proven"),
    ("MET21", "answered", "answered_in_48_hours"),
    ("MET24", "reported", "of"),
    *(("MET24", "unresolved", one.value.lower()) for one in Mismatch),
    ("MET26", "of", "by_variation"),
    ("MET28", "safety_of", "safety_in_time"),
    ("MET30", "arrived", "of"),
    ("MET31", "of", "planned"),
    ("MET31", "of", "urgent"),
    ("MET32", "of", "on_call_alone"),
)
# The first is what the others come to, of the same days and the same value of a split. `of` is what parts are divided by. What
# ends with a dash is left over of the first and printed nowhere.
SUMS: Final[tuple[tuple[str, ...], ...]] = (
    ("MET02.of", "MET02.in_time", "MET02.late", "MET02.undecided"),
    ("MET05.of", "MET05.granted", "MET06.refused"),
    ("MET06.of", "MET06.refused", "MET06.withdrawn", "MET05.granted"),
    ("MET06.of", "MET05.of", "MET06.withdrawn"),
    ("MET10.of", "MET11.unserved"),
    ("MET12.of", "MET11.orders"),
    ("MET13.of", "MET13.on_time", "MET13.late", "MET13.never"),
    ("MET16.of", "MET16.view", "MET16.reason_only", "MET16.standing_wish", "MET16.neither"),
    ("MET20.of", "MET20.arrested", "MET20.arrested_before_report", "MET20.no_arrest_with_reason", "MET20.-"),
    ("MET21.of", "MET20.of", "MET20.not_yet_due"),
    ("MET21.of", "MET24.reported"),
    ("MET24.reported", "MET20.of", "MET20.not_yet_due"),
    ("MET22.of", "MET22.charged", "MET22.charged_otherwise", "MET22.-"),
    ("MET26.granted", "MET26.granted_vary", "MET26.granted_renew", "MET26.granted_discharge"),
    (
        "MET26.of", "MET26.asked_by_police", "MET26.asked_by_respondent", "MET26.asked_by_victim", "MET26.asked_by_prosecution",
        "MET26.asked_by_court", "MET26.asked_by_not_said",
    ),
    ("MET28.of", "MET28.on_time", "MET28.late", "MET28.missed"),
    ("MET29.of", "MET29.outcome_14", "MET29.outcome_16", "MET29.-"),
    ("MET27.of", "MET27.kept", "MET27.excused", "MET27.-"),
    *(("MET12.of", "MET12.complete", f"MET12.lacks_{one}", f"MET12.lacks_{one}-") for one in MAY_LACK),
    *((f"{code}.{larger}", f"{code}.{smaller}", f"{code}.{smaller}-") for code, larger, smaller in _AMONG),
)  # fmt: skip
# A whole of which the values of a split are no sum: somebody, or an incident, may be of several.
NO_SUM: Final = frozenset({"MET11.persons", "MET11.episodes", "MET17.alleged", "MET17.proven", "MET17.of"})
# Each of these is told or hidden by itself; of every other measure a line is told as a whole.
_BY_ITSELF: Final = frozenset({"MET11"})
_REST, _OF = "-", "of"
_AREA, _TEAM = Slice.AREA.value, Slice.TEAM.value

# A measure, and by what it is split for which value; both are empty of the whole.
type Place = tuple[str, str, str]
# What is told or hidden at once: a line, or one count of it.
type Cell = tuple[Place, str]
type Figures = Mapping[str, Sequence[tuple[str, Value]]]


def linked(code: str) -> set[str]:
    """The measures that stand in one sum with a measure, or with one that does."""
    found, waiting = {code}, [code]
    while waiting:
        mine = waiting.pop()
        for terms in SUMS:
            codes = {term.partition(".")[0] for term in terms}
            if mine in codes:
                waiting += codes - found
                found |= codes
    return found


# By what figures are split, and the values that anybody has.
type Values = Mapping[str, Collection[str]]


def values_of(several: Iterable[Figures]) -> dict[str, set[str]]:
    """Every value of each split of which anything was counted in any measure."""
    found: dict[str, set[str]] = {}
    for figures in several:
        for split, one in (each for lines in figures.values() for each in lines):
            if split and one.of is not None:
                found.setdefault(split, set()).add(one.of)
    return found


def guarded(exact: Figures, told: Figures, to: To, every: Values | None = None) -> dict[str, list[tuple[str, Value]]]:
    """The same figures with as much more of them hidden as it takes. `exact` are all of them as their rows have them.

    What anybody may read has a line for each of `every` value: one that is left out would be known to be a nought.
    """
    values = every if to is To.PUBLIC else None
    exact, told = _aligned(exact, To.ROWS, values), _aligned(told, to, values)
    if to is To.ROWS:
        return {code: list(several) for code, several in told.items()}
    counts = _counts(exact)
    gone = _hidden_already(told)
    gone |= {cell for cell in _rests(counts) if is_small(counts[cell], to)}
    # What is left over and not small is known to nobody, and nothing can be worked back by it.
    sums = [one for one in _sums(counts) if not one[-1][1].endswith(_REST) or one[-1] in gone]
    _close(sums, counts, gone, to)
    return {
        code: [(split, _without((code, split, one.of or ""), one, gone, to)) for split, one in several]
        for code, several in told.items()
    }


def _aligned(figures: Figures, to: To, every: Values | None) -> Figures:
    """The same, with a line for each value of a split that a measure of the same things has: no line would tell of a nought."""
    found = {code: list(several) for code, several in figures.items()}
    for code, several in figures.items():
        beside = [figures[other] for other in sorted(linked(code) - {code}) if other in figures]
        for split in dict.fromkeys([split for split, _one in several if split]):
            values = {one.of for other in beside for its, one in other if its == split}
            missing = (values | set((every or {}).get(split, ()))) - {one.of for its, one in several if its == split}
            parts = {one.part: one for its, one in several if its == split}
            found[code] += [
                (split, _nothing(one, of, to))
                for of in sorted(of for of in missing if of is not None)
                for one in parts.values()
            ]
    return found


def _nothing(like: Value, of: str, to: To) -> Value:
    beside = dict.fromkeys(like.beside, None if to is To.PUBLIC else 0)
    if to is To.PUBLIC:
        note = not_shown(THRESHOLD[to])
        return Value(like.measure, like.part, of, None, None, None, suppressed=True, note=note, beside=beside)
    if like.measure not in _BY_ITSELF:
        return Value(like.measure, like.part, of, 0, 0, None, note=NO_CASES, beside=beside)
    return Value(like.measure, like.part, of, 0, None, 0.0)


def _counts(exact: Figures) -> dict[Cell, int]:
    """Every count, by where it stands and what it is called. Of what has none, a duration say, there is none."""
    found: dict[Cell, int] = {}
    for code, several in exact.items():
        for split, one in several:
            place = (code, split, one.of or "")
            if one.numerator is not None:
                found[place, one.part] = one.numerator
            if one.denominator is not None:
                found[place, _OF] = one.denominator
            found |= {(place, name): number for name, number in one.beside.items() if isinstance(number, int)}
    for total, *terms in SUMS:
        if terms[-1].endswith(_REST):
            found |= dict(_left_over(found, total, terms))
    return found


def _left_over(counts: Mapping[Cell, int], total: str, terms: Sequence[str]) -> Iterator[tuple[Cell, int]]:
    code, _dot, name = total.partition(".")
    for place, of in {
        place: count for (place, called), count in counts.items() if (place[0], called) == (code, name)
    }.items():
        left = of - sum(counts.get((place, term.partition(".")[2]), 0) for term in terms[:-1])
        # What is not among it after all leaves nothing over.
        if left >= 0:
            yield (place, terms[-1].partition(".")[2]), left


def _rests(counts: Mapping[Cell, int]) -> Iterator[Cell]:
    return (cell for cell in counts if cell[1].endswith(_REST))


def _hidden_already(told: Figures) -> set[Cell]:
    found: set[Cell] = set()
    for code, several in told.items():
        for split, one in several:
            place = (code, split, one.of or "")
            names = {name for name, number in one.beside.items() if number is None}
            found |= {(place, name) for name in names | ({one.part, _OF} if one.suppressed else set())}
    return found


type _Sum = tuple[Cell, ...]


def _sums(counts: Mapping[Cell, int]) -> Iterator[_Sum]:
    """Every sum of which each term is known: of one place, and of a split with its whole."""
    at = {(split, of) for (_code, split, of), _name in counts}
    for terms in SUMS:
        for split, of in sorted(at):
            cells = tuple((((term.partition(".")[0]), split, of), term.partition(".")[2]) for term in terms)
            if all(cell in counts for cell in cells):
                yield cells
    of_split: dict[Cell, dict[str, list[Cell]]] = {}
    for cell in counts:
        (code, split, of), name = cell
        if split and not name.endswith(_REST):
            of_split.setdefault(((code, "", ""), name), {}).setdefault(split, []).append(cell)
            if split == _TEAM:
                # A team is of one area, and an area's teams come to it.
                area = (code, _AREA, of.partition("/")[0])
                of_split.setdefault((area, name), {}).setdefault(split, []).append(cell)
    for whole, splits in of_split.items():
        (code, _split, _of), name = whole
        for cells_of in splits.values():
            # Mostly nobody is of two areas: wherever it happens to be a sum it is taken for one.
            is_sum = f"{code}.{name}" not in NO_SUM or counts.get(whole) == sum(counts[cell] for cell in cells_of)
            if whole in counts and is_sum:
                yield (whole, *sorted(cells_of))


def _close(sums: Sequence[_Sum], counts: Mapping[Cell, int], gone: set[Cell], to: To) -> None:
    """Until no sum has exactly one term that is hidden."""
    lines: dict[Place, set[Cell]] = {}
    for cell in counts:
        lines.setdefault(cell[0], set()).add(cell)
    changed = True
    while changed:
        changed = False
        for one in sums:
            hidden = [cell for cell in one if cell in gone]
            shown = [cell for cell in one if cell not in gone and not _stays(cell, counts, to)]
            if len(hidden) == 1 and shown:
                gone |= _with(min(shown, key=lambda cell: _order(cell, counts)), lines)
                changed = True


def _stays(cell: Cell, counts: Mapping[Cell, int], to: To) -> bool:
    """What is printed nowhere; inside the force also that there are no cases, where a nought hides nobody."""
    place, name = cell
    is_line = name in {_OF, *_parts(place[0])}
    return name.endswith(_REST) or (is_line and to is To.INTERNAL and counts.get((place, _OF)) == 0)


def _order(cell: Cell, counts: Mapping[Cell, int]) -> tuple[bool, bool, int, Cell]:
    """What is hidden first: a count of which nothing else is told, the whole last, no nought if it can be helped."""
    (code, split, _of), name = cell
    is_line = code not in _BY_ITSELF and name in {_OF, *_parts(code)}
    return (is_line and not split, counts[cell] == 0, counts[cell], cell)


def _parts(code: str) -> Iterable[str]:
    return (part.key for part in definition(code).parts)


def _with(cell: Cell, lines: Mapping[Place, set[Cell]]) -> set[Cell]:
    """Whatever is hidden with a count: of a line everything, of what stands beside it nothing."""
    (code, _split, _of), name = cell
    if code in _BY_ITSELF or name not in {_OF, *_parts(code)}:
        return {cell}
    return lines[cell[0]]


def _without(place: Place, one: Value, gone: set[Cell], to: To) -> Value:
    beside = {name: None if (place, name) in gone else number for name, number in one.beside.items()}
    if one.suppressed or (place, one.part) not in gone:
        return replace(one, beside=beside)
    return replace(
        one, numerator=None, denominator=None, value=None, interval=None, suppressed=True, note=not_shown(THRESHOLD[to]),
        beside=dict.fromkeys(one.beside),
    )  # fmt: skip
