"""Names of forces as publishers print them; a name that is not known is nobody's (INT-04)."""

import csv
from pathlib import Path

import pytest

from craffu.published.areas import area_by_code, find_area, police_forces
from craffu.published.populations import residents_of
from craffu.published.rules import Why


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("London, City of", "48"),
        ("City of London", "48"),
        ("City of London Police", "48"),
        ("Dyfed-Powys", "63"),
        ("Dyfed Powys", "63"),
        ("Heddlu Dyfed-Powys", "63"),
        ("DYFED-POWYS POLICE", "63"),
        ("Heddlu De Cymru", "62"),
        ("South Wales", "62"),
        ("Metropolitan Police", "01"),
        ("Met", "01"),
        ("Devon & Cornwall", "50"),
        ("Avon and Somerset Constabulary", "52"),
        ("Hampshire", "44"),
        ("British Transport Police", "93"),
        ("All forces", "EW"),
        ("total", "EW"),
        ("Action Fraud", "action_fraud"),
    ],
)
def test_a_printed_name_means_one_area(name: str, code: str) -> None:
    area = find_area(name)
    assert area is not None
    assert area.code == code


@pytest.mark.rule("INT-04")
@pytest.mark.parametrize("name", ["", "Police", "Dyfed", "Wales Police and Fire", "London", "Northern", "Atlantis"])
def test_a_name_that_is_not_known_is_nobodys(name: str) -> None:
    area = find_area(name)
    assert area is None or area.kind != "force"


def test_there_are_43_territorial_forces_and_the_transport_police() -> None:
    assert len(police_forces()) == 44
    assert area_by_code("force", "63").name("cy") == "Heddlu Dyfed-Powys"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("file", "column", "names"),
    [
        ("crime/rec-crime-pfa.csv", "PFA", 47),
        ("crime/stalking_outcomes_by_force_2014_2022.csv", "force", 45),
        ("orders/bbc_sdu_spo_foi_2020_2022.csv", "Force name", 43),
    ],
)
def test_every_name_of_the_published_files_is_known_and_no_two_are_one(
    shared_data: Path, file: str, column: str, names: int
) -> None:
    with (shared_data / file).open(newline="", encoding="utf-8") as opened:
        printed = {row[column] for row in csv.DictReader(opened)}
    areas = {name: find_area(name) for name in printed}
    assert [name for name, area in areas.items() if area is None] == []
    assert len(set(areas.values())) == len(printed) == names


@pytest.mark.rule("MSR-04")
@pytest.mark.parametrize(
    ("kind", "code", "residents", "why"),
    [
        ("force", "63", 515_114, None),
        ("force", "62", 1_283_651, None),
        ("country", "EW", 56_075_912, None),
        # Some of its districts have no force in the published table, so none of it is counted.
        ("force", "12", None, Why.NO_BASE),
        ("force", "48", 7_375, Why.BASE_SAYS_NOTHING),
        ("force", "93", None, Why.NO_BASE),
        ("lsoa", "W01000685", None, Why.NO_BASE),
    ],
)
def test_a_rate_has_its_base_or_the_reason_for_none(
    kind: str, code: str, residents: int | None, why: Why | None
) -> None:
    found = residents_of(kind, code)
    assert (found.number, found.why_not) == (residents, why)


@pytest.mark.rule("MSR-04")
def test_the_residents_are_those_of_the_census(shared_data: Path) -> None:
    """Our reference file against the published one: the Welsh forces, and the English ones whose districts are all known."""
    welsh = {
        "60": ["Isle of Anglesey", "Gwynedd", "Conwy", "Denbighshire", "Flintshire", "Wrexham"],
        "61": ["Blaenau Gwent", "Caerphilly", "Monmouthshire", "Newport", "Torfaen"],
        "62": [
            "Bridgend", "Cardiff", "Merthyr Tydfil", "Neath Port Talbot", "Rhondda Cynon Taf", "Swansea", "The Vale of Glamorgan",
        ],
        "63": ["Carmarthenshire", "Ceredigion", "Pembrokeshire", "Powys"],
    }  # fmt: skip
    force_of = {district: code for code, districts in welsh.items() for district in districts}
    people: dict[str, int] = {}
    by_lsoa: dict[str, int] = {}
    with (shared_data / "geo/census_2011_population_hh.csv").open(newline="", encoding="utf-8") as opened:
        for row in list(csv.reader(opened))[1:]:
            persons = int(row[9].replace(",", ""))
            by_lsoa[row[6]] = persons
            if row[3] in force_of and row[2].startswith("W"):
                people[force_of[row[3]]] = people.get(force_of[row[3]], 0) + persons
    with (shared_data / "geo/PoliceforceLSOA.csv").open(newline="", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            area = find_area(row["Police_force"])
            if area:
                people[area.code] = people.get(area.code, 0) + by_lsoa[row["LSOA Code"]]
    ours = {area.code: residents_of("force", area.code).number for area in police_forces()}
    assert {code: number for code, number in ours.items() if number} == {
        code: number for code, number in people.items() if ours[code]
    }
    assert sum(by_lsoa.values()) == residents_of("country", "EW").number
