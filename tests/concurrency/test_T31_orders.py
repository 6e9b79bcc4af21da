"""T31 on orders: of eight who do something to one order at one instant one is first, the others are told; nothing is half done.

Each act that is made leaves one move, one row of the log and one piece of news; each that is not leaves none of the three.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.audit.naming import naming
from craffu.cases.models import Hearing
from craffu.clocks.london import start_of
from craffu.common.refusals import Conflict, Refusal
from craffu.intake.running import take_in
from craffu.orders.considering.actions import decide_options
from craffu.orders.considering.rules import Outcome
from craffu.orders.facts import Given, NewTerms
from craffu.orders.life.actions import move_order
from craffu.orders.models import OptionDecided, Order, OrderMove, OrderProposal, OrderTerms, ProposalDecided
from craffu.orders.proposing.actions import confirm_proposal, keep_proposals, refuse_proposal
from craffu.orders.terms.actions import draft_terms
from craffu.outbox.models import News
from tests.concurrency.test_T30_lost_update import all_at_once
from tests.factories.considering import consideration, decision, stalking_case
from tests.factories.court_messages import case, defendant, message, offence, result
from tests.factories.orders import MADE, NO_CONTACT, TERMS, considered, received, scanned

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("ORD-09"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
EDITORS = 8
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()
SERVED = Given(
    served_at=NOW - timedelta(hours=1),
    place="home",
    method="personal",
    server="PC 44 Rees",
    proof="Statement of service",
)
VARIED = Given(varied_on=TODAY, applicant="respondent", reason_text="The school moved", terms=NewTerms((NO_CONTACT,)))
QUASHED = Given(quashed_on=TODAY, court="Swansea", appeal_case_no="A1")
AWARE = Given(aware_at=NOW - timedelta(hours=1), proof="Was in court when it was made")
TRIED = Given(
    attempted_at=NOW - timedelta(hours=2), result="not_at_home", place="home", method="personal", server="PC 1"
)
# From one point of an order's life, and what each leaves in the log.
MOVES = {
    "serve": (SERVED, "order_in_force"), "vary": (VARIED, "order_varied"), "quash": (QUASHED, "order_quashed"),
    "record_awareness": (AWARE, "order_in_force"), "attempt_service": (TRIED, "order_service_attempted"),
}  # fmt: skip


@pytest.fixture
def eight(acting_as: Callable[..., Acting]) -> list[Acting]:
    return [acting_as("orders_team") for _ in range(EDITORS)]


@pytest.fixture
def made(system: Acting, eight: list[Acting], tmp_path: Path) -> Order:
    return scanned(eight[0], received(eight[0], considered(system, tmp_path).reference, MADE))


def logged(order: Order) -> Counter[str]:
    """What the log says was done to an order."""
    return Counter(Event.objects.filter(pk__in=naming([f"order/{order.reference}"])).values_list("kind", flat=True))


def told(order: Order) -> int:
    return sum(str(order.pk) in row.subjects.split() for row in News.objects.filter(topic="orders"))


def moving(by: Acting, order: Order, move: str, seen: int | None) -> Callable[[], Order]:
    return lambda: move_order(by=by, order=order.reference, move=move, given=MOVES[move][0], seen=seen, now=NOW)


def check_is_whole(order: Order, stored: list[object], before: tuple[Counter[str], int]) -> None:
    """As many moves, rows of the log and pieces of news as there were acts, and each move begins where the last one led."""
    order.refresh_from_db()
    moves = list(OrderMove.objects.for_system("a test").filter(order=order).order_by("number"))
    assert [one.number for one in moves] == list(range(1, len(moves) + 1))
    assert [one.from_status for one in moves[1:]] == [one.to_status for one in moves[:-1]]
    assert (order.moves_made, order.status) == (len(moves), moves[-1].to_status)
    assert len(moves) == 2 + len(stored)
    assert (logged(order) - before[0]).total() == len(stored)
    assert told(order) - before[1] == len(stored)


@pytest.mark.parametrize("move", list(MOVES))
def test_T31_of_eight_who_make_the_same_move_one_does(move: str, eight: list[Acting], made: Order) -> None:
    before = logged(made), told(made)
    became = all_at_once([moving(by, made, move, made.moves_made) for by in eight])
    stored = [one for one in became if isinstance(one, Order)]
    assert len(stored) == 1, became
    assert [type(one) for one in became if one not in stored] == [Conflict] * (EDITORS - 1), became
    check_is_whole(made, stored, before)
    assert logged(made) - before[0] == {MOVES[move][1]: 1}


def test_T31_of_eight_who_make_different_moves_from_one_version_one_does(eight: list[Acting], made: Order) -> None:
    before = logged(made), told(made)
    moves = [list(MOVES)[place % len(MOVES)] for place in range(EDITORS)]
    became = all_at_once([moving(by, made, move, 2) for by, move in zip(eight, moves, strict=True)])
    stored = [one for one in became if isinstance(one, Order)]
    assert len(stored) == 1, became
    assert [type(one) for one in became if one not in stored] == [Conflict] * (EDITORS - 1), became
    check_is_whole(made, stored, before)


def test_T31_eight_who_saw_no_version_move_it_one_after_the_other_or_not_at_all(
    eight: list[Acting], made: Order
) -> None:
    """As a feed would: each is judged by how the order stands when its turn comes."""
    before = logged(made), told(made)
    moves = ["serve", "vary", "quash", "serve", "vary", "quash", "vary", "quash"]
    became = all_at_once([moving(by, made, move, None) for by, move in zip(eight, moves, strict=True)])
    stored = [one for one in became if isinstance(one, Order)]
    refused = [one for one in became if one not in stored]
    assert all(isinstance(one, Refusal) for one in refused), became
    check_is_whole(made, stored, before)
    done = Counter(logged(made) - before[0])
    assert done["order_quashed"] == 1
    assert done["order_in_force"] <= 1
    assert OrderTerms.objects.for_system("a test").filter(order=made).count() == 1 + done["order_varied"]


def test_T30_of_eight_who_draft_the_words_of_one_application_one_is_kept(
    acting_as: Callable[..., Acting], system: Acting, tmp_path: Path
) -> None:
    order = considered(system, tmp_path)
    eight = [acting_as("investigator") for _ in range(EDITORS)]
    for seen in range(3):
        became = all_at_once(
            [
                lambda by=by, seen=seen: draft_terms(by=by, order=order.reference, given=TERMS, seen=seen, now=NOW)
                for by in eight
            ]
        )
        assert Counter(type(one) for one in became) == {OrderTerms: 1, Conflict: EDITORS - 1}, became
        rows = OrderTerms.objects.for_system("a test").filter(order=order).order_by("number")
        assert list(rows.values_list("number", flat=True)) == list(range(1, seen + 2))
    assert logged(order)["order_terms_drafted"] == 3


@pytest.mark.rule("ORD-01")
def test_T31_of_eight_who_decide_the_same_consideration_one_does(
    acting_as: Callable[..., Acting], system: Acting, tmp_path: Path
) -> None:
    reference = stalking_case(system, tmp_path)
    eight = [acting_as("investigator") for _ in range(EDITORS)]
    standing = consideration(eight[0], reference, NOW)
    apply = decision("SPO", Outcome.APPLY)

    def deciding(by: Acting) -> Callable[[], list[OptionDecided]]:
        return lambda: decide_options(
            by=by, case=reference, respondent=standing.respondent.reference, decisions=[apply], seen=standing.version,
            now=NOW,
        )  # fmt: skip

    became = all_at_once([deciding(by) for by in eight])
    assert Counter(type(one) for one in became) == {list: 1, Conflict: EDITORS - 1}, became
    decided = OptionDecided.objects.for_system("a test").get()
    order = Order.objects.for_system("a test").get()
    assert (decided.order_id, order.status, order.moves_made) == (order.pk, "decided", 2)
    # The order began and was decided on, and the decision itself.
    assert logged(order) == {"order_considered": 1, "order_decided": 1, "option_decided": 1}


@pytest.mark.parametrize("decides", ["confirms", "confirms_or_refuses"])
def test_T31_of_eight_who_decide_one_proposal_one_does(
    decides: str, eight: list[Acting], system: Acting, tmp_path: Path
) -> None:
    said = offence(results=[result(code="3047", text="Restraining order made until further order.")])
    (tmp_path / "one.xml").write_bytes(message(case(defendant(offences=[said])), hearing_date="2026-11-20"))
    take_in(by=system, kind="court-results", paths=[tmp_path / "one.xml"])
    keep_proposals(by=system, cases=[Hearing.objects.for_user(system).get().case_id])
    proposal = OrderProposal.objects.for_system("a test").get(kind="RO_CONV")
    given = Given(
        made_at=start_of(proposal.made_on),
        court="B63",
        court_case_no="63AA1",
        is_indefinite=True,
        source_record="court-results 1",
    )

    def confirming(by: Acting) -> Callable[[], object]:
        return lambda: confirm_proposal(by=by, number=proposal.pk, given=replace(given), now=NOW)

    def refusing(by: Acting) -> Callable[[], object]:
        return lambda: refuse_proposal(by=by, number=proposal.pk, words="Known already", now=NOW)

    acts = [
        refusing(by) if decides == "confirms_or_refuses" and place % 2 else confirming(by)
        for place, by in enumerate(eight)
    ]
    became = all_at_once(acts)
    stored = [one for one in became if isinstance(one, Order | ProposalDecided)]
    assert len(stored) == 1, became
    assert [type(one) for one in became if one not in stored] == [Conflict] * (EDITORS - 1), became
    decided = ProposalDecided.objects.for_system("a test").get()
    orders = list(Order.objects.for_system("a test"))
    assert [one.pk for one in orders] == ([decided.order_id] if decided.order_id else [])
    assert Event.objects.filter(kind="order_proposal_decided").count() == 1
    assert OrderMove.objects.for_system("a test").count() == len(orders)
