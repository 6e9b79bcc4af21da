"""Which results of a court are put to a person as an order or as bail with conditions (ORD-09, CLK-13)."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from craffu.common.refusals import Conflict, NotNow, Refusal
from craffu.orders.catalogue.reading import kinds
from craffu.orders.proposing.policies import check_is_undecided, check_makes_an_order, check_says_why
from craffu.orders.proposing.rules import (
    BAIL,
    CODES,
    Because,
    Does,
    Heard,
    Proposed,
    Result,
    conditions_in,
    may_be_about,
    proposed,
)

# README of the messages, "Orders and bail": restraining order, restraining order on acquittal, varied or ended, both stalking
# orders, domestic abuse, and the two results of bail.
THE_EIGHT = {"3047", "3260", "3263", "3306", "3307", "3326", "4027", "4530"}


def told(*codes: str, **said: str) -> list[tuple[str, bool, str, str]]:
    found = proposed(Heard("h", results=[Result(code) for code in codes], **said))
    return [(one.kind, one.is_interim, one.does.value, one.because.value) for one in found]


@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize(
    ("codes", "wanted"),
    [
        (["3047"], [("RO_CONV", False, "makes", "code")]),
        (["3260"], [("RO_ACQ", False, "makes", "code")]),
        (["3263"], [("RO_CONV", False, "changes", "code")]),
        (["3307"], [("SPO", False, "makes", "code")]),
        (["3306"], [("ISPO", True, "makes", "code")]),
        (["3326"], [("DAPO", False, "makes", "code")]),
        (["1177"], [("CBO", False, "makes", "code")]),
        (["1178"], [("CBO", True, "makes", "code")]),
        (["1179"], [("SHPO", False, "makes", "code")]),
        (["1181"], [("SHPO", True, "makes", "code")]),
        (["3282"], [("SRO", False, "makes", "code")]),
        (["3281"], [("SRO", True, "makes", "code")]),
        (["3516"], [("ASBI", False, "makes", "code")]),
        (["4572"], [("BAIL", False, "changes", "code")]),
        (["4530"], [("BAIL", False, "makes", "code")]),
        (["4596"], [("BAIL", False, "ends", "code")]),
        (["1015", "1002", ""], []),
        # One order however many offences tell of it; bail once; different orders each.
        (["3047", "3047"], [("RO_CONV", False, "makes", "code")]),
        (["4027", "4027"], [("BAIL", False, "makes", "code")]),
        (["3307", "3306"], [("SPO", False, "makes", "code"), ("ISPO", True, "makes", "code")]),
    ],
)
def test_a_code_proposes_the_order_it_says(codes: list[str], wanted: list[tuple[str, bool, str, str]]) -> None:
    assert told(*codes) == wanted


@pytest.mark.rule("CLK-13")
@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"bail_status": "B"}, "status"),
        ({"bail_conditions": "Not to go to Heol y Bont"}, "conditions"),
        ({"bail_status": "B", "bail_conditions": "Not to go"}, "conditions"),
        ({"bail_status": "U"}, None),
        ({"bail_status": "C"}, None),
        ({"bail_conditions": "  "}, None),
    ],
)
def test_bail_is_known_by_any_of_its_signs(said: dict[str, str], because: str | None) -> None:
    assert told(**said) == ([("BAIL", False, "makes", because)] if because else [])


def test_bail_of_the_next_hearing_counts_and_a_result_says_it_best() -> None:
    heard = Heard("h", bail_conditions="Not to go", results=[Result("4027", "Remanded", "B")])
    assert proposed(heard) == [Proposed("h/bail", BAIL, Does.MAKES, Because.CODE, "4027", words="Not to go")]
    assert [one.words for one in proposed(Heard("h", results=[Result("4027", "Remanded")]))] == ["Remanded"]
    assert [one.because for one in proposed(Heard("h", results=[Result("1002", next_bail_status="B")]))] == [
        Because.STATUS
    ]


@pytest.mark.rule("ORD-09")
def test_two_orders_of_one_kind_in_other_words_are_two_and_their_keys_stay_theirs() -> None:
    hers, theirs = Result("3047", "Not to contact A."), Result("3047", "Not to  CONTACT b.")
    both = proposed(Heard("hearing/7", results=[hers, theirs, hers]))
    assert [(one.key, one.words) for one in both] == [
        ("hearing/7/RO_CONV/full/makes/1", "Not to contact A."),
        ("hearing/7/RO_CONV/full/makes/2", "Not to  CONTACT b."),
    ]
    assert proposed(Heard("hearing/7", results=[hers]))[0].key == both[0].key
    (interim,) = proposed(Heard("hearing/7", results=[Result("1178")]))
    assert interim.key == "hearing/7/CBO/interim/makes/1"


@pytest.mark.rule("ORD-09")
def test_every_code_is_of_a_kind_in_the_catalogue_and_every_code_of_the_catalogue_is_read() -> None:
    known = {code: kind.code for kind in kinds().values() for code in kind.codes.results}
    ours = {code for code, meaning in CODES.items() if meaning.kind != BAIL}
    assert {meaning.kind for meaning in CODES.values()} <= set(kinds())
    # A conditional caution is completed or withdrawn, and makes no order.
    assert set(known) - set(CODES) == {"1117", "1118"}
    assert ours <= set(known)
    assert set(CODES) >= THE_EIGHT


def test_conditions_are_told_apart_where_the_court_does() -> None:
    assert conditions_in(" Not to go;; to sign on ; ") == ["Not to go", "to sign on"]


def heard_in(message: Path) -> Heard:
    """A message read without any of the product's own reading."""

    def named(parent: ElementTree.Element, name: str) -> list[ElementTree.Element]:
        return [one for one in parent.iter() if one.tag.rpartition("}")[2] == name]

    def text(parent: ElementTree.Element, name: str) -> str:
        return next(((one.text or "").strip() for one in named(parent, name)), "")

    root = ElementTree.parse(message).getroot()  # noqa: S314 - the data that lie beside the project
    results = [
        Result(text(one, "ResultCode"), text(one, "ResultText"), text(one, "BailStatusOffence"))
        for one in named(root, "Result")
    ]
    return Heard(str(message), text(root, "BailStatus"), text(root, "BailConditions"), results)


@pytest.mark.rule("ORD-09")
def test_the_courts_messages_propose_what_their_table_counts(shared_data: Path) -> None:
    messages = sorted((shared_data / "courts" / "results").rglob("*.xml"))
    assert len(messages) == 168
    found = {message: proposed(heard_in(message)) for message in messages}
    of_the_eight = {
        message
        for message, several in found.items()
        if any(one.kind == BAIL or one.code in THE_EIGHT for one in several)
    }
    assert len(of_the_eight) == 24
    restraining = [one for several in found.values() for one in several if one.code == "3047"]
    assert len(restraining) == 1
    assert "until further order" in restraining[0].words.casefold()
    bail = Counter(one.because for several in found.values() for one in several if one.kind == BAIL)
    assert bail == {Because.CODE: 13, Because.CONDITIONS: 3, Because.STATUS: 7}


@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize(
    ("check", "kind", "code"),
    [
        (lambda: check_is_undecided(is_decided=True), Conflict, "decided"),
        (lambda: check_makes_an_order("ends"), NotNow, "changes_an_order"),
        (lambda: check_says_why(" \n"), NotNow, "no_words"),
    ],
)
def test_a_refusal_keeps_its_code(check: Callable[[], None], kind: type[Refusal], code: str) -> None:
    with pytest.raises(kind) as refused:
        check()
    assert refused.value.code == code


def test_what_may_be_decided_is_not_refused() -> None:
    check_is_undecided(is_decided=False)
    check_makes_an_order(Does.MAKES)
    check_says_why("The order was made in another name")


@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize(
    ("kind", "said", "wanted"),
    [
        ("RO_CONV", "RO_CONV", True),
        ("RO_ACQ", "RO_CONV", True),
        ("RO_CONV", "RO_ACQ", True),
        ("SPO", "SPO", True),
        ("SPO", "RO_CONV", False),
        ("RO_CONV", "SPO", False),
    ],
)
def test_the_code_of_a_changed_restraining_order_may_be_about_either_kind_and_every_other_about_its_own(
    kind: str, said: str, wanted: bool
) -> None:
    assert may_be_about(kind, said) is wanted
