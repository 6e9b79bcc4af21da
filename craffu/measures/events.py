"""What the log says about measures: that their snapshot was built, and that figures were looked at."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

SNAPSHOT_BUILT = kind("snapshot_built", Verb.COMBINATION, _("Snapshot for measures built"))
DIGEST_KEPT = kind("digest_kept", Verb.COMBINATION, _("Weekly digest made"))
ANSWER_GIVEN = kind("public_answer_given", Verb.DISCLOSURE, _("Answer to the public about orders given"))
MEASURES_VIEWED = kind("measures_viewed", Verb.CONSULTATION, _("Figures of measures viewed"))
FIGURES_TAKEN_OUT = kind(
    "figures_taken_out", Verb.DISCLOSURE, _("Figures or the snapshot for measures taken out as files")
)
