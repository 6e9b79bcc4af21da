"""Giving an answer to the public: it is a disclosure and in the log before it is printed (X14, SEC-04).

What was told stays told: single years and blocks of the same years are never both (MSR-03). The log says which were.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.audit.naming import named_in_log
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.reasons import is_too_short
from craffu.common.refusals import NotNow
from craffu.engines.choice import Engine
from craffu.engines.snapshots import Snapshot
from craffu.measures import events
from craffu.measures.answering.orders import Answer, Wanted, answer, years_asked
from craffu.measures.permissions import check_can_publish, check_can_see
from craffu.measures.releasing import Disclosure

PUBLIC = "public"


def give_answer(*, by: Acting, wanted: Wanted, snapshot: Snapshot, engine: Engine, reason: str = "") -> Answer:
    """With `exact` in what is wanted a named person decides, for a reason, that those totals are published exactly.

    Raises NotPermitted, NotNow without a reason or where the same years were told otherwise, CannotAsk, NoSnapshot,
    NotEnoughMemory and NoSpark.
    """
    check_can_see(by)
    years = years_asked(wanted, day_of(snapshot.at))
    if wanted.exact:
        wanted = replace(wanted, decision=_decided(by, reason))
    found = answer(wanted, snapshot, engine)
    blocks = {row.years for row in found.rows} if wanted.pooled else set()
    told = [year for year in years if year not in found.left_out]
    with transaction.atomic():
        _check_told_alike(by, told, blocks)
        audit.record(
            kind=events.ANSWER_GIVEN,
            actor=by.actor,
            refs=[f"snapshot/{snapshot.name}", *_refs(told, blocks)],
            fields=found.exact,
            counts={"rows": len(found.rows)},
            recipient=PUBLIC,
            reason=reason if wanted.exact else "",
            request=by.request,
        )
    return found


def _decided(by: Acting, reason: str) -> Disclosure:
    check_can_publish(by)
    if is_too_short(reason):
        raise NotNow("no_reason", _("Say in words why these figures are published: in 10 characters or more."))
    return Disclosure(by.actor.name, day_of(clock.now()), reason)


def _refs(years: list[int], blocks: set[str]) -> Iterator[str]:
    """What the log holds of an answer, by which the next is held to it."""
    if not blocks:
        yield from (f"answer/{year}" for year in years)
        return
    yield from (f"answer/{block.replace(' ', '-')}" for block in sorted(blocks))
    yield from (f"answer/pooled-{year}" for year in years)


def _check_told_alike(by: Acting, years: list[int], blocks: set[str]) -> None:
    if not blocks:
        if named_in_log([f"answer/pooled-{year}" for year in years], force=by.force.code):
            raise NotNow(
                "pooled_years_published",
                _(
                    "Some of these years were published in blocks, and the difference would tell: ask for the same blocks."
                ),
            )
        return
    mine = [f"answer/{block.replace(' ', '-')}" for block in sorted(blocks)]
    if named_in_log([f"answer/{year}" for year in years], force=by.force.code):
        raise NotNow(
            "single_years_already_published",
            _(
                "Some of these years were published each by itself, and the difference would tell: leave out the blocks."
            ),
        )
    was_pooled = named_in_log([f"answer/pooled-{year}" for year in years], force=by.force.code)
    if was_pooled and len(named_in_log(mine, force=by.force.code)) < len(mine):
        raise NotNow(
            "other_blocks_published",
            _(
                "Some of these years were published in other blocks, and the difference would tell: ask for those blocks."
            ),
        )
