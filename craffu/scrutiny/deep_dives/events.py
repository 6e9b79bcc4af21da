"""What the log says of deep dives: which, and never a word of them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import EventKind, Verb, kind
from craffu.scrutiny.deep_dives.states import DiveStatus

DIVE_OPENED = kind("deep_dive_opened", Verb.COLLECTION, _("Deep dive opened"))
DIVE_ADDED_TO = kind(
    "deep_dive_added_to", Verb.COLLECTION, _("Plan, person, evidence, finding or claim of a deep dive added")
)
DIVE_SENT = kind("deep_dive_sent", Verb.COLLECTION, _("Draft of a deep dive sent to the force"))
DIVE_REPLIED = kind("deep_dive_replied", Verb.COLLECTION, _("Reply of the force to a deep dive recorded"))
DIVE_CORRECTION = kind("deep_dive_correction_answered", Verb.COLLECTION, _("Correction of a deep dive answered"))
DIVE_PUBLISHED = kind("deep_dive_published", Verb.COLLECTION, _("Deep dive published"))
DIVE_STOPPED = kind("deep_dive_stopped", Verb.COLLECTION, _("Deep dive stopped"))
DIVES_LISTED = kind("deep_dives_listed", Verb.CONSULTATION, _("Deep dives listed"))
DIVE_VIEWED = kind("deep_dive_viewed", Verb.CONSULTATION, _("Deep dive viewed"))
DIVE_CHECKED = kind("deep_dive_checked", Verb.COLLECTION, _("Every claim of a deep dive worked out again"))

DIVE_EVENTS: Final[dict[str, EventKind]] = {
    DiveStatus.DRAFTING: DIVE_OPENED,
    DiveStatus.WITH_FORCE: DIVE_SENT,
    DiveStatus.REPLIED: DIVE_REPLIED,
    DiveStatus.PUBLISHED: DIVE_PUBLISHED,
    DiveStatus.STOPPED: DIVE_STOPPED,
}
