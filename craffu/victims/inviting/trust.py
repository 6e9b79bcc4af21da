"""What was answered by the safe page and turned out not to be hers counts nowhere (ADR 58)."""

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from craffu.access.acting import Acting
from craffu.victims.inviting.kinds import Step
from craffu.victims.models import InvitationStep
from craffu.victims.models.recorded import OfVictim

# What comes by the safe page is her own word, recorded by nobody; its key is the invitation's number.
PAGE = "page"


def said_by_her[R: OfVictim](by: Acting, rows: QuerySet[R]) -> QuerySet[R]:
    """These rows without what came by an invitation that somebody else used. It asks nothing by itself."""
    steps = InvitationStep.objects.for_user(by).filter(step=Step.NOT_HERS).order_by()
    keys = steps.annotate(key=Cast("invitation_id", CharField())).values("key")
    return rows.exclude(source=PAGE, source_key__in=keys)
