"""What courts propose in words: kinds of orders by their own names, types of condition, and by which sign each was known."""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from craffu.orders.catalogue.reading import kind_of
from craffu.orders.conditions.rules import ConditionType
from craffu.orders.proposing.rules import Because, Does
from craffu.web.presenters import Text

CONDITION_TYPES: Mapping[str, Text] = {
    ConditionType.NO_CONTACT_DIRECT: _("No contact, direct"),
    ConditionType.NO_CONTACT_INDIRECT: _("No contact through others"),
    ConditionType.NO_APPROACH: _("Not to approach"),
    ConditionType.EXCLUSION_ZONE: _("Not to go to a place"),
    ConditionType.NO_SURVEILLANCE: _("Not to watch or follow"),
    ConditionType.NO_ONLINE_REFERENCE: _("Not to write of somebody online"),
    ConditionType.NO_RECORDING: _("Not to record or photograph"),
    ConditionType.CURFEW: _("Curfew"),
    ConditionType.DEVICE_OR_ACCOUNT_DISCLOSURE: _("To disclose devices or accounts"),
    ConditionType.SURRENDER_DEVICE: _("To hand over a device"),
    ConditionType.ATTEND_PROGRAMME: _("To attend a programme"),
    ConditionType.ASSESSMENT: _("To be assessed"),
    ConditionType.SIGN_ON: _("To sign on"),
    ConditionType.RESIDENCE: _("To live and sleep at a place"),
    ConditionType.ELECTRONIC_MONITORING: _("Electronic monitoring"),
    ConditionType.EXTRA_NOTIFICATION: _("To notify something more"),
    ConditionType.BESPOKE: _("Another condition, in its own words"),
}
DOES: Mapping[str, Text] = {
    Does.MAKES: _("Made"),
    Does.CHANGES: _("Changed"),
    Does.ENDS: _("Ended"),
}
BECAUSE: Mapping[str, Text] = {
    Because.CODE: _("Result code %(code)s"),
    Because.STATUS: _("Bail status, without a result or words that say so"),
    Because.CONDITIONS: _("Bail conditions, without a result that says so"),
}


def kind_words(code: str) -> str:
    """A kind by the name the courts use; in Welsh by the working translation where there is one."""
    name = kind_of(code).name
    return (name.cy if get_language() == "cy" else None) or name.en
