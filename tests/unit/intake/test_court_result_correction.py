"""One value of a held message put right, and nothing else of it (INT-03)."""

import re

import pytest

from craffu.intake.court_results.correct import correct
from craffu.intake.court_results.raw import RawDefendant
from craffu.intake.court_results.read import read_message
from craffu.intake.court_results.sentences import UNDECIDED, sentence
from craffu.intake.refused import Refused
from craffu.intake.safe_xml import decode_xml, without_declaration
from tests.factories.court_messages import case, court_message, defendant, element, message

NAME = "CourtIndividualDefendant/PersonDefendant/BasePersonDetails/PersonName"


def held(message: bytes) -> str:
    return without_declaration(decode_xml(message))


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), start=1) if words in line)


def the_hash(text: str, position: int = 1) -> str:
    message = read_message(text.encode())
    assert not isinstance(message, Refused)
    return message.defendants[position - 1].content_hash


def mended(text: str, field: str, value: str, *, position: int = 1, line: int = 0) -> str | None:
    return correct(text, the_hash(text, position), field, line, value)


def only(text: str | None) -> RawDefendant:
    assert text is not None
    message = read_message(text.encode())
    assert not isinstance(message, Refused)
    (one,) = message.defendants
    return one


def family_name(raw: RawDefendant) -> str:
    name = (raw.defendant or raw.case).first(f"{NAME}/PersonFamilyName")
    return name.text if name is not None else "none"


@pytest.mark.rule("INT-03")
def test_the_value_is_replaced_and_the_rest_reads_as_before() -> None:
    text = held(court_message(ptiurn="XXXXXXXXX"))
    corrected = mended(text, "Case/PTIURN", "63AA0000001")
    assert corrected is not None
    assert corrected.replace("63AA0000001", "XXXXXXXXX").split() == text.split()
    assert not isinstance(read_message(corrected.encode(), "mended"), Refused)


TWO_CASES = message(
    case(defendant(family_name="ALPHA"), ptiurn="63AA0000001"), case(defendant(family_name="BETA"), ptiurn="XXXXXXXXX")
)
TWO_DEFENDANTS = message(case(defendant(family_name="ALPHA"), defendant(family_name=" ")))


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize("on_one_line", [True, False])
def test_only_the_held_defendant_is_changed_and_nobody_else_is_left(on_one_line: bool) -> None:
    text = held(TWO_CASES)
    text = re.sub(r">\s+<", "><", text) if on_one_line else text
    one = only(mended(text, "Case/PTIURN", "63AA0000002", position=2, line=1))
    assert family_name(one) == "BETA"
    assert [given.text for given in one.case.all("PTIURN")] == ["63AA0000002"]


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize("on_one_line", [True, False])
def test_of_two_defendants_of_one_case_the_held_one_is_changed(on_one_line: bool) -> None:
    text = held(TWO_DEFENDANTS)
    text = re.sub(r">\s+<", "><", text) if on_one_line else text
    one = only(mended(text, "PersonName/PersonFamilyName", "BETA", position=2, line=1))
    assert family_name(one) == "BETA"


def test_no_line_moves_where_others_are_taken_out() -> None:
    text = held(TWO_CASES)
    before = read_message(text.encode())
    assert not isinstance(before, Refused)
    assert only(mended(text, "Case/PTIURN", "63AA0000002", position=2)).line == before.defendants[1].line


@pytest.mark.rule("INT-03")
@pytest.mark.parametrize(
    ("left_out", "field", "value", "whole"),
    [
        ({"ptiurn": None}, "Case/PTIURN", "63AA0100125", {}),
        ({"hearing_date": None}, "Hearing/DateOfHearing", "2025-03-03", {}),
        ({"family_name": None}, "PersonName/PersonFamilyName", "PENHALIGON", {}),
        ({"family_name": " "}, "PersonName/PersonFamilyName", "PENHALIGON", {}),
    ],
)
def test_a_missing_value_is_put_where_the_court_would_have_written_it(
    left_out: dict[str, str | None], field: str, value: str, whole: dict[str, str]
) -> None:
    corrected = mended(held(court_message(**left_out)), field, value)
    assert only(corrected).content_hash == the_hash(held(court_message(**whole)))


@pytest.mark.parametrize("value", ["<b>", "&e;", "a&b", "]]>"])
def test_a_value_is_text_whatever_signs_it_holds(value: str) -> None:
    found = only(mended(held(court_message(ptiurn="XXXXXXXXX")), "Case/PTIURN", value)).case.first("PTIURN")
    assert found is not None
    assert found.text == value


@pytest.mark.parametrize("field", ["Case/Nowhere", "Case", "Case/Defendant", "Defendant/Offence"])
def test_what_is_no_single_value_is_not_changed(field: str) -> None:
    assert mended(held(court_message()), field, "63AA0000001") is None


def test_of_two_values_for_one_the_line_must_tell_which() -> None:
    text = held(message(case(defendant(), extra=[element("PTIURN", "63AA0000002")], ptiurn="63AA0000001")))
    line = line_of(text, "63AA0000002")
    assert [one.text for one in only(mended(text, "Case/PTIURN", "63AA0000001", line=line)).case.all("PTIURN")] == [
        "63AA0000001"
    ] * 2
    flat = re.sub(r">\s+<", "><", text)
    assert mended(flat, "Case/PTIURN", "63AA0000001", line=1) is None


def test_where_nobody_of_that_content_is_named_nothing_is_changed() -> None:
    assert correct(held(court_message()), "0" * 64, "Case/PTIURN", 1, "63AA0000001") is None


def test_an_organisation_has_no_family_name_to_correct() -> None:
    text = held(court_message(organisation="NOBODY LTD"))
    assert mended(text, "PersonName/PersonFamilyName", "BETA") is None


def test_what_is_no_message_is_not_corrected() -> None:
    assert correct("<broken", "0" * 64, "Case/PTIURN", 1, "x") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_held_message_reads_again_whatever_it_was_written_in(encoding: str) -> None:
    body = decode_xml(court_message(family_name="SIÔN")).partition("?>")[2]
    message = f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding)
    again = read_message(held(message).encode(), "again")
    assert not isinstance(again, Refused)
    assert again.content_hash == read_message(message, "first").content_hash


def test_every_reason_of_the_identity_rule_says_what_to_do() -> None:
    for code, (what, do) in UNDECIDED.items():
        assert sentence(code) == (what, do)
        assert what.endswith(".")
        assert do.endswith(".")
    assert sentence("never_heard_of") == ("never_heard_of", "")
