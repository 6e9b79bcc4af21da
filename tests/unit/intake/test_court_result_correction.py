"""One value of a held message put right, and nothing else of it (INT-03)."""

import pytest

from craffu.intake.court_results.correct import correct
from craffu.intake.court_results.read import read_message
from craffu.intake.court_results.sentences import UNDECIDED, sentence
from craffu.intake.refused import Refused
from craffu.intake.safe_xml import decode_xml, without_declaration
from tests.factories.court_messages import court_message


def held(message: bytes) -> str:
    return without_declaration(decode_xml(message))


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), start=1) if words in line)


@pytest.mark.rule("INT-03")
def test_the_value_at_the_line_is_replaced_and_the_rest_reads_as_before() -> None:
    text = held(court_message(ptiurn="XXXXXXXXX"))
    mended = correct(text, "Case/PTIURN", line_of(text, "XXXXXXXXX"), "63AA0000001")
    assert mended is not None
    assert mended.replace("63AA0000001", "XXXXXXXXX").split() == text.split()
    assert not isinstance(read_message(mended.encode(), "mended"), Refused)


@pytest.mark.parametrize("value", ["<b>", "&e;", "a&b", "]]>"])
def test_a_value_is_text_whatever_signs_it_holds(value: str) -> None:
    text = held(court_message(ptiurn="XXXXXXXXX"))
    mended = correct(text, "Case/PTIURN", line_of(text, "XXXXXXXXX"), value)
    assert mended is not None
    message = read_message(mended.encode(), "mended")
    assert not isinstance(message, Refused)
    assert message.defendants[0].case.first("PTIURN").text == value


@pytest.mark.parametrize(("field", "line"), [("Case/PTIURN", 1), ("Case/Nowhere", 15), ("Case", 14)])
def test_where_there_is_no_such_value_nothing_is_changed(field: str, line: int) -> None:
    assert correct(held(court_message(ptiurn="XXXXXXXXX")), field, line, "63AA0000001") is None


def test_what_is_no_message_is_not_corrected() -> None:
    assert correct("<broken", "Case/PTIURN", 1, "x") is None


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
