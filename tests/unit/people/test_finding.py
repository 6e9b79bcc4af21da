"""Whether a text tells somebody's address, however it is written there; what is merely like it tells nothing (VIC-09)."""

import pytest

from craffu.people.homes.finding import doors_in, postcodes_in, tells
from craffu.people.scanning import kinds_found, without

pytestmark = pytest.mark.rule("VIC-09")
HERS = "Flat 2, 12 Heol y Dŵr, Abertawe, SA1 1AA"


@pytest.mark.parametrize(
    "text",
    [
        "He was seen at 12 Heol y Dwr again.",
        "12, Heol-y-Dŵr",
        "12 heol y dŵr",
        "Not to go to Flat 2, 12 Heol y Dwr",
        "12 Heol y Dŵr (flat 2)",
        "12\nHeol y Dŵr",
        "12 Heol\ny Dwr, Swansea",
        "No. 12 HEOL Y DWR.",
        "Rhif 12 Heol y Dŵr yn Abertawe",
        "(12 Heol y Dŵr)",
        "１２ Heol y D\u0175r",
        "12 Heol y Dw\u200br",
        "12 Heol y Dŵr. Cardiff is far.",
        "number 12, SA1 1AA",
        "12 Heol y Dwer, Swansea, sa11aa",
        "12 Heol y Dŵr, SA1 1AB",
        "flat 2 or flat 3, 12 Heol y Dŵr",
        "5 Heol Arall; 12 Heol y Dŵr, Cardiff; 12 Heol y Dŵr",
    ],
)
def test_an_address_is_found_however_it_is_written(text: str) -> None:
    assert tells(text, HERS)
    assert kinds_found(text, [("address", HERS)]) == {"address": 1}
    assert not tells(without(text, [("address", HERS)], "…"), HERS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 months from 12 May 2026",
        "1. He must not 2. He must go 12 yards",
        "the court, SA1 1AA",
        "Heol y Dŵr",
        "112 Heol y Dŵr",
        "12a Heol y Dŵr",
        "1 Heol y Dŵr",
        "12 Heol y Dref",
        "12 Heol y Dŵr, Cardiff",
        "12 Heol y Dŵr, Caerdydd",
        "12 Heol y Dŵr in Cardiff",
        "12 Heol y Dŵr, Grangetown, CF11 1AA",
        "flat 3, 12 Heol y Dŵr, Swansea",
        "12 Heol y Dŵr, fflat 3",
        "12, SA1 1AB",
    ],
)
def test_what_is_merely_like_it_tells_nothing(text: str) -> None:
    assert not tells(text, HERS)


@pytest.mark.parametrize(
    ("text", "address", "is_told"),
    [
        ("Rose Cottage, SA62 1AA", "Rose Cottage, Mill Lane, Tenby, SA62 1AA", True),
        ("the cottage, SA62 1AA", "Rose Cottage, Mill Lane, Tenby, SA62 1AA", False),
        ("5 Larkspur Crt", "5 Larkspur Court, Brecon", True),
        ("flat 5, Larkspur Court", "5 Larkspur Court, Brecon", True),
        ("flat 6, Larkspur Court", "5 Larkspur Court, Brecon", False),
        ("12 St Davids Rd", "12 Saint David's Road, Tenby", True),
        ("12a High Street", "12 a High St, Tenby", True),
        ("12 High Street, Newport", "12 High Street, Casnewydd", True),
        ("12 High Street, Cardiff", "12 High Street, Newport", True),
        ("12 High Street, Cardiff", "12 High Street", True),
        ("12 High Street, Cardiff", "First Floor Flat, 12 High Street", True),
        ("flat 3, 12 High Street", "First Floor Flat, 12 High Street, Tenby", True),
        ("12 High St. Cardiff", "12 High Street, Tenby", False),
        # Of no home of his own, yet somebody may live there.
        ("Hafan, SA1 1AA", "Hafan, care of his mother, SA1 1AA", True),
        ("12 High Street, SA1 1AA", "unknown, SA1 1AA", False),
        ("Ty, SA1 1AA", "Ty, SA1 1AA", False),
        ("12 High Street", "no fixed abode", False),
    ],
)
def test_what_tells_a_house_is_its_number_or_its_name(text: str, address: str, *, is_told: bool) -> None:
    assert tells(text, address) is is_told


def test_what_of_a_text_is_looked_for() -> None:
    assert {one.key for one in doors_in("at 5 Mill Lane, in 2026")} == {"5|mill", "5|milllane"}
    assert postcodes_in("SA1 1AA, sa11ab; SA1 and 1AA") == ["SA11AA", "SA11AB"]
    assert doors_in("no number") == postcodes_in("no number") == []
