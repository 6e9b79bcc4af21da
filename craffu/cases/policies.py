"""When a case may move from one stage to the next."""

from django.utils.translation import gettext as _

from craffu.cases.states import Stage, may_follow
from craffu.common.refusals import NotNow


def check_may_enter(present: Stage | None, wanted: Stage) -> None:
    """Refuses a move that the life cycle does not allow."""
    if not may_follow(present, wanted):
        raise NotNow("stage_not_next", _("A case at this stage cannot go there. Its history was left as it was."))
