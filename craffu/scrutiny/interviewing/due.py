"""What is due of interviews: that the force acts on a danger told of in one, within the hour (P29, *refer now: live risk*).

The work says that there is a danger and where its page lies; of the interview it says nothing.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import due
from craffu.common import lookups  # noqa: F401 (registers `one_of`)
from craffu.scrutiny.interviewing.rules import ACT_WITHIN
from craffu.scrutiny.models import LiveRisk
from craffu.scrutiny.topics import LIVE_RISKS
from craffu.work.facts import Answer, Due, Source
from craffu.work.rules import Consequence, How, after

ACT: Final = "act_on_live_risk"
REFERRED: Final = "live_risk_referred"
QUEUE: Final = "live-risks"


def every_risk(by: Acting) -> Iterable[str]:
    return map(str, LiveRisk.objects.for_user(by).order_by("id").values_list("pk", flat=True))


def risks_named(_by: Acting, _topic: str, subjects: Collection[str]) -> Iterable[str]:
    return subjects


def live_risks_due(by: Acting, subjects: Collection[str], now: datetime) -> dict[str, Answer]:
    """What is due of each of these dangers. One query."""
    rows = LiveRisk.objects.for_user(by).filter(pk__one_of=frozenset(map(int, subjects)), known_from__lte=now)
    rows = rows.select_related("acted").defer("told", "reach", "acted__words").order_by("id")
    return {str(one.pk): Answer((_due(one, now),)) for one in rows}


def _due(one: LiveRisk, now: datetime) -> Due:
    acted = getattr(one, "acted", None)
    done_at = acted.known_from if acted is not None and acted.known_from <= now else None
    by = due(one.known_from, ACT_WITHIN)
    return Due(
        kind=ACT, key=str(one.pk), about=("live_risk", one.reference), queue=QUEUE, why=REFERRED,
        what_if_not=Consequence.HARM_UNWARNED, raised_at=one.known_from, due_at=by, overdue_from=after(by),
        done_at=done_at, how=How.DONE if done_at else None,
    )  # fmt: skip


SOURCE: Final = Source(
    key="live_risks",
    topics=frozenset({LIVE_RISKS}),
    rules={ACT: "VIC-08"},
    whys=frozenset({REFERRED}),
    queues=frozenset({QUEUE}),
    every=every_risk,
    named=risks_named,
    due=live_risks_due,
)
