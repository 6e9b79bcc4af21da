"""What the log says about due work: of many items at once in one row, which names the records they are about."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import EventKind, Verb, kind
from craffu.work.states import ItemState

WORK_RAISED = kind("work_raised", Verb.COLLECTION, _("Work raised"))
WORK_DONE = kind("work_done", Verb.ALTERATION, _("Work done"))
WORK_EXCUSED = kind("work_excused", Verb.ALTERATION, _("Work excused"))
WORK_WITHDRAWN = kind("work_withdrawn", Verb.ALTERATION, _("Work no longer due"))
WORK_MISSED = kind("work_missed", Verb.ALTERATION, _("Work missed, and the supervisor told"))
WORK_ESCALATED = kind("work_escalated", Verb.ALTERATION, _("Missed work taken to the inspector"))
WORK_CHANGED = kind("work_changed", Verb.ALTERATION, _("Work brought up to date"))
WORK_TAKEN = kind("work_taken", Verb.ALTERATION, _("Work taken on"))
WORK_REASSIGNED = kind("work_reassigned", Verb.ALTERATION, _("Work given to somebody else"))
ABSENCE_RECORDED = kind("absence_recorded", Verb.COLLECTION, _("Absence and cover recorded"))
QUEUE_VIEWED = kind("queue_viewed", Verb.CONSULTATION, _("Work queue viewed"))
CALENDAR_BEGUN = kind("calendar_begun", Verb.ALTERATION, _("Calendar of due work begun"))
CALENDAR_ENDED = kind("calendar_ended", Verb.ALTERATION, _("Calendar of due work ended"))
CALENDAR_READ = kind("calendar_read", Verb.CONSULTATION, _("Calendar of due work read by a program"))
COVER_VIEWED = kind("cover_viewed", Verb.CONSULTATION, _("Absences and cover viewed"))

ITEM_EVENTS: Mapping[ItemState, EventKind] = {
    ItemState.OPEN: WORK_RAISED,
    ItemState.DONE: WORK_DONE,
    ItemState.EXCUSED: WORK_EXCUSED,
    ItemState.WITHDRAWN: WORK_WITHDRAWN,
}
