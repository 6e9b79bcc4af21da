"""What is hidden with what, so that no sum gives it away (MSR-03)."""

import pytest

from craffu.measures.engine.together import guarded, linked
from craffu.measures.engine.values import Told, Value
from craffu.published.disclosure import To

pytestmark = pytest.mark.rule("MSR-03")


def figures(to: To, **rows: dict[str, int]) -> dict[str, list[tuple[str, Value]]]:
    """Of MET13, of all and of each kind: each hides what is small of its own."""
    told = Told("MET13", to, ("on_time",), "of", ("late", "never"))
    whole = {name: sum(row[name] for row in rows.values()) for name in ("on_time", "of", "late", "never")}
    by_kind = [{"by": kind, **row} for kind, row in rows.items()]
    lines = [("", one) for one in told.shares([{"by": None, **whole}])]
    return {"MET13": [*lines, *(("order_type", one) for one in told.shares(by_kind))]}


def guard(to: To, **rows: dict[str, int]) -> dict[str | None, Value]:
    return {one.of: one for _split, one in guarded(figures(To.ROWS, **rows), figures(to, **rows), to)["MET13"]}


def of(on_time: int, late: int, never: int) -> dict[str, int]:
    return {"on_time": on_time, "late": late, "never": never, "of": on_time + late + never}


def test_what_is_beside_a_figure_is_hidden_by_twos() -> None:
    whole = guard(To.INTERNAL, SPO=of(20, 3, 8))[None]
    assert (whole.numerator, whole.denominator, whole.beside) == (20, 31, {"late": None, "never": None})
    whole = guard(To.INTERNAL, SPO=of(20, 7, 8))[None]
    assert whole.beside == {"late": 7, "never": 8}


def test_what_one_value_of_a_split_hides_another_hides_as_well() -> None:
    found = guard(To.INTERNAL, SPO=of(20, 3, 8), SHPO=of(30, 9, 9), RO_CONV=of(40, 6, 7))
    assert found[None].beside == {"late": 18, "never": 24}
    assert found["SPO"].beside == {"late": None, "never": None}
    assert found["RO_CONV"].beside == {"late": None, "never": None}, "the smallest that is not hidden already"
    assert found["SHPO"].beside == {"late": 9, "never": 9}


def test_nothing_more_is_hidden_from_whoever_opens_the_rows() -> None:
    assert guard(To.ROWS, SPO=of(20, 3, 8))[None].beside == {"late": 3, "never": 8}


def test_measures_of_the_same_things_are_linked() -> None:
    assert linked("MET05") == {"MET05", "MET06"}
    assert linked("MET21") == {"MET20", "MET21", "MET24"}
    assert linked("MET27") == {"MET27"}
    refused = Told("MET06", To.INTERNAL, ("refused", "withdrawn"), "of", ("withdrawn_at_hearing",))
    granted = Told("MET05", To.INTERNAL, ("granted",), "of", ())
    ended = {"by": None, "refused": 17, "withdrawn": 8, "of": 28, "withdrawn_at_hearing": 0}
    decided = {"by": None, "granted": 3, "of": 20}

    def of_both(to: To) -> dict[str, list[tuple[str, Value]]]:
        one, other = Told("MET06", to, refused.parts, "of", refused.beside), Told("MET05", to, granted.parts, "of", ())
        return {
            "MET05": [("", each) for each in other.shares([decided])],
            "MET06": [("", each) for each in one.shares([ended])],
        }

    told = guarded(of_both(To.ROWS), of_both(To.INTERNAL), To.INTERNAL)
    assert all(one.suppressed for _split, one in (*told["MET05"], *told["MET06"])), (
        "28 less 17 less 8 would be the three granted"
    )
