"""The national test messages: which are rejected, what is doubtful in them, and what they add up to (INT-03, INT-05)."""

import json
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest

from craffu.intake.court_results.picking import Flag, court_key
from craffu.intake.court_results.read import WANTED, read_message
from craffu.intake.court_results.records import DefendantHearing
from craffu.intake.court_results.shape import Rejected, Shaped, shape
from craffu.intake.opening import Document, open_all
from craffu.intake.refused import Refused
from tests.factories import court_messages as courts

SHARED = Path(__file__).parents[4] / "shared" / "data"

pytestmark = pytest.mark.rule("INT-03")


class SharedCodes:
    """The official lists, read from the standing data."""

    def __init__(self) -> None:
        spi, cjs = "spiCode", "cjsCode"
        files = {
            "offence": ("offence-code", cjs),
            "result": ("result-code", cjs),
            "result-qualifier": ("result-qualifier-code", cjs),
            "plea": ("plea-status", spi),
            "verdict": ("verdict", spi),
            "remand-status": ("remand-status", spi),
            "gender": ("gender", spi),
            "duration-unit": ("duration-unit", spi),
            "presence": ("defendant-present-at-hearing", cjs),
        }
        self.lists = {name: {row[key] for row in self._rows(file) if row[key]} for name, (file, key) in files.items()}
        units = self._rows("organisation-unit_courts_only")
        self.lists["court"] = {
            unit["topLevelCode"] + unit["secondLevelCode"] + unit["thirdLevelCode"] for unit in units
        }
        self.lists["psa"] = {unit["thirdLevelPsaCode"] for unit in units}

    @staticmethod
    def _rows(name: str) -> list[dict[str, str]]:
        return list(json.loads((SHARED / "codes" / f"bichard_{name}.json").read_text()))

    def known(self, list_name: str, code: str) -> bool:
        return code in self.lists[list_name]


@pytest.fixture(scope="module")
def national() -> dict[str, Shaped | Rejected]:
    """Every national test message, shaped, by its folder and number: '143-2', or '083' where there is one."""
    if not (SHARED / "courts" / "results").is_dir():
        pytest.skip("skipped: no shared data")
    codes_known = SharedCodes()
    found: dict[str, Shaped | Rejected] = {}
    for step in open_all([SHARED / "courts" / "results"], WANTED):
        if isinstance(step, Document):
            read = read_message(step.data, step.name)
            assert not isinstance(read, Refused)
            (raw,) = read.defendants
            path = Path(step.name)
            name = path.parent.name.split("-")[0] + path.stem.removeprefix("input-message")
            found[name] = shape(raw, codes_known)
    assert len(found) == 168
    return found


def having(national: dict[str, Shaped | Rejected], code: str) -> dict[str, list[Flag]]:
    return {
        name: those for name, one in national.items() if (those := [flag for flag in one.flags if flag.code == code])
    }


def test_only_the_two_messages_without_a_case_reference_are_rejected(national: dict[str, Shaped | Rejected]) -> None:
    refused = {name: (one.reason, one.line) for name, one in national.items() if isinstance(one, Rejected)}
    assert refused == {"121": ("ptiurn_malformed", 46), "271": ("ptiurn_placeholder", 46)}


@pytest.mark.parametrize(
    ("code", "messages", "values"),
    [
        ("asn_absent", {"271"}, 1),
        ("asn_malformed", {"083", "407", "413", "419"}, 4),
        ("asn_dummy", 9, 9),
        ("result_code_unknown", {"081"}, 2),
        ("offence_code_unknown", {"251", "313"}, 2),
        ("court_unknown", 7, 10),
        ("psa_code_unknown", 5, 5),
        ("next_hearing_not_after_hearing", 1, 1),
        ("offence_after_hearing", 1, 2),
        ("initiated_before_offence", None, 351),
        ("arrest_before_offence", None, 43),
        ("conviction_before_hearing", None, 28),
        ("guilty_without_conviction_date", 1, 1),
        ("offence_numbers_not_consecutive", 7, 7),
        ("result_code_absent", None, 36),
        ("birth_date_missing", {"115-2", "115-3", "291"}, 3),
        ("damaged_characters", {"065", "115-1", "139", "503"}, 4),
        ("element_not_read", {"293"}, 2),
        ("qualifier_unknown", 0, 0),
        ("plea_unknown", 0, 0),
        ("finding_unknown", 0, 0),
        ("bail_status_unknown", 0, 0),
        ("gender_unknown", 0, 0),
        ("presence_unknown", 0, 0),
        ("duration_unit_unknown", 0, 0),
        ("offence_end_before_start", 0, 0),
        ("offence_without_result", 0, 0),
        ("value_repeated", 0, 0),
        ("date_unreadable", 0, 0),
        ("time_unreadable", 0, 0),
        ("number_unreadable", 0, 0),
        ("code_unreadable", 0, 0),
        ("indicator_unreadable", 0, 0),
        ("text_may_be_cut", 0, 0),
        ("birth_date_unlikely", 0, 0),
    ],
)
def test_the_publishers_table_of_doubtful_values_is_met(
    national: dict[str, Shaped | Rejected], code: str, messages: set[str] | int | None, values: int
) -> None:
    found = having(national, code)
    assert sum(len(those) for those in found.values()) == values
    if isinstance(messages, set):
        assert set(found) == messages
    elif messages is not None:
        assert len(found) == messages


def test_the_unknown_courts_are_those_of_the_table(national: dict[str, Shaped | Rejected]) -> None:
    unknown = [flag for those in having(national, "court_unknown").values() for flag in those]
    assert Counter((flag.field, court_key(flag.detail)) for flag in unknown) == {
        ("Hearing/CourtHearingLocation", "B01BK"): 2,
        ("NextHearingDetails/CourtHearingLocation", "B01NI"): 3,
        ("NextHearingDetails/CourtHearingLocation", "B01N_"): 2,
        ("NextHearingDetails/CourtHearingLocation", "Z01EF"): 3,
    }


def test_every_record_adds_up_to_the_publishers_totals(national: dict[str, Shaped | Rejected]) -> None:
    records = [one.record for one in national.values() if isinstance(one, Shaped)]
    results = [found for one in records for charged in one.offences for found in charged.results]
    assert len(records) == 166
    assert sum(len(one.offences) for one in records) == 437 - 6  # 121 has five offences, 271 one
    assert {one.bail_status for one in records} == {"A", "B", "C", "U"}
    assert sum(bool(one.bail_conditions) for one in records) == 9
    assert max(len(one.bail_conditions) for one in records) == 3
    assert sum(found.code == courts.RESTRAINING_ORDER for found in results) == 1
    assert sum(found.code == courts.CONDITIONAL_BAIL for found in results) == 17


def test_welsh_vowels_survive(national: dict[str, Shaped | Rejected]) -> None:
    one = national["083"]
    assert isinstance(one, Shaped)
    text = one.record.offences[0].results[0].text
    assert text is not None
    for vowel in "ŴŵŶŷẄẅẀẁẂẃỲỳÝýâêîôûäëïöüàèìòùáéíóú":
        assert vowel in text.given
        assert vowel in text.folded


def test_the_breach_of_bail_story_reads_in_three_messages(national: dict[str, Shaped | Rejected]) -> None:
    first, second, third = (national[f"143-{number}"] for number in (1, 2, 3))
    assert isinstance(first, Shaped)
    assert isinstance(second, Shaped)
    assert isinstance(third, Shaped)
    assert len({(one.record.ptiurn, one.record.asn) for one in (first, second, third)}) == 1
    assert first.record.bail_conditions[0].startswith("Exclusion: not to contact directly or indirectly")
    assert [charged.code for charged in second.record.offences] == ["CJ88116", "BA76004"]
    assert second.record.offences[1].plea == "8"
    assert [found.code for charged in third.record.offences for found in charged.results].count(None) == 1
    assert first.record.hearing_date < second.record.hearing_date < third.record.hearing_date


def test_the_fields_of_a_record_are_all_used_by_the_national_messages_or_known_not_to_be(
    national: dict[str, Shaped | Rejected],
) -> None:
    records = [one.record for one in national.values() if isinstance(one, Shaped)]
    never = {field.name for field in fields(DefendantHearing) if not any(getattr(one, field.name) for one in records)}
    assert never == {"telephones", "emails"}
