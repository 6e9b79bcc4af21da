"""What is given to accept, withdraw and describe a version of the programme, and to say how much a post carries."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.resourcing.champions.actions import NewAim, NewVersion
from craffu.resourcing.champions.kinds import Aim, Taught
from craffu.resourcing.policies import MOST
from craffu.resourcing.posts.actions import NewCapacity
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.recruiting.actions import NewStep
from craffu.resourcing.recruiting.kinds import RecruitingStep
from craffu.resourcing.timing.actions import NewTime
from craffu.resourcing.timing.kinds import Timed
from craffu.web.resourcing import words
from craffu.web.victims.asked import Day, Line, OneOf, Words

_LONGEST_PROGRAMME, _LONGEST_VERSION, _LONGEST_MODULE = 120, 40, 120


def _why() -> Words:
    return Words(_("Why?"), _("Say why"), help_text=_("Name nobody. Everybody who reads this page sees it."))


class VersionForm(forms.Form):
    programme = Line(
        _("Programme"),
        _LONGEST_PROGRAMME,
        _("Enter what the training records call the programme"),
        help_text=_("Exactly as the training records call it."),
    )
    version = Line(_("Version"), _LONGEST_VERSION, _("Enter the version, as the training records call it"))
    first_day = Day(_("From which day does training in it count?"))
    reason = _why()

    @property
    def given(self) -> NewVersion:
        said = self.cleaned_data
        return NewVersion(said["programme"], said["version"], said["first_day"], said["reason"])


class WithdrawForm(forms.Form):
    last_day = Day(_("What is the last day on which training in it counts?"))
    reason = _why()


class AimForm(forms.Form):
    taught = OneOf(_("Is it taught in this version?"), words.TAUGHT, _("Choose whether it is taught"))
    module = Line(_("In which module? (only if it is taught)"), _LONGEST_MODULE)
    reason = _why()

    def given(self, aim: Aim) -> NewAim:
        said = self.cleaned_data
        return NewAim(aim, Taught(said["taught"]), said["module"], said["reason"])


class CapacityForm(forms.Form):
    """`roles` are those that posts have, in the words of the extract."""

    work = OneOf(_("Which work do these posts do?"), words.WORKS, _("Choose the work"))
    most = forms.IntegerField(
        label=_("What is the most for each person in post?"),
        min_value=1,
        max_value=MOST,
        error_messages={
            "required": _("Enter a whole number, such as 20"),
            "invalid": _("Enter a whole number, such as 20"),
            "min_value": _("Enter a whole number from 1 to 999"),
            "max_value": _("Enter a whole number from 1 to 999"),
        },
    )
    reason = _why()
    field_order = ("role", "work", "most", "reason")

    def __init__(self, roles: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {role: role for role in roles}
        self.fields["role"] = OneOf(
            _("Role"), named, _("Choose a role"), many=_("Choose"), help_text=_("As the extract of staff calls it.")
        )
        self.order_fields(self.field_order)

    @property
    def given(self) -> NewCapacity:
        said = self.cleaned_data
        return NewCapacity(said["role"], Work(said["work"]), said["most"], said["reason"])


class TimeForm(forms.Form):
    timed = OneOf(_("What is timed?"), words.TIMED_LONG, _("Choose what is timed"))
    amount = forms.IntegerField(
        label=_("How long?"),
        help_text=_("In minutes; of the week, in hours."),
        error_messages={
            "required": _("Enter a whole number, such as 20"),
            "invalid": _("Enter a whole number, such as 20"),
        },
    )
    reason = _why()

    @property
    def given(self) -> NewTime:
        said = self.cleaned_data
        return NewTime(Timed(said["timed"]), said["amount"], said["reason"])


class StepForm(forms.Form):
    """`steps` are those that can follow what was said last."""

    taken_on = Day(_("On which day?"))
    starts_on = Day(_("From which day are they to be in post? (only where a start was agreed)"), required=False)
    reason = _why()
    field_order = ("step", "taken_on", "starts_on", "reason")

    def __init__(self, steps: Iterable[RecruitingStep], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {step.value: words.RECRUITING[step] for step in RecruitingStep if step in set(steps)}
        self.fields["step"] = OneOf(_("Which step was taken?"), named, _("Choose the step"))
        self.order_fields(self.field_order)

    def given(self, post_ref: str) -> NewStep:
        said = self.cleaned_data
        return NewStep(post_ref, RecruitingStep(said["step"]), said["taken_on"], said["reason"], said["starts_on"])
