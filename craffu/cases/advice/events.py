"""What the log says about specialist advice in a case."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

ADVICE_ASKED = kind("advice_asked", Verb.COLLECTION, _("Specialist advice asked for"))
ADVICE_ANSWERED = kind("advice_answered", Verb.COLLECTION, _("Specialist advice recorded"))
ADVICE_FOLLOWED = kind("advice_followed", Verb.COLLECTION, _("Whether specialist advice was followed recorded"))
ADVICE_VIEWED = kind("advice_viewed", Verb.CONSULTATION, _("Specialist advice in a case viewed"))
