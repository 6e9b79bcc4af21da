"""Each measure over a snapshot held to its slow twin, whatever the rows are: by chance or taken in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from craffu.engines.choice import Engine
from craffu.engines.expressions import answered
from craffu.engines.snapshots import Snapshot
from craffu.measures.engine.asking import Asked
from craffu.measures.engine.catalogue import WORKED
from tests.oracles import measures as oracle
from tests.oracles import measures_of_rows

ORACLES: Final = oracle.ORACLES | measures_of_rows.ORACLES

type Rows = Mapping[str, list[dict[str, Any]]]
# From a day to a day, as known at an instant.
type Wanted = tuple[date, date, datetime]


def asked_of(first: date, last: date, at: datetime) -> tuple[Asked, oracle.Question]:
    asked = Asked(first, last, at)
    return asked, oracle.Question(first, last, at, asked.today)


def counted(
    code: str, asked: Asked, split: str | None, snapshot: Snapshot, engine: Engine
) -> dict[Any, dict[str, int]]:
    worked = WORKED[code]
    found = answered(worked.asks(asked.split_by(split), split), snapshot.tables(worked.tables), engine).to_pylist()
    assert len({row["by"] for row in found}) == len(found)
    assert all(type(count) is int for row in found for name, count in row.items() if name != "by")
    return {row.pop("by"): row for row in found}


def stages_counted(asked: Asked, split: str | None, snapshot: Snapshot, engine: Engine) -> dict[Any, Counter[Any]]:
    found: dict[Any, Counter[Any]] = {}
    worked = WORKED["MET08"]
    for row in answered(worked.asks(asked.split_by(split), split), snapshot.tables(worked.tables), engine).to_pylist():
        found.setdefault(row["by"], Counter())[row["stage"], row["days"], row["cause"]] += row["number"]
    return found


def held_to_twins(rows: Rows, snapshot: Snapshot, wanted: Iterable[Wanted], engine: Engine) -> Counter[str]:
    """Holds each measure, whole and by everything it is split by, to what plain Python counts of the same rows.

    Returns how much each counted, by its code: two that agree on nothing at all would agree too.
    """
    seen: Counter[str] = Counter()
    for question in wanted:
        asked, told = asked_of(*question)
        placed = oracle.with_areas(rows, told)
        for code, twin in ORACLES.items():
            for split in (None, *WORKED[code].splits.values()):
                found = counted(code, asked, split, snapshot, engine)
                expected = twin(placed, told, split)
                nought = [of for of, each in expected.items() if of is not None and not any(each.values())]
                assert found == {of: each for of, each in expected.items() if of not in nought or of in found}, (
                    code,
                    split,
                )
                seen[code] += sum(sum(each.values()) for each in expected.values())
        for split in (None, "kind", "area"):
            stages = {of: each for of, each in oracle.met08(placed, told, split).items() if each}
            assert stages_counted(asked, split, snapshot, engine) == stages
        lived = Counter((one.days, one.cause) for one in oracle.cohort(rows, told))
        worked = WORKED["MET18"]
        assert worked.curve is not None
        curve = answered(worked.curve(asked, None), snapshot.tables(worked.tables), engine).to_pylist()
        assert Counter({(row["days"], row["cause"]): row["number"] for row in curve}) == lived
    return seen
