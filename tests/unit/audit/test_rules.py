"""What a log row must hold, its one canonical text, and the chain over it."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.audit import rules
from craffu.audit.rules import BEFORE_THE_FIRST, Verb
from tests.rule_case_file import worked_cases

ROWS = st.lists(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.lists(st.text()))), max_size=8)


@pytest.mark.parametrize("case", worked_cases("SEC-04"))
def test_T09_an_act_is_logged_under_its_verb_and_a_disclosure_names_its_recipient(case: dict[str, Any]) -> None:
    found = rules.check_event(case["given"]["action"], case["given"]["row"])
    assert {"verb": found.verb, "accepted": found.accepted, "missing": found.missing} == case["expect"]


@pytest.mark.parametrize("case", worked_cases("SEC-05"))
def test_a_chain_is_checked_row_by_row(case: dict[str, Any]) -> None:
    found = rules.check_chain(case["given"]["rows"])
    assert {"hashes": found.hashes, "ok": found.ok, "first_bad": found.first_bad} == case["expect"]


@pytest.mark.rule("SEC-04")
def test_T09_each_of_the_six_verbs_of_the_law_has_an_act_and_needs_time_and_person() -> None:
    assert set(Verb) == set(rules.VERB_OF_ACT.values())
    for verb in Verb:
        assert rules.missing_fields(verb, {})[:2] == ["at", "actor"]


@pytest.mark.rule("SEC-04")
def test_every_act_has_its_verb() -> None:
    """The law's six, and beside them signing in and being refused; kept rows carry these words."""
    acts = {
        "collection": "intake create",
        "alteration": "edit decide",
        "consultation": "view screen_search print",
        "disclosure": "export download letter_sent verbal_update",
        "combination": "link merge unlink split",
        "erasure": "erase",
        "authentication": "sign_in sign_out",
        "denied": "refuse",
    }
    assert [*Verb] == [*acts]
    assert {act: verb for verb, named in acts.items() for act in named.split()} == rules.VERB_OF_ACT


@pytest.mark.rule("SEC-04")
def test_an_act_nobody_has_placed_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="no verb"):
        rules.verb_of("glance")


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("person/P-10001", True),
        ("court_result/a:b", True),
        ("person/Siân Owen", False),
        ("person/", False),
        ("P-10001", False),
        ("Person/P-1", False),
        ("person/" + "x" * 101, False),
    ],
)
def test_a_reference_points_and_does_not_tell(text: str, fits: bool) -> None:
    assert rules.is_reference(text) is fits


@pytest.mark.parametrize(
    ("text", "fits"), [("demo", True), ("63", True), ("../demo", False), ("", False), ("d" * 21, False)]
)
def test_a_force_code_can_name_a_file(text: str, fits: bool) -> None:
    assert rules.is_force(text) is fits


def test_what_no_database_can_hold_is_replaced_and_the_rest_is_kept() -> None:
    assert rules.storable("ŵ\0\ud800!") == "ŵ\N{REPLACEMENT CHARACTER}?!"


def test_an_instant_is_written_in_utc_with_microseconds() -> None:
    summer = datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    assert rules.instant_text(summer) == "2026-07-01T08:00:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        rules.instant_text(summer.replace(tzinfo=None))


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_instants_sort_as_their_texts(one: datetime, other: datetime) -> None:
    assert (one < other) == (rules.instant_text(one) < rules.instant_text(other))


@pytest.mark.rule("SEC-05")
def test_the_canonical_text_has_sorted_keys_no_spaces_and_escapes_nothing_utf8_can_say() -> None:
    assert rules.canonical({"b": "ŷ", "a": [1, "x y"]}) == '{"a":[1,"x y"],"b":"ŷ"}'
    with pytest.raises(ValueError):
        rules.canonical({"a": float("nan")})


@pytest.mark.rule("SEC-05")
@given(ROWS)
def test_the_chain_is_what_the_rule_says_worked_out_the_plain_way(rows: list[dict[str, Any]]) -> None:
    rows = [{name: value for name, value in row.items() if name != "hash"} for row in rows]
    payloads = [json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for row in rows]
    due, previous = [], "0" * 64
    for payload in payloads:
        previous = hashlib.sha256(previous.encode() + payload.encode()).hexdigest()
        due.append(previous)
    assert rules.links(BEFORE_THE_FIRST, payloads) == due
    assert rules.check_chain(rows).hashes == due
    first, raw, stored = (
        BEFORE_THE_FIRST.encode(),
        [text.encode() for text in payloads],
        [text.encode() for text in due],
    )
    assert rules.unbroken(first, raw, stored)
    for step in range(len(rows)):
        altered = [*raw[:step], raw[step] + b" ", *raw[step + 1 :]]
        assert not rules.unbroken(first, altered, stored)
        assert (
            rules.check_chain(
                [
                    {**row, "hash": hash_ if place != step else "f" * 64}
                    for place, (row, hash_) in enumerate(zip(rows, due, strict=True))
                ]
            ).first_bad
            == step + 1
        )
