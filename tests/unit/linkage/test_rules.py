"""What a probability decides, who comes of the links, and what undoing one leaves (IDN)."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from itertools import combinations
from math import inf, nextafter
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.linkage.rules import (
    AUDITED_AS,
    USUAL,
    Act,
    Clusters,
    Decided,
    Decision,
    Held,
    Human,
    Link,
    Role,
    Thresholds,
    Value,
    Why,
    automatic_from,
    cluster,
    cluster_more,
    decide,
    prefer,
    undo,
)

AT = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
VICTIM, SUSPECT = Role.VICTIM, Role.SUSPECT


@pytest.mark.rule("IDN-01")
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ([], None),
        ([("", "rms/1", 0)], None),
        ([("Rhys", "rms/1", 0)], ("Rhys", "rms/1", 1)),
        ([("Rees", "court/9", 1), ("Rhys", "rms/1", 0)], ("Rees", "court/9", 2)),
        ([("Rhys", "rms/1", 0), ("Rees", "court/9", 1)], ("Rees", "court/9", 2)),
        # what says nothing is kept and is no newer word
        ([("Rhys", "rms/1", 0), ("", "court/9", 1)], ("Rhys", "rms/1", 2)),
        ([("Rhys", "rms/1", 0), ("Rees", "court/9", 0)], ("Rhys", "rms/1", 2)),
        ([("Rees", "court/9", 0), ("Rhys", "rms/1", 0)], ("Rhys", "rms/1", 2)),
    ],
)
def test_the_newest_value_is_shown_with_its_record(
    said: list[tuple[str, str, int]], shown: tuple[str, str, int] | None
) -> None:
    found = prefer([Value(value, source, AT + days * DAY) for value, source, days in said])
    assert (found and (found.shown, found.provenance, found.all_kept)) == shown


BOTH: tuple[str | None, ...] = ("victim", "suspect")


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("IDN-04")
@pytest.mark.rule("IDN-05")
@pytest.mark.parametrize(
    ("probability", "facts", "decision", "why"),
    [
        (1.0, {}, Decision.LINK, Why.AUTO),
        (0.99, {}, Decision.LINK, Why.AUTO),
        (0.9899, {}, Decision.CLERICAL, Why.BETWEEN_THRESHOLDS),
        (0.5, {}, Decision.CLERICAL, Why.BETWEEN_THRESHOLDS),
        (0.4999, {}, Decision.NO_LINK, Why.BELOW_CLERICAL),
        (0.0, {}, Decision.NO_LINK, Why.BELOW_CLERICAL),
        (1.0, {"hard_id_conflict": True}, Decision.CLERICAL, Why.IDENTIFIERS_CONFLICT),
        (0.5, {"hard_id_conflict": True}, Decision.CLERICAL, Why.IDENTIFIERS_CONFLICT),
        (0.4999, {"hard_id_conflict": True}, Decision.NO_LINK, Why.BELOW_CLERICAL),
        (1.0, {"roles": BOTH}, Decision.CLERICAL, Why.VICTIM_AND_SUSPECT_ROLES),
        (1.0, {"roles": ("suspect", "victim")}, Decision.CLERICAL, Why.VICTIM_AND_SUSPECT_ROLES),
        (0.4999, {"roles": BOTH}, Decision.NO_LINK, Why.BELOW_CLERICAL),
        (1.0, {"roles": ("victim", "witness")}, Decision.LINK, Why.AUTO),
        (1.0, {"roles": ("suspect", "suspect")}, Decision.LINK, Why.AUTO),
        (1.0, {"roles": (None, "suspect")}, Decision.LINK, Why.AUTO),
        (1.0, {"roles": BOTH, "hard_id_conflict": True}, Decision.CLERICAL, Why.IDENTIFIERS_CONFLICT),
        (1.0, {"human": Human.NOT_SAME}, Decision.NO_LINK, Why.HUMAN_DECISION),
        (0.0, {"human": Human.SAME}, Decision.LINK, Why.HUMAN_DECISION),
        (0.9, {"human": Human.SAME, "roles": BOTH}, Decision.LINK, Why.HUMAN_DECISION),
        (0.9, {"human": Human.SAME, "hard_id_conflict": True}, Decision.LINK, Why.HUMAN_DECISION),
    ],
)
def test_what_becomes_of_a_pair(probability: float, facts: dict[str, Any], decision: Decision, why: Why) -> None:
    assert decide(probability, **facts) == Decided(decision, why)


@pytest.mark.rule("IDN-02")
def test_the_thresholds_are_a_setting() -> None:
    assert (USUAL.auto, USUAL.clerical) == (0.99, 0.50)
    strict = Thresholds(auto=0.999, clerical=0.9)
    assert [decide(probability, strict).decision for probability in (0.899, 0.9, 0.9989, 0.999)] == [
        Decision.NO_LINK, Decision.CLERICAL, Decision.CLERICAL, Decision.LINK,
    ]  # fmt: skip


def _judged(wrong: Collection[float], right: float, count: int) -> list[tuple[float, bool]]:
    return [*((probability, False) for probability in wrong), *[(right, True)] * count]


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize(
    ("judged", "threshold"),
    [
        ([], 0.99),
        ([(0.5, False)] * 9, 0.99),
        (_judged([], 0.991, 3), 0.99),
        # one in two hundred may be wrong, one in 199 may not
        (_judged([0.99], 0.995, 199), 0.99),
        (_judged([0.99], 0.995, 198), 0.995),
        (_judged([0.991, 0.992], 0.995, 300), 0.992),
        (_judged([0.995, 0.991], 0.995, 199), 0.995),
        (_judged([0.995, 0.995], 0.995, 199), nextafter(0.995, inf)),
        (_judged([0.997, 0.995], 0.995, 9), nextafter(0.997, inf)),
        (_judged([1.0], 0.995, 9), nextafter(1.0, inf)),
    ],
)
def test_the_threshold_rises_until_automatic_links_are_right(
    judged: list[tuple[float, bool]], threshold: float
) -> None:
    assert automatic_from(judged) == threshold
    assert automatic_from(reversed(judged)) == threshold
    assert automatic_from(judged, 0.999) >= 0.999


@pytest.mark.rule("IDN-02")
@given(st.lists(st.tuples(st.sampled_from([0.98, 0.99, 0.995, 0.999, 1.0]), st.booleans()), max_size=40))
def test_at_the_raised_threshold_enough_are_right(judged: list[tuple[float, bool]]) -> None:
    threshold = automatic_from(judged)
    kept = [is_same for probability, is_same in judged if probability >= threshold]
    assert threshold >= 0.99
    assert sum(kept) >= 0.995 * len(kept)


def _clusters(links: str, records: str = "abcde", **facts: Any) -> Clusters:
    """Links as `ab` with 0.999, `ab!` by a person, or `ab?` with 0.992."""
    made = [
        Link(text[0], text[1], {"?": 0.992, "!": 0.1}.get(text[2:], 0.999), text.endswith("!"))
        for text in links.split()
    ]
    if "roles" in facts:
        facts["roles"] = {one: role.split("+") for one, role in facts["roles"].items()}
    return cluster(records, made, **facts)


PNC = {"a": {"pnc": ["1"]}, "c": {"pnc": ["2"]}}


@pytest.mark.rule("IDN-04")
@pytest.mark.rule("IDN-05")
@pytest.mark.parametrize(
    ("links", "facts", "persons", "held"),
    [
        ("", {}, "a b c d e", ""),
        ("ab cd", {}, "ab cd e", ""),
        ("ba ba ab aa", {}, "ab c d e", ""),
        ("ab bc cd de ae", {}, "abcde", ""),
        ("ab bc", {"not_same": [("a", "c")]}, "ab c d e", "bc human ac"),
        ("ab bc", {"not_same": [("c", "a")]}, "ab c d e", "bc human ac"),
        # the stronger link is taken
        ("ab? bc", {"not_same": [("a", "c")]}, "a bc d e", "ab human ac"),
        # a person's link before any, and even that does not join what a person holds apart
        ("ab bc!", {"not_same": [("a", "c")]}, "a bc d e", "ab human ac"),
        ("ab! bc!", {"not_same": [("a", "c")]}, "ab c d e", "bc human ac"),
        ("ab", {"not_same": [("a", "b")]}, "a b c d e", "ab human ab"),
        # a long chain, and one from both its ends
        ("ab cd bc", {"not_same": [("a", "d")]}, "abc d e", "cd human ad"),
        ("ab de cd? bc?", {"not_same": [("a", "e")]}, "abc de", "cd human ae"),
        ("ab bc cd", {"not_same": [("d", "a"), ("c", "d"), ("a", "x"), ("b", "b")]}, "abc d e", "cd human ad"),
        # hard identifiers
        ("ab bc", {"identifiers": PNC}, "ab c d e", "bc ids ac"),
        ("ac!", {"identifiers": PNC}, "ac b d e", ""),
        ("ac", {"identifiers": {"a": {"pnc": ["1"]}, "c": {"cro": ["2"]}}}, "ac b d e", ""),
        ("ac", {"identifiers": {"a": {"pnc": ["1"]}, "c": {"pnc": []}}}, "ac b d e", ""),
        ("ac", {"identifiers": {"a": {"pnc": ["1"]}, "c": {"pnc": ["3", "1"]}}}, "ac b d e", ""),
        ("ac", {"identifiers": {"a": {"cro": ["7"], "pnc": ["1"]}, "c": {"cro": ["7"], "pnc": ["2"]}}}, "a b c d e", "ac ids ac"),
        # one person, known by two numbers, may have records with either
        ("ac! ad ce", {"identifiers": PNC | {"d": {"pnc": ["1"]}, "e": {"pnc": ["2"]}}}, "acde b", ""),
        ("ac! ad", {"identifiers": PNC | {"d": {"pnc": ["3"]}}}, "ac b d e", "ad ids ad"),
        # roles
        ("ab", {"roles": {"a": "victim", "b": "suspect"}}, "a b c d e", "ab roles ab"),
        ("ab", {"roles": {"b": "victim", "a": "suspect"}}, "a b c d e", "ab roles ab"),
        ("ab", {"roles": {"a": "witness", "b": "suspect"}}, "ab c d e", ""),
        # a record that is a victim's in one case and a suspect's in another meets neither by itself
        (
            "ab cd", {"roles": {"a": "victim+suspect", "b": SUSPECT, "c": "suspect+victim", "d": VICTIM}},
            "a b c d e", "ab roles ab cd roles cd",
        ),
        ("ab", {"roles": {"a": "victim+suspect", "b": "witness"}}, "ab c d e", ""),
        ("ab bc? cd?", {"roles": {"a": VICTIM, "d": SUSPECT}}, "abc d e", "cd roles ad"),
        ("ab! bc", {"roles": {"a": VICTIM, "b": SUSPECT, "c": "witness"}}, "abc d e", ""),
        # both roles of one person by a person's word: one more of either still needs one
        ("ab! bc", {"roles": {"a": VICTIM, "b": SUSPECT, "c": SUSPECT}}, "ab c d e", "bc roles ac"),
        ("ab! bc!", {"roles": {"a": VICTIM, "b": SUSPECT, "c": SUSPECT}}, "abc d e", ""),
    ],
)  # fmt: skip
def test_who_comes_of_the_links(links: str, facts: dict[str, Any], persons: str, held: str) -> None:
    found = _clusters(links, **facts)
    assert " ".join("".join(person) for person in found.persons) == persons
    short = {
        Why.HUMAN_DECISION: "human", Why.IDENTIFIERS_CONFLICT: "ids", Why.VICTIM_AND_SUSPECT_ROLES: "roles",
    }  # fmt: skip
    assert (
        " ".join(f"{one.link.left}{one.link.right} {short[one.why]} {''.join(one.apart)}" for one in found.held) == held
    )


@pytest.mark.rule("IDN-04")
def test_two_records_are_named_for_each_refusal_the_first_of_all() -> None:
    held = _clusters("ab cd bd?", not_same=[("b", "c"), ("a", "d")]).held
    assert [one.apart for one in held] == [("a", "d")]
    numbers = {"a": {"pnc": ["1"]}, "b": {"pnc": ["1"]}, "c": {"pnc": ["2"]}, "d": {"pnc": ["2"]}}
    assert [one.apart for one in _clusters("ab cd bd?", identifiers=numbers).held] == [("a", "c")]
    roles = dict(zip("abcd", [SUSPECT, SUSPECT, VICTIM, VICTIM], strict=True))
    assert [one.apart for one in _clusters("ab cd bd?", roles=roles).held] == [("a", "c")]


def test_a_link_of_a_record_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="not there"):
        _clusters("az")


RECORDS = list(range(9))
PAIRS = st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS))
LINKS = st.lists(
    st.builds(
        lambda pair, p, by: Link(pair[0], pair[1], p, by), PAIRS, st.sampled_from([0.99, 0.995, 1.0]), st.booleans()
    ),
    max_size=24,
)
FACTS = st.fixed_dictionaries(
    {
        "not_same": st.lists(PAIRS, max_size=6),
        "identifiers": st.dictionaries(
            st.sampled_from(RECORDS), st.fixed_dictionaries({"pnc": st.sampled_from([["1"], ["2"], []])}), max_size=5
        ),
        "roles": st.dictionaries(
            st.sampled_from(RECORDS),
            st.sampled_from([["victim"], ["suspect"], ["witness"], ["victim", "suspect"]]),
            max_size=5,
        ),
    }
)


@pytest.mark.rule("IDN-04")
@given(LINKS, FACTS, st.randoms(use_true_random=False))
def test_the_order_of_links_changes_nothing(links: list[Link], facts: dict[str, Any], chance: Any) -> None:
    records, other = RECORDS[:], links[:]
    chance.shuffle(records)
    chance.shuffle(other)
    facts_turned = facts | {"not_same": [(right, left) for left, right in reversed(facts["not_same"])]}
    assert cluster(RECORDS, links, **facts) == cluster(records, other, **facts_turned)


def _apart(person: Iterable[int], other: Iterable[int], facts: dict[str, Any], *, is_by_person: bool) -> bool:
    """The slow way: whether any two records are held apart."""
    for left in person:
        for right in other:
            if {(left, right), (right, left)} & set(facts["not_same"]):
                return True
            ours, theirs = (facts["roles"].get(one, []) for one in (left, right))
            if not is_by_person and (
                ("victim" in ours and "suspect" in theirs) or ("suspect" in ours and "victim" in theirs)
            ):
                return True
    numbers = [
        {n for one in some for n in facts["identifiers"].get(one, {"pnc": []})["pnc"]} for some in (person, other)
    ]
    return not is_by_person and bool(numbers[0] and numbers[1]) and not numbers[0] & numbers[1]


@pytest.mark.rule("IDN-04")
@given(LINKS, LINKS, FACTS)
def test_links_that_come_later_make_what_all_at_once_make(
    links: list[Link], more: list[Link], facts: dict[str, Any]
) -> None:
    numbers = {"identifiers": facts["identifiers"]}
    linked = {end for link in links for end in link[:2]}
    before = cluster(linked, links, **numbers)
    every = linked | {end for link in more for end in link[:2]}
    assert cluster_more(before, links, more, **numbers) == cluster(every, [*links, *more], **numbers)


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize("refused", [(1, 2), (2, 1)])
def test_news_of_one_whose_link_was_refused_is_news_of_the_other_too(refused: tuple[int, int]) -> None:
    """A person's word gives the second a number of the first's, so that the link between them stands."""
    numbers: dict[str, Any] = {"identifiers": {1: {"pnc": ["a"]}, 2: {"pnc": ["b"]}, 3: {"pnc": ["a"]}}}
    links, more = [Link(*refused, 0.9)], [Link(2, 3, 1.0, is_by_person=True)]
    before = cluster([1, 2], links, **numbers)
    assert (before.persons, len(before.held)) == ([[1], [2]], 1)
    after = cluster_more(before, links, more, **numbers)
    assert after == cluster([1, 2, 3], [*links, *more], **numbers)
    assert (after.persons, after.held) == ([[1, 2, 3]], [])


@pytest.mark.rule("IDN-02")
def test_a_kind_of_number_of_which_none_is_said_conflicts_with_nothing() -> None:
    found = cluster([1, 2], [Link(1, 2, 0.99)], identifiers={1: {"pnc": []}, 2: {"pnc": ["a"]}})
    assert (found.persons, found.held) == ([[1, 2]], [])


@pytest.mark.rule("IDN-04")
@pytest.mark.rule("IDN-05")
@given(LINKS, FACTS)
def test_no_chain_joins_what_is_held_apart_and_no_other_link_is_refused(
    links: list[Link], facts: dict[str, Any]
) -> None:
    found = cluster(RECORDS, links, **facts)
    held_apart = {frozenset(pair) for pair in facts["not_same"] if pair[0] != pair[1]}
    assert sorted(record for person in found.persons for record in person) == RECORDS
    for person in found.persons:
        assert not held_apart & {frozenset(pair) for pair in combinations(person, 2)}
    # The slow twin: sets of records, joined one link at a time.
    persons, held = {record: {record} for record in RECORDS}, []
    for link in sorted(links, key=lambda one: (not one.is_by_person, -one.probability, sorted(one[:2]), one[0])):
        left, right = persons[link.left], persons[link.right]
        if left is right:
            continue
        if _apart(left, right, facts, is_by_person=link.is_by_person):
            held.append(link)
        else:
            left |= right
            persons |= dict.fromkeys(right, left)
    assert {tuple(sorted(person)) for person in persons.values()} == {tuple(person) for person in found.persons}
    assert [one.link for one in found.held] == held


def test_a_great_many_links_take_little_time() -> None:
    """Each record moves few times: one chain and one star, each held apart from something at every step."""
    count = 20_000
    chain = [Link(at, at + 1, 0.999) for at in range(0, count, 2)] + [Link(at, at + 2) for at in range(0, count, 2)]
    started = process_time()
    found = cluster(range(count + 1), chain, not_same=[(0, at) for at in range(1, count, 2)])
    assert process_time() - started < 2
    assert len(found.held) == count // 2
    assert len(found.persons) == 1 + count // 2


@pytest.mark.rule("IDN-03")
@pytest.mark.parametrize(
    ("links", "undone", "before", "after"),
    [
        ("ab bc", "bc", "abc d e", "ab c d e"),
        ("ab bc", "cb", "abc d e", "ab c d e"),
        ("ab bc ac", "bc", "abc d e", "abc d e"),
        ("ab bc bc", "bc", "abc d e", "ab c d e"),
        ("ab", "cd", "ab c d e", "ab c d e"),
    ],
)
def test_undoing_a_link_leaves_what_stood_before_it(links: str, undone: str, before: str, after: str) -> None:
    answer = undo("abcde", [Link(*pair) for pair in links.split()], (undone[0], undone[1]))
    assert " ".join("".join(person) for person in answer.before) == before
    assert " ".join("".join(person) for person in answer.after) == after
    assert answer.source_records_changed == 0
    assert answer.audit == [AUDITED_AS[Act.MERGE], AUDITED_AS[Act.UNMERGE]] == ["combination", "combination"]


@pytest.mark.rule("IDN-03")
@pytest.mark.rule("IDN-04")
def test_undoing_one_link_lets_another_one_join() -> None:
    answer = undo("abc", [Link("a", "b"), Link("b", "c", 0.999)], ("a", "b"), not_same=iter([("a", "c")]))
    assert (answer.before, answer.after) == ([["a", "b"], ["c"]], [["a"], ["b", "c"]])


def test_what_was_decided_and_why_is_kept_under_words_that_stay() -> None:
    assert [*Decision] == ["link", "clerical", "no_link"]
    assert [*Human] == ["same", "not_same"]
    assert [*Role] == ["victim", "suspect"]
    assert [*Act] == ["merge", "unmerge"]
    assert [*Why] == [
        "auto", "between_thresholds", "below_clerical", "identifiers_conflict", "victim_and_suspect_roles", "named_apart",
        "human_decision",
    ]  # fmt: skip


def test_nothing_that_is_said_of_somebody_is_printed() -> None:
    said = Value("Rhys Evans", "rms/1", AT)
    assert "Rhys" not in repr(said) + repr(prefer([said]))


@pytest.mark.rule("IDN-02")
@pytest.mark.rule("IDN-04")
def test_no_chain_joins_two_whom_one_source_names_apart_in_one_case() -> None:
    """Records 1 and 3 are two defendants of case 7; 2 may be either. The stronger link holds, the other waits for a person."""
    named = {1: {"7 court": "A"}, 3: {"7 court": "B"}, 4: {"7 court": "A", "8 court": "C"}}
    links = [Link(1, 2, 0.999), Link(2, 3, 0.995)]
    found = cluster([1, 2, 3], links, named=named)
    assert found.persons == [[1, 2], [3]]
    assert found.held == [Held(Link(2, 3, 0.995), Why.NAMED_APART, (1, 3))]
    by_hand = cluster([1, 2, 3], [Link(1, 2, 0.999), Link(2, 3, 1.0, is_by_person=True)], named=named)
    assert by_hand.persons == [[1], [2, 3]], "a person's word is taken first"
    assert cluster([1, 2, 3], [Link(1, 3, 1.0, is_by_person=True)], named=named).persons == [[1, 3], [2]]
    # whom a set is named as in any case counts for all of it
    assert cluster([1, 2, 3, 4], [*links, Link(1, 4, 0.998)], named=named).persons == [[1, 2, 4], [3]]
    assert cluster([3, 4], [Link(3, 4, 0.999)], named=named).persons == [[3], [4]]
