"""When a run may start and a held row may be decided."""

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow
from craffu.intake.models import HeldRow, Run
from craffu.intake.states import MOVES, RunState


def check_no_other_run(alive: Run | None) -> None:
    """One run of a kind at a time, so that the order in which messages came is the order in which they are read."""
    if alive is not None:
        raise NotNow(
            "run_alive",
            _("%(run)s is taking in the same kind of data. Wait until it has ended, then try again.")
            % {"run": alive.reference},
        )


def check_may_move(run: Run, wanted: RunState) -> None:
    if wanted not in MOVES[RunState(run.state)]:
        raise NotNow("run_ended", _("This run has ended already."))


def check_undecided(row: HeldRow) -> None:
    if hasattr(row, "decision"):
        raise NotNow("held_decided", _("Somebody has decided this row already. Nothing was changed."))
