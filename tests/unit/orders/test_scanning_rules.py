"""What of somebody protected stands in a pack, of which pack a search was, and whether it may go (VIC-09, ORD-11)."""

import pytest

from craffu.orders.scanning.policies import (
    check_is_not_own_search,
    check_pack_may_go,
    check_papers_were_looked_at,
    check_protects_by_now,
    check_release_says_why,
    check_waits_for_release,
    check_zone_gives_nothing_away,
)
from craffu.orders.scanning.rules import MAY_GO, Against, Found, Part, Scan, Stands, cover, found_in, stands
from craffu.victims.leaks.rules import ZONE_ON_HER
from tests.unit.orders.test_who_and_when import why_refused

PROTECTED = [("address", "12 Heol Fawr, Llanelli, SA15 1AA"), ("phone", "01554 123456"), ("workplace", "Ysgol y Bryn")]


@pytest.mark.rule("VIC-09")
@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        (Part("condition-1", "Not to contact the applicant."), []),
        (Part("condition-1", "Not to ring 01554 123456."), [Found("condition-1", "phone")]),
        (Part("locality", "Within a mile of Ysgol y Bryn"), [Found("locality", "workplace")]),
        (
            Part("condition-2", "Not within 100 metres of 12 Heol Fawr", is_zone=True),
            [Found("condition-2", "address"), Found("condition-2", ZONE_ON_HER)],
        ),
        (Part("condition-2", "Not to go to 12 Heol Fawr"), [Found("condition-2", "address")]),
        (Part("condition-2", "Not to go near Ysgol y Bryn", is_zone=True), [Found("condition-2", "workplace")]),
    ],
)
def test_what_is_protected_is_found_by_place_and_kind_never_by_value(part: Part, wanted: list[Found]) -> None:
    assert found_in([part], PROTECTED) == wanted
    assert found_in([part], []) == []


@pytest.mark.rule("ORD-11")
def test_a_search_is_of_one_pack_and_what_is_added_makes_another() -> None:
    hers = Against((5, 4), 8, 9)
    covers = cover(1, [3, 2], [7], hers)
    assert cover(1, [2, 3], [7], Against((4, 5), 8, 9)) == covers, "in whatever order"
    others = [
        cover(2, [2, 3], [7], hers), cover(1, [2, 3, 4], [7], hers), cover(1, [2, 3], [7, 8], hers),
        cover(1, [2, 3, 7], [], hers), cover(1, [2, 3], [7], Against((4, 5, 6), 8, 9)),
        cover(1, [2, 3], [7], Against((4, 5), 9, 9)), cover(1, [2, 3], [7], Against((4, 5), 8, 8)),
    ]  # fmt: skip
    assert len({covers, *others}) == 8
    assert len(covers) == 64


@pytest.mark.rule("ORD-11")
@pytest.mark.parametrize(
    ("scans", "wanted"),
    [
        ([], Stands.NOT_SCANNED),
        ([Scan("another", False)], Stands.NOT_SCANNED),
        ([Scan("this", False)], Stands.CLEAN),
        ([Scan("this", True)], Stands.HOLDS),
        ([Scan("this", True), Scan("this", False)], Stands.CLEAN),
        ([Scan("this", True), Scan("this", True, is_release=True)], Stands.RELEASED),
        ([Scan("this", True, is_release=True), Scan("another", False)], Stands.RELEASED),
        ([Scan("this", True), Scan("this", True, is_release=True), Scan("this", True)], Stands.HOLDS),
    ],
)
def test_the_last_word_on_this_pack_counts(scans: list[Scan], wanted: Stands) -> None:
    assert stands("this", scans) is wanted
    codes = {Stands.NOT_SCANNED: "pack_not_scanned", Stands.HOLDS: "pack_holds_protected"}
    assert why_refused(check_pack_may_go, wanted) == codes.get(wanted)
    assert (wanted in MAY_GO) is (wanted not in codes)


@pytest.mark.rule("VIC-09")
def test_who_looked_at_what_and_why_it_may_go_are_asked_for() -> None:
    assert why_refused(check_papers_were_looked_at, has_papers=True, were_looked_at=False) == "papers_not_looked_at"
    assert why_refused(check_papers_were_looked_at, has_papers=True, were_looked_at=True) is None
    assert why_refused(check_papers_were_looked_at, has_papers=False, were_looked_at=False) is None
    assert why_refused(check_protects_by_now, protects_somebody=False) == "protects_nobody_yet"
    assert why_refused(check_protects_by_now, protects_somebody=True) is None
    assert why_refused(check_waits_for_release, Stands.CLEAN) == "nothing_to_release"
    assert why_refused(check_waits_for_release, Stands.HOLDS) is None
    assert why_refused(check_is_not_own_search, "boss", "boss") == "own_search"
    assert why_refused(check_is_not_own_search, "boss", "other") is None
    assert why_refused(check_release_says_why, "  " + "x" * 19 + "  ") == "release_words"
    assert why_refused(check_release_says_why, "x" * 20) is None
    assert why_refused(check_zone_gives_nothing_away, []) is None
    assert why_refused(check_zone_gives_nothing_away, [Found("condition-1", "address")]) == "zone_on_protected_address"
