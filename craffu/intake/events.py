"""What the log says about intake."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

RUN_STARTED = kind("intake_started", Verb.COLLECTION, _("Intake started"))
RUN_ENDED = kind("intake_ended", Verb.COLLECTION, _("Intake ended"))
RUN_INTERRUPTED = kind("intake_interrupted", Verb.COLLECTION, _("Intake found interrupted"))
ROW_HELD = kind("row_held", Verb.COLLECTION, _("Row held back"))
ROWS_RECEIVED = kind("rows_received", Verb.COLLECTION, _("Rows of a force's own records received"))
ROW_DECIDED = kind("row_decided", Verb.ALTERATION, _("Held row decided"))
RUN_VIEWED = kind("intake_run_viewed", Verb.CONSULTATION, _("Intake run viewed"))
RUNS_LISTED = kind("intake_runs_listed", Verb.CONSULTATION, _("List of intake runs viewed"))
HELD_VIEWED = kind("held_row_viewed", Verb.CONSULTATION, _("Held row viewed"))
REJECTS_DOWNLOADED = kind("reject_file_downloaded", Verb.DISCLOSURE, _("Reject file downloaded"))

RUN_EVENTS = {
    "waiting": RUN_STARTED,
    "running": RUN_STARTED,
    "finished": RUN_ENDED,
    "refused": RUN_ENDED,
    "interrupted": RUN_INTERRUPTED,
    "failed": RUN_ENDED,
}
