"""SEC-11: a record of hers that was joined to his by mistake is not told to him as his own."""

from dataclasses import dataclass

import pytest

from craffu.daily.own_data.parts import apart

pytestmark = pytest.mark.rule("SEC-11")


@dataclass
class Role:
    case_id: int
    record_id: int
    role: str


@pytest.mark.parametrize(
    ("roles", "found"),
    [
        ([Role(1, 1, "suspect"), Role(1, 2, "victim")], {2, 9}),
        ([Role(1, 1, "defendant"), Role(1, 2, "victim"), Role(2, 3, "victim")], {2, 3, 9}),
        ([Role(1, 1, "suspect"), Role(1, 2, "victim"), Role(2, 2, "suspect")], {2, 9}),
        ([Role(1, 1, "suspect"), Role(1, 2, "victim"), Role(2, 1, "victim"), Role(2, 2, "suspect")], {1, 2, 9}),
        ([Role(1, 1, "suspect"), Role(2, 2, "victim")], set()),
        ([Role(1, 1, "suspect"), Role(1, 1, "victim")], set()),
        ([Role(1, 1, "suspect"), Role(1, 2, "witness")], {2, 9}),
        ([Role(1, 1, "suspect"), Role(2, 2, "witness")], set()),
    ],
)
def test_whoever_is_a_victim_where_another_record_of_the_same_person_is_suspected(
    roles: list[Role], found: set[int]
) -> None:
    # The ninth is in no case: an arrest, a release.
    records = {9, *(one.record_id for one in roles)}
    assert apart(((one.case_id, one.record_id, one.role) for one in roles), records, ()) == found


@pytest.mark.parametrize(
    ("bound", "found"),
    [
        # The first is bound by an order that protects the second, of another case or of none.
        ([(1, 2)], {2, 9}),
        ([(1, 2), (2, 1)], {1, 2, 9}),
        # An order that names one record on both sides tells nothing apart.
        ([(1, 1)], set()),
    ],
)
def test_whoever_an_order_protects_from_another_record_of_the_same_person_is_apart(
    bound: list[tuple[int, int]], found: set[int]
) -> None:
    assert apart([(5, 2, "victim")], {1, 2, 9}, bound) == found
