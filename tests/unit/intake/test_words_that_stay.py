"""The words by which outcomes, reasons and refusals are kept, sent and asked for: other programs hold on to them."""

import pytest

from craffu.intake.rules import Exit, FileProblem, OutcomeKind, Reason, Shown, SourceState, file_refusal, source_shown


def test_how_a_run_ends_is_what_the_command_line_promises() -> None:
    assert {ending.name: int(ending) for ending in Exit} == {"DONE": 0, "SOMETHING_LEFT_OVER": 1, "REFUSED": 2}


@pytest.mark.rule("INT-05")
def test_what_becomes_of_a_row_and_why_is_kept_under_words_that_stay() -> None:
    assert [*OutcomeKind] == ["created", "updated", "unchanged", "parked", "rejected"]
    assert [*Reason] == [
        "first_time", "changed", "same_content", "older_version", "returns_to_earlier_version", "missing_id",
    ]  # fmt: skip


@pytest.mark.rule("INT-03")
def test_what_a_file_is_refused_whole_for_is_found_by_its_word_and_by_no_other() -> None:
    words = ["unreadable", "no_header", "required_column_missing", "wrong_kind", "unsafe_archive"]
    assert [file_refusal(word) for word in words] == [*FileProblem] == words
    assert file_refusal("bad_date") is file_refusal(None) is None


@pytest.mark.rule("INT-06")
@pytest.mark.parametrize("state", ["late", "down", "never_run"])
def test_a_source_that_did_not_answer_is_not_available(state: str) -> None:
    assert SourceState(state) == state
    assert source_shown(state, None, 3).shown is Shown.NOT_AVAILABLE
    assert source_shown(SourceState("ok"), None, 3).shown is Shown.RECORDS
