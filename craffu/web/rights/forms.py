"""What is given to record a request about somebody's own data, and to take each of its steps (SEC-11)."""

import re
import secrets
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.rights_requests.actions import NewRequest, Step
from craffu.access.rights_requests.kinds import DECIDES, Decided, Ending, Kind, Whose
from craffu.access.rights_requests.rules import Before, Checked
from craffu.access.rights_requests.states import RightsStatus
from craffu.web.days import DayField
from craffu.web.presenters import Text
from craffu.web.rights.words import CHECKS, DECIDED, KINDS, WHOSE

LONGEST_WORDS, LONGEST_TEXT = 2000, 500_000
PERSON = re.compile(r"P-[0-9]{1,12}", re.ASCII)
TOO_LONG = _("Write at most 2,000 characters")


class _Day(DayField):
    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            error_messages={
                "required": _("Enter the day, such as 24 11 2026"),
                "invalid": _("Enter a real date, such as 24 11 2026"),
            },
        )


class NewForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What do they ask for?"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they ask for")},
    )
    whose = forms.ChoiceField(
        label=_("Who is asking?"),
        choices=list(WHOSE.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is asking")},
    )
    person = forms.CharField(
        label=_("Their reference in Craffu (optional)"),
        help_text=_(
            "P, a hyphen and a number, as it stands on their page. Leave this empty where you do not know it yet."
        ),
        max_length=20,
        required=False,
        error_messages={"max_length": _("Enter a reference such as P-10001")},
    )
    received_on = _Day(_("When was it received?"))
    words = forms.CharField(
        label=_("Who asks, how they want to be reached, and what they ask"),
        help_text=_("Kept encrypted, and not in the log."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={"required": _("Say who asks, and what for"), "max_length": TOO_LONG},
    )
    form = forms.RegexField("[0-9a-f]{32}", widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, knows: Callable[[str], bool]) -> None:
        super().__init__(data, initial={"form": secrets.token_hex(16)})
        self.knows = knows

    def clean_person(self) -> str:
        reference = str(self.cleaned_data["person"]).upper()
        if reference and not PERSON.fullmatch(reference):
            raise forms.ValidationError(_("Enter a reference such as P-10001"))
        if reference and not self.knows(reference):
            raise forms.ValidationError(
                _("Nobody has this reference. Check it, or leave this empty and write it with what they ask.")
            )
        return reference

    @property
    def asked(self) -> NewRequest:
        given = self.cleaned_data
        return NewRequest(
            Kind(given["kind"]),
            Whose(given["whose"]),
            given["person"],
            given["words"],
            given["received_on"],
            given["form"],
        )


class _Words(forms.CharField):
    def __init__(self, label: Any, **settings: Any) -> None:
        super().__init__(
            label=label,
            help_text=_("Kept encrypted, and not in the log."),
            max_length=LONGEST_WORDS,
            widget=forms.Textarea,
            error_messages={"required": _("Say why"), "max_length": TOO_LONG},
            **settings,
        )


class _Whole(forms.CharField):
    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            help_text=_(
                "It is searched for what is protected about victims, and is not kept. A checksum of it is, so that the "
                "same text is prepared, approved and sent."
            ),
            max_length=LONGEST_TEXT,
            widget=forms.Textarea,
            error_messages={
                "required": _("Copy the whole text of the answer"),
                "max_length": _("Search at most 500,000 characters at once"),
            },
        )


class StepForm(forms.Form):
    """One step. Its fields have the step's name before theirs, because several stand on one page."""

    status: ClassVar[RightsStatus]
    title: ClassVar[Text]
    button: ClassVar[Text]
    # A step back, or off the way: it does not look like the way on.
    classes: ClassVar[str] = ""

    def __init__(self, data: Any = None, *, kind: str = "") -> None:
        super().__init__(data, prefix=self.key)
        self.kind = kind

    @property
    def key(self) -> str:
        return self.status.value

    @property
    def step(self) -> Step:
        given = self.cleaned_data
        decided = Decided(given["decided"]) if given.get("decided") else None
        return Step(self.status, given.get("words", ""), given.get("on"), self.checked, given.get("text", ""), decided)

    @property
    def checked(self) -> Checked | None:
        return None


class IdentifiedForm(StepForm):
    status, title, button = RightsStatus.IDENTIFIED, _("Identity"), _("Their identity is proved")
    on = _Day(_("When was it proved?"))
    words = _Words(_("How? (optional)"), required=False)


class PreparedForm(StepForm):
    status, title, button = RightsStatus.PREPARED, _("Answer"), _("The answer is prepared")
    decided = forms.ChoiceField(
        label=_("What does the answer decide?"),
        choices=list(DECIDED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the answer decides")},
    )
    done = forms.MultipleChoiceField(
        label=_("What was done before?"),
        choices=list(CHECKS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Do all four first, and tick each")},
    )
    text = _Whole(_("The whole text of the answer"))
    words = _Words(_("What does the answer say, and what does it leave out and why?"))

    def __init__(self, data: Any = None, *, kind: str = "") -> None:
        super().__init__(data, kind=kind)
        if kind not in DECIDES:
            del self.fields["decided"]

    def clean_done(self) -> list[str]:
        done: list[str] = self.cleaned_data["done"]
        if set(done) != set(CHECKS):
            raise forms.ValidationError(_("Do all four first, and tick each"))
        return done

    @property
    def checked(self) -> Checked:
        done = self.cleaned_data["done"]
        return Checked(
            third_parties_redacted=Before.REDACTED in done,
            victim_scan_clean=Before.SCANNED in done,
            neither_confirm_nor_deny_asked=Before.ASKED in done,
            privileged_included=Before.PRIVILEGED not in done,
        )


class ApprovedForm(StepForm):
    status, title, button = RightsStatus.APPROVED, _("Approval"), _("Approve the answer")
    text = _Whole(_("The whole text of the answer, as you read it"))


class SentBackForm(StepForm):
    status, title, button = RightsStatus.SENT_BACK, _("Not good enough yet?"), _("Send it back")
    classes = "govuk-button--secondary"
    words = _Words(_("What is to be done again?"))


class AnsweredForm(StepForm):
    status, title, button = RightsStatus.ANSWERED, _("Sending"), _("The answer is sent")
    # Searched once more: more may be known by now of where somebody is.
    text = _Whole(_("The whole text of the answer, as it is sent"))
    on = _Day(_("When was it sent?"))
    words = _Words(_("How was it sent? (optional)"), required=False)


class WithdrawnForm(StepForm):
    status, title, button = RightsStatus.WITHDRAWN, _("Withdrawn by whoever asked?"), _("Record that it is withdrawn")
    classes = "govuk-button--secondary"
    words = _Words(_("How do you know?"))


# In the order in which they stand on the page.
STEPS: tuple[type[StepForm], ...] = (
    IdentifiedForm,
    PreparedForm,
    ApprovedForm,
    AnsweredForm,
    SentBackForm,
    WithdrawnForm,
)


class EndingForm(forms.Form):
    """That what an answer decided is over, and why. Its field has the ending's name before its own."""

    how: ClassVar[Ending]
    title: ClassVar[Text]
    button: ClassVar[Text]
    classes: ClassVar[str] = ""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix=self.key)

    @property
    def key(self) -> str:
        return self.how.value


class LiftedForm(EndingForm):
    how, title, button = Ending.LIFTED, _("Is the restriction over?"), _("Lift the restriction")
    words = _Words(_("Why is it lifted, and when was the person told that it would be?"))


class PutRightForm(EndingForm):
    how, title, button = Ending.PUT_RIGHT, _("Is it put right?"), _("Record that it is put right")
    words = _Words(_("Where was it put right, and by whom?"))


class NotPutRightForm(EndingForm):
    how, title, button = Ending.NOT_PUT_RIGHT, _("Will it not be put right?"), _("Record why it is not")
    classes = "govuk-button--secondary"
    words = _Words(_("Why not, and who was told?"))


ENDINGS: tuple[type[EndingForm], ...] = (LiftedForm, PutRightForm, NotPutRightForm)
