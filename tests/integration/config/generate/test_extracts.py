"""The extracts of a fictional force: in the layouts that intake documents, hanging together, and agreeing with the truth."""

import filecmp
import hashlib
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from craffu.config.generate.force import FolderInUse, Made, generate
from craffu.config.generate.orders import KINDS
from craffu.config.generate.tables import layout
from craffu.config.generate.writing import KIND_OF, MOST_BYTES, MOST_FILES
from craffu.intake.records.columns import read_column
from craffu.intake.records.layout import layout_of
from craffu.intake.tables.values import DayOrder
from tests.integration.config.generate.conftest import WANTED, Table

TABLES = [(system, table) for system, kind in KIND_OF.items() for table in layout(kind)]
BREAKS = {"surname_missing", "born_impossible", "born_day_and_month_only"}


def digest_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.deep
def test_the_same_arguments_give_the_same_files(folder: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", WANTED)
    assert digest_of(tmp_path / "again") == digest_of(folder)


def test_another_seed_gives_other_people(folder: Path, tmp_path: Path) -> None:
    generate(tmp_path / "other", replace(WANTED, people=400, seed=24))
    assert not filecmp.cmp(tmp_path / "other" / "truth" / "people.csv", folder / "truth" / "people.csv", shallow=False)


def test_a_folder_made_before_is_replaced_whole(tmp_path: Path) -> None:
    generate(tmp_path / "made", replace(WANTED, people=2_000, seed=1, forces=2))
    generate(tmp_path / "made", replace(WANTED, people=200, seed=2))
    generate(tmp_path / "fresh", replace(WANTED, people=200, seed=2))
    assert digest_of(tmp_path / "made") == digest_of(tmp_path / "fresh")


@pytest.mark.parametrize("before", ["notes.txt", "generated.json and notes.txt"])
def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path, before: str) -> None:
    for name in before.split(" and "):
        (tmp_path / name).write_text("mine")
    with pytest.raises(FolderInUse):
        generate(tmp_path, WANTED)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == len(before.split(" and "))


@pytest.mark.parametrize(("system", "name"), TABLES)
def test_every_row_fits_its_layout_except_those_that_truth_names(system: str, name: str, table: Table) -> None:
    rows = table(system, name)
    described = layout_of(KIND_OF[system]).tables[name]
    assert rows
    assert list(rows[0]) == list(described.names)
    bad: set[int] = set()
    for column in described.columns:
        cells = read_column(column, [row[column.name] for row in rows], DayOrder.UNDECLARED)
        bad |= set(cells.faults)
        if column.required:
            bad |= {at for at, row in enumerate(rows) if not row[column.name]}
    keys = ["/".join(row[key] for key in described.key) for row in rows]
    told = [row for row in table("truth", "records") if row["breaks_layout"] == "yes"] + table("truth", "broken_rows")
    named = {row["key"] for row in told if (row["system"], row["table"]) == (system, name)}
    assert {keys[at] for at in bad} == named


@pytest.mark.parametrize(("system", "name"), TABLES)
def test_a_key_comes_once_but_for_rows_repeated_word_for_word(system: str, name: str, table: Table) -> None:
    key = layout_of(KIND_OF[system]).tables[name].key
    by_key: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    rows = table(system, name)
    for row in rows:
        by_key.setdefault(tuple(row[column] for column in key), set()).add(tuple(row.values()))
    counts = [row for row in table("truth", "counts") if (row["system"], row["table"]) == (system, name)]
    repeated, corrects = (sum(int(row[what]) for row in counts) for what in ("repeated", "corrects"))
    broken = {row["key"] for row in table("truth", "broken_rows") if (row["system"], row["table"]) == (system, name)}
    # What was broken or wrong is said once more, put right.
    assert sum(len(several) == 2 for several in by_key.values()) == corrects + len(broken)
    assert max(map(len, by_key.values())) <= 2
    assert len(rows) - len(by_key) == repeated + corrects + len(broken)


REFERENCES = [
    (("police", "involvements", "crime_ref"), ("police", "crimes", "crime_ref")),
    (("police", "involvements", "person_ref"), ("police", "persons", "person_ref")),
    (("police", "outcomes", "crime_ref"), ("police", "crimes", "crime_ref")),
    (("police", "outcomes", "person_ref"), ("police", "persons", "person_ref")),
    (("police", "contacts", "crime_ref"), ("police", "crimes", "crime_ref")),
    (("police", "contacts", "person_ref"), ("police", "persons", "person_ref")),
    (("police", "crimes", "officer"), ("staff", "holders", "staff_ref")),
    (("custody", "detentions", "crime_ref"), ("police", "crimes", "crime_ref")),
    (("custody", "detentions", "arrested_for_breach_of"), ("court-orders", "orders", "order_ref")),
    (("court-orders", "applications", "order_ref"), ("court-orders", "orders", "order_ref")),
    (("court-orders", "conditions", "order_ref"), ("court-orders", "orders", "order_ref")),
    (("probation", "events", "crn"), ("probation", "cases", "crn")),
    (("probation", "events", "order_ref"), ("court-orders", "orders", "order_ref")),
    (("surveys", "answers", "invitation_ref"), ("surveys", "invitations", "invitation_ref")),
    (("surveys", "invitations", "crime_ref"), ("police", "crimes", "crime_ref")),
    (("surveys", "invitations", "person_ref"), ("police", "persons", "person_ref")),
    (("surveys", "not_invited", "crime_ref"), ("police", "crimes", "crime_ref")),
    (("surveys", "not_invited", "person_ref"), ("police", "persons", "person_ref")),
    (("witness-care", "withdrawals", "crime_ref"), ("police", "crimes", "crime_ref")),
    (("witness-care", "withdrawals", "person_ref"), ("police", "persons", "person_ref")),
    (("truth", "surveys_sent", "invitation"), ("surveys", "invitations", "invitation_ref")),
    (("staff", "holders", "post_ref"), ("staff", "posts", "post_ref")),
    *(
        (("witness-care", name, "person_ref"), ("police", "persons", "person_ref"))
        for name in ("agreements", "entitlements", "promises", "victim_contacts", "happenings", "safety_measures")
    ),
    (("witness-care", "happenings", "crime_ref"), ("police", "crimes", "crime_ref")),
    (("witness-care", "victim_contacts", "promise_ref"), ("witness-care", "promises", "promise_ref")),
    (("witness-care", "excuses", "promise_ref"), ("witness-care", "promises", "promise_ref")),
    (("witness-care", "tellings", "happening_ref"), ("witness-care", "happenings", "happening_ref")),
    (("witness-care", "tellings", "contact_ref"), ("witness-care", "victim_contacts", "contact_ref")),
    (("witness-care", "measure_tellings", "measure_ref"), ("witness-care", "safety_measures", "measure_ref")),
    *(
        (("order-watch", name, "order_ref"), ("order-watch", "orders", "order_ref"))
        for name in ("conditions", "national_entries", "changes", "notifications", "absences", "checks", "reviews")
    ),
    (("order-watch", "orders", "order_ref"), ("court-orders", "orders", "order_ref")),
    (("order-watch", "orders", "respondent_ref"), ("police", "persons", "person_ref")),
    (("order-watch", "orders", "protected_ref"), ("police", "persons", "person_ref")),
    (("truth", "orders_watched", "order_ref"), ("order-watch", "orders", "order_ref")),
    (("truth", "checks_due", "order_ref"), ("order-watch", "orders", "order_ref")),
    (("truth", "promises", "promise"), ("witness-care", "promises", "promise_ref")),
    (("truth", "measures", "measure"), ("witness-care", "safety_measures", "measure_ref")),
    (("truth", "notices", "crime_ref"), ("police", "crimes", "crime_ref")),
    (("staff", "shifts", "staff_ref"), ("staff", "holders", "staff_ref")),
    (("staff", "champions", "staff_ref"), ("staff", "holders", "staff_ref")),
    (("staff", "training", "staff_ref"), ("staff", "holders", "staff_ref")),
    (("staff", "absences", "covered_by"), ("staff", "holders", "staff_ref")),
    (("staff", "station_shifts", "station"), ("staff", "stations", "station")),
    (("staff", "shifts", "station"), ("staff", "stations", "station")),
    (("staff", "posts", "station"), ("staff", "stations", "station")),
    (("truth", "champions", "staff_ref"), ("staff", "champions", "staff_ref")),
    (("truth", "posts_filled", "post_ref"), ("staff", "posts", "post_ref")),
    (("truth", "records", "person"), ("truth", "people", "person")),
    (("truth", "incidents", "suspect"), ("truth", "people", "person")),
    (("truth", "incidents", "victim"), ("truth", "people", "person")),
    (("truth", "incidents", "crime_ref"), ("police", "crimes", "crime_ref")),
    (("truth", "incidents", "breach"), ("truth", "breaches", "breach")),
    (("truth", "breaches", "order_ref"), ("truth", "orders", "order_ref")),
    (("truth", "orders", "order_ref"), ("court-orders", "orders", "order_ref")),
    (("truth", "breaches", "crime_ref"), ("police", "crimes", "crime_ref")),
]


@pytest.mark.parametrize(("told", "of"), REFERENCES)
def test_every_reference_leads_somewhere(told: tuple[str, str, str], of: tuple[str, str, str], table: Table) -> None:
    if told[2] == "officer":
        of = ("staff", "holders", "staff_ref")
    named = {row[told[2]] for row in table(*told[:2])} - {""}
    known = {row[of[2]] for row in table(*of[:2])}
    if told[2] == "officer":
        # A post may be vacant; whoever held it before is named by the crime all the same.
        known |= {ref.removesuffix("L") for ref in known}
    assert named
    assert named <= known


def test_every_person_record_is_somebody_and_every_crime_happened(table: Table) -> None:
    whose = {(row["system"], row["table"], row["key"]) for row in table("truth", "records")}
    for system, name, key in (
        ("police", "persons", ("person_ref",)), ("custody", "detentions", ("custody_ref",)),
        ("custody", "releases", ("release_ref",)), ("probation", "cases", ("crn", "event_number")),
        ("court-orders", "applications", ("application_ref",)), ("court-orders", "orders", ("order_ref",)),
    ):  # fmt: skip
        keys = {"/".join(row[column] for column in key) for row in table(system, name)}
        assert keys == {one for where, what, one in whose if (where, what) == (system, name)}
    happened = {row["crime_ref"] for row in table("truth", "incidents")} - {""}
    assert happened == {row["crime_ref"] for row in table("police", "crimes")}


@pytest.mark.parametrize(
    ("system", "name", "key"),
    [
        ("police", "persons", ("person_ref",)),
        ("probation", "cases", ("crn", "event_number")),
        ("custody", "detentions", ("custody_ref",)),
    ],
)
def test_a_description_is_what_the_extract_says(system: str, name: str, key: tuple[str, ...], table: Table) -> None:
    said = {row["record"]: row for row in table("truth", "descriptions")}
    whose = {(row["table"], row["key"]): row["person"] for row in table("truth", "records")}
    same = {
        "given_name": "forenames", "family_name": "surname", "date_of_birth": "date_of_birth", "sex": "sex",
        "postcode": "postcode", "identifier": "pnc_id", "telephone": "telephone",
    }  # fmt: skip
    for row in table(system, name):
        ref = "/".join(row[column] for column in key)
        described = said[f"{name}/{ref}"]
        assert described["system"] == system
        assert described["person"] == whose[name, ref]
        assert {ours: described[ours] for ours in same} == {ours: row[theirs] for ours, theirs in same.items()}


def test_every_description_is_of_a_different_record(table: Table) -> None:
    records = [row["record"] for row in table("truth", "descriptions")]
    assert len(set(records)) == len(records)
    assert len(records) == len([row for row in table("truth", "records") if row["system"] != "court-results"])


def test_a_true_person_is_listed_once(table: Table) -> None:
    people = table("truth", "people")
    assert len({row["person"] for row in people}) == len(people) == WANTED.people
    numbers = [row["pnc_id"] for row in people if row["pnc_id"]]
    assert len(set(numbers)) == len(numbers)


def test_the_person_named_in_a_crime_is_the_one_who_was_there(table: Table) -> None:
    whose = {row["key"]: row["person"] for row in table("truth", "records") if row["table"] == "persons"}
    was = {row["crime_ref"]: row for row in table("truth", "incidents")}
    for row in table("police", "involvements"):
        if row["role"] != "witness":
            assert whose[row["person_ref"]] == was[row["crime_ref"]][row["role"]]


def test_a_custody_record_is_of_the_suspect_of_its_crime(table: Table) -> None:
    whose = {row["key"]: row["person"] for row in table("truth", "records") if row["table"] == "detentions"}
    was = {row["crime_ref"]: row["suspect"] for row in table("truth", "incidents")}
    for row in table("custody", "detentions"):
        if row["crime_ref"]:
            assert whose[row["custody_ref"]] == was[row["crime_ref"]]


def test_a_supervision_is_of_one_person_for_ever(table: Table) -> None:
    people: dict[str, set[str]] = {}
    for row in table("truth", "records"):
        if row["table"] == "cases":
            people.setdefault(row["key"].split("/")[0], set()).add(row["person"])
    assert all(len(one) == 1 for one in people.values())


def test_a_breach_known_to_a_system_can_be_read_there(table: Table) -> None:
    breaches = table("truth", "breaches")
    crimes = {row["crime_ref"]: row for row in table("police", "crimes")}
    by_custody = {row["arrested_for_breach_of"] for row in table("custody", "detentions")}
    by_probation = {row["order_ref"] for row in table("probation", "events")}
    codes = {"ST19001", "SE20002", "PH97012", "FL96001", "SE20001", "DA21001"}
    for row in breaches:
        crime = crimes.get(row["crime_ref"])
        seen = crime is not None and "breach" in crime["offence_title"].lower()
        assert (row["known_to_police"] == "yes") == seen
        assert crime is None or crime["offence_code"] in {*codes, ""} or not seen
        assert row["known_to_custody"] == "no" or row["order_ref"] in by_custody
        assert row["known_to_probation"] == "no" or row["order_ref"] in by_probation
    for system in ("police", "courts", "custody", "probation"):
        assert Counter(row[f"known_to_{system}"] for row in breaches)["yes"] > 0
    assert len({row["order_in_force"] for row in breaches}) == 2


def test_orders_lapse_and_go_unserved(table: Table) -> None:
    orders, listed = table("truth", "orders"), {row["order_ref"]: row for row in table("court-orders", "orders")}
    lapsed = [row for row in orders if row["lapsed_but_listed_in_force"] == "yes"]
    assert lapsed
    for row in lapsed:
        assert listed[row["order_ref"]]["status"] == "in_force"
        assert row["ends_on"] <= WANTED.until.isoformat()
    assert [row for row in orders if not row["served_on"]]
    assert {row["kind"] for row in orders} == set(KINDS)


def test_the_counts_are_those_of_the_files(folder: Path, force: tuple[Path, Made], table: Table) -> None:
    counts = table("truth", "counts")
    written = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {row["file"] for row in counts} == written - {"generated.json", "truth/counts.csv"}
    assert len(counts) + 1 == force[1].files
    for row in counts:
        if row["file"].endswith(".zip"):
            with zipfile.ZipFile(folder / row["file"]) as archive:
                assert len(archive.namelist()) == int(row["rows"]) <= MOST_FILES
    for (system, name), rows in _sums(counts).items():
        if system != "court-results":
            assert len(table(system, name)) == rows


def _sums(counts: list[dict[str, str]]) -> dict[tuple[str, str], int]:
    made: Counter[tuple[str, str]] = Counter()
    for row in counts:
        made[row["system"], row["table"]] += int(row["rows"])
    return dict(made)


def test_what_is_said_at_the_end_is_what_there_is(force: tuple[Path, Made], table: Table) -> None:
    made = force[1]
    assert made.people == WANTED.people
    assert made.records == len(table("truth", "records"))
    assert made.offences == len(table("truth", "incidents"))
    assert made.orders == len(table("court-orders", "orders"))
    assert made.breaches == len(table("truth", "breaches"))
    assert made.contacts == len(table("police", "contacts"))


def test_encodings_are_those_documented(folder: Path) -> None:
    assert (folder / "custody" / "detentions-001.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    data = (folder / "probation" / "cases-001.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert "ô" in data.decode("windows-1252")
    contacts = (folder / "witness-care" / "victim_contacts-001.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        contacts.decode("utf-8")
    assert not (folder / "police" / "persons-001.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_no_part_of_an_extract_is_larger_than_documented(folder: Path) -> None:
    assert max(path.stat().st_size for system in KIND_OF for path in (folder / system).glob("*")) <= MOST_BYTES


def test_a_rolling_year_is_its_four_quarters(table: Table) -> None:
    label = {"Stalking and harassment": "Stalking and harassment", "Criminal damage": "Criminal damage and arson"}
    quarters: Counter[tuple[str, str, int]] = Counter()
    for row in table("published", "recorded-crime"):
        name = label.get(row["Offence Subgroup"], row["Offence Subgroup"])
        year, quarter = int(row["Financial Year"][:4]), int(row["Financial Quarter"])
        quarters[row["Force Name"], name, year * 4 + quarter] += int(row["Number of Offences"])
    rolling = table("published", "recorded-crime-rolling")
    for row in rolling:
        _, month, year = map(int, row["12 months ending"].split("-"))
        last = year * 4 + {3: 0, 6: 1, 9: 2, 12: 3}[month]
        total = sum(quarters[row["PFA"], row["Offence"], at] for at in range(last - 3, last + 1))
        assert total == int(row["Rolling year total number of offences"])
    assert {row["Region"] for row in rolling} == {"Invented"}
    assert sum(int(row["Rolling year total number of offences"]) for row in rolling) > 1_000


def test_the_published_figures_count_the_crimes_of_the_police(table: Table) -> None:
    published = sum(int(row["Number of Offences"]) for row in table("published", "recorded-crime"))
    crimes = [row for row in table("police", "crimes") if row["home_office_class"]]
    # Published quarters are whole ones: the first month lies before them.
    whole = [row for row in crimes if row["recorded_at"] >= "2016-10-01"]
    assert published == len(whole)


def test_several_forces_share_nobody(tmp_path: Path) -> None:
    generate(tmp_path, replace(WANTED, people=900, forces=3))
    people = [
        line.split(",")[0]
        for path in sorted(tmp_path.glob("*/truth/people.csv"))
        for line in path.read_text().splitlines()[1:]
    ]
    assert len(set(people)) == len(people) == 900
    rows = (tmp_path / "published" / "recorded-crime.csv").read_text().splitlines()[1:]
    assert len({row.split(",")[2] for row in rows}) == 3
