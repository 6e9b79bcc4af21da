"""Which papers go into which copy, when one may be printed, what our wording may hold, when an entry elsewhere still stands."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from craffu.common.refusals import NotNow, Refusal
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.entering.policies import check_can_be_entered, check_entry, check_system
from craffu.orders.entering.rules import NATIONAL, Entry, System, standing_entry
from craffu.orders.papers.policies import KINDS
from craffu.orders.papers.rules import CARD_WAITS_FOR, printed_as_law
from craffu.orders.printing import policies
from craffu.orders.printing.reasons import purposes_of
from craffu.orders.printing.rules import (
    AUDIENCES,
    Audience,
    Kept,
    Mark,
    Place,
    Printed,
    goes_in,
    is_privileged,
    place_of,
    undecided,
    withheld,
)
from craffu.orders.wording.policies import check_reason, check_wording
from craffu.orders.wording.reading import LANGUAGES, pieces, read_pieces
from craffu.orders.wording.rules import WhyNotWorded, check_words, filled

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
IN, OUT, UNDECIDED = Place.IN, Place.OUT, Place.UNDECIDED


def why(check: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    """The code of the refusal; empty where there is none."""
    try:
        check(*args, **kwargs)
    except Refusal as refusal:
        return refusal.code
    return ""


@pytest.mark.rule("SEC-12")
@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize(
    ("kind", "mark", "court", "respondent"),
    [
        ("evidence", None, IN, UNDECIDED),
        ("evidence", Mark.RESPONDENT, IN, IN),
        ("evidence", Mark.COURT_ONLY, IN, OUT),
        ("evidence", Mark.PRIVILEGED, OUT, OUT),
        ("sealed_order", None, IN, UNDECIDED),
        ("advice", None, OUT, OUT),
        ("advice", Mark.RESPONDENT, OUT, OUT),
    ],
)
def test_a_paper_goes_into_a_copy_by_what_it_is_and_what_was_said_of_it(
    kind: str, mark: str | None, court: Place, respondent: Place
) -> None:
    assert (place_of(kind, mark, Audience.COURT), place_of(kind, mark, Audience.RESPONDENT)) == (court, respondent)


@pytest.mark.rule("SEC-12")
def test_of_what_is_privileged_no_copy_and_no_index_says_anything() -> None:
    papers = [
        Kept(number, kind, mark) for number, (kind, mark) in enumerate((k, m) for k in KINDS for m in (None, *Mark))
    ]
    for audience in (Audience.COURT, Audience.RESPONDENT):
        said = {*goes_in(papers, audience), *undecided(papers, audience), *withheld(papers, audience)}
        hidden = {one.number for one in papers if is_privileged(one.kind, one.mark)}
        assert said == {one.number for one in papers} - hidden
        assert len(hidden) == len(KINDS) + len(Mark)
    assert undecided(papers, Audience.COURT) == withheld(papers, Audience.COURT) == []


@pytest.mark.rule("ORD-18")
def test_who_may_have_a_copy_of_which_paper() -> None:
    assert set(AUDIENCES) == set(Printed)
    allowed = {(kind, one) for kind in Printed for one in Audience if not why(policies.check_audience, kind, one)}
    assert allowed == {(kind, one) for kind, every in AUDIENCES.items() for one in every}
    assert why(policies.check_audience, "letter", Audience.COURT) == "no_such_copy"
    assert "policing" in purposes_of(Printed.CARD)
    assert "serving" in purposes_of(Printed.BUNDLE)
    assert not set(purposes_of(Printed.CARD)) & set(purposes_of(Printed.BUNDLE))


@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize(
    ("lacks", "is_supervisor", "code"),
    [
        ([], False, ""),
        (sorted(CARD_WAITS_FOR), False, ""),
        (["served_at"], False, "card_incomplete"),
        (["served_at", *CARD_WAITS_FOR], True, ""),
    ],
)
def test_a_card_that_lacks_what_could_be_known_is_a_supervisors(
    lacks: list[str], is_supervisor: bool, code: str
) -> None:
    assert why(policies.check_card, lacks, is_supervisor=is_supervisor) == code


@pytest.mark.parametrize(
    ("check", "good", "bad", "code"),
    [
        (policies.check_is_made, {"is_live": True}, {"is_live": False}, "no_live_order"),
        (policies.check_has_terms, {"has_terms": True}, {"has_terms": False}, "no_terms"),
        (policies.check_has_attempts, {"has_attempts": True}, {"has_attempts": False}, "no_attempts"),
        (policies.check_pack_is_whole, {"lacks": []}, {"lacks": ["terms"]}, "pack_incomplete"),
        (policies.check_each_is_decided, {"undecided": []}, {"undecided": [1]}, "papers_undecided"),
        (policies.check_nothing_protected, {"found": {}}, {"found": {"phone": 2, "new": 1}}, "protected_detail"),
        (
            policies.check_may_leave_again,
            {"allowed": [1, 2], "enclosed": [2], "is_more_known": False},
            {"allowed": [1], "enclosed": [1, 2], "is_more_known": False},
            "print_anew",
        ),
        (
            policies.check_may_leave_again,
            {"allowed": [1], "enclosed": [1], "is_more_known": False},
            {"allowed": [1], "enclosed": [1], "is_more_known": True},
            "print_anew",
        ),
        (policies.check_only, {"allowed": [1, 2], "enclosed": [2]}, {"allowed": [1], "enclosed": [1, 2]}, "paper_not_allowed"),
        (policies.check_mark, {"mark": "privileged"}, {"mark": "secret"}, "no_such_mark"),
        (policies.check_can_be_marked, {"kind": "other", "standing": None}, {"kind": "advice", "standing": None}, "privileged"),
        (
            policies.check_can_be_marked,
            {"kind": "other", "standing": "court_only"},
            {"kind": "other", "standing": "privileged"},
            "privileged",
        ),
        (check_system, {"system": "national"}, {"system": "fax"}, "no_such_system"),
        (check_reason, {"reason": "Legal team"}, {"reason": " "}, "no_reason"),
    ],
)  # fmt: skip
def test_each_check_lets_through_and_refuses(check: Any, good: Any, bad: Any, code: str) -> None:
    assert (why(check, **good), why(check, **bad)) == ("", code)


@pytest.mark.rule("VIC-09")
def test_what_was_found_is_told_by_kind_and_number_and_never_by_value() -> None:
    with pytest.raises(NotNow) as refused:
        policies.check_nothing_protected({"phone": 2})
    assert "telephone (2)" in refused.value.message


@pytest.mark.parametrize(
    ("audience", "given_to", "method", "code"),
    [
        ("respondent", "respondent", "personal", ""),
        ("court", "respondent", "personal", "other_copy"),
        ("respondent", "respondent", "pigeon", "no_such_way"),
    ],
)
def test_a_copy_goes_to_whom_it_was_printed_for(audience: str, given_to: str, method: str, code: str) -> None:
    assert why(policies.check_given, audience, given_to, method) == code


@pytest.mark.parametrize(("minutes", "code"), [(-1, "given_when"), (0, ""), (60, ""), (61, "given_when")])
def test_a_copy_is_given_between_its_printing_and_now(minutes: int, code: str) -> None:
    at = NOON + timedelta(minutes=minutes)
    assert why(policies.check_given_by_now, NOON, at, NOON + timedelta(hours=1)) == code


@pytest.mark.rule("CLK-14")
@pytest.mark.parametrize(
    ("kind", "said", "is_printed"),
    [
        ("SPO", "PACE 1984 s.24", True),
        ("SPO", "PACE (UNVERIFIED: which section)", False),
        ("SPO", "", False),
        ("SPO", None, False),
        ("SPO_CONV", "PACE 1984 s.24", False),
        ("PHA_INJ", "PACE 1984 s.24", True),
    ],
)
def test_what_nobody_confirmed_is_never_printed_as_law(kind: str, said: str | None, is_printed: bool) -> None:
    assert printed_as_law(kind_of(kind), said) == (said if is_printed else None)


@pytest.mark.rule("ORD-18")
@pytest.mark.parametrize(
    ("entries", "number", "stands"),
    [
        ([], 1, False),
        ([(NATIONAL, 1)], 1, True),
        ([(NATIONAL, 1)], 2, False),
        ([(NATIONAL, 1), (NATIONAL, 2)], 2, True),
        ([(System.RECORDS, 1)], 1, False),
        ([(NATIONAL, 2), (System.RECORDS, 2), (NATIONAL, 1)], 2, False),
        ([(NATIONAL, 1)], None, False),
    ],
)
def test_an_entry_stands_while_the_words_do(entries: list[tuple[str, int]], number: int | None, stands: bool) -> None:
    made = [Entry(system, date(2026, 11, 24), terms) for system, terms in entries]
    assert (standing_entry(made, NATIONAL, number) is not None) == stands


@pytest.mark.parametrize(
    ("is_live", "number", "code"), [(True, 1, ""), (False, 1, "not_live"), (True, None, "not_live")]
)
def test_only_a_live_order_with_words_is_entered(is_live: bool, number: int | None, code: str) -> None:
    assert why(check_can_be_entered, is_live=is_live, terms_number=number) == code


@pytest.mark.parametrize(
    ("reference", "day", "words_from", "code"),
    [
        ("24/1", 21, 20, ""),
        ("24/1", 20, 20, ""),
        ("24/1", 24, 20, ""),
        ("24/1", 19, 20, "entered_when"),
        ("24/1", 25, 20, "entered_when"),
        (" ", 21, 20, "no_reference"),
        ("24/1", 22, 23, "entered_before_these_words"),
        ("24/1", 23, 23, ""),
    ],
)
def test_an_entry_has_a_reference_and_a_day_from_its_words_to_today(
    reference: str, day: int, words_from: int, code: str
) -> None:
    made_on, today = date(2026, 11, 20), date(2026, 11, 24)
    assert why(check_entry, reference, date(2026, 11, day), made_on, date(2026, 11, words_from), today) == code


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        ("Ask {force}.", "", ""),
        ("No names", "", ""),
        (" ", "no_words", ""),
        ("Ask {chief}.", "unknown_name", "chief"),
        ("Ask {}.", "unknown_name", ""),
        ("Ask {force", "loose_brace", ""),
        ("Ask force}", "loose_brace", ""),
        ("Ask {{force}}", "loose_brace", ""),
        ("{force!r}", "unknown_name", "force!r"),
    ],
)
def test_only_names_that_are_listed_stand_in_braces(words: str, code: str, name: str) -> None:
    found = ("", "")
    try:
        check_words(words, ("force",))
    except WhyNotWorded as fault:
        found = (fault.code, fault.name)
    assert found == (code, name)
    assert why(check_wording, words, ("force",), "") == code


def test_words_that_are_the_same_are_no_change() -> None:
    assert why(check_wording, "Ask {force}. ", ("force",), "Ask {force}.") == "nothing_changed"


def test_what_is_put_in_is_not_looked_at_again() -> None:
    assert filled("{a} and {b}", {"a": "{b}", "b": "{a}"}) == "{b} and {a}"


def test_every_piece_ships_in_both_languages_with_names_it_knows() -> None:
    for piece in pieces().values():
        assert set(piece.words) == set(LANGUAGES)
        assert piece.words["en"] != piece.words["cy"]
        values = dict.fromkeys(piece.names, "x")
        assert all("{" not in filled(said, values) for said in piece.words.values())
    with pytest.raises(KeyError):
        read_pieces('[a]\nnames = []\nen = "only"\n')
    with pytest.raises(WhyNotWorded):
        read_pieces('[a]\nnames = []\nen = "{x}"\ncy = "{x}"\n')
