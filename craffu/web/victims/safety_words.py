"""What bears on a victim's safety in words: needs and answers, what was done and how they felt, help and its steps."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.victims.safeguarding.kinds import Answer, Felt, Help, Measure, Need, Step
from craffu.web.presenters import Text
from craffu.web.statuses import Status

NEEDS: Mapping[str, Text] = {
    Need.CHILDREN: _("Children"),
    Need.NEW_PARTNER: _("A new partner"),
    Need.OTHERS_AT_RISK: _("Others who may be at risk"),
    Need.TRACKING_OR_SPYWARE: _("Tracking, or software that spies on them"),
    Need.PEOPLE_TO_TRUST: _("People they trust"),
    Need.SHARES_A_HOME: _("Shares a home with the suspect"),
    Need.INTERPRETER: _("An interpreter"),
    Need.HEALTH_OR_DISABILITY: _("Health or disability"),
    Need.IMMIGRATION: _("Immigration status"),
    Need.WORK_OR_SCHOOL: _("Work or school"),
    Need.MONEY: _("Money"),
}

ANSWERS: Mapping[str, Text] = {
    Answer.YES: _("Yes"),
    Answer.NO: _("No"),
    Answer.NOT_ASKED: _("Not asked"),
    Answer.UNKNOWN: _("Not known"),
}
NOT_ASKED = Status(_("Not asked yet"), "yellow")

MEASURES: Mapping[str, Text] = {
    Measure.ADDRESS_MARKED: _("Their address is marked for an urgent response"),
    Measure.ALARM_OR_PHONE: _("An alarm or a safe telephone"),
    Measure.HOME_MADE_SAFER: _("Their home was made safer"),
    Measure.PATROLS: _("Patrols"),
    Measure.DEVICES_CHECKED: _("Their devices were checked"),
    Measure.SAFETY_PLAN: _("A safety plan"),
    Measure.OTHERS_WARNED: _("Others were warned"),
    Measure.MARAC: _("A risk assessment conference (MARAC)"),
    Measure.OTHER: _("Something else"),
}

FELT: Mapping[str, Text] = {
    Felt.SAFER: _("Safer"),
    Felt.SAME: _("The same"),
    Felt.LESS_SAFE: _("Less safe"),
    Felt.NOT_ASKED: _("Not asked"),
}
LESS_SAFE = Status(_("Less safe"), "red")
UNTOLD = Status(_("They have not been told"), "red")

HELP: Mapping[str, Text] = {
    Help.STALKING_ADVOCATE: _("A stalking advocate"),
    Help.DOMESTIC_ABUSE_ADVOCATE: _("A domestic abuse advocate"),
    Help.VICTIM_SUPPORT: _("Victim support"),
    Help.HOUSING: _("Housing"),
    Help.HEALTH: _("Health"),
    Help.DEVICE_HELP: _("Help with devices and accounts"),
    Help.VICTIM_CONTACT_SCHEME: _("The Victim Contact Scheme"),
}

STEPS: Mapping[str, Status] = {
    Step.OFFERED: Status(pgettext_lazy("help", "Offered")),
    Step.DECLINED: Status(pgettext_lazy("help", "Not wanted"), "grey"),
    Step.MADE: Status(pgettext_lazy("help", "Referral made")),
    Step.TAKEN_UP: Status(pgettext_lazy("help", "Taken up"), "green"),
}
