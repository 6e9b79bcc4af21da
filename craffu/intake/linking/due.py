"""What is due of pairs of records: somebody's word, and a second opinion where it is grave (IDN-02, IDN-03)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.cases.queries import records_in_cases
from craffu.cases.topics import CASES
from craffu.intake.linking.rules import WHAT_IF_NOT, agree_by, decide_by
from craffu.intake.linking.stakes import harms_of
from craffu.linkage.actions import keep_harm
from craffu.linkage.forming import Word
from craffu.linkage.models import PairDecided
from craffu.linkage.queries import (
    PairStory,
    counts,
    pairs_by_number,
    pairs_known,
    pairs_waiting_of,
    stories_of_pairs,
)
from craffu.linkage.rules import Harm, Why
from craffu.linkage.topics import PAIRS
from craffu.orders.queries import records_of_orders
from craffu.orders.topics import ORDERS
from craffu.people.queries import mates, members
from craffu.people.topics import PEOPLE
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import How

DECIDE, AGREE = "pair_decide", "pair_agree"
WAITS, WAITS_FOR_ANOTHER = "pair_waits", "pair_waits_for_another"
QUEUE: Final = "pairs"


def every_pair(by: Acting) -> Iterable[str]:
    return map(str, pairs_known(by))


def pairs_named(by: Acting, topic: str, subjects: Collection[str]) -> Iterable[str]:
    """News of people, cases and orders is about the pairs that wait of anybody concerned: what a wrong word would do."""
    if topic == PAIRS:
        return subjects
    numbers = frozenset(map(int, subjects))
    if topic == PEOPLE:
        rows = members(by).filter(person__one_of=numbers).order_by()
        records: Collection[int] = set(rows.values_list("record_id", flat=True))
    else:
        concerned = records_in_cases(by, numbers) if topic == CASES else records_of_orders(by, numbers)
        records = mates(by, concerned)
    return map(str, sorted(pairs_waiting_of(by, records)))


def keep_harms(by: Acting, subjects: Collection[str], _now: datetime) -> None:
    """What a wrong word about these pairs would do, as things stand: by that they are put before people."""
    pairs = pairs_by_number(by, set(map(int, subjects)))
    harms = harms_of(by, {(one.left_id, one.right_id) for one in pairs})
    keep_harm(by=by, harms={one.pk: harms[one.left_id, one.right_id] for one in pairs})


def pairs_due(by: Acting, subjects: Collection[str], now: datetime) -> Mapping[str, Answer]:
    """What is due of each of these pairs as things stand at an instant. Three queries."""
    stories = stories_of_pairs(by, pairs_by_number(by, set(map(int, subjects))))
    return {str(one.pair.pk): Answer(tuple(_dues(one, now))) for one in stories}


def _dues(story: PairStory, now: datetime) -> Iterator[Due]:
    pair = story.pair
    harm = Harm.PROTECTED if pair.harm is None else Harm(pair.harm)
    said = [one for one in story.decided if one.known_from <= now]
    if pair.waits_from is not None and pair.waits_from <= now:
        done = _answered(said, pair.waits_from)
        ended = done.known_from if done is not None else pair.waited_until
        by_model = done is None and pair.why != Why.HUMAN_DECISION
        at = decide_by(harm, pair.waits_from)
        yield Due(
            kind=DECIDE, key=f"{pair.pk}/{pair.waits_from.isoformat()}", about=("pair", pair.reference), queue=QUEUE, why=WAITS,
            what_if_not=WHAT_IF_NOT[harm], raised_at=pair.waits_from, due_at=at, overdue_from=at,
            done_at=ended, how=None if ended is None else How.WITHDRAWN if by_model else How.DONE,
        )  # fmt: skip
    for place, word in enumerate(said):
        if word.needs_another:
            agreed, at = getattr(word, "agreed", None), agree_by(word.known_from)
            # Somebody said something later of the pair, with a word about persons: nobody is asked about this one any more.
            later = said[place + 1] if agreed is None and place + 1 < len(said) else None
            yield Due(
                kind=AGREE, key=f"{pair.pk}/{word.number}", about=("pair", pair.reference), queue=QUEUE, why=WAITS_FOR_ANOTHER,
                what_if_not=WHAT_IF_NOT[Harm.PROTECTED], raised_at=word.known_from, due_at=at, overdue_from=at,
                done_at=agreed.known_from if agreed else later.known_from if later else None,
                how=How.DONE if agreed else How.WITHDRAWN if later else None,
            )  # fmt: skip


def _answered(said: Iterable[PairDecided], waits_from: datetime) -> PairDecided | None:
    """The word by which somebody has done what was asked of them: the first since it waits that counts, or may yet count. That
    they cannot tell is an answer; that somebody takes back a word, or another does not agree with it, is none.
    """
    for one in said:
        may_count = counts(one) or not hasattr(one, "agreed")
        if one.known_from >= waits_from and may_count and one.word != Word.TAKEN_BACK:
            return one
    return None


SOURCE: Final = Source(
    key="pairs",
    topics=frozenset({PAIRS, PEOPLE, CASES, ORDERS}),
    rules={DECIDE: "IDN-02", AGREE: "IDN-03"},
    whys=frozenset({WAITS, WAITS_FOR_ANOTHER}),
    queues=frozenset({QUEUE}),
    every=every_pair,
    named=pairs_named,
    due=pairs_due,
    keep=keep_harms,
)
