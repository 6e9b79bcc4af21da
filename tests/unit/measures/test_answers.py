"""What the public asks of orders is counted as plain Python counts it, and nothing small is in the answer (X14, MSR-03)."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from craffu.engines.choice import Engine, Kind
from craffu.engines.snapshots import Snapshot, build
from craffu.measures.answering.orders import OTHERS, Answer, Wanted, answer, kinds_asked
from craffu.measures.engine.running import CannotAsk
from craffu.measures.snapshots.tables import TABLES
from craffu.victims.gap.rules import AGES
from tests.factories import snapshot_rows
from tests.oracles.measures import Tables, stood

pytestmark = pytest.mark.rule("MSR-03")
DUCKDB = Engine(Kind.DUCKDB)
BUILT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def snapshot_of(folder: Path, rows: Tables) -> Snapshot:
    wanted = (
        (name, {column: holds.value for column, holds in TABLES[name].columns.items()}, several)
        for name, several in rows.items()
    )
    return build(folder, wanted, BUILT)


def rounded(count: int) -> int | None:
    return None if count < 10 else (count + 2) // 5 * 5


def counted(found: Answer) -> dict[tuple[str, str, str, str], int | None]:
    told = {(row.question, row.kind, row.years, row.age): row.count for row in found.rows}
    assert len(told) == len(found.rows)
    assert all((row.words == "") is (row.count is not None) for row in found.rows)
    assert all(row.count is None or (row.count >= 10 and row.count % 5 == 0) for row in found.rows)
    return told


def incidents_by_year(rows: Tables) -> dict[str, Counter[int]]:
    found: dict[str, Counter[int]] = {name: Counter() for name in OTHERS}
    own = {row["breach"]: row for row in stood(rows["breaches"], BUILT) if row["is_own"] and row["is_recorded"]}
    for row in own.values():
        found["reports"][row["reported_on"].year] += 1
        if not row["is_disproved"]:
            found["breaches"][row["happened_on"].year] += 1
            found["proved"][row["happened_on"].year] += row["is_proved"]
    arrests = {row["arrest"]: row["arrested_at"] for row in stood(rows["arrests"], BUILT) if row["breach"] in own}
    found["arrests"].update(at.year for at in arrests.values())
    return found


def test_the_answer_is_what_plain_python_counts_and_hides(tmp_path: Path) -> None:
    rows = snapshot_rows.tables(3, 130)
    snapshot = snapshot_of(tmp_path, rows)
    years = range(2022, 2027)
    ages = {row["order"]: row["age"] for row in stood(rows["ages"], BUILT)}
    made = Counter(
        (row["kind"], row["made_on"].year, ages.get(row["order"], ""))
        for row in stood(rows["orders"], BUILT)
        if row["made_on"] is not None
    )
    by_age = counted(answer(Wanted(by_age=True), snapshot, DUCKDB))
    by_year = counted(answer(Wanted(), snapshot, DUCKDB))
    shown = 0
    assert {kind for kind, _year, _age in made} < {kind for _question, kind, _years, _age in by_year if kind}
    for kind in kinds_asked():
        for year in years:
            whole = sum(made[kind, year, age] for age in (*AGES, ""))
            assert by_age["orders_made", kind, str(year), ""] in (rounded(whole), None)
            # One question gives one number, however it is asked.
            assert by_age["orders_made", kind, str(year), ""] == by_year["orders_made", kind, str(year), ""]
            for age in (*AGES, ""):
                cell = by_age["orders_made", kind, str(year), age or "not_known"]
                assert cell in (rounded(made[kind, year, age]), None)
                shown += cell is not None
            hidden = [
                made[kind, year, age]
                for age in (*AGES, "")
                if by_age["orders_made", kind, str(year), age or "not_known"] is None
            ]
            if by_age["orders_made", kind, str(year), ""] is not None:
                assert len(hidden) != 1, "one hidden cell under a shown total could be worked back"
        total = sum(made[kind, year, age] for year in years for age in (*AGES, ""))
        assert by_year["orders_made", kind, "all", ""] == rounded(total)
    for name, of_year in incidents_by_year(rows).items():
        for year in years:
            assert by_year[name, "", str(year), ""] in (rounded(of_year[year]), None)
            shown += by_year[name, "", str(year), ""] is not None
        assert by_year[name, "", "all", ""] == rounded(sum(of_year[year] for year in years))
    assert shown > 10


def test_years_are_pooled_in_blocks_and_never_beside_their_single_years(tmp_path: Path) -> None:
    rows = snapshot_rows.tables(4, 60)
    snapshot = snapshot_of(tmp_path, rows)
    found = answer(Wanted(first=2022, last=2026, pooled=2), snapshot, DUCKDB)
    assert {row.years for row in found.rows} == {"2023 to 2024", "2025 to 2026"}
    assert found.left_out == (2022,)
    of_year = incidents_by_year(rows)["reports"]
    told = counted(found)
    assert told["reports", "", "2023 to 2024", ""] == rounded(of_year[2023] + of_year[2024])


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Wanted(last=2027), "knows nothing of 2027"),
        (Wanted(first=2026, last=2025), "2026 is after 2025"),
        (Wanted(by_age=True, pooled=2), "without ages"),
        (Wanted(pooled=1), "two years or more"),
        (Wanted(pooled=6), "no more than the 5"),
    ],
)
def test_what_cannot_be_asked_is_said(wanted: Wanted, says: str, tmp_path: Path) -> None:
    with pytest.raises(CannotAsk, match=says):
        answer(wanted, snapshot_of(tmp_path, {"ages": []}), DUCKDB)
