"""SEC-09, INT-04: what a row that is kept whole names by a sender's key, so that an erasure finds it."""

import pytest

from craffu.intake.records.layout import KINDS, layout_of
from craffu.intake.records.naming import Named, all_called, in_order, named_by, order_called, row_called
from craffu.victims.received import RECEIVED

pytestmark = pytest.mark.rule("SEC-09", "INT-04")

EVERY = [(kind, table) for kind in KINDS for table in layout_of(kind).tables]
# Of the force's own people, and what is itself what the register keeps of a person.
OF_NOBODY_ERASED = {"prison_number", "arrested_for_breach_of"}


def named(*first: str, beside: tuple[str, ...] = ()) -> Named:
    return Named(frozenset(first), frozenset(beside))


@pytest.mark.parametrize(("kind", "table"), EVERY)
def test_every_reference_in_a_row_names_what_it_is_of_or_is_its_own_key(kind: str, table: str) -> None:
    if kind == "staff":
        return
    layout = layout_of(kind).tables[table]
    references = {one.name for one in layout.columns if one.kind == "reference"} - OF_NOBODY_ERASED
    silent = {one for one in references if named_by(kind, table, {one: "X1"}) == Named(frozenset())}
    assert silent <= set(layout.key)


@pytest.mark.parametrize(
    ("kind", "table", "columns", "expected"),
    [
        ("rms", "contacts", {"person_ref": "P1", "crime_ref": "C1"}, named("rms/persons/P1", "rms/crimes/C1")),
        ("rms", "contacts", {"person_ref": "", "words": "P1"}, named()),
        (
            "order-watch", "orders", {"order_ref": "O/1", "respondent_ref": "P1", "protected_ref": "P2", "case_number": "f 2"},
            named("rms/persons/P1", beside=("rms/persons/P2", "order/O1", "order/F2")),
        ),
        ("order-watch", "checks", {"order_ref": "O/1"}, named("order-watch/orders/O/1", beside=("order/O1",))),
        ("court-orders", "conditions", {"order_ref": "O1"}, named("court-orders/orders/O1", beside=("order/O1",))),
        ("court-orders", "orders", {"order_ref": "O1"}, named(beside=("order/O1",))),
        (
            "order-watch", "orders", {"application_ref": "A1"},
            named(beside=("court-orders/applications/A1",)),
        ),
        ("probation", "events", {"crn": "X/1", "event_number": "2"}, named("probation/cases/X%2F1/2")),
        ("probation", "events", {"crn": "X1"}, named("probation/cases/X1/")),
        ("probation", "cases", {"crn": "X1", "event_number": "2"}, named()),
        (
            "witness-care", "victim_contacts", {"person_ref": "P1", "promise_ref": "Q1"},
            named("rms/persons/P1", beside=("witness-care/promises/Q1",)),
        ),
        ("witness-care", "tellings", {"happening_ref": "H1"}, named("witness-care/happenings/H1")),
        ("surveys", "answers", {"invitation_ref": "I1"}, named("surveys/invitations/I1")),
    ],
)  # fmt: skip
def test_what_a_row_names(kind: str, table: str, columns: dict[str, str], expected: Named) -> None:
    assert named_by(kind, table, columns) == expected


@pytest.mark.parametrize(
    ("kind", "table", "key", "called"),
    [
        ("rms", "persons", "P/1", {"rms/persons/P/1"}),
        ("probation", "cases", "X1/2", {"probation/cases/X1/2", "probation/cases/X1/"}),
        ("order-watch", "orders", "O/1", {"order-watch/orders/O/1", "order/O1"}),
        ("order-watch", "conditions", "O1/1", {"order-watch/conditions/O1/1"}),
    ],
)
def test_what_a_row_is_called(kind: str, table: str, key: str, called: set[str]) -> None:
    assert all_called(kind, table, key) == called


def test_a_number_of_an_order_is_the_same_however_it_is_written() -> None:
    assert {order_called(one) for one in ("01AB/12 34", "01ab1234", " 01AB 1234")} == {"order/01AB1234"}
    assert order_called("O-1") != order_called("O1")
    assert row_called("a", "b", "c") == "a/b/c"


def test_each_table_comes_after_those_to_whose_rows_its_own_belong() -> None:
    order = in_order(reversed(EVERY))
    assert sorted(order) == sorted(EVERY)
    assert order.index(("order-watch", "orders")) < order.index(("order-watch", "absences"))
    for table, into in RECEIVED.items():
        for _column, other in into.of.values():
            assert order.index((into.source, other)) < order.index((into.source, table))
