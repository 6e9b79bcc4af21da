"""What is asked of a cohort meeting: to call, attend, decide, act, close and correct (page map, P23). Shape only."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.access.models import User
from craffu.prevention.meetings.facts import NewAction, NewAttendance, NewDecision, NewMeeting
from craffu.prevention.meetings.kinds import Decision
from craffu.prevention.meetings.queries import Item
from craffu.prevention.meetings.rules import offered
from craffu.prevention.models import MeetingAgency
from craffu.web.days import DayField
from craffu.web.exports.forms import ExportForm
from craffu.web.meetings.words import CHOICES
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS, NOT_REAL
from craffu.web.orders.step_forms import drawn
from craffu.web.presenters import Text

TOO_LONG: Final = _("Write at most 2,000 characters")
FORCE: Final = "force"
CAME, UNDERTOOK, APOLOGIES = "came", "undertook", "apologies"
DONE, NOT_DONE = "done", "not"
ALL: Final = "all"


def _words(label: Any, error: Any, help_text: Any = ENCRYPTED) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={"max_length": TOO_LONG, "required": error},
    )


def _choice(label: Any, error: Any, choices: Iterable[tuple[str, Text]] = (), **more: Any) -> forms.ChoiceField:
    messages = {"required": error, "invalid_choice": error}
    return forms.ChoiceField(label=label, choices=list(choices), error_messages=messages, **more)


def _day(label: Any, error: Any) -> DayField:
    return DayField(label=label, error_messages={"invalid": NOT_REAL, "required": error})


class _Form(forms.Form):
    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [*self.fields])

    def _offer(self, name: str, choices: Iterable[tuple[str, Text]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def _users(users: Iterable[User]) -> list[tuple[str, Text]]:
    return [("", _("Choose somebody")), *((one.username, one.name) for one in users)]


class NewMeetingForm(_Form):
    """On which day, who takes the chair, and which agencies are invited."""

    day = _day(_("On which day?"), _("Enter the day of the meeting, such as 24 11 2026"))
    chair = _choice(_("Who takes the chair?"), _("Choose who takes the chair"))
    agencies = forms.CharField(
        label=_("Which agencies are invited? (optional)"),
        help_text=_("One on each line, such as Probation Service, Cardiff. Names of agencies, not of people."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, chairs: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("chair", _users(chairs))

    @property
    def given(self) -> NewMeeting:
        said = self.cleaned_data
        return NewMeeting(said["day"], said["chair"], tuple(said["agencies"].splitlines()))


class ConfirmForm(_Form):
    """Nothing is asked but that it is meant."""


class AgencyForm(_Form):
    name = forms.CharField(
        label=_("Which agency?"),
        help_text=_("The name of the agency, not of a person."),
        max_length=80,
        error_messages={"required": _("Enter the name of the agency"), "max_length": _("Write at most 80 characters")},
    )


class ChairForm(_Form):
    chair = _choice(_("Who takes the chair?"), _("Choose who takes the chair"))

    def __init__(self, *args: Any, chairs: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("chair", _users(chairs))


class ReasonForm(_Form):
    """Why: of somebody who is proposed, or of a meeting that is called off."""

    reason = _words("", _("Say why"))

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class AttendanceForm(_Form):
    """Who came or sent apologies, and for whom."""

    name = forms.CharField(
        label=_("Who?"),
        help_text=_("Their name and post. Kept encrypted."),
        max_length=120,
        error_messages={"required": _("Enter who it is"), "max_length": _("Write at most 120 characters")},
    )
    agency = _choice(_("For whom?"), _("Choose for whom"), widget=forms.RadioSelect)
    attendance = _choice(
        _("Did they come?"),
        _("Choose whether they came"),
        [
            (UNDERTOOK, _("They came, and gave the undertaking of confidence")),
            (CAME, _("They came, and have not given the undertaking")),
            (APOLOGIES, _("They sent apologies")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, agencies: Iterable[MeetingAgency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("agency", [(FORCE, _("This force")), *((str(one.number), one.name) for one in agencies)])

    @property
    def given(self) -> NewAttendance:
        said = self.cleaned_data
        agency = None if said["agency"] == FORCE else int(said["agency"])
        return NewAttendance(said["name"], agency, said["attendance"] != APOLOGIES, said["attendance"] == UNDERTOOK)


class DecideForm(_Form):
    """What the meeting decides about somebody, why, and who is to have it."""

    decision = _choice(
        _("What does the meeting decide?"), _("Choose what the meeting decides"), widget=forms.RadioSelect
    )
    reason = _words(_("Why?"), _("Say why"))
    agencies = forms.MultipleChoiceField(
        label=_("Which agencies are to have this item? (none, unless they need to know)"),
        help_text=_("They are given the name, the decision and their own actions, and no reason."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose agencies that are listed")},
    )

    def __init__(
        self, *args: Any, was_member: bool, is_of_several: bool, agencies: Iterable[MeetingAgency], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        words = CHOICES[was_member]
        choices = (Decision.DEFER,) if is_of_several else offered(was_member=was_member)
        self._offer("decision", [(one.value, words[one]) for one in choices])
        may_have = [(str(one.number), one.name) for one in agencies]
        self._offer("agencies", may_have)
        if not may_have:
            del self.fields["agencies"]

    @property
    def given(self) -> NewDecision:
        said = self.cleaned_data
        agencies = frozenset(map(int, said.get("agencies", ())))
        return NewDecision(Decision(said["decision"]), said["reason"], agencies)


class ActionForm(_Form):
    """Something that is to be done about somebody: what, by whom, by when."""

    words = _words(
        _("What is to be done?"),
        _("Say in a sentence what is to be done"),
        _("An agency is given these words: name no victim, and nobody else who was discussed."),
    )
    owner = _choice(_("Who does it?"), _("Choose who does it"))
    due_on = _day(_("By which day?"), _("Enter the day by which it is to be done, such as 24 11 2026"))

    def __init__(
        self, *args: Any, users: Sequence[User], agencies: Iterable[MeetingAgency], item: Item, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        has = [(f"agency:{one.number}", one.name) for one in agencies if one.number in item.agencies]
        self._offer("owner", [*_users(users), *has])

    @property
    def given(self) -> NewAction:
        said = self.cleaned_data
        kind, _colon, number = said["owner"].partition(":")
        if kind == "agency" and number:
            return NewAction(said["words"], said["due_on"], agency=int(number))
        return NewAction(said["words"], said["due_on"], said["owner"])


class CloseForm(_Form):
    verdict = _choice(
        _("What became of it?"),
        _("Choose what became of it"),
        [(DONE, _("It was done")), (NOT_DONE, _("It is not to be done any more"))],
        widget=forms.RadioSelect,
    )
    words = _words(_("What was done, or why not?"), _("Say in a sentence what was done, or why not"))

    @property
    def is_done(self) -> bool:
        return bool(self.cleaned_data["verdict"] == DONE)


class CorrectForm(_Form):
    """What is put right, of which item."""

    item = _choice(_("Of which item?"), _("Choose of which item"), widget=forms.RadioSelect)
    words = _words(_("What is wrong, and what is right?"), _("Say what is wrong, and what is right"))

    def __init__(self, *args: Any, items: Iterable[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("item", [(ALL, _("None of them: of the minutes as a whole")), *items])

    @property
    def of(self) -> int | None:
        said = self.cleaned_data["item"]
        return None if said == ALL else int(said)


class PrintForm(ExportForm):
    """Minutes are always a PDF; an agency's own are received by somebody of that agency."""

    def __init__(self, purposes: Any, agency: str = "", data: Any = None) -> None:
        super().__init__(purposes, data)
        del self.fields["form"]
        self.fields["words"].help_text = _("It is kept in the log and stands on the paper. Do not write names.")
        self.fields["recipient"].help_text = _("A post or a team. It stands in the log and at the foot of every page.")
        self.agency = agency
        if agency:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.agency:
            given["organisation"] = self.agency
        return given
