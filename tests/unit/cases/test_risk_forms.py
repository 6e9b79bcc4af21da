"""Which files are forms that can be loaded, what is said of the others, and which answers a form takes (RSK-01)."""

import copy
from typing import Any

import pytest

from craffu.cases.risk.forms.reading import LARGEST, UnfitForm, read_form
from craffu.cases.risk.forms.rules import questions_of, wrong_answers
from tests.factories.risk_forms import as_file, invented

pytestmark = pytest.mark.rule("RSK-01")


def question(name: str, **said: Any) -> dict[str, Any]:
    """The invented form with one question changed; None leaves out."""
    form = copy.deepcopy(invented())
    changed = {
        **form["properties"].get(name, {}),
        **{key.replace("_cy", "-cy").replace("x_", "x-"): one for key, one in said.items()},
    }
    form["properties"][name] = {key: one for key, one in changed.items() if one is not None}
    return form


def test_the_form_of_the_documentation_is_one() -> None:
    read = read_form(as_file(invented()))
    assert (read.tool, read.version, read.licence_ref) == ("Invented list", "1", "INVENTED-1")
    colour, doors, is_open, more = questions_of(read.schema)
    assert (colour.options, colour.options_cy, colour.is_required) == (
        ("Red", "Green", "Not asked"),
        ("Coch", "Gwyrdd", "Heb ei ofyn"),
        True,
    )
    assert (doors.is_number, doors.lowest, doors.highest, doors.is_required) == (True, 0, 99, False)
    assert (is_open.options, more.longest) == (("yes", "no"), 500)
    assert colour.title_cy == "Pa liw yw’r drws dychmygol?"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (invented(licence=None), "the form: Add what is missing: 'x-licence' is a required property."),
        (invented(licence=" "), "x-licence: Write something that is not blank"),
        (invented(tool="x" * 81), "x-tool: Write at most 80 characters."),
        (
            invented(schema="http://json-schema.org/draft-07/schema#"),
            '$schema: Write "https://json-schema.org/draft/2020-12/schema"',
        ),
        (invented(properties={}), "properties: Ask at least 1 question."),
        (invented(scores={"colour": 3}), "Take out what a form may not hold"),
        (invented(required=["colours"]), "required: colours is no question of this form."),
        (
            question("Colour", type="boolean"),
            "properties: Write something that is not blank and, for the name of a question, small",
        ),
        (question("more", maxLength=None), "properties.more: Say what kind of answer it takes"),
        (question("more", maxLength=4001), "properties.more.maxLength: Write 4000 or less."),
        (
            question("more", x_title_cy=None),
            "properties.more: Add what is missing: 'x-title-cy' is a required property.",
        ),
        (question("more", type=["string"]), "properties.more: Say what kind of answer it takes"),
        (question("more", default="x"), "properties.more: Take out what a form may not hold"),
        (
            question("colour", x_enum_cy=["Coch", "Gwyrdd"]),
            "properties.colour.x-enum-cy: Give one Welsh option for each of the 3",
        ),
        (question("colour", enum=["Red", "Red"]), "properties.colour.enum: Write each one once."),
        (question("doors", minimum=100), "properties.doors.minimum: Write a minimum that is not above the maximum."),
        (question("doors", maximum="99"), 'properties.doors.maximum: Write a value of the type "integer" here.'),
        ([], 'the form: Write a value of the type "object" here.'),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_to_do(form: Any, said: str) -> None:
    with pytest.raises(UnfitForm) as refused:
        read_form(as_file(form))
    assert any(said in fault for fault in refused.value.faults), refused.value.faults


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON in UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b" " * (LARGEST + 1), "larger than 256 KiB"),
        (b'{"x-tool": "a", "x-tool": "b"}', "x-tool: stands twice"),
    ],
)
def test_what_is_no_form_at_all_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(UnfitForm, match=said):
        read_form(data)


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"colour": "Red"}, []),
        ({"colour": "Red", "doors": "0", "open": "no", "more": "x" * 500}, []),
        ({}, ["missing:colour"]),
        ({"colour": "Coch"}, ["no_such_option:colour"]),
        ({"colour": "Red", "open": "true"}, ["no_such_option:open"]),
        ({"colour": "Red", "doors": "-1"}, ["too_low:doors"]),
        ({"colour": "Red", "doors": "100"}, ["too_high:doors"]),
        ({"colour": "Red", "doors": "two"}, ["no_number:doors"]),
        ({"colour": "Red", "doors": "²"}, ["no_number:doors"]),
        ({"colour": "Red", "more": "x" * 501}, ["too_long:more"]),
        ({"colour": "Red", "score": "9"}, ["not_asked:score"]),
    ],
)
def test_a_form_takes_only_the_answers_it_asks_for(answers: dict[str, str], wrong: list[str]) -> None:
    assert wrong_answers(questions_of(invented()), answers) == wrong
