"""How long due work is taken to take: as the force stated last, or as this project assumes (R1a)."""

from collections.abc import Mapping

from craffu.access.acting import Acting
from craffu.resourcing.models import TimeStated
from craffu.resourcing.timing.kinds import Timed
from craffu.resourcing.timing.rules import ASSUMED


def times_stated(by: Acting) -> Mapping[Timed, TimeStated]:
    """What was stated last of each. One query."""
    rows = TimeStated.objects.for_user(by).select_related("by").order_by("id")
    return {Timed(one.timed): one for one in rows}


def times_of(stated: Mapping[Timed, TimeStated]) -> dict[Timed, int]:
    """Minutes of each task, and hours of a week: what nobody has stated is assumed."""
    return {one: stated[one].amount if one in stated else ASSUMED[one] for one in Timed}
