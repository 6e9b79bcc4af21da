"""What a code list says is read as it stands: every quirk of the published lists, and every row that cannot be taken in."""

import json
from collections import Counter
from pathlib import Path

import pytest

from craffu import published
from craffu.intake.code_tables.correct import correct
from craffu.intake.code_tables.lists import LIST_NAMES
from craffu.intake.code_tables.read import WANTED, read_table
from craffu.intake.code_tables.reasons import REASONS, sentence
from craffu.intake.code_tables.shape import Code, Problem, court_areas_of, shape_table
from craffu.intake.opening import Document, open_all
from craffu.intake.refused import Refused

REFERENCE = Path(published.__file__).parent / "reference"
OWN_HEADER = "list,code,title,valid_from,valid_to,attributes\n"
OFFENCE = {
    "cjsCode": "ZZ01001",
    "offenceTitle": "An invented offence",
    "homeOfficeClassification": "000/00",
    "notifiableToHo": False,
    "offenceCategory": "CE",
    "recordableOnPnc": True,
}


def document(name: str, data: str | bytes) -> Document:
    return Document(name, data.encode() if isinstance(data, str) else data, "0" * 64)


def shaped(name: str, content: object) -> list[tuple[int, Code | Problem]]:
    data = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
    table = read_table(document(name, data))
    assert not isinstance(table, Refused), table
    return [(row.line, code) for row, code in shape_table(table)]


def codes(name: str, content: object) -> list[Code]:
    return [code for _, code in shaped(name, content) if isinstance(code, Code)]


def problems(name: str, content: object) -> list[tuple[int, str, str]]:
    return [(line, code.reason, code.field) for line, code in shaped(name, content) if isinstance(code, Problem)]


def refusal(name: str, data: str | bytes) -> Refused:
    answer = read_table(document(name, data))
    assert isinstance(answer, Refused)
    return answer


def published_codes(path: Path) -> list[Code]:
    return codes(path.name, path.read_bytes())


# Quirks of the published lists


def test_the_same_everyday_code_on_two_rows_is_two_codes_of_a_message() -> None:
    rows = [
        {"cjsCode": "G", "description": "Guilty", "pncCode": "GUILTY", "spiCode": "1"},
        {"cjsCode": "G", "description": "Guilty", "pncCode": "GUILTY", "spiCode": "6"},
    ]
    assert [(code.code, code.title, code.attributes["cjs"]) for code in codes("plea-status.json", rows)] == [
        ("1", "Guilty", "G"),
        ("6", "Guilty", "G"),
    ]


def test_a_verdict_without_an_everyday_code_is_known_by_the_one_of_messages() -> None:
    (caution,) = codes("verdict.json", [{"cjsCode": "", "description": "Caution", "pncCode": "", "spiCode": "C"}])
    assert (caution.code, caution.title, caution.attributes) == ("C", "Caution", {})


def test_qualifiers_lose_stray_spaces_and_trailing_commas() -> None:
    row = {"cjsCode": "9001", "description": "Invented", "resultCodeQualifiers": " AB, AC ,,B,", "type": "F"}
    (result,) = codes("result-code.json", [row])
    assert result.attributes == {"qualifiers": ["AB", "AC", "B"], "type": "F"}


def test_typographic_apostrophes_and_circumflexes_survive() -> None:
    (force,) = codes("forces.json", [{"code": "99", "name": "Heddlu’r Tŷ Ŵyn"}])
    assert force.title == "Heddlu’r Tŷ Ŵyn"


def test_a_code_is_text_and_keeps_its_noughts() -> None:
    (force,) = codes("forces.json", [{"code": "03", "name": "Cumbria"}])
    assert force.code == "03"
    assert problems("forces.json", [{"code": 3, "name": "Cumbria"}]) == [(1, "not_text", "code")]


def test_a_disposal_that_only_repeats_its_code_has_no_title() -> None:
    row = {"cjsCode": "1507", "description": "1507", "pncAdjudication": "1002", "pncNonAdjudication": "1002"}
    (disposal,) = codes("pnc-disposal.json", [row])
    assert (disposal.title, disposal.attributes["adjudication"]) == ("", "1002")


def test_the_markup_of_triggers_becomes_plain_lines() -> None:
    row = {
        "code": "TR01",
        "description": "Invented",
        "shortDescription": "Inv",
        "cjsResultCode": "<ul></li> <li>3047 Order &amp;  bail</li><li>OR 1 &lt; 2<br>AB01001, AB01002</li></ul>",
    }
    (trigger,) = codes("trigger-definitions.json", [row])
    assert trigger.attributes["when"] == ["3047 Order & bail", "OR 1 < 2", "AB01001, AB01002"]


def test_bank_holidays_are_known_by_country_and_day() -> None:
    event = {"title": "New Year’s Day", "date": "2012-01-02", "notes": "Substitute day", "bunting": True}
    lists = {division: {"events": [event]} for division in ("england-and-wales", "scotland", "atlantis")}
    lists["northern-ireland"] = {"events": [{**event, "date": "2012-02-30"}]}
    assert [(code.code, code.title) for code in codes("bank-holidays.json", lists)] == [
        ("GB-EAW/2012-01-02", "New Year’s Day"),
        ("GB-SCT/2012-01-02", "New Year’s Day"),
    ]
    assert problems("bank-holidays.json", lists) == [
        (3, "division_unknown", "division"),
        (4, "date_unreadable", "date"),
    ]


def court(code: str, name: str, psa: str = "", top: str = "Magistrates' Courts") -> dict[str, str]:
    return {
        "topLevelCode": code[0],
        "topLevelName": top,
        "secondLevelCode": code[1:3],
        "secondLevelName": "Glan Afon",
        "thirdLevelCode": code[3:],
        "thirdLevelName": name,
        "thirdLevelPsaCode": psa,
    }


@pytest.mark.parametrize(
    ("row", "code", "title", "attributes"),
    [
        (
            court("B99AB", "Aberafon", "0999"),
            "B99AB",
            "Aberafon, Magistrates' Court",
            {"kind": "magistrates", "level": "court", "psa": "0999"},
        ),
        (
            court("C99AB", "Aberafon", top="Crown Courts"),
            "C99AB",
            "Aberafon, Crown Court",
            {"kind": "crown", "level": "court"},
        ),
        (
            court("B99AC", "Tref (County Court, Stryd)"),
            "B99AC",
            "Tref (County Court, Stryd), Magistrates' Court",
            {"kind": "magistrates", "level": "court"},
        ),
        (
            court("B99AD", "Tref Magistrates’ Court"),
            "B99AD",
            "Tref Magistrates’ Court",
            {"kind": "magistrates", "level": "court"},
        ),
        (court("B99AE", "Tŷ CTSC", top="CTSC"), "B99AE", "Tŷ CTSC", {"kind": "ctsc", "level": "court"}),
        (court("B9900", ""), "B9900", "Glan Afon", {"kind": "magistrates", "level": "area"}),
    ],
)
def test_a_court_is_named_so_that_two_of_one_town_are_told_apart(
    row: dict[str, str], code: str, title: str, attributes: dict[str, str]
) -> None:
    (found,) = codes("organisation-unit.json", [row])
    assert (found.code, found.title, found.attributes) == (code, title, attributes)


def test_an_area_is_the_area_of_every_court_it_serves() -> None:
    rows = [court("B99IE", "Tref", "0252"), court("B99AA", "Arall"), court("B99WS", "Tref (Neuadd)", "0252")]
    table = read_table(document("organisation-unit.json", json.dumps(rows)))
    assert not isinstance(table, Refused)
    ((row, area),) = court_areas_of(shape_table(table))
    assert (row.line, area.list_name, area.code, area.title) == (1, "psa", "0252", "Tref; Tref (Neuadd)")
    assert area.attributes == {"courts": ["B99IE", "B99WS"]}


def test_a_court_without_all_of_its_parts_is_not_a_court() -> None:
    rows = [court("B99AB", "Da"), {**court("B99AB", "Drwg"), "thirdLevelCode": ""}, court("B9XAB", "Drwg")]
    assert problems("organisation-unit.json", rows) == [
        (2, "missing_id", "topLevelCode"),
        (3, "code_malformed", "topLevelCode"),
    ]


# Rows that cannot be taken in


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        ({"cjsCode": ""}, "missing_id", "cjsCode"),
        ({"cjsCode": "  "}, "missing_id", "cjsCode"),
        ({"cjsCode": None}, "missing_id", "cjsCode"),
        ({"cjsCode": "A" * 21}, "code_malformed", "cjsCode"),
        ({"cjsCode": "<b>"}, "code_malformed", "cjsCode"),
        ({"offenceTitle": ["a"]}, "not_text", "offenceTitle"),
        ({"offenceTitle": "a\x00b"}, "characters_unreadable", "title"),
        ({"notifiableToHo": "False"}, "not_yes_or_no", "notifiableToHo"),
    ],
)
def test_a_bad_entry_is_named_by_its_number_and_reason_and_the_others_are_read(
    change: dict[str, object], reason: str, field: str
) -> None:
    rows = [OFFENCE, {**OFFENCE, **change}, {**OFFENCE, "cjsCode": "ZZ01003"}]
    assert problems("offence-code.json", rows) == [(2, reason, field)]
    assert [code.code for code in codes("offence-code.json", rows)] == ["ZZ01001", "ZZ01003"]


def test_half_a_character_and_an_entry_that_is_no_object_are_bad_rows() -> None:
    data = '[{"code": "01", "name": "Da"}, {"code": "02", "name": "\\ud800"}, [1, 2], "words"]'
    assert problems("forces.json", data) == [
        (2, "characters_unreadable", "title"),
        (3, "row_unreadable", ""),
        (4, "row_unreadable", ""),
    ]


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("row", "reason", "field"),
    [
        ("plea,,Guilty,,,", "missing_id", "code"),
        ("please,1,Guilty,,,", "list_unknown", "list"),
        (",1,Guilty,,,", "list_unknown", "list"),
        ("plea,1,Guilty,31/02/2026,,", "date_unreadable", "valid_from"),
        ("plea,1,Guilty,2026-02-02,2026-02-01,", "dates_reversed", "valid_to"),
        ("plea,1,Guilty,,,nothing", "attributes_unreadable", "attributes"),
        ("plea,1,Guilty,,,[1]", "attributes_unreadable", "attributes"),
        ('plea,1,Guilty,,,"{""a"": ""\\u0000""}"', "characters_unreadable", "title"),
        ("plea,1,Guilty", "columns_differ", ""),
        ("plea,1,Guilty,,,,", "columns_differ", ""),
    ],
)
def test_a_bad_row_of_our_own_layout_is_named_by_its_line(row: str, reason: str, field: str) -> None:
    content = f"{OWN_HEADER}plea,2,Not Guilty,,,\n\n{row}\nplea,3,None,,,\n"
    assert problems("codes.csv", content) == [(4, reason, field)]
    assert [code.code for code in codes("codes.csv", content)] == ["2", "3"]


@pytest.mark.rule("INT-03")
def test_a_row_put_right_stands_at_its_own_line() -> None:
    table = read_table(document("codes.csv", f"{OWN_HEADER}plea,2,Not Guilty,,,\nplea,,Guilty,,,\n"))
    assert not isinstance(table, Refused)
    ((row, _),) = [(row, code) for row, code in shape_table(table) if isinstance(code, Problem)]
    corrected = correct(row.words, "", "code", row.line, "1")
    assert corrected is not None
    ((line, code),) = shaped("codes.csv", corrected)
    assert isinstance(code, Code)
    assert (line, code.code, code.title) == (3, "1", "Guilty")


@pytest.mark.parametrize(
    ("words", "field"), [('{"cjsCode": ""}', "cjsCode"), ("PH97 1-2", "code"), ("a,b\n1,2\n", "c"), ("a,b\n1\n", "a")]
)
def test_what_has_no_such_column_is_not_put_right(words: str, field: str) -> None:
    assert correct(words, "", field, 2, "1") is None


# The compact list of which codes exist


def test_ranges_variants_and_plain_codes_are_spelt_out() -> None:
    content = "# remark\nZZ97 001-003 501\n\nZZ97/A 003\n= 05LGPRIV ZZ97A01\n"
    found = [(line, code.code) for line, code in shaped("offence_codes.txt", content) if isinstance(code, Code)]
    assert found == [
        *((2, f"ZZ97{number}") for number in ("001", "002", "003", "501")),
        (4, "ZZ97003A"),
        (5, "05LGPRIV"),
        (5, "ZZ97A01"),
    ]
    assert all(code.exists_only and not code.title for code in codes("offence_codes.txt", content))


@pytest.mark.parametrize("line", ["ZZ97", "ZZ97 1-3", "ZZ97 003-001", "ZZ97 001–003", "ZZ97/AB 001", "ZZ-97 001"])
def test_a_line_that_is_no_range_is_a_bad_row(line: str) -> None:
    assert problems("offence_codes.txt", f"# remark\n{line}\n") == [(2, "range_unreadable", "")]


# Files that are refused whole


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("weather.json", '[{"cjsCode": "1"}]', "code_list_unknown"),
        ("plea-status.json", '{"plea": []}', "code_list_unknown"),
        ("bank-holidays.json", "[]", "code_list_unknown"),
        ("bank-holidays.json", '{"scotland": []}', "code_list_unknown"),
        ("plea-status.json", "[]", "column_missing"),
        ("plea-status.json", '[{"cjsCode": "G"}]', "column_missing"),
        ("plea-status.json", '[{"cjsCode": "G"', "not_well_formed_json"),
        ("plea-status.json", "[" * 100_000, "not_well_formed_json"),
        ("plea-status.json", f"[{'9' * 5_000}]", "not_well_formed_json"),
        ("forces.json", b'[{"code": "01", "name": "\xff"}]', "text_damaged"),
        ("weather.csv", "day,rain\n1,2\n", "code_list_unknown"),
        ("ethnicity_16plus1.csv", "letters,words\n1,2\n", "column_missing"),
        ("codes.csv", f'{OWN_HEADER}plea,1,"{"x" * 200_000},,,\n', "not_well_formed_csv"),
        ("blank.csv", "\n\n", "code_list_unknown"),
    ],
)
def test_a_file_that_is_none_of_the_lists_is_refused_whole_in_one_line(name: str, data: str | bytes, code: str) -> None:
    refused = refusal(name, data)
    assert refused.code == code
    assert "\n" not in refused.message
    assert "%(" not in refused.message


@pytest.mark.parametrize(
    "name",
    ["bichard_plea-status.json", "plea-status (1).json", "PLEA-STATUS.JSON", "folder.zip: lists/plea-status.json"],
)
def test_a_list_is_known_by_a_word_of_its_name(name: str) -> None:
    (plea,) = codes(name, [{"cjsCode": "G", "description": "Guilty", "spiCode": "1"}])
    assert plea.list_name == "plea"


def test_a_list_in_utf_16_or_with_a_byte_order_mark_is_read() -> None:
    words = json.dumps([{"code": "99", "name": "Tŷ"}], ensure_ascii=False)
    for encoding in ("utf-16", "utf-8-sig"):
        (force,) = codes("forces.json", words.encode(encoding))
        assert force.title == "Tŷ"


def test_an_extract_of_the_offence_codes_is_noted_and_not_taken() -> None:
    table = read_table(document("some_extract.csv", "cjsCode,offenceTitle\nZZ01001,Invented\n"))
    assert not isinstance(table, Refused)
    assert (list(table.rows), table.note) == ([], "not_a_code_list")


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_says_what_it_means_and_what_to_do(code: str) -> None:
    what, do = sentence(code)
    assert what.endswith(".")
    assert do.endswith(".")


# What ships with the product


def test_the_folder_that_ships_is_read_whole_and_its_readme_passed_over() -> None:
    opened = [found for found in open_all([REFERENCE], WANTED) if isinstance(found, Document)]
    assert [Path(found.name).name for found in opened] == ["codes.csv", "offence_codes.txt"]
    assert not [problem for found in opened for problem in problems(found.name, found.data)]


def test_every_small_list_ships_and_no_code_twice() -> None:
    shipped = published_codes(REFERENCE / "codes.csv")
    assert Counter(code.key for code in shipped).most_common(1)[0][1] == 1
    by_list = Counter(code.list_name for code in shipped)
    assert by_list["result"] == 898
    assert by_list["result-qualifier"] == 299
    assert by_list["court"] == 440
    assert by_list["psa"] == 182
    assert LIST_NAMES - by_list.keys() == {
        "bank-holiday",
        "ethnicity-16",
        "ethnicity-18",
        "force",
        "pnc-disposal",
        "target-court-type",
        "trigger",
    }


@pytest.mark.parametrize(
    ("code", "home_office_class"),
    [
        ("ST19001", "008/74"),
        ("ST19006", "068/16"),
        ("ST19507", "000/00"),
        ("PH97003", "008/31"),
        ("PH97003A", "008/31"),
        ("PH97006", "195/12"),
        ("PH97012", "066/38"),
        ("SE20002", "008/31"),
        ("DA21001", "068/19"),
        ("FL96001", "066/39"),
        ("FL96002", "066/97"),
        ("AS14001", "066/98"),
        ("AS14004", "104/42"),
        ("SC15004", "008/67"),
    ],
)
def test_stalking_and_order_offences_ship_with_title_and_class(code: str, home_office_class: str) -> None:
    shipped = {found.code: found for found in published_codes(REFERENCE / "codes.csv") if found.list_name == "offence"}
    assert shipped[code].title
    assert shipped[code].attributes["home_office_class"] == home_office_class


# The published lists themselves


@pytest.mark.parametrize(
    ("file", "list_name", "rows"),
    [
        ("bichard_offence-code.json", "offence", 30_356),
        ("bichard_result-code.json", "result", 898),
        ("bichard_result-qualifier-code.json", "result-qualifier", 299),
        ("bichard_organisation-unit_courts_only.json", "court", 440),
        ("bichard_forces.json", "force", 84),
        ("bichard_trigger-definitions.json", "trigger", 34),
        ("bichard_pnc-disposal.json", "pnc-disposal", 66),
        ("bichard_type-of-hearing.json", "hearing-type", 50),
        ("bichard_offence-category.json", "offence-category", 24),
        ("bichard_plea-status.json", "plea", 8),
        ("bichard_court-type.json", "court-type", 8),
        ("bichard_mode-of-trial-reason.json", "mode-of-trial", 9),
        ("bichard_remand-status.json", "remand-status", 7),
        ("bichard_duration-unit.json", "duration-unit", 7),
        ("bichard_verdict.json", "verdict", 5),
        ("bichard_gender.json", "gender", 4),
        ("bichard_defendant-present-at-hearing.json", "presence", 3),
        ("bichard_offence-initiation.json", "offence-initiation", 3),
        ("bichard_target-court-type.json", "target-court-type", 2),
        ("govuk_bank-holidays.json", "bank-holiday", 471),
        ("ethnicity_16plus1.csv", "ethnicity-16", 17),
        ("ethnicity_18plus1_policeuk_labels.csv", "ethnicity-18", 19),
    ],
)
def test_a_published_list_gives_its_control_total_of_distinct_codes(
    shared_data: Path, file: str, list_name: str, rows: int
) -> None:
    found = shaped(file, (shared_data / "codes" / file).read_bytes())
    keys = {code.key for _, code in found if isinstance(code, Code) and code.list_name == list_name}
    assert (len(found), len(keys)) == (rows, rows)


def test_the_offence_codes_give_their_control_totals(shared_data: Path) -> None:
    offences = published_codes(shared_data / "codes" / "bichard_offence-code.json")
    assert Counter(len(code.code) for code in offences) == {7: 26_019, 9: 2_401, 8: 1_069, 10: 825, 6: 42}
    assert sum(code.attributes["notifiable"] is True for code in offences) == 7_333
    assert sum(code.attributes["recordable"] is True for code in offences) == 13_335
    assert Counter(code.attributes["category"] for code in offences).most_common(9) == [
        ("CE", 15_970),
        ("CS", 9_393),
        ("CM", 1_670),
        ("B7", 1_407),
        ("CI", 1_088),
        ("VP", 493),
        ("VA", 127),
        ("CR", 89),
        ("CB", 61),
    ]
    assert sum(not code.title.isascii() for code in offences) == 80
    by_act = Counter(code.code[:4] for code in offences)
    assert [by_act[act] for act in ("ST19", "PH97", "DA21", "FL96", "CS10")] == [13, 23, 16, 4, 3]


def test_the_result_codes_give_their_control_totals(shared_data: Path) -> None:
    results = published_codes(shared_data / "codes" / "bichard_result-code.json")
    assert Counter(code.attributes.get("type") for code in results) == {"F": 496, None: 241, "I": 114, "P": 47}
    known = {code.code for code in published_codes(shared_data / "codes" / "bichard_result-qualifier-code.json")}
    lists = [code.attributes.get("qualifiers") for code in results]
    qualifiers = [qualifier for listed in lists if isinstance(listed, list) for qualifier in listed]
    assert all(qualifier == qualifier.strip() != "" for qualifier in qualifiers)
    assert len(known & set(qualifiers)) == 276


def test_bank_holidays_give_their_control_totals(shared_data: Path) -> None:
    days = published_codes(shared_data / "codes" / "govuk_bank-holidays.json")
    assert Counter(code.code[:6] for code in days) == {"GB-EAW": 140, "GB-SCT": 157, "GB-NIR": 174}
    assert "’" in "".join(code.title for code in days)


def test_what_ships_says_exactly_what_the_published_lists_say(shared_data: Path) -> None:
    """So that taking in the full lists changes nothing of it."""
    full: dict[str, str] = {}
    for path in sorted((shared_data / "codes").glob("bichard_*.json")):
        table = read_table(document(path.name, path.read_bytes()))
        assert not isinstance(table, Refused)
        rows = shape_table(table)
        full |= {code.key: code.content for _, code in (*rows, *court_areas_of(rows)) if isinstance(code, Code)}
    shipped = published_codes(REFERENCE / "codes.csv")
    assert [code.key for code in shipped if full.get(code.key) != code.content] == []
    exist = {code.key for code in published_codes(REFERENCE / "offence_codes.txt")}
    assert exist == {key for key in full if key.startswith("offence/")}
