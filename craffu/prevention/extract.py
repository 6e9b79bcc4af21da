"""What the snapshot holds of priorities: whoever is on the list, and whether a live plan covers them (MET31; X10).

The list is the first so many in the order of review, whoever ties with the last, and everybody who is urgent (PRI-05). As known
when the snapshot was built, and at no earlier instant.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.extracted import KNOWN_FROM, Extract, Holds, Row, keyed
from craffu.people.queries import records_now_of
from craffu.prevention.models import Plan
from craffu.prevention.planning.queries import PlanStory, happened_to, stories_of_plans
from craffu.prevention.planning.timing import Happened
from craffu.prevention.scoring.queries import first_in_order
from craffu.prevention.scoring.ranking import LISTED


def _listed(by: Acting, at: datetime) -> Iterator[Row]:
    listed = [one for _place, one in first_in_order(by, LISTED).listed]
    whose = {
        record: person for person, several in records_now_of(by, [one.person_id for one in listed]).items() for record in several
    }  # fmt: skip
    rows = Plan.objects.for_user(by).filter(record__one_of=frozenset(whose), known_from__lte=at).order_by("id")
    stories = stories_of_plans(by, rows.select_related("by", "case"))
    happened = happened_to(by, [one.plan for one in stories], at)
    covered = {whose[one.plan.record_id] for one in stories if _is_live(one, happened[one.plan.pk], at)}
    planned = {whose[one.plan.record_id] for one in stories if one.ended is None}
    for one in listed:
        yield {
            "person": keyed("person", one.person.reference),
            "tier": one.tier,
            "is_covered": one.person_id in covered,
            "is_planned": one.person_id in planned,
            KNOWN_FROM: at,
        }


def _is_live(story: PlanStory, happened: list[Happened], at: datetime) -> bool:
    """Approved, owned as every version is, not ended, and its review not overdue."""
    coming = story.next(happened)
    return coming is not None and day_of(at) <= coming.due_day


PRIORITY_LIST: Final = Extract(
    "priority_list",
    {
        "person": Holds.REFERENCE, "tier": Holds.CODE, "is_covered": Holds.YES, "is_planned": Holds.YES,
        KNOWN_FROM: Holds.INSTANT,
    },
    _listed,
)  # fmt: skip

TABLES: Final = (PRIORITY_LIST,)
