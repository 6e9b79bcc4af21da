"""What the log says about the forms of risk tools."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

RISK_FORM_LOADED = kind("risk_form_loaded", Verb.COLLECTION, _("Form of a risk tool loaded"))
