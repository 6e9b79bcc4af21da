"""How a figure may be told to whom (MSR-03)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.measures.releasing import Block, Disclosure, NotPooled, Told, Total, pool, public_share, tell, tell_table
from craffu.published.disclosure import To

pytestmark = pytest.mark.rule("MSR-03")
YEARLY = Total("order", "force", "year")
DECIDED = Disclosure("A. Example", date(2026, 11, 20), "No person can be found in it")


def test_what_is_hidden_says_what_it_is_below() -> None:
    assert [tell(count, To.PUBLIC) for count in (0, 9, 10, 12, 13)] == [
        Told(None, 10), Told(None, 10), Told(10), Told(10), Told(15),
    ]  # fmt: skip
    assert [tell(count, To.INTERNAL) for count in (0, 1, 4, 5)] == [Told(0), Told(None, 5), Told(None, 5), Told(5)]
    assert [tell(count, To.ROWS) for count in (0, 1)] == [Told(0), Told(1)]
    with pytest.raises(ValueError, match="negative"):
        tell(-1, To.ROWS)


def test_a_yearly_total_of_orders_is_told_exactly_by_a_named_person() -> None:
    exact = Told(6, None, "A. Example")
    assert tell(6, To.PUBLIC, YEARLY, DECIDED) == exact
    assert tell(0, To.PUBLIC, YEARLY, DECIDED).count == 0
    assert tell(13, To.PUBLIC, YEARLY, DECIDED).count == 13
    hidden = Told(None, 10)
    assert tell(6, To.PUBLIC, YEARLY) == tell(6, To.PUBLIC, None, DECIDED) == hidden
    for total in (
        Total("breach", "force", "year"),
        Total("order", "area", "year"),
        Total("order", "force", "month"),
        Total("order", "force", "year", "sex"),
    ):
        assert tell(6, To.PUBLIC, total, DECIDED) == hidden
    for by, reason in (("", DECIDED.reason), (" ", DECIDED.reason), ("system", DECIDED.reason), ("A. Example", "ok")):
        assert tell(6, To.PUBLIC, YEARLY, Disclosure(by, date(2026, 11, 20), reason)) == hidden
    # Inside the force it hides nothing and opens nothing.
    assert tell(3, To.INTERNAL, YEARLY, DECIDED) == Told(None, 5)


@given(st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_public_share_is_of_rounded_counts_that_are_all_large(of: tuple[int, int]) -> None:
    x, n = of
    found = public_share(x, n)
    assert (found is None) == (x < 10 or n - x < 10)
    if found:
        assert (found.numerator % 5, found.denominator % 5) == (0, 0)
        assert abs(found.numerator - x) <= 2
        assert abs(found.denominator - n) <= 2
        assert found.percent == pytest.approx(100 * found.numerator / found.denominator)
        assert 0 < found.percent < 100


def test_a_public_share_of_few_is_read_with_care() -> None:
    found = [public_share(12, 24), public_share(12, 28)]
    assert [one.with_care for one in found if one] == [True, False]
    for wrong in ((-1, 30), (31, 30)):
        with pytest.raises(ValueError, match="none to all"):
            public_share(*wrong)


def test_the_totals_of_a_table_are_protected_like_its_cells() -> None:
    found = tell_table([[2, 1, 40], [0, 0, 50], [0, 1, 60]], To.INTERNAL)
    assert found.row_totals == (43, 50, 61)
    assert found.column_totals == (None, None, 150)
    assert found.total == 154
    # One small total alone would be the whole less the others.
    alone = tell_table([[1, 1], [0, 1], [20, 40], [30, 50]], To.INTERNAL)
    assert alone.row_totals == (None, None, 60, 80)
    one = tell_table([[3, 0], [20, 40], [30, 50]], To.INTERNAL)
    assert one.row_totals == (None, None, 80)
    assert tell_table([[3, 1]], To.INTERNAL).total is None
    assert tell_table([[3, 1]], To.ROWS).cells == ((3, 1),)
    nothing = tell_table([], To.PUBLIC)
    assert (nothing.cells, nothing.row_totals, nothing.column_totals, nothing.total) == ((), (), (), None)
    rounded = tell_table([[12, 13], [18, 22]], To.PUBLIC)
    assert rounded.cells == ((10, 15), (20, 20))
    assert (rounded.row_totals, rounded.column_totals, rounded.total) == ((25, 40), (30, 35), 65)
    assert (rounded.primary, rounded.secondary) == (0, 0)


def test_years_are_pooled_back_from_the_latest() -> None:
    years = {2020: 4, 2021: 3, 2022: 6, 2023: 8, 2024: 5}
    found = pool(years, 2)
    assert found.blocks == (Block(2021, 2022, Told(None, 10)), Block(2023, 2024, Told(15)))
    assert (found.left_out, found.why) == ((2020,), None)
    assert pool(dict(reversed(years.items())), 2) == found
    assert pool(years, 3).left_out == (2020, 2021)
    assert pool(years, 6).blocks == ()
    assert pool(years, 6).left_out == tuple(years)
    assert pool({}, 2).blocks == ()


def test_years_are_not_pooled_beside_their_single_years_by_one_or_over_a_gap() -> None:
    found = pool({2020: 4, 2021: 30}, 2, single_years_published=True)
    assert (found.blocks, found.left_out, found.why) == ((), (), NotPooled.SINGLE_YEARS_PUBLISHED)
    assert "".join(NotPooled) == "single_years_already_published"
    for size in (1, 0, -1):
        with pytest.raises(ValueError, match="two or more"):
            pool({2020: 4}, size)
    with pytest.raises(ValueError, match="missing"):
        pool({2020: 4, 2022: 5}, 2)


@given(st.integers(1990, 2000), st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(2, 5))
def test_blocks_never_overlap(first: int, counts: list[int], size: int) -> None:
    years = {first + place: count for place, count in enumerate(counts)}
    found = pool(years, size)
    told = [year for block in found.blocks for year in range(block.first, block.last + 1)]
    assert [*found.left_out, *told] == list(years)
    assert len(found.left_out) < size
    assert all(block.last - block.first == size - 1 for block in found.blocks)
