"""How a word is folded and found, how what was typed is taken apart, and why a name answers (X12, BIL-04): no database."""

import pytest

from craffu.people.search.asking import Asked, BornAsked, taken_apart
from craffu.people.search.folding import fold, fold_lines
from craffu.people.search.forms import Kind, forms_of, unchanged
from craffu.people.search.keys import keys_kept, keys_like, sound
from craffu.people.search.matching import (
    Expression,
    Why,
    expression,
    likeness,
    one_word_off,
    other_words,
    readings,
    slot_of,
    without_one,
    words_joined,
)
from craffu.people.search.ranking import Judge
from craffu.people.search.tables import asked_of

pytestmark = pytest.mark.rule("BIL-04")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Siân", "sian"),
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("Davies-Jones", "davies jones"),
        ("Małgorzata ŻÓŁĆ", "malgorzata zolc"),
        ("  Llŷr   ap\nGwilym ", "llyr ap gwilym"),
        ("Weiß", "weiss"),
        ("Иван", "иван"),
        ("", ""),
        ("'; DROP--", "drop"),
    ],
)
def test_a_name_is_folded_to_small_letters_without_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_many_names_are_folded_as_each_alone() -> None:
    names = ["Siân O'Brien", "", "Dafydd  Evans", "a\nb", "Łukasz"]
    assert [" ".join(line.split()) for line in fold_lines(names).split("\n")] == [fold(name) for name in names]


@pytest.mark.parametrize(
    "alike",
    [
        "sian shan", "llewelyn llywelyn lewellyn", "rhys rees", "philip phillip filip", "dafydd davydd", "kerry ceri",
        "knight nite", "mcdonald macdonald", "owen owain", "stephen steven", "evans evens ifans",
    ],
)  # fmt: skip
def test_what_is_heard_alike_has_one_sound(alike: str) -> None:
    assert len({sound(word) for word in alike.split()}) == 1


@pytest.mark.parametrize(
    ("written", "meant"), [("dafyd", "dafydd"), ("dfaydd", "dafydd"), ("dafyxdd", "dafydd"), ("davydd", "dafydd")]
)
def test_a_word_with_one_mistake_shares_a_key_with_what_was_meant(written: str, meant: str) -> None:
    assert set(keys_like(written)) & set(keys_kept(meant))


@pytest.mark.parametrize(
    ("name", "form", "kind"),
    [
        ("dai", "dafydd", Kind.NICKNAME),
        ("sian", "jane", Kind.WELSH),
        ("ap rhys", "price", Kind.WELSH),
        ("price", "ap rhys", Kind.WELSH),
        ("bob", "robert", Kind.NICKNAME),
        ("wm", "william", Kind.NICKNAME),
        ("jno", "john", Kind.NICKNAME),
        ("polly", "mary", Kind.NICKNAME),
        ("adamson", "adams", Kind.VARIANT),
    ],
)
def test_names_that_stand_for_each_other_are_known(name: str, form: str, kind: Kind) -> None:
    assert {" ".join(one.words): one.kind for one in forms_of(name)}[form] == kind


def test_a_name_that_stands_for_none_has_no_form() -> None:
    assert forms_of("quornstoke") == []
    assert forms_of("nan"), "a forename and no missing value"


def test_a_changed_welsh_word_is_found_unchanged() -> None:
    assert "caerfyrddin" in unchanged("gaerfyrddin")
    assert "caerfyrddin" in unchanged("nghaerfyrddin")
    assert unchanged("ex") == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Dafydd Evans 12/03/1984", Asked(("dafydd", "evans"), BornAsked(1984, 3, 12))),
        ("Evans, Dafydd", Asked(("evans", "dafydd"))),
        ("evans born 1984", Asked(("evans",), BornAsked(1984, 0, 0))),
        ("Siân O'Brien 1984-03", Asked(("sian", "obrien"), BornAsked(1984, 3, 0))),
        ("12 Mawrth 1984", Asked((), BornAsked(1984, 3, 12))),
        ("jones 3rd may", Asked(("jones",), BornAsked(0, 5, 3))),
        ("Jones 27 02 1977", Asked(("jones",), BornAsked(1977, 2, 27))),
        ("27 02 77 jones", Asked(("jones",), BornAsked(1977, 2, 27))),
        ("jones 27/02", Asked(("jones",), BornAsked(0, 2, 27))),
        ("jones 7.2", Asked(("jones",), BornAsked(0, 2, 7))),
        ("jones 02/1977", Asked(("jones",), BornAsked(1977, 2, 0))),
        ("jones 40/50", Asked(("jones",), None, ("40/50",))),
        ("12/31/84", Asked((), BornAsked(1984, 12, 31))),
        ("05/2001", Asked((), BornAsked(2001, 5, 0))),
        ("2001/0123456a", Asked((), None, ("2001/0123456A",))),
        ("P-10432 Evans", Asked(("evans",), None, ("P-10432",))),
        ("63/00AB/18/00000001234 K", Asked((), None, ("63/00AB/18/00000001234 K",))),
        ("31/31/1984", Asked((), None, ("31/31/1984",))),
        ("   ", Asked(())),
    ],
)
def test_what_was_typed_is_taken_apart(text: str, asked: Asked) -> None:
    assert taken_apart(text) == asked


def test_nothing_typed_is_too_long_or_too_much() -> None:
    asked = taken_apart("a" * 500 + " b" * 50)
    assert len(asked.words) <= 6
    assert max(map(len, asked.words)) <= 40
    assert taken_apart("").is_empty


def test_day_and_month_may_be_swapped_where_that_is_a_date() -> None:
    assert BornAsked(1984, 3, 12).swapped == BornAsked(1984, 12, 3)
    assert BornAsked(1984, 3, 13).swapped is None
    assert BornAsked(1984, 3, 3).swapped is None


@pytest.mark.parametrize(
    ("asked", "word", "why"),
    [
        ("evans", "evans", Why.SAME),
        ("evens", "evans", Why.SOUND),
        ("jpnes", "jones", Why.SPELT),
        ("hill", "hell", Why.SOUND),
        ("hatbherthwaite", "hatherthwaite", Why.SPELT),
        ("davies", "smith", None),
    ],
)
def test_how_near_two_words_are(asked: str, word: str, why: Why | None) -> None:
    near = likeness(asked, word)
    assert (near and near[1]) == why


def _judge(text: str, *register: str) -> Judge:
    """Names judged as if the words of the register were those given."""
    asked = taken_apart(text)
    known = {word for name in register for word in fold(name).split()}
    slots = [slot_of(word, known, [one for one in known if word in one]) for word in asked.words]
    return Judge(readings(asked.words, slots, known), asked.born)


@pytest.mark.rule("IDN-01")
@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("Dai Jones", "Dafydd Jones", {Why.NICKNAME}),
        ("Siân Jones", "Jane Jones", {Why.WELSH}),
        ("John ap Rhys", "John Price", {Why.WELSH}),
        ("Evans Dafydd", "Dafydd Evans", set()),
        ("D Evans", "Dafydd Evans", {Why.INITIAL}),
        ("Dafydd Evans", "D Evans", {Why.INITIAL}),
        ("O Brien", "Sean O'Brien", {Why.APART}),
        ("McDonald", "Mc Donald", {Why.APART}),
        ("Llewel", "Llewelyn", {Why.BEGINS}),
        ("ewely", "Llewelyn", {Why.INSIDE}),
        ("Ddafydd", "Dafydd", {Why.SOUND}),
    ],
)
def test_a_name_answers_and_says_why(text: str, name: str, why: set[Why]) -> None:
    said = _judge(text, name).name(name, fold(name))
    assert said.answer.missing == 0
    assert {reason.why for reason in said.answer.reasons} == why
    assert said.answer.in_other_order == (text == "Evans Dafydd")


def test_the_name_as_typed_costs_least_and_a_missing_word_most() -> None:
    judge = _judge("Dafydd Evans", "Dafydd Evans", "Dafydd Ifan Evans", "Owen", "David", "Evens")
    names = ("Dafydd Evans", "Dafydd Ifan Evans", "Dafydd Evens", "David Evens", "Dafydd Owen")
    costs = [judge.name(name, fold(name)).cost for name in names]
    assert costs == sorted(costs)
    assert judge.other_name("Dafydd Evans", "dafydd evans").cost > costs[0]
    assert judge.name("Dafydd Owen", "dafydd owen").answer.missing == 1


@pytest.mark.parametrize(
    ("text", "born_on", "cost"),
    [
        ("x 12/03/1984", "1984-03-12", 0.0),
        ("x 12/03/1984", "1984-03", 0.0),
        ("x 12/03/1984", "1984-12-03", 0.1),
        ("x 12/03/1984", "1985-03-12", 1.0),
        ("x 1984", "1984-03-12", 0.0),
        ("x 12/03/1984", "", 1.0),
        ("x", "", 0.0),
    ],
)
def test_a_date_of_birth_counts_as_far_as_it_goes(text: str, born_on: str, cost: float) -> None:
    assert _judge(text, "x").date(born_on) == cost


def test_questions_to_the_index_are_bounded_and_leave_out_what_no_name_holds() -> None:
    known = {"dafydd", "david", "evans", "evens", "ap", "rhys", "price"}
    words = ("dafyd", "evans")
    slots = [slot_of(word, known) for word in words]
    (way,) = readings(words, slots, known)
    assert expression(way, 0.0) is None, "no name holds the word as typed"
    near = expression(way, 0.4)
    assert near is not None
    assert ("dafydd",) in near[0]
    assert list(one_word_off(way, 0.4, 6)) == [((("dafydd",), *near[0][1:]), (("evans",),))]
    assert len(list(without_one(way, 0.4, 6))) == 2
    assert list(without_one(way[:1], 0.4, 6)) == []
    assert {"rhys", "ap"} <= other_words("price")
    assert "obrien" in words_joined(("o", "brien"))


@pytest.mark.parametrize(
    ("expressions", "asked"),
    [
        ([((("gwilym",), ("ap", "gwilym")),)], [[["7xgwilym"]]]),
        ([((("price",), ("ap", "rhys")),)], [[["7xprice"]], [["7xap"], ["7xrhys"]]]),
        (
            [((("mair",),), (("evans",),)), ((("mair",), ("mari",)), (("evans",),))],
            [[["7xmair", "7xmari"], ["7xevans"]]],
        ),
        ([((("mair",),), (("evans",),))] * 2, [[["7xmair"], ["7xevans"]]]),
    ],
)
def test_the_index_is_not_asked_what_another_question_answers(
    expressions: list[Expression], asked: list[list[list[str]]]
) -> None:
    assert asked_of(7, expressions, ()) == asked
