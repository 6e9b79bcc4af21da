"""What the pages of the inbox ask: a document as it came, what is read on it, whose it is, and how it leaves. Shape only."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.models import User
from craffu.orders.catalogue.reading import kinds
from craffu.orders.facts import NewTerms
from craffu.orders.inbox.facts import CAME_FROM, RETURNED_BECAUSE, NewDocument, Typed
from craffu.orders.life.states import TABLE
from craffu.orders.models import DocumentRead
from craffu.orders.papers.policies import MOST_BYTES
from craffu.web.days import DayField
from craffu.web.inbox import words
from craffu.web.moments import MomentForm
from craffu.web.orders.step_fields import ENCRYPTED, LONGEST_WORDS, NO_END, NOT_REAL, UNTIL_DAY, YES
from craffu.web.orders.step_forms import drawn
from craffu.web.orders.words import kind_words

NEW: Final = "new"
NOT_SAID: Final = "not_said"
TOO_LONG: Final = gettext_lazy("That is too long")


def kinds_received() -> list[tuple[str, Any]]:
    """The kinds that a court makes and somebody else tells us of, in the order of the catalogue."""
    row = TABLE["receive"].kinds
    return [(code, kind_words(code)) for code, kind in kinds().items() if row.hold(code, kind.family)]


class NewDocumentForm(MomentForm):
    """A document as it came: when, from whom, and its image."""

    came_from = forms.ChoiceField(
        label=gettext_lazy("From whom did it come?"),
        choices=[(code, words.CAME_FROM[code]) for code in CAME_FROM],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose from whom it came.")},
    )
    sender = forms.CharField(
        label=gettext_lazy("Which court, force or person? (optional)"),
        help_text=ENCRYPTED,
        max_length=120,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Which kind of order does it seem to be? (if known)"), required=False)
    paper = forms.FileField(
        label=gettext_lazy("The document"),
        help_text=gettext_lazy("A PDF, PNG or JPEG of at most 10 MB"),
        error_messages={
            "required": gettext_lazy("Choose the file"),
            "empty": gettext_lazy("The file is empty (0 bytes)."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("On which day did it come?")
        self.fields["kind"].choices = [("", _("Not known yet")), *kinds_received()]  # type: ignore[attr-defined]

    def clean_paper(self) -> Any:
        paper = self.cleaned_data["paper"]
        if paper.size > MOST_BYTES:
            raise forms.ValidationError(
                _("A paper has at most 10 MB, and is not empty. Scan it again with fewer points an inch.")
            )
        return paper

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, ["on", "at", "came_from", "sender", "kind"])

    @property
    def given(self) -> NewDocument:
        said = self.cleaned_data
        return NewDocument(
            received_at=self.moment, came_from=said["came_from"], sender=said["sender"], kind=said["kind"],
            content=said["paper"].read(),
        )  # fmt: skip


def _line(label: Any, longest: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=longest, required=False, error_messages={"max_length": TOO_LONG}
    )


def _day(label: Any) -> DayField:
    return DayField(label=label, required=False, error_messages={"invalid": NOT_REAL})


class ReadingForm(forms.Form):
    """What is read on the image, as far as it says: nothing is demanded, so that half of it can be kept."""

    kind = forms.ChoiceField(label=gettext_lazy("Which kind of order?"), required=False)
    is_interim = forms.MultipleChoiceField(
        label=gettext_lazy("Interim?"),
        choices=[(YES, gettext_lazy("It is an interim order"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    court = _line(gettext_lazy("Which court?"), 120)
    court_case_no = _line(gettext_lazy("Court case number"), 40)
    made_on = _day(gettext_lazy("On which day was it made?"))
    end = forms.ChoiceField(
        label=gettext_lazy("When does it end?"),
        choices=[
            (UNTIL_DAY, gettext_lazy("On the day below")),
            (NO_END, gettext_lazy("It has no end: until further order")),
            (NOT_SAID, gettext_lazy("It does not say, or that is not typed yet")),
        ],
        widget=forms.RadioSelect,
        initial=NOT_SAID,
        error_messages={"required": gettext_lazy("Choose when it ends")},
    )
    last_day = _day(gettext_lazy("Last day (if it has one)"))
    given_names = _line(gettext_lazy("The respondent’s given names"), 120, ENCRYPTED)
    family_name = _line(gettext_lazy("The respondent’s family name"), 120, ENCRYPTED)
    born_on = _day(gettext_lazy("The respondent’s date of birth"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Not known yet")), *kinds_received()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("end") == UNTIL_DAY and not given.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Enter the last day, such as 24 11 2026"))
        if given.get("end") != UNTIL_DAY and given.get("last_day") is not None:
            self.add_error("end", _("You gave a last day: choose that it ends on that day, or clear the day."))
        made, last = given.get("made_on"), given.get("last_day")
        if given.get("end") == UNTIL_DAY and made and last and last < made:
            self.add_error("last_day", _("An order cannot end before it is made"))
        return given

    @property
    def drawn(self) -> list[tuple[str, Any]]:
        return drawn(self, [*self.fields])

    def typed_with(self, terms: NewTerms) -> Typed:
        """What was read, with the conditions that stand in rows of their own."""
        said, end = self.cleaned_data, self.cleaned_data["end"]
        return Typed(
            kind=said["kind"], is_interim=bool(said["is_interim"]), court=said["court"],
            court_case_no=said["court_case_no"], made_on=said["made_on"],
            last_day=said["last_day"] if end == UNTIL_DAY else None,
            is_indefinite={UNTIL_DAY: False, NO_END: True}.get(end),
            given_names=said["given_names"], family_name=said["family_name"], born_on=said["born_on"],
            terms=terms,
        )  # fmt: skip


def as_initial(reading: DocumentRead | None, kind: str) -> dict[str, Any]:
    """What was typed last, to go on from there; before anything was, the kind that it seemed to be."""
    if reading is None:
        return {"kind": kind}
    end = UNTIL_DAY if reading.last_day else NO_END if reading.is_indefinite else NOT_SAID
    plain = ("kind", "court", "court_case_no", "made_on", "last_day", "given_names", "family_name", "born_on")
    return {name: getattr(reading, name) for name in plain} | {
        "is_interim": [YES] if reading.is_interim else [], "end": end
    }  # fmt: skip


class WhoForm(forms.Form):
    """Whom the document is about, by the reference that a search found."""

    person = forms.RegexField(
        r"^\s*[Pp]-[0-9]{1,12}\s*$",
        label=gettext_lazy("Somebody else, by their reference"),
        help_text=gettext_lazy("P, a hyphen and a number. The search finds it."),
        error_messages={
            "required": gettext_lazy("Enter a person’s reference: P, a hyphen and a number"),
            "invalid": gettext_lazy("Enter a person’s reference: P, a hyphen and a number"),
        },
    )

    @property
    def reference(self) -> str:
        return str(self.cleaned_data["person"]).strip().upper()


class OwnerForm(forms.Form):
    """Whose a document or a difference is from now on."""

    owner = forms.ChoiceField(
        label=gettext_lazy("Whose is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose whose it is"), "invalid_choice": gettext_lazy("Choose whose it is")
        },
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [(str(one.pk), one.name) for one in owners]  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """Why a document is returned."""

    reason_code = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        choices=[(code, words.RETURNED[code]) for code in RETURNED_BECAUSE],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the reason.")},
    )
    reason_text = forms.CharField(
        label=gettext_lazy("The reason, in words"),
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": gettext_lazy("Say why in your own words."),
            "max_length": gettext_lazy("Write at most 2,000 characters"),
        },
    )


class MatchForm(forms.Form):
    """Which order on the register it is, or that it enters now. `seen` is the number of readings on the page."""

    order = forms.ChoiceField(
        label=gettext_lazy("Which order is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose which order it is"),
            "invalid_choice": gettext_lazy("Choose which order it is"),
        },
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, orders: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = list(orders)
        enters = _("None of these: it enters the register now") if there else _("It enters the register now")
        self.fields["order"].choices = [*there, (NEW, enters)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str | None:
        said = str(self.cleaned_data["order"])
        return None if said == NEW else said


class AnotherForm(forms.Form):
    """That an order is none of those that the register has under its court's number: one number may cover several."""

    is_another = forms.MultipleChoiceField(
        label=gettext_lazy("Is it another order than the one on the register?"),
        choices=[(YES, gettext_lazy("I have looked: it is another order"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @property
    def says_so(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["is_another"])
