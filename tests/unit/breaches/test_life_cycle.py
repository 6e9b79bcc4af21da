"""How a breach goes on: each move from where it leads and to where, who sees to what comes next; and keys that stay (BRC-06)."""

from typing import Any

import pytest

from craffu.breaches.detecting.rules import Channel, Decision, Flag
from craffu.breaches.ledger.kinds import FoundBy, Standpoint
from craffu.breaches.ledger.moves import Move
from craffu.breaches.ledger.states import DECIDED, MOVES, OWNERS, TABLE, Status, moved
from craffu.breaches.policies import MOVES as DECIDES
from craffu.breaches.standpoints.questions import Answered, Question
from craffu.breaches.standpoints.rules import Mismatch
from craffu.breaches.telling.facts import Tells

LEADS = {
    Move.ACCEPT: {"possible": "accepted", "rejected": "accepted"},
    Move.REJECT: {"possible": "rejected", "accepted": "rejected"},
    Move.JOIN: {"possible": "joined", "accepted": "joined", "rejected": "joined"},
    Move.PART: {"joined": "possible"},
    Move.REOPEN: {"rejected": "possible", "finalised": "possible"},
    Move.FINALISE: {"accepted": "finalised"},
}


@pytest.mark.rule("BRC-06")
@pytest.mark.parametrize("move", Move)
def test_a_move_leads_from_where_it_may_and_from_nowhere_else(move: Move) -> None:
    assert {status.value: to.value for status in Status if (to := moved(status, move))} == LEADS[move]
    assert set(TABLE) == set(LEADS) == set(Move)
    assert moved("closed", move) is None


@pytest.mark.rule("BRC-06")
def test_what_follows_what_is_read_from_the_moves() -> None:
    assert {
        None: {Status.POSSIBLE, Status.ACCEPTED},
        **{status: {Status(to[status]) for to in LEADS.values() if status in to} for status in Status},
    } == MOVES
    assert {status.value for status in DECIDED} == {"accepted", "rejected", "joined", "finalised"}
    assert {status.value: who for status, who in OWNERS.items()} == {
        "possible": "investigator", "accepted": "supervisor", "rejected": "supervisor", "joined": "investigator",
        "finalised": "supervisor",
    }  # fmt: skip


@pytest.mark.rule("BRC-06")
def test_enquiries_are_a_note_and_move_nothing() -> None:
    assert DECIDES == {Decision.ACCEPT: Move.ACCEPT, Decision.REJECT: Move.REJECT, Decision.DUPLICATE: Move.JOIN}


@pytest.mark.parametrize(
    ("keys", "stay"),
    [
        (Status, "possible accepted rejected joined finalised"),
        (Move, "accept reject join part reopen finalise"),
        (Decision, "accept reject duplicate needs_enquiries"),
        (Channel, "in_person call text email online letter gift third_party post"),
        (Flag, "time_uncertain identity_not_confirmed not_enforceable_at_time"),
        (FoundBy, "report crime court custody probation contact check tag victim_log"),
        (Standpoint, "reported police prosecution court probation victim_told"),
        (
            Question,
            "course_of_conduct recording pattern_reconsidered arrest victim_safe_and_told order_review_brought_forward"
            " probation_and_court_told",
        ),
        (Answered, "yes no not_needed"),
        (Mismatch, "M1 M2 M3 M4 M5 M6 M7 M8 M9 M10 M11 M12 M13 M14"),
        (Tells, "probation contact tag"),
    ],
)
def test_keys_stay(keys: Any, stay: str) -> None:
    assert " ".join(keys) == stay
