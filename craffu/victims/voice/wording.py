"""The notice about who may come to read a victim's words, as it is shown to them before they say any (VIC-11)."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from craffu.victims.voice.rules import Reader

NOTICE_TITLE: Final = _("Before you say what you think")
NOTICE_BEGINS: Final = _("What you say is kept word for word. These people may come to read it:")
READERS: Final[Mapping[Reader, Promise]] = {
    Reader.COURT: _("the court, where it is used in a case or about an order"),
    Reader.DEFENCE: _("the defence: the other side’s lawyers, and through them the person you told us about"),
    Reader.SUBJECT_ACCESS_DECISION: _("whoever decides, where somebody asks to see what we hold about them"),
}
NOTICE_ENDS: Final = (
    _("You choose who else may read it. You need not say anything, and you can stop at any time."),
    _("Do not write where you live, work or can be reached."),
)
