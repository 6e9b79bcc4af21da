"""What is given to record a need, a measure, that they were told of it, a step of help, and rights under the Code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.victims.notices.code import Entitlement
from craffu.victims.safeguarding.facts import NewEntitlement, NewMeasure, NewNeed, NewStep, NewTelling
from craffu.victims.safeguarding.kinds import Answer, Felt, Help, Measure, Need, Step
from craffu.web.victims.asked import Day, OneOf, Words
from craffu.web.victims.safety_words import ANSWERS, FELT, HELP, MEASURES, NEEDS, STEPS
from craffu.web.victims.words import CHANNELS, ENTITLEMENTS

_CHOOSE = _("Choose one")
_NO_PLACE = _("Kept encrypted, and not in the log. Leave out where they live, work or can be reached.")


class NeedForm(forms.Form):
    need = OneOf(_("What was asked about?"), NEEDS, _("Choose what was asked about"), many=_CHOOSE)
    answer = OneOf(_("What is the answer?"), ANSWERS, _("Choose the answer; not asked and not known are answers too"))
    words = Words(_("In a few words (optional)"), help_text=_NO_PLACE)
    on = Day(_("On which day did they say so?"))

    @property
    def given(self) -> NewNeed:
        said = self.cleaned_data
        return NewNeed(Need(said["need"]), Answer(said["answer"]), said["on"], said["words"])


class MeasureForm(forms.Form):
    kind = OneOf(_("What was done?"), MEASURES, _("Choose what was done"))
    words = Words(_("In a few words (optional)"), help_text=_NO_PLACE)
    done_on = Day(_("On which day was it done?"))

    @property
    def given(self) -> NewMeasure:
        said = self.cleaned_data
        return NewMeasure(Measure(said["kind"]), said["done_on"], said["words"])


class TellingForm(forms.Form):
    told_on = Day(_("On which day were they told?"))
    channel = OneOf(_("How were they told?"), CHANNELS, _("Choose how they were told"))
    felt = OneOf(_("How safe do they feel with it?"), FELT, _("Choose how safe they feel; not asked is an answer too"))

    @property
    def given(self) -> NewTelling:
        said = self.cleaned_data
        return NewTelling(said["told_on"], said["channel"], Felt(said["felt"]))


class HelpForm(forms.Form):
    help = OneOf(_("Which help?"), HELP, _("Choose which help"), many=_CHOOSE)
    step = OneOf(_("What happened?"), {key: one.words for key, one in STEPS.items()}, _("Choose what happened"))
    words = Words(_("In a few words (optional)"), help_text=_NO_PLACE)
    on = Day(_("On which day?"))

    @property
    def given(self) -> NewStep:
        said = self.cleaned_data
        return NewStep(Help(said["help"]), Step(said["step"]), said["on"], said["words"])


class EntitlementForm(forms.Form):
    entitlement = OneOf(_("Which rights do they have?"), ENTITLEMENTS, _("Choose which rights they have"))
    reason = Words(_("Why? (needed for standard rights)"))
    on = Day(_("From which day?"))

    @property
    def given(self) -> NewEntitlement:
        said = self.cleaned_data
        return NewEntitlement(Entitlement(said["entitlement"]), said["on"], said["reason"])
