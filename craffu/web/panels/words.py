"""Panels of volunteers in words: verdicts and training (issue M, item 9)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.scrutiny.panels.kinds import OF_ONE, Training, Verdict
from craffu.web.presenters import Text
from craffu.web.statuses import Status

VERDICTS: Final[Mapping[str, Text]] = {
    Verdict.APPROPRIATE: _("Appropriate"),
    Verdict.WITH_OBSERVATIONS: _("Appropriate with observations"),
    Verdict.INAPPROPRIATE: _("Inappropriate"),
    Verdict.CANNOT_AGREE: _("The panel cannot agree"),
}
OF_A_MEMBER: Final[Mapping[str, Text]] = {key: words for key, words in VERDICTS.items() if key in OF_ONE}
TRAINING: Final[Mapping[str, Text]] = {
    Training.SCRUTINY: _("How a panel works"),
    Training.STALKING: _("Stalking and its risks"),
    Training.CONFIDENTIALITY: _("Confidentiality"),
}
SITS: Final[Mapping[str, Text]] = {"yes": _("They sit on it"), "no": _("They sit on it no longer")}
TRAINED: Final = Status(_("Trained"), "green")
NOT_TRAINED: Final = Status(_("Training missing or too old"), "orange")
WAITS: Final = Status(_("Before the panel"), "yellow")
JUDGED: Final = Status(pgettext_lazy("panel", "Judged"), "green")
