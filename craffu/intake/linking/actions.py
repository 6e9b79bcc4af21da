"""Words of people about pairs, with what the register knows of both records: who needs a second opinion, who is held apart.

The doors of linkage itself ask for both and know neither: orders, cases and restrictions stand above it.
"""

from collections.abc import Collection
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.cases.queries import parts_played
from craffu.common.door import action
from craffu.intake.linking.stakes import harms_of
from craffu.linkage import actions
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.linkage.models import PairAgreed, PairDecided
from craffu.linkage.permissions import check_can_decide_pair
from craffu.linkage.policies import check_is_not_grave
from craffu.linkage.queries import find_pair
from craffu.linkage.rules import Harm

# Nobody acts on it, so nobody else is asked.
_HARMLESS = frozenset({Word.CANNOT_TELL})


@action
def decide_pair(
    *, by: Acting, pair: str, given: NewWord, seen: str | None = None, now: datetime | None = None
) -> PairDecided:
    """A person's word about a pair. It needs a second opinion where an order stands on either person, or one is restricted.

    Raises as linkage's own `decide_pair`, and NotPermitted where there is no such pair.
    """
    check_can_decide_pair(by)
    found = check_is_there(find_pair(by, pair))
    return _decide(by, found.left_id, found.right_id, given, seen, now)


@action
def decide_records(*, by: Acting, left: int, right: int, given: NewWord, now: datetime | None = None) -> PairDecided:
    """The same of two records that nobody may have compared yet. Raises as linkage's own `decide_pair`."""
    check_can_decide_pair(by)
    return _decide(by, left, right, given, None, now)


def _decide(by: Acting, left: int, right: int, given: NewWord, seen: str | None, now: datetime | None) -> PairDecided:
    return actions.decide_pair(
        by=by, left=left, right=right, given=given, seen=seen, roles_of=parts_played, now=now,
        needs_another=given.word not in _HARMLESS and is_grave(by, left, right),
    )  # fmt: skip


@action
def agree_pair(
    *, by: Acting, pair: str, agrees: bool, words: str = "", seen: str | None = None, now: datetime | None = None
) -> PairAgreed:
    """A second opinion on a word that waits for one. Raises as linkage's own `agree_pair`."""
    return actions.agree_pair(by=by, pair=pair, agrees=agrees, words=words, seen=seen, roles_of=parts_played, now=now)


@action
def part_records(
    *, by: Acting, records: Collection[int], reason: str, seen: str | None = None, now: datetime | None = None
) -> PairDecided:
    """Some of a person's records are somebody else's, where no second opinion is needed for that.

    Raises as linkage's own `part_records`, and NotNow where an order stands on the person or one of their cases is restricted.
    """
    check_can_decide_pair(by)
    check_is_not_grave(any(is_grave(by, one, one) for one in records))
    return actions.part_records(by=by, records=records, reason=reason, roles_of=parts_played, seen=seen, now=now)


def is_grave(by: Acting, left: int, right: int) -> bool:
    """Whether a wrong word about two records could cost somebody their protection, by anything that stands on either person."""
    return harms_of(by, [(left, right)])[left, right] is Harm.PROTECTED
