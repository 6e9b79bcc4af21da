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
        ([Role(1, 1, "suspect"), Role(1, 2, "witness")], set()),
    ],
)
def test_whoever_is_a_victim_where_another_record_of_the_same_person_is_suspected(
    roles: list[Role], found: set[int]
) -> None:
    # The ninth is in no case: an arrest, a release.
    records = {9, *(one.record_id for one in roles)}
    assert apart(((one.case_id, one.record_id, one.role) for one in roles), records) == found
