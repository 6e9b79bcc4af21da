"""A victim's voice in words: of what they give a view, how it came, and who may see it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.victims.voice.subjects import MaySee, Route, Subject
from craffu.web.presenters import Text
from craffu.web.statuses import Status

SUBJECTS: Mapping[str, Text] = {
    Subject.ORDER: _("An order"),
    Subject.CONDITIONS: _("The conditions of an order"),
    Subject.BAIL: pgettext_lazy("view", "Bail"),
    Subject.CHARGE: _("Whether there is a charge"),
    Subject.REVIEW: _("The review of an order"),
    Subject.OUTCOME: _("How the case ends"),
    Subject.SAFETY: _("Their own safety"),
}

ROUTES: Mapping[str, Text] = {
    Route.IN_PERSON: _("Face to face"),
    Route.TELEPHONE: _("By telephone"),
    Route.WRITTEN: _("In writing"),
    Route.ADVOCATE: _("Through their advocate"),
    Route.PAGE: _("On a page of their own"),
}

MAY_SEE: Mapping[str, Text] = {
    MaySee.PROSECUTION: _("The prosecution"),
    MaySee.COURT: _("The court"),
    MaySee.ORDERS_TEAM: _("Those who manage orders: the civil orders team and offender managers"),
    MaySee.SCRUTINY: _("Those who look into how the force worked, without a name"),
}

# In a language that has a name of its own here the notice is shown; in another it is read out by an interpreter.
NOTICE_LANGUAGES: Mapping[str, Text] = {
    "cy": pgettext_lazy("language", "Welsh"),
    "en": pgettext_lazy("language", "English"),
    "other": _("Another language, with an interpreter"),
}

UNANSWERED = Status(_("Nothing decided yet"), "yellow")
UNTOLD = Status(_("They have not been told"), "red")
