"""What courts propose in words: what became of an order, and by which sign it was known."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craffu.orders.proposing.rules import Because, Does
from craffu.web.presenters import Text

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
