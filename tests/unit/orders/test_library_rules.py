"""The library of conditions: typed, in both languages, with inputs, a behaviour and a check, and none vague (ORD-14)."""

import json
from dataclasses import replace
from typing import Any

import pytest

from craffu.orders.conditions.rules import ConditionType, vague
from craffu.orders.library.rules import (
    CONDITIONS_FILE,
    LANGUAGES,
    Behaviour,
    Check,
    Evidence,
    Input,
    LibraryFaulty,
    Worded,
    faults_of,
    filled,
    missing,
    read_library,
    reworded,
    shipped,
)

GIVEN = {
    "person": "Sian Rees", "channel": "Evans and Co", "subject": "the children’s school", "distance": "100",
    "boundary": "Heol Newydd and Stryd Fawr", "street": "Heol Newydd, Llanelli", "from": "21:00", "until": "06:00",
    "days": "Monday", "name": "Huw Morgan", "date": "1 December 2026", "address": "1 Stryd Fawr", "station": "Llanelli",
    "device": "one telephone", "time": "12:00", "programme": "Building Better Relationships", "provider": "Llanelli",
    "supervisor": "PC 44 Rees", "assessor": "Dr Jones", "end": "1 June 2027", "number": "4",
}  # fmt: skip
ROW: dict[str, Any] = {
    "key": "one", "type": "no_approach", "words": {"en": "Not {person}.", "cy": "Nid {person}."}, "inputs": ["person"],
    "answers": ["following"], "checks": ["patrol"], "evidence": "kept_item",
}  # fmt: skip


def read(**row: Any) -> Worded:
    (one,) = read_library({"verified_on": "2026-11-28", "conditions": [ROW | row]}).values()
    return one


@pytest.mark.rule("ORD-14")
@pytest.mark.parametrize("key", sorted(shipped()))
def test_each_condition_can_be_filled_in_both_languages_and_no_word_of_it_is_vague(key: str) -> None:
    one = shipped()[key]
    assert missing(one, {}) == list(one.inputs)
    assert missing(one, GIVEN) == []
    for language in LANGUAGES:
        text = filled(one, GIVEN, language)
        assert "{" not in text
        assert all(GIVEN[name] in text for name in one.inputs)
        assert vague(one.type, text) == []


@pytest.mark.rule("ORD-14")
def test_there_is_a_wording_for_every_type_but_what_is_worded_for_one_order_alone() -> None:
    assert {one.type for one in shipped().values()} == set(ConditionType) - {ConditionType.BESPOKE}
    assert {each for one in shipped().values() for each in one.answers} == set(Behaviour)
    # A call is something that an officer decides on.
    assert {each for one in shipped().values() for each in one.checks} == set(Check) - {Check.CALL}
    assert {one.evidence for one in shipped().values()} == set(Evidence)
    assert {each for one in shipped().values() for each in one.inputs} == set(Input) == set(GIVEN)
    assert len(shipped()) == len(json.loads(CONDITIONS_FILE.read_text(encoding="utf-8"))["conditions"]) == 26


@pytest.mark.rule("ORD-14")
def test_a_condition_says_from_which_version_of_which_wording_it_began() -> None:
    first = read()
    later = reworded(first, 2, {"en": " Never {person}. ", "cy": "Byth {person}."})
    assert (first.named, later.named) == ("one:1", "one:2")
    assert dict(later.words) == {"en": "Never {person}.", "cy": "Byth {person}."}
    assert (later.type, later.inputs, later.evidence) == (first.type, first.inputs, first.evidence)
    assert dict(first.words) == {"en": "Not {person}.", "cy": "Nid {person}."}
    assert filled(later, {"person": " Sian "}, "cy") == "Byth Sian."
    with pytest.raises(KeyError):
        filled(later, {}, "en")
    assert missing(read(inputs=["person"]), {"person": " "}) == [Input.PERSON]


@pytest.mark.rule("ORD-14")
@pytest.mark.parametrize(
    ("words", "inputs", "fault"),
    [
        ({"en": "Not {person}."}, ["person"], "no words in cy"),
        ({"en": "Not {person}.", "cy": "  "}, ["person"], "no words in cy"),
        ({"en": "Not.", "cy": "Nid {person}."}, ["person"], "the en words do not ask for exactly: person"),
        ({"en": "Not {person}.", "cy": "Nid {name}."}, ["person"], "the cy words do not ask for exactly: person"),
        ({"en": "Not {person} {.", "cy": "Nid {person}."}, ["person"], "a brace is left open in the en words"),
        ({"en": "Not {person}.", "cy": "Nid {person} }."}, ["person"], "a brace is left open in the cy words"),
    ],
)
def test_words_that_do_not_ask_for_what_they_need_are_a_fault(
    words: dict[str, str], inputs: list[str], fault: str
) -> None:
    assert list(faults_of(replace(read(), words=words, inputs=tuple(map(Input, inputs))))) == [fault]


@pytest.mark.rule("ORD-14")
@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"type": "no_fun"}, "no_fun"),
        ({"more": 1}, "more"),
        ({"answers": []}, "no behaviour or no check"),
        ({"checks": []}, "no behaviour or no check"),
        ({"inputs": ["nobody"]}, "nobody"),
        ({"words": {"en": "Not {person}."}}, "no words in cy"),
    ],
)
def test_a_faulty_library_is_refused_and_says_where(row: dict[str, Any], said: str) -> None:
    with pytest.raises(LibraryFaulty, match="one: ") as refused:
        read(**row)
    assert said in str(refused.value)


@pytest.mark.rule("ORD-14")
def test_a_library_has_a_day_and_each_condition_once() -> None:
    for said, fault in (
        ({"conditions": [ROW]}, "verified_on"),
        ({"verified_on": "today", "conditions": [ROW]}, "verified_on"),
        ({"verified_on": "2026-11-28", "conditions": [ROW, ROW]}, "one: stands twice"),
        ({"verified_on": "2026-11-28", "conditions": []}, "no conditions"),
    ):
        with pytest.raises(LibraryFaulty, match=fault):
            read_library(said)
