"""What the log says of keeping and erasing: references, counts and the authority, and never what was erased (SEC-08, SEC-09)."""

from django.utils.translation import gettext_lazy as _

from craffu.access.retention.kinds import Step
from craffu.audit.events import Verb, kind

RETENTION_OPENED = kind("retention_opened", Verb.CONSULTATION, _("Records came up for retention review"))
HOLD_PLACED = kind("retention_hold_placed", Verb.ALTERATION, _("Legal hold placed"))
HOLD_LIFTED = kind("retention_hold_lifted", Verb.ALTERATION, _("Legal hold lifted"))
RECORDS_KEPT = kind("retention_kept", Verb.ALTERATION, _("Retention review: records kept"))
ERASURE_ASKED = kind("erasure_asked", Verb.ALTERATION, _("Asked to erase a person’s records"))
ERASURE_REFUSED = kind("erasure_refused", Verb.ALTERATION, _("Erasure of a person’s records refused"))
PERSON_ERASED = kind("person_erased", Verb.ERASURE, _("A person’s records were erased"))
RETENTION_LISTED = kind("retention_listed", Verb.CONSULTATION, _("Retention reviews listed"))
RETENTION_VIEWED = kind("retention_viewed", Verb.CONSULTATION, _("Retention of a person’s records viewed"))

# The event of each step.
RETENTION_EVENTS = {
    Step.OPENED: RETENTION_OPENED,
    Step.HOLD_PLACED: HOLD_PLACED,
    Step.HOLD_LIFTED: HOLD_LIFTED,
    Step.KEPT: RECORDS_KEPT,
    Step.ERASURE_ASKED: ERASURE_ASKED,
    Step.ERASURE_REFUSED: ERASURE_REFUSED,
    Step.ERASED: PERSON_ERASED,
}
