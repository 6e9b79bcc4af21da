"""Giving an answer to the public: it is a disclosure and in the log before it is printed (X14, SEC-04)."""

from django.db import transaction

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.engines.choice import Engine
from craffu.engines.snapshots import Snapshot
from craffu.measures import events
from craffu.measures.answering.orders import Answer, Wanted, answer
from craffu.measures.permissions import check_can_see

PUBLIC = "public"


def give_answer(*, by: Acting, wanted: Wanted, snapshot: Snapshot, engine: Engine) -> Answer:
    """Raises NotPermitted, CannotAsk, NoSnapshot, NotEnoughMemory and NoSpark."""
    check_can_see(by)
    found = answer(wanted, snapshot, engine)
    with transaction.atomic():
        audit.record(
            kind=events.ANSWER_GIVEN,
            actor=by.actor,
            refs=[f"snapshot/{snapshot.name}"],
            counts={"rows": len(found.rows)},
            recipient=PUBLIC,
            request=by.request,
        )
    return found
