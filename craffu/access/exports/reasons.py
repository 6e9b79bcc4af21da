"""The coded purposes of an export in words (SEC-07)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from craffu.access.exports.rules import Purpose

PURPOSES: Mapping[str, Promise] = {
    Purpose.COURT: _("For a court"),
    Purpose.PROSECUTION: _("For the Crown Prosecution Service"),
    Purpose.SAFEGUARDING: _("To protect somebody, with another agency"),
    Purpose.MANAGEMENT: _("To manage an offender, with another agency"),
    Purpose.OVERSIGHT: _("For an inspectorate, regulator or professional standards"),
    Purpose.RIGHTS_REQUEST: _("To answer a person’s own request about their data"),
}
