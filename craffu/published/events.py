"""What the log says about official code lists."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

CODES_RECEIVED = kind("codes_received", Verb.COLLECTION, _("Official codes received"))
