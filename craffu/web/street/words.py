"""What is asked of a possible breach, in words (page map, P08)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.breaches.ledger.kinds import KnownHow
from craffu.web.presenters import Text

NOT_SURE: Final = "not_sure"
SAYS_NOT_SURE: Final = _("Not sure")
KNOWN_HOW: Final[Mapping[str, Text]] = {
    KnownHow.SEEN: _("I saw it or found it"),
    KnownHow.VICTIM_SAYS: _("Whoever it was done to says so"),
    KnownHow.WITNESS_SAYS: _("Somebody else says so"),
    KnownHow.MESSAGE: _("A message, call or post was shown to me"),
    KnownHow.TAG_OR_DEVICE: _("A tag, camera or device shows it"),
    KnownHow.AGENCY: _("Another force or service told us"),
    KnownHow.OTHER: _("In another way"),
}
