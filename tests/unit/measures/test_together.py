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


@pytest.mark.parametrize(
    ("code", "parts", "of", "beside", "row"),
    [
        # Two full orders; two answers that came late; two interim orders asked for afterwards; two withdrawn before a hearing.
        ("MET11", ("orders", "interim"), "", (), {"orders": 20, "interim": 18}),
        ("MET21", ("answered", "answered_in_48_hours"), "of", (), {"answered": 30, "answered_in_48_hours": 28, "of": 40}),
        ("MET07", ("requested", "requested_at_lodging"), "of", (), {"requested": 30, "requested_at_lodging": 28, "of": 40}),
        ("MET06", ("withdrawn",), "of", ("withdrawn_at_hearing",), {"withdrawn": 20, "withdrawn_at_hearing": 18, "of": 40}),
        ("MET24", ("unresolved",), "of", ("reported",), {"of": 48, "reported": 50, "unresolved": 20}),
        ("MET17", ("alleged", "proven"), "days", (), {"alleged": 20, "proven": 18, "days": 9000}),
    ],
)  # fmt: skip
def test_what_is_left_of_a_count_among_another_is_no_small_count(
    code: str, parts: tuple[str, ...], of: str, beside: tuple[str, ...], row: dict[str, int]
) -> None:
    """It is printed nowhere, and of two that are told whoever subtracts would know it."""
    told = {to: Told(code, to, parts, of, beside) for to in (To.ROWS, To.INTERNAL)}
    how = "counts" if not of else "rates" if of == "days" else "shares"
    exact, shown = ({code: [("", one) for one in getattr(each, how)([{"by": None, **row}])]} for each in told.values())
    found = [one for _split, one in guarded(exact, shown, To.INTERNAL)[code]]
    numbers = {"of": found[0].denominator, **{one.part: one.numerator for one in found}, **found[0].beside}
    first, second = list(row)[:2]
    assert numbers[first] is None or numbers[second] is None, numbers


def test_what_is_left_and_is_not_small_hides_nothing() -> None:
    """Three of forty orders are hidden because they are few; nobody knows how many are left, and all of them are told."""
    row = {"by": None, "orders": 40, "interim": 3, "unserved": 12}
    exact, shown = (
        {"MET11": [("", one) for one in Told("MET11", to, ("orders", "interim", "unserved"), "", ()).counts([row])]}
        for to in (To.ROWS, To.INTERNAL)
    )
    found = {one.part: one.numerator for _split, one in guarded(exact, shown, To.INTERNAL)["MET11"]}
    assert (found["orders"], found["interim"]) == (40, None)
