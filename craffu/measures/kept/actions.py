"""Figures that leave with whoever reads a page, without any engine: a web worker loads none (B11, SEC-04)."""

from collections.abc import Sequence

from django.db import transaction

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.measures import events
from craffu.measures.permissions import check_can_see


def log_shown_figures(*, by: Acting, snapshot: str, codes: Sequence[str], rows: int, hidden: int) -> int:
    """Figures of a page go to its reader as a file: a disclosure, in the log before it is sent."""
    check_can_see(by)
    with transaction.atomic():
        return audit.record(
            kind=events.FIGURES_TAKEN_OUT,
            actor=by.actor,
            refs=[f"snapshot/{snapshot}"],
            fields=sorted(codes),
            counts={"rows": rows, "hidden": hidden},
            recipient=f"{by.force.code}, {by.actor.name}",
            request=by.request,
        )
