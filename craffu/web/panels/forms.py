"""What is given of a panel, its members, their training, a case before it, and verdicts. Shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.scrutiny.panels.facts import NewMatter, NewMember, NewPanel, NewTraining, NewVerdict
from craffu.scrutiny.panels.kinds import Training, Verdict
from craffu.web.deep_dives.forms import NO_NAMES
from craffu.web.panels import words as named
from craffu.web.victims.asked import Day, Line, OneOf, Words

_NOBODY_OF_THE_CASE = _("Name nobody of the case: no victim, no suspect and no officer.")


class PanelForm(forms.Form):
    title_en = Line(_("What is it called in English?"), 200, _("Enter its title in English"))
    title_cy = Line(_("What is it called in Welsh?"), 200, _("Enter its title in Welsh"))
    purpose_en = Words(_("What is it for, in English?"), _("Write it in English"), help_text=NO_NAMES)
    purpose_cy = Words(_("What is it for, in Welsh?"), _("Write it in Welsh"), help_text=NO_NAMES)

    @property
    def given(self) -> NewPanel:
        return NewPanel(**self.cleaned_data)


class MemberForm(forms.Form):
    username = Line(_("Whose account?"), 150, _("Enter the user name"), help_text=_("A volunteer’s user name."))
    sits = OneOf(_("Do they sit on it?"), named.SITS, _("Choose whether they sit on it"))
    on = Day(_("From which day?"))

    @property
    def given(self) -> NewMember:
        said = self.cleaned_data
        return NewMember(said["username"], said["sits"] == "yes", said["on"])


class TrainingForm(forms.Form):
    username = Line(_("Whose account?"), 150, _("Enter the user name"), help_text=_("A volunteer’s user name."))
    training = OneOf(_("In what were they trained?"), named.TRAINING, _("Choose the training"))
    on = Day(_("On which day?"))

    @property
    def given(self) -> NewTraining:
        said = self.cleaned_data
        return NewTraining(said["username"], Training(said["training"]), said["on"])


class CaseForm(forms.Form):
    sample = Line(_("Of which dip sample?"), 20, _("Enter its reference"), help_text=_("Such as SM-10001."))
    number = forms.IntegerField(
        label=_("Which case of it?"),
        help_text=_("Its number in the sample."),
        error_messages={"required": _("Enter a number, such as 2"), "invalid": _("Enter a number, such as 2")},
    )

    @property
    def given(self) -> NewMatter:
        return NewMatter(self.cleaned_data["sample"], self.cleaned_data["number"])


class MemberVerdictForm(forms.Form):
    verdict = OneOf(_("What is your verdict?"), named.OF_A_MEMBER, _("Choose a verdict"))
    words = Words(_("Why?"), _("Say why"), help_text=_NOBODY_OF_THE_CASE)

    @property
    def given(self) -> NewVerdict:
        return NewVerdict(Verdict(self.cleaned_data["verdict"]), self.cleaned_data["words"])


class PanelVerdictForm(MemberVerdictForm):
    verdict = OneOf(_("What is the panel’s verdict?"), named.VERDICTS, _("Choose a verdict"))


class DissentForm(forms.Form):
    words = Words(
        _("Why do you not share the panel’s verdict?"), _("Say why"),
        help_text=_("It is kept and shown word for word. Name nobody of the case: no victim, no suspect and no officer."),
    )  # fmt: skip
