"""Which crimes may be part of stalking that was recorded as something else (BRC-09)."""

import pytest

from craffu.breaches.patterns.groups import group_of

pytestmark = pytest.mark.rule("BRC-09")


@pytest.mark.parametrize(
    ("codes", "classes", "group"),
    [
        (
            "PH97004 PH97009 CJ01015 CD98069 CD98076 CD98077 CD98078 CD98079",
            "8L 8M 8/30 8/50 8/51 8/56 8/58 195/94 125/68",
            "harassment",
        ),
        ("MT88001 OS23001 OS23002 CA03009", "8R 8/72 195/41 5/28 138/52 196/7", "malicious_communications"),
        ("CD71039 CD71040", "58A 58B 58C 58D 58E 58F 58G 58H 58J", "criminal_damage"),
        (
            "PH97006 PH97007 PH97008 PH97010 PH97011 PH97001 PH97003 PH97005 PH97012 SE20002 ST19001 CJ88116",
            "8Q 8U 56 105A 66 8/65 8/66 8/74 195/12",
            None,
        ),
    ],
)
def test_a_crime_is_of_a_group_by_its_code_or_else_by_its_class(codes: str, classes: str, group: str | None) -> None:
    for code in codes.split():
        assert group_of(code) == group, code
        assert group_of(f" {code.lower()} ") == group, code
    for one in classes.split():
        assert group_of("", one) == group, one
        assert group_of("", f" 00{one.lower()} ") == group, one


def test_the_offence_says_more_than_its_class() -> None:
    assert group_of("CD71039", "8L") == "criminal_damage"
    assert group_of("XX00001", "8L") == "harassment"
    for code in [
        "PH97001",
        "PH97003",
        "PH97005",
        "PH97006",
        "PH97007",
        "PH97008",
        "PH97010",
        "PH97011",
        "PH97012",
        "SE20002",
        "ST19001",
    ]:
        assert group_of(code, "8L") is None, "stalking, or a breach of an order"
        assert group_of(code.lower(), "8L") is None
    assert group_of("") is None
    assert group_of("", "") is None
    assert group_of("", "196/07") == "malicious_communications"
