"""Records that arrive linked as they come, by the model in use and without a run (IDN-06).

What a record may be is looked up by its keys, compared as a run compares and kept through the same door, so that people's words,
hard identifiers and the parts of victims and suspects hold as ever (IDN-02, IDN-04, IDN-05). Without a model all of it waits for
the next run, which compares everything; so does what more came than is worth doing one by one, but for what cannot wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.cases.queries import parts_played
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.intake.linking.weighing import Weighed, weighed
from craffu.linkage.actions import keep_scores, lock_identity
from craffu.linkage.arrivals.actions import key_records, note_seen
from craffu.linkage.arrivals.queries import basis_in_use, number_waiting, records_waiting, seen_up_to
from craffu.people.queries import last_settled_version

# More records than this are left to the run: it compares all of them at once in less time.
MOST: Final = 2_000
# Whom custody or a court holds or releases, and whom an order is against, is linked whatever waits: a warning hangs on it.
CANNOT_WAIT: Final = frozenset({"custody", "court-results", "court-orders", "order-inbox"})
_AT_ONCE: Final = 25


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many records were compared as they came, against how many others, what came of it, and how many at least wait for
    the run.
    """

    compared: int = 0
    pairs: int = 0
    linked: int = 0
    clerical: int = 0
    moved: int = 0
    waiting: int = 0
    # Ways to look for a record by which too many others would have been compared.
    left_out: int = 0


def link_arrivals(by: Acting, now: datetime | None = None) -> Arrived:
    """Compare every record that is new, or says something else, since the last run or the last arrivals. Again, nothing changes.

    Nobody in person links: it is done by the system, for whoever's intake it follows.
    """
    system = acting_system(by.force, "arrivals")
    seen = seen_up_to(system)
    if seen is None:
        return Arrived()
    at = now or clock.now()
    # Asked before what waits is read: a version that comes between the two is looked at by whoever brings it.
    settled = last_settled_version(system, at)
    waiting = records_waiting(system, seen, MOST + 1)
    done = Arrived()
    if is_much := len(waiting) > MOST:
        several, waiting = waiting, records_waiting(system, seen, MOST, CANNOT_WAIT)
        done = Arrived(waiting=len(frozenset(several).difference(waiting)))
    for some in batched(waiting, _AT_ONCE):
        is_last = some[-1] == waiting[-1]
        done = _added(
            done,
            _link(
                by=system, records=some, seen=settled if is_last and not is_much and not done.waiting else None, now=at
            ),
        )
    return done


def waiting_for_a_run(by: Acting) -> int:
    """How many records wait for the next run, because more came than are linked as they come; 0 where none does."""
    seen = seen_up_to(by)
    if seen is None or len(records_waiting(by, seen, MOST + 1)) <= MOST:
        return 0
    return number_waiting(by, seen)


def _added(one: Arrived, other: Arrived) -> Arrived:
    return Arrived(*(getattr(one, name) + getattr(other, name) for name in Arrived.__slots__))


@bookkeeping
def _link(*, by: Acting, records: Sequence[int], seen: int | None, now: datetime) -> Arrived:
    """Some records, in one transaction under the force's lock: whoever arrives at the same time finds them, or is found. With the
    last of them it is kept up to which version all were `seen`.
    """
    lock_identity(by)
    basis = basis_in_use(by)
    if basis is None:
        return Arrived(waiting=len(records))
    found: Weighed = weighed(by, basis, records)
    key_records(by=by, keyed=found.keyed)
    kept = (
        keep_scores(by=by, model=basis.model, scored=found.scored, roles_of=parts_played, now=now)
        if found.scored
        else None
    )
    if seen is not None:
        note_seen(by=by, seen=seen)
    return Arrived(
        len(records), found.pairs, found.links, found.clerical, kept.moved if kept is not None else 0, 0, found.left_out
    )  # fmt: skip
