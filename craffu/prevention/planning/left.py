"""What somebody was writing of a plan that was ended meanwhile: theirs until they begin another or throw it away."""

from collections.abc import Iterable

from craffu.access.acting import Acting
from craffu.prevention.models import PlanDraft
from craffu.prevention.planning.queries import PlanStory


def draft_left(by: Acting, stories: Iterable[PlanStory]) -> PlanDraft | None:
    """The last of the reader's own that is of a plan that has ended. One query where there is such a plan."""
    ended = [one.plan.pk for one in stories if one.ended is not None]
    if not ended or by.user is None:
        return None
    rows = PlanDraft.objects.for_user(by).filter(plan__in=ended, by=by.user).select_related("plan__case")
    draft: PlanDraft | None = rows.order_by("-changed_at", "-id").first()
    return draft
