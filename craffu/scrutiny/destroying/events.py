"""What the log says of words that are destroyed: references and how many, and never what they said (SEC-09)."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

DESTRUCTION_ASKED = kind("destruction_asked", Verb.COLLECTION, _("Words taken back: asked to destroy them"))
DESTRUCTIONS_LISTED = kind("destructions_listed", Verb.CONSULTATION, _("Words to destroy listed"))
DESTRUCTION_VIEWED = kind("destruction_viewed", Verb.CONSULTATION, _("Words to destroy viewed, and none of them read"))
WORDS_DESTROYED = kind("words_destroyed", Verb.ERASURE, _("Words taken back were destroyed"))
WORDS_KEPT = kind("words_not_destroyed", Verb.ALTERATION, _("Words taken back were not destroyed"))
