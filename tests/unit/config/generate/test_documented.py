"""docs/generated-force.md says every rate that the generator uses, and the tables it is made of hold what they must."""

import re
from pathlib import Path
from typing import Any

import pytest

from craffu.config.generate.offences import OFFENCE_OF, OFFENCES, place_of
from craffu.config.generate.tables import all_rates, names, rows_of
from craffu.published.areas import find_area

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "generated-force.md").read_text(encoding="utf-8")
TOLD = {
    name: (rate, about, source)
    for name, rate, about, source in re.findall(r"^\| `([a-z_.0-9]+)` \| (.*?) \| (.*?) \| (.*) \|$", PAGE, re.M)
}


def said(entry: dict[str, Any]) -> str:
    if "rate" in entry:
        return f"{entry['rate']:g}"
    pairs = zip(entry["values"], entry["weights"], strict=True)
    return ", ".join(f"{'none' if value == '' else value}: {weight:g}" for value, weight in pairs)


@pytest.mark.parametrize("name", all_rates())
def test_the_page_says_the_rate_and_its_source(name: str) -> None:
    entry = all_rates()[name]
    assert TOLD[name] == (said(entry), entry.get("about", ""), entry["source"])


def test_the_page_says_no_rate_that_there_is_not() -> None:
    assert set(TOLD) == set(all_rates())


@pytest.mark.parametrize("name", all_rates())
def test_every_rate_is_used(name: str) -> None:
    code = "\n".join(path.read_text() for path in (ROOT / "craffu" / "config" / "generate").rglob("*.py"))
    assert f'"{name.removeprefix("errors.")}"' in code


def test_names_of_the_tables_are_written_as_they_are_written() -> None:
    listed = names()
    assert {"Siân", "Llŷr", "Glyndŵr", "Gwenllïan"} <= set(listed.forenames)
    assert {"ap Rhys", "ab Owain", "O'Brien", "McCarthy", "Jones"} <= set(listed.surnames)
    in_a_tradition = [(row["name"], row["origin"]) for row in rows_of("surnames.csv")]
    assert len(set(in_a_tradition)) == len(in_a_tradition)
    assert listed.other_forms["Siôn"] == "John"
    assert listed.other_surnames["ap Rhys"] == "Price"


def test_every_conduct_is_an_offence_of_the_list() -> None:
    for conduct, choices in OFFENCE_OF.items():
        assert all(OFFENCES[place_of(key)]["conduct"] == conduct for key in choices)


def test_every_town_has_both_its_names() -> None:
    towns = {row["english"]: row["welsh"] for row in rows_of("places.csv")}
    assert towns["Carmarthen"] == "Caerfyrddin"
    assert towns["Tenby"] == "Dinbych-y-pysgod"
    assert all(towns.values())


def test_the_generated_force_is_known_to_whoever_reads_published_figures() -> None:
    area = find_area("Glan Afon")
    assert area is not None
    assert area.code == "demo"
