"""What each step asks for, as a table: exactly the fields of Annex B and what the order keeps beside them (P14).

A field is required where the table of moves names it as needed; everything else the rules say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.orders.life.states import CORRECT_END, EVERY_MOVE
from craffu.web.days import DayField
from craffu.web.orders import words
from craffu.web.presenters import Text

LONGEST_WORDS: Final = 2000
ENCRYPTED: Final = _("Kept encrypted, and not in the log.")
NOT_REAL: Final = _("Enter a real date, such as 24 11 2026")
UNTIL_DAY, NO_END, AS_BEFORE = "until_day", "no_end", "as_before"
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Asks:
    """What one step asks for: the instant or the day on which it happened first, then the rest in order."""

    moment: str = ""
    has_time_always: bool = True
    fields: tuple[str, ...] = ()
    has_terms: bool = False


_MADE: Final = ("court", "court_case_no", "end", "last_day", "takes_effect_on", "is_without_notice")
STEPS: Final[Mapping[str, Asks]] = {
    "request_authorisation": Asks(),
    "authorise": Asks(fields=("reason_text",)),
    "decline": Asks(fields=("reason_code", "reason_text")),
    "ask_prosecutor": Asks(fields=("asked_on",), has_terms=True),
    "lodge": Asks(fields=("lodged_on", "court", "court_case_no", "next_hearing_on")),
    "lodge_interim": Asks(fields=("lodged_on", "court", "court_case_no", "next_hearing_on")),
    "issue": Asks("made_at", fields=("end", "last_day"), has_terms=True),
    "adjourn": Asks(fields=("hearing_on", "next_hearing_on", "not_fixed")),
    "grant": Asks("made_at", has_time_always=False, fields=_MADE, has_terms=True),
    "grant_on_appeal": Asks("made_at", has_time_always=False, fields=_MADE, has_terms=True),
    "receive": Asks("made_at", has_time_always=False, fields=(*_MADE, "source_record"), has_terms=True),
    "impose": Asks("made_at", fields=("end", "last_day", "source_record"), has_terms=True),
    "refuse": Asks(fields=("refused_on", "court", "reason_text")),
    "withdraw": Asks(fields=("withdrawn_on", "reason_code", "reason_text")),
    "attempt_service": Asks("attempted_at", fields=("result", "place", "method", "server")),
    "serve": Asks("served_at", fields=("place", "method", "court_directed_method", "server", "proof")),
    "record_awareness": Asks("aware_at", fields=("proof",)),
    "vary": Asks(fields=("varied_on", "applicant", "reason_text", "end", "last_day"), has_terms=True),
    "renew": Asks(fields=("lodged_on", "new_last_day", "reason_text")),
    "discharge": Asks(fields=("discharged_on", "applicant", "consents", "reason_text")),
    "revoke": Asks(fields=("revoked_on", "reason_text")),
    "end_on_determination": Asks(fields=("main_determined_on", "main_outcome")),
    "quash": Asks(fields=("quashed_on", "court", "appeal_case_no")),
    CORRECT_END: Asks(fields=("end", "last_day", "source_record", "reason_text")),
}
# What a step cannot be told without, beside what Annex B needs: an attempt and a service have a place and a person (ORD-11).
_ALSO: Final[Mapping[str, frozenset[str]]] = {
    "serve": frozenset({"place", "server"}),
    "attempt_service": frozenset({"place"}),
    "issue": frozenset({"end"}),
    # Never chosen beforehand: a new last day beside "as before" would be lost.
    "vary": frozenset({"end"}),
}
_NEEDED_AS: Final = {"period": "end"}


def is_needed(move: str, name: str) -> bool:
    """Whether a step is refused without a field: of two that stand for each other neither is asked for by the form itself."""
    needs = {_NEEDED_AS.get(need, need) for need in EVERY_MOVE[move].needs}
    return name in needs | _ALSO.get(move, frozenset())


def _day(label: Any, help_text: Any = "") -> Callable[[], forms.Field]:
    return lambda: DayField(
        label=label,
        help_text=help_text,
        error_messages={"required": _("Enter the day, such as 24 11 2026"), "invalid": NOT_REAL},
    )


def _line(label: Any, longest: int, help_text: Any = "") -> Callable[[], forms.Field]:
    return lambda: forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        error_messages={"required": _("Enter this"), "max_length": _("That is too long")},
    )


def _words(label: Any) -> Callable[[], forms.Field]:
    return lambda: forms.CharField(
        label=label,
        help_text=ENCRYPTED,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        error_messages={"required": _("Say it in a few words"), "max_length": _("Write at most 2,000 characters")},
    )


def _one_of(label: Any, choices: Mapping[str, Text], help_text: Any = "") -> Callable[[], forms.Field]:
    return lambda: forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=list(choices.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one"), "invalid_choice": _("Choose one")},
    )


def _several(label: Any, choices: Mapping[str, Text], help_text: Any = "") -> Callable[[], forms.Field]:
    return lambda: forms.MultipleChoiceField(
        label=label, help_text=help_text, choices=list(choices.items()), widget=forms.CheckboxSelectMultiple
    )


_ENDS: Final = {UNTIL_DAY: _("On the day below"), NO_END: _("It has no end: until further order")}
ENDS_OF_VARIATION: Final = {AS_BEFORE: _("As before"), **_ENDS}
FIELDS: Final[Mapping[str, Callable[[], forms.Field]]] = {
    "reason_code": _one_of(_("Why?"), {}),
    "reason_text": _words(_("The reason, in words")),
    "court": _line(_("Which court?"), 120),
    "court_case_no": _line(_("Court case number"), 40),
    "appeal_case_no": _line(_("Case number of the appeal"), 40),
    "source_record": _line(_("From what do we know it?"), 80, _("Such as sealed order, court result or email from the court")),
    "asked_on": _day(_("On which day was the prosecutor asked?")),
    "lodged_on": _day(_("On which day was it lodged?")),
    "hearing_on": _day(_("On which day was the hearing?")),
    "next_hearing_on": _day(_("When is the next hearing? (if fixed)")),
    "not_fixed": _several(_("No date?"), {YES: _("No next date was fixed")}),
    "refused_on": _day(_("On which day did the court refuse?")),
    "withdrawn_on": _day(_("On which day was it withdrawn?")),
    "varied_on": _day(_("From which day do the new words apply?")),
    "new_last_day": _day(_("What is the new last day?")),
    "discharged_on": _day(_("On which day was it discharged?")),
    "revoked_on": _day(_("On which day was it revoked?")),
    "main_determined_on": _day(_("On which day was the main application decided?")),
    "quashed_on": _day(_("On which day was it quashed?")),
    "main_outcome": _one_of(_("What became of the main application?"), words.OUTCOMES),
    "end": _one_of(_("When does it end?"), _ENDS),
    "last_day": _day(_("Last day (if it has one)"), _("The order protects until midnight at the end of this day.")),
    "takes_effect_on": _day(_("From which day, if later than it was made? (optional)")),
    "is_without_notice": _one_of(
        _("Was it made without notice to the respondent? (optional)"),
        {YES: pgettext_lazy("was it done", "Yes"), NO: pgettext_lazy("was it done", "No")},
    ),
    "result": _one_of(_("What happened?"), {code: text for code, text in words.ATTEMPTS.items() if code != "served"}),
    "place": _one_of(_("At what kind of place?"), words.PLACES, _("Never the address: it can betray who lives there.")),
    "method": _one_of(_("How?"), words.METHODS),
    "court_directed_method": _several(
        _("If not in person"), {YES: _("The court directed that it be served this way")}
    ),
    "server": _line(_("Who served it, or tried to?"), 120, _("Name and number or firm")),
    "proof": _words(_("What proves it?")),
    "applicant": _one_of(_("Who asked for this?"), {}),
    "consents": _several(_("Who consents? (if the court recites it)"), words.CONSENTS),
}  # fmt: skip
REASONS: Final[Mapping[str, Mapping[str, Text]]] = {"decline": words.DECLINED, "withdraw": words.WITHDRAWN}


def fields_of(move: str, applicants: Mapping[str, Text]) -> dict[str, Any]:
    """The fields of a step by name, in the order in which they are asked."""
    found = {}
    for name in STEPS[move].fields:
        field: Any = FIELDS[name]()
        if name == "reason_code":
            field.choices = list(REASONS[move].items())
        if name == "applicant":
            field.choices = list(applicants.items())
        if name == "end" and move == "vary":
            field.choices = list(ENDS_OF_VARIATION.items())
        field.required = is_needed(move, name)
        found[name] = field
    return found
