"""T41: from everything that a reader has together nothing hidden follows: pages, exports, the feed and the answer to the public.

A reader of each kind has every figure of the snapshot as it is told to that kind (the dashboard, the pages of measures and the
export show no others) and, as anybody has, the feed and what `craffu foi orders` answers by years and by ages. They know how
figures hang together: every sum below that holds in this force, and which counts are among others.
"""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from craffu.breaches.standpoints.rules import Mismatch
from craffu.engines.choice import Engine, Kind
from craffu.engines.snapshots import Snapshot
from craffu.measures.answering.orders import Answer, Wanted, answer
from craffu.measures.definitions import Statistic
from craffu.measures.engine import together
from craffu.measures.engine.catalogue import WORKED
from craffu.measures.kept.reading import Figure, Kept
from craffu.published.disclosure import To, is_small
from tests.factories import snapshot_rows
from tests.factories.kept_over_rows import kept_over, snapshot_over
from tests.oracles.attack import MANY, Attack

pytestmark = pytest.mark.rule("MSR-03")
DUCKDB = Engine(Kind.DUCKDB)
# Whatever is known beside the figures: the first is the sum of the others. `-` is what is left over.
SUMS = (
    "MET02 of = in_time late undecided", "MET05 of = granted MET06.refused", "MET06 of = refused withdrawn MET05.granted",
    "MET10 of = MET11.unserved", "MET11 orders = MET12.of", "MET13 of = on_time late never",
    "MET16 of = view reason_only standing_wish neither", "MET20 of = arrested arrested_before_report no_arrest_with_reason -",
    "MET24 reported = MET20.of MET20.not_yet_due", "MET24 reported = MET21.of", "MET22 of = charged charged_otherwise -",
    "MET26 granted = granted_vary granted_renew granted_discharge",
    "MET26 of = asked_by_police asked_by_respondent asked_by_victim asked_by_prosecution asked_by_court asked_by_not_said",
    "MET28 of = on_time late missed", "MET27 of = kept excused -",
    "MET29 of = outcome_14 outcome_16 -", "MET21 of = MET20.of MET20.not_yet_due",
)  # fmt: skip
# The first is among the second.
AMONG = (
    "MET06 withdrawn_at_hearing withdrawn", "MET07 requested_at_lodging requested", "MET11 interim orders",
    "MET11 unserved orders", "MET17 proven alleged", "MET21 answered_in_48_hours answered", "MET24 of reported",
    "MET28 safety_in_time safety_of", "MET30 of arrived", "MET09 in_court in_time", "MET07 still_open of",
    "MET26 by_variation of", "MET31 planned of", "MET31 urgent of", "MET32 on_call_alone of",
    *(f"MET24 {one.value.lower()} unresolved" for one in Mismatch),
)  # fmt: skip

type Place = tuple[str, str, str, str]
type Cell = tuple[Place, str]


def figures(kept: Kept, to: To) -> Iterator[tuple[Place, Figure]]:
    for code in kept.measures:
        told = kept.told(code, to)
        for period, several in (("now", told.now), ("before", told.before)):
            yield from (((code, period, one.split, one.of), one) for one in several)


def counts_of(kept: Kept) -> dict[Cell, int]:
    """Every count as its rows have it; the middle of a duration has none but its three ends."""
    found: dict[Cell, int] = {}
    for place, one in figures(kept, To.ROWS):
        if one.numerator is None:
            continue
        prefix = f"{one.part}/" if WORKED[place[0]].statistic is Statistic.DURATION else ""
        found[place, prefix + one.part] = one.numerator
        if one.denominator is not None:
            found[place, f"{prefix}of"] = one.denominator
        found |= {(place, prefix + name): int(k) for name, k in one.beside.items() if isinstance(k, int)}
    for place in {place for place, _name in found}:
        for terms in SUMS:
            code, total, _is, *parts = terms.split()
            if place[0] == code and parts[-1] == "-" and (place, total) in found:
                found[place, "-"] = found[place, total] - sum(found.get((place, part), 0) for part in parts[:-1])
        for terms in AMONG:
            code, few, many = terms.split()
            if place[0] == code and found.get((place, few), 0) <= found.get((place, many), -1):
                found[place, f"{many} less {few}"] = found[place, many] - found[place, few]
        if WORKED[place[0]].statistic is Statistic.PROPORTION:
            for part in WORKED[place[0]].parts:
                if (place, part) in found:
                    found[place, f"not {part}"] = found[place, "of"] - found[place, part]
    return found


def told_to(attack: Attack, kept: Kept, to: To, counts: Mapping[Cell, int]) -> set[Cell]:
    """Everything that is printed to a kind of reader; which counts are."""
    printed: set[Cell] = set()
    for place, one in figures(kept, to):
        is_rate = WORKED[place[0]].statistic is Statistic.RATE and not WORKED[place[0]].per
        prefix = f"{one.part}/" if WORKED[place[0]].statistic is Statistic.DURATION else ""
        told = {prefix + one.part: one.numerator, **({} if is_rate else {f"{prefix}of": one.denominator})}
        told |= {prefix + name: k for name, k in one.beside.items() if isinstance(k, int)}
        for name, count in told.items():
            if count is not None and (place, name) in counts:
                assert abs(count - counts[place, name]) <= (2 if to is To.PUBLIC else 0), (place, name)
                attack.print(count, to, (place, name))
                printed.add((place, name))
    return printed


def known(attack: Attack, counts: Mapping[Cell, int]) -> None:
    """How figures hang together, wherever they do in this force."""
    for place in {place for place, _name in counts}:
        _code, period, split, of = place

        def cell(code: str, name: str, at: tuple[str, str, str] = (period, split, of)) -> Cell:
            its, _dot, own = name.rpartition(".")
            return ((its or code), *at), own

        for terms in SUMS:
            code, total, _is, *parts = terms.split()
            cells = [cell(code, name) for name in (total, *parts)]
            if place[0] == code and all(one in counts for one in cells) and is_so(counts, cells):
                attack.say({cells[0]: -1, **dict.fromkeys(cells[1:], 1)}, 0)
        for terms in AMONG:
            code, few, many = terms.split()
            both = [(place, few), (place, many)]
            if place[0] == code and all(one in counts for one in both) and counts[both[0]] <= counts[both[1]]:
                attack.say({both[1]: -1, both[0]: 1, (place, f"{many} less {few}"): 1}, 0)
        for part in WORKED[place[0]].parts:
            if (place, f"not {part}") in counts:
                attack.say({(place, "of"): -1, (place, part): 1, (place, f"not {part}"): 1}, 0)
    for whole, several in split_sums(counts):
        attack.say({whole: -1, **dict.fromkeys(several, 1)}, 0)


def split_sums(counts: Mapping[Cell, int]) -> Iterator[tuple[Cell, list[Cell]]]:
    """The values of each split come to the whole wherever they do, and the teams of an area to the area."""
    of_split: dict[Cell, dict[str, list[Cell]]] = {}
    for one in counts:
        (code, period, split, of), name = one
        if split:
            of_split.setdefault(((code, period, "", ""), name), {}).setdefault(split, []).append(one)
        if split == "team":
            area = (code, period, "area", of.split("/")[0])
            of_split.setdefault((area, name), {}).setdefault(split, []).append(one)
    for whole, splits in of_split.items():
        for several in splits.values():
            if whole in counts and is_so(counts, [whole, *several]):
                yield whole, several


def is_so(counts: Mapping[Cell, int], cells: list[Cell]) -> bool:
    return counts[cells[0]] == sum(counts[one] for one in cells[1:])


def answered_to_all(attack: Attack, snapshot: Snapshot) -> list[Any]:
    """What anybody is answered by years, and by years and ages; and the counts that are hidden in it."""
    every = {
        name: answer(wanted, snapshot, DUCKDB) for name, wanted in (("year", Wanted()), ("age", Wanted(by_age=True)))
    }
    hidden = []
    for found in every.values():
        for row in found.rows:
            one = (row.question, row.kind, row.years, row.age)
            if row.count is None:
                hidden.append(one)
                attack.say({one: 1}, 0, MANY)
            else:
                attack.print(row.count, To.PUBLIC, one)  # type: ignore[arg-type]
    _years_and_ages(attack, every["age"])
    return hidden


def _years_and_ages(attack: Attack, found: Answer) -> None:
    rows = {(row.question, row.kind, row.years, row.age) for row in found.rows}
    for question, kind, years, age in rows:
        mine = [one for one in rows if one[:2] == (question, kind)]
        if years == "all":
            parts = [one for one in mine if one[3] == age and one[2] != "all"]
            attack.say({(question, kind, years, age): -1, **dict.fromkeys(parts, 1)}, 0)
        if age == "" and any(one[3] for one in mine):
            parts = [one for one in mine if one[2] == years and one[3]]
            attack.say({(question, kind, years, age): -1, **dict.fromkeys(parts, 1)}, 0)


def force(folder: Path, seed: int, size: int = 0) -> tuple[Kept, Snapshot]:
    """A force by chance, of so many orders that much has to be hidden: many counts are in reach of the threshold."""
    size = size or random.Random(seed).choice((60, 400, 1000))  # noqa: S311  # an invented force
    snapshot = snapshot_over(folder, snapshot_rows.tables(seed, size))
    return kept_over(folder, snapshot), snapshot


def recovered(kept: Kept, snapshot: Snapshot, to: To) -> tuple[list[Any], int, int]:
    """What follows of what is hidden; how much is hidden, and how much printed."""
    attack, counts = Attack(), counts_of(kept)
    for cell in counts:
        attack.say({cell: 1}, 0, MANY)
    printed = told_to(attack, kept, to, counts)
    if to is not To.PUBLIC:
        told_to(attack, kept, To.PUBLIC, counts)
    known(attack, counts)
    hidden = [cell for cell, count in counts.items() if is_small(count, to) and is_hidden(cell, counts, printed)]
    of_answers = answered_to_all(attack, snapshot)
    return attack.recovered([*hidden, *of_answers]), len(hidden), len(printed)


def is_hidden(cell: Cell, counts: Mapping[Cell, int], printed: set[Cell]) -> bool:
    """Of nothing to divide it may be said that there are no cases, and then nothing is hidden."""
    whole = (cell[0], "of")
    return cell not in printed and (counts.get(whole, 1) > 0 or whole not in printed)


DEEP = [pytest.param(seed, marks=pytest.mark.deep) for seed in range(1, 30)]


@pytest.mark.parametrize("seed", [0, *DEEP])
def test_T41_nothing_hidden_follows_from_pages_exports_feed_and_answers_together(tmp_path: Path, seed: int) -> None:
    """The first is of a small force, since the larger it is the longer it takes; the others are of any size."""
    kept, snapshot = force(tmp_path, seed, 0 if seed else 60)
    for to in (To.INTERNAL, To.PUBLIC):
        found, hidden, printed = recovered(kept, snapshot, to)
        assert found == [], to
        assert min(hidden, printed) > 20


@pytest.mark.deep
def test_T41_the_attack_finds_what_each_measure_alone_would_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was before: every measure hid what is small of its own, and others told it."""
    monkeypatch.setattr(together, "_close", lambda *_: None)
    assert len(recovered(*force(tmp_path, 2, 300), To.INTERNAL)[0]) > 3
