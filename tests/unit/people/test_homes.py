"""Which home a written address is of: known again however it is written, and never taken for another (IDN-02)."""

import pytest

from craffu.people.homes.reading import Home, home_of
from craffu.people.homes.towns import english_of, is_only_one, is_town, towns

pytestmark = pytest.mark.rule("IDN-02")
HIGH_STREET = "12 High Street\nSwansea\nSA1 1AA"
BY_POSTCODE = "|12|h|SA11AA"


def meet(one: str, other: str) -> set[str]:
    """By what two addresses are one home."""
    left, right = home_of(one), home_of(other)
    ways = {"postcode": (left.by_postcode, right.by_postcode), "street": (left.by_street, right.by_street)}
    return {way for way, (a, b) in ways.items() if a is not None and a == b}


@pytest.mark.parametrize(
    "otherwise",
    [
        "12 High Street, Abertawe, SA1 1AA",
        "12 HIGH ST, SWANSEA, SA11AA",
        "12 High St. Swansea sa1  1aa",
        "12, High Street, Swansea, SA1 1AA",
        "12\nHigh Street\nSwansea\nWest Glamorgan\nSA1 1AA",
        "12 High Street, Swansea, Gorllewin Morgannwg, SA1 1AA",
        "12 High Street, Swansea, SA1 1AA, Wales",
        "12 High Street, Abertawe, SA1 1AA, Cymru, United Kingdom",
        "SA1 1AA, 12 High Street, Swansea",
        "No. 12 High Street, Swansea, SA1 1AA",
        "Rhif 12, High Street, Abertawe, SA1 1AA",
        "012 High Street;Swansea;SA1 1AA",
        "１２ High Street, Swansea, SA1 1AA",
    ],
)
def test_one_house_otherwise_written_is_one_home(otherwise: str) -> None:
    assert meet(HIGH_STREET, otherwise) == {"postcode", "street"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Flat 2, 12 High Street, Swansea", "12 High Street, Flat 2, Abertawe"),
        ("Flat 2, 12 High Street, Swansea", "Fflat 2, 12 High Street, Swansea"),
        ("Flat 2, 12 High Street, Swansea", "APT 02 12 High Street, Swansea"),
        ("Flat 2, 12 High Street, Swansea", "Apartment 2\n12\nHigh Street\nSwansea"),
        ("Flat 2, 12 High Street, Swansea", "Flat 2/12 High Street, Swansea"),
        ("Flat B, 12 High Street, Swansea", "12 High Street, Flat b, Swansea"),
        ("First Floor Flat, 12 High Street, Swansea", "First Floor, 12 High Street, Swansea"),
        ("Block B Flat 3, 12 High Street, Swansea", "Flat 3, Block B, 12 High Street, Swansea"),
        ("Room 3, 12 High Street, Swansea", "12 High Street, Rm 3, Swansea"),
        ("12A High Street, Swansea", "12 a High St, Swansea"),
        ("12-14 High Street, Swansea", "12 – 14 High Street, Swansea"),
        ("12-14 High Street, Swansea", "12 & 14 High Street, Swansea"),
        ("High Street 12, Swansea", "High Street 12, Abertawe"),
        ("4 Heol y Gwenoliaid, Aberteifi", "4 Heol y Gwenoliaid, Cardigan, Ceredigion"),
        ("4 Lôn yr Helyg Gwyn, Tyddewi", "4 LON YR HELYG GWYN, St. David's"),
        ("4 Teras Craig y Frân, Hay-on-Wye, Powys", "4 Teras Craig y Fran, Y Gelli Gandryll"),
        ("4 Saint David's Road, Tenby", "4 St Davids Rd, Dinbych-y-pysgod, Sir Benfro"),
        ("4 Y Maes, Pwllheli", "4 Maes, Pwllheli, Gwynedd"),
        ("Flat 5, Larkspur Court, Mill Lane, Brecon", "5 Larkspur Crt, Mill Lane, Aberhonddu"),
        ("5 Larkspur Court, Brecon", "Flat 5 Larkspur Court, Brecon"),
        ("5 Larkspur House, 12 Mill Lane, Brecon", "Flat 5, Larkspur House, 12 Mill Lane, Brecon"),
        ("Rose Cottage, Mill Lane, Brecon", "ROSE COTT., Mill Ln, Aberhonddu"),
        ("Tŷ'r Ardd, Llanfair, Brecon", "TYR ARDD, LLANFAIR, ABERHONDDU"),
        ("The Hafan, Mill Lane, Brecon", "Hafan, Mill Lane, Brecon"),
        ("Caravan 4, Sunny Farm, Tenby", "Plot 4, Sunny Farm, Tenby"),
        ("Flat 3, 5 Larkspur Court, Brecon", "5 Larkspur Ct, Flat 3, Aberhonddu, Powys"),
        ("Flat 3, 5 Rose Terrace, Mill Lane, Brecon", "5 Rose Terr., Mill Ln, Flat 3, Brecon"),
        ("Flat 2 High Lodge, 12 Mill Lane, Brecon", "12 Mill Lane, Flat 2 High Lodge, Brecon"),
        ("12 High Street, Newport, Pembs", "12 High Street, Newport, Pembs"),
        ("Cwmdu, Llandeilo", "CWMDU\nLlandeilo"),
    ],
)
def test_a_home_without_a_postcode_is_known_by_its_address(one: str, other: str) -> None:
    assert meet(one, other) == {"street"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # a postcode missing on one side, or a town, leaves the other way to know it by
        (HIGH_STREET, "12 High Street, Abertawe"),
        (HIGH_STREET, "12 High Street, Swansea, SA1"),
        (HIGH_STREET, "12 High Street, Swansea, SA1 1AB"),
        (HIGH_STREET, "12 High Steret, Swansea, SA1 1AA"),
        (HIGH_STREET, "12 High Street, Mumbles, Swansea, SA1 1AA"),
        ("Rose House, 12 High Street, Swansea, SA1 1AA", HIGH_STREET),
        ("12 Heol y Bont, Cardigan, QG1 2AB", "12 Heol Bont, Cardigan, QG1 2AB"),
        ("12 Heol y Bont, QG1 2AB", "12 Heol y Bont, Cardigan, QG1 2AB"),
    ],
)
def test_what_is_said_by_both_is_enough(one: str, other: str) -> None:
    assert len(meet(one, other)) == 1


@pytest.mark.parametrize(
    "another",
    [
        "14 High Street, Swansea, SA1 1AA",
        "Flat 2, 12 High Street, Swansea, SA1 1AA",
        "12A High Street, Swansea, SA1 1AA",
        "12-14 High Street, Swansea, SA1 1AA",
        "12/2 High Street, Swansea, SA1 1AA",
        "112 High Street, Swansea, SA1 1AA",
        "12 Mill Lane, Swansea, SA1 1AA",
        "12 Rose Cottages, High Street, Swansea, SA1 1AA",
        "12 Rose Terrace, High Street, Swansea, SA1 1AA",
        "12 Larkspur Court, Swansea, SA1 1AA",
        "12 High Street, Cardiff, CF1 1AA",
        "High Street, Swansea, SA1 1AA",
        "Flat 12 High Street, Swansea, SA1 1AA",
        "Flat above 12 High Street, Swansea, SA1 1AA",
        "Flat Loft, 12 High Street, Swansea, SA1 1AA",
        "Flat Y, 12 High Street, Swansea, SA1 1AA",
        "2 12 High Street, Swansea, SA1 1AA",
        "12 High Street, Swansea, SA1 1AA, or 3 Mill Lane, CF1 1AA",
        "c/o 12 High Street, Swansea, SA1 1AA",
        "12 Swansea, SA1 1AA",
        "Swansea, SA1 1AA",
        "SA1 1AA",
    ],
)
def test_another_house_is_another_home(another: str) -> None:
    assert meet(HIGH_STREET, another) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Flat 2, 12 High Street, Swansea, SA1 1AA", "Flat 3, 12 High Street, Swansea, SA1 1AA"),
        ("Flat 2, 12 High Street, Swansea, SA1 1AA", "Room 2, 12 High Street, Swansea, SA1 1AA"),
        ("First Floor Flat, 12 High Street, Swansea", "Ground Floor Flat, 12 High Street, Swansea"),
        ("Block A Flat 3, 12 High Street, Swansea", "Block B Flat 3, 12 High Street, Swansea"),
        ("5 Larkspur Court, Brecon, LD3 7AA", "6 Larkspur Court, Brecon, LD3 7AA"),
        ("5 Larkspur Court, 1 Mill Lane, Brecon", "6 Larkspur Court, 1 Mill Lane, Brecon"),
        ("Flat 3, 5 Larkspur Court, Brecon, LD3 7AA", "Flat 5, 3 Larkspur Court, Brecon, LD3 7AA"),
        ("Rose Cottage, Llanfair, LD3 7AA", "Ivy Cottage, Llanfair, LD3 7AA"),
        ("Rose Cottage, Llanfair, Brecon", "Rose Cottage, Llangors, Brecon"),
        # two towns of one name
        ("12 High Street, Newport, Pembs", "12 High Street, Newport, Gwent"),
        ("12 High Street, Newport", "12 High Street, Casnewydd"),
        ("12 High Street, Newtown", "12 High Street, Y Drenewydd"),
        ("12 High Street, Bangor, Gwynedd", "12 High Street, Bangor"),
        ("2 Rose Court, 3 Ivy Court, 12 Mill Lane, Brecon, LD3 7AA", "12 Mill Lane, Brecon, LD3 7AA"),
        ("1 Mill Lane, 3 High Street, Brecon, LD3 7AA", "3 High Street, Brecon, LD3 7AA"),
        ("Flat 1, 2 Rose Court, 12 Mill Lane, Brecon, LD3 7AA", "Flat 1, 12 Mill Lane, Brecon, LD3 7AA"),
        ("12 High Street, Llanfair, Powys", "12 High Street, Llanfair, Gwynedd"),
        # all the flats of a block are not one home
        ("Larkspur Court, Brecon, LD3 7AA", "Larkspur Court, Brecon, LD3 7AA"),
        ("Llys y Gof, Mill Lane, Brecon, LD3 7AA", "Llys y Gof, Mill Lane, Brecon, LD3 7AA"),
        ("High Street, Brecon, LD3 7AA", "High Street, Brecon, LD3 7AA"),
        ("Heol y Gof, Llanfair, Brecon", "Heol y Gof, Llanfair, Brecon"),
        ("Brecon, Powys", "Brecon, Powys"),
        ("12 High Street", "12 High Street"),
        ("Cwmdu", "Cwmdu"),
        ("12 Y Stryd Fawr, Brecon", "12y Stryd Fawr, Brecon"),
    ],
)
def test_two_homes_of_one_house_or_one_name_are_two(one: str, other: str) -> None:
    assert meet(one, other) == set()


@pytest.mark.parametrize(
    "said",
    [
        "", "NFA", "No fixed abode", "Of No Fixed Address, Swansea", "No Fixed Address", "dim cartref sefydlog",
        "Digartref, Abertawe", "Homeless - Swansea", "12 High Street, Swansea, ZZ99 3VZ", "PO Box 12, Swansea, SA1 1AA",
        "P.O. Box 12, Swansea", "Blwch Post 12, Abertawe", "HMP Swansea, 200 Oystermouth Road, Swansea, SA1 3SR",
        "HM Prison Cardiff, Knox Road, CF24 0UG", "Swansea Prison, 200 Oystermouth Road",
        "Carchar Abertawe, 200 Oystermouth Road", "HMYOI Parc, Heol Hopcyn John",
        "Quay House Approved Premises, 12 High Street, Swansea", "The Old Bail Hostel, 12 High Street, Swansea",
        "Salvation Army Hostel, 12 High Street, Swansea", "Lloches Abertawe, 12 High Street",
        "Morriston Hospital, Swansea, SA6 6NL", "Unknown, Swansea", "Anhysbys", "care of 12 High Street, Swansea", "BFPO 12",
        ",", " \n ",
    ],
)  # fmt: skip
def test_who_has_no_home_of_his_own_has_none(said: str) -> None:
    assert home_of(said) == Home(by_door=home_of(said).by_door, postcode=home_of(said).postcode)


def test_a_street_called_after_a_prison_is_a_street() -> None:
    assert home_of("12 Prison Lane, Swansea, SA1 1AA").by_postcode == "|12|p|SA11AA"
    assert home_of("12 Hospital, Swansea, SA1 1AA").by_postcode == "|12|h|SA11AA"


def test_what_a_home_is_known_by_shows_nowhere() -> None:
    assert home_of(HIGH_STREET) == Home(BY_POSTCODE, "|12|highstreet|swansea", "12|highstreet", "SA11AA")
    assert "12" not in repr(home_of(HIGH_STREET))
    assert home_of("12 Heol, Llanfair, LD3 7AA").by_postcode == "|12|h|LD37AA"
    assert home_of("12 Heol y Gof, Llanfair, LD3 7AA").by_postcode == "|12|g|LD37AA"
    assert (home_of("Powys"), home_of("Powys, Wales"), home_of("Cymru")) == (Home(), Home(), Home())
    assert home_of("Unit 4, B1 2nd Floor, 12 High Street, Swansea, SA1 1AA").by_postcode != BY_POSTCODE


def test_a_town_is_one_by_either_name() -> None:
    assert {english_of("abertawe"), english_of("swansea")} == {"swansea"}
    assert {english_of(name) for name in ("gelli gandryll", "y gelli gandryll", "hay on wye")} == {"hay on wye"}
    assert (english_of("casnewydd"), english_of("llanfair")) == ("casnewydd", "llanfair")
    assert [is_town(name) for name in ("casnewydd", "aberhonddu", "llanfair")] == [True, True, False]
    assert [is_only_one(name) for name in ("casnewydd", "newport", "aberhonddu", "llanfair")] == [
        False,
        False,
        True,
        False,
    ]
    assert ("Swansea", "Abertawe") in towns()


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize(
    ("said", "door"),
    [
        ("Flat 2, 12 Heol y Dŵr, Abertawe, SA1 1AA", "12|heolydwr"),
        ("12, Heol-y-Dwr", "12|heolydwr"),
        ("12-14 High St., Swansea", "12to14|highstreet"),
        ("5 Larkspur Crt, Mill Lane, Brecon", "5|larkspurcourt"),
        ("Flat 3, 5 Rose Terrace, Mill Lane, Brecon", "5|roseterrace"),
        ("Flat 5, Larkspur House, 12 Mill Lane, Brecon", "12|milllane"),
        ("Rose Cottage, Mill Lane, Brecon", None),
        ("First Floor, Larkspur House, Mill Lane", None),
        ("care of 12 High Street, Swansea", None),
        ("care of Jones, 12 High Street, Swansea", "12|highstreet"),
        ("Lloches Abertawe, 12 High Street", "12|highstreet"),
        ("no fixed abode", None),
    ],
)
def test_a_door_is_a_number_with_its_street_or_building(said: str, door: str | None) -> None:
    assert home_of(said).by_door == door


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize(
    ("said", "postcode"),
    [
        ("a hostel, SA1 1AA", "SA11AA"),
        ("care of 12 High Street, sa1 1aa", "SA11AA"),
        ("no fixed abode, ZZ99 3VZ", None),
        ("SA1 1AA or SA1 1AB", None),
        ("12 High Street", None),
    ],
)
def test_the_postcode_is_that_of_an_address_of_no_home_too(said: str, postcode: str | None) -> None:
    assert home_of(said).postcode == postcode
