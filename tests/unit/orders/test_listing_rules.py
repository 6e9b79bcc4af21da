"""What a court's list says in our terms, and by what a difference is known again (ORD-19)."""

from datetime import date

import pytest

from craffu.orders.life.rules import court_number
from craffu.orders.reconciling.listing import key_of, kind_meant, type_of
from craffu.orders.reconciling.rules import Finding, Listed, compared

SPO = Listed("63AA1", "SPO", date(2026, 11, 10), date(2028, 11, 9), "O-10001")
RO = Listed("63AA2", "RO_CONV", date(2026, 11, 12), None, "ORD-2")


@pytest.mark.rule("ORD-19")
@pytest.mark.parametrize(
    ("said", "code", "kind"),
    [
        ("RO", "3047", ("RO_CONV", False)),
        ("RO", "3260", ("RO_ACQ", False)),
        ("RO on acquittal", "", ("RO_ACQ", False)),
        ("restraining  order", "", ("RO_CONV", False)),
        ("interim SPO", "3306", ("ISPO", True)),
        ("Interim SPO", "", ("ISPO", True)),
        ("interim CBO", "1178", ("CBO", True)),
        ("spo", "", ("SPO", False)),
        ("NMO", "", ("NMO", False)),
        ("dvpo", "9999", ("DVPO", False)),
        ("parking ban", "", ("", False)),
        ("BAIL", "4027", ("BAIL", False)),
    ],
)
def test_a_courts_kind_is_read_by_its_code_and_else_by_its_words(said: str, code: str, kind: tuple[str, bool]) -> None:
    assert kind_meant(said, code) == kind


@pytest.mark.rule("ORD-19")
@pytest.mark.parametrize(
    ("ptiurn", "order_ref", "number"),
    [
        ("63 AA 0990001/26", "ORD-1", "63AA099000126"),
        ("63aa1", "ORD-1", "63AA1"),
        (" ", " ord-1 ", "ORD-1"),
        ("", "", ""),
    ],
)
def test_a_case_number_is_one_however_it_is_written_and_without_one_the_courts_reference(
    ptiurn: str, order_ref: str, number: str
) -> None:
    assert court_number(ptiurn, order_ref) == number


@pytest.mark.rule("ORD-19")
def test_interim_and_full_orders_of_one_kind_are_not_the_same() -> None:
    assert type_of("SHPO", is_interim=True) != type_of("SHPO", is_interim=False)
    assert type_of("ISPO", is_interim=True) == type_of("ISPO", is_interim=False)


@pytest.mark.rule("ORD-19")
def test_every_order_of_both_sides_is_in_one_pair_with_how_it_differs() -> None:
    ends_otherwise = Listed("63AA1", "SPO", date(2026, 11, 10), None, "ORD-1")
    pairs = compared([SPO], [ends_otherwise, RO])
    assert [(one.ours, one.theirs, one.findings) for one in pairs] == [
        (SPO, ends_otherwise, (Finding.END,)), (None, RO, (Finding.NOT_ON_REGISTER,)),
    ]  # fmt: skip


@pytest.mark.rule("ORD-19")
def test_a_difference_is_another_one_once_either_side_says_otherwise() -> None:
    def key(ours: Listed | None, theirs: Listed | None, finding: str = "end_differs") -> str:
        return key_of(finding, "63AA1", ours, theirs)

    same = key(SPO, RO)
    assert key(SPO, RO) == same
    longer = Listed("63AA1", "SPO", date(2026, 11, 10), date(2029, 11, 9), "O-10001")
    others = [key(longer, RO), key(None, RO), key(SPO, None), key(SPO, SPO), key(SPO, RO, "type_differs")]
    assert len({same, *others}) == 6
