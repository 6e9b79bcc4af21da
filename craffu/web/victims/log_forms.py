"""What is given to enter something in a victim's own log: when, how, what in their words, and whether it is looked into."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from craffu.victims.answering.rules import NOT_SURE, span_of
from craffu.victims.noting.facts import NewEntry
from craffu.victims.noting.kinds import Proof, Way
from craffu.victims.voice.rules import ReadersNotice
from craffu.victims.voice.subjects import Route
from craffu.web.presenters import Text
from craffu.web.victims.agreement_forms import clock_time
from craffu.web.victims.asked import LONGEST_VIEW, Day, Line, OneOf, Words
from craffu.web.victims.asking_words import PROOFS, WAYS
from craffu.web.victims.voice_forms import TAKEN
from craffu.web.victims.voice_words import ROUTES

YES, NO, UNSURE = "yes", "no", "not_sure"
# In Welsh yes and no are said with the verb of the question.
IT_WAS: Mapping[str, Text] = {
    YES: pgettext_lazy("it was", "Yes"), NO: pgettext_lazy("it was not", "No"), UNSURE: gettext_lazy("Not sure"),
}  # fmt: skip
THEY_DO: Mapping[str, Text] = {YES: pgettext_lazy("they do", "Yes"), NO: pgettext_lazy("they do not", "No")}


class EntryForm(forms.Form):
    """An advocate gives it for them; an officer takes it and says how it came."""

    on = Day(gettext_lazy("On which day did it happen? (leave it empty if they are not sure)"), required=False)
    at = Line(
        gettext_lazy("At what time? (optional)"), 5, help_text=gettext_lazy("By the 24-hour clock, such as 14:30")
    )
    way = OneOf(gettext_lazy("What happened?"), WAYS, gettext_lazy("Choose what happened"))
    through = OneOf(
        gettext_lazy("Was it through somebody else?"), IT_WAS, gettext_lazy("Choose whether it was through somebody else")
    )  # fmt: skip
    words = Words(
        gettext_lazy("What do they say, in their own words?"), gettext_lazy("Write down what they say, in their own words."),
        longest=LONGEST_VIEW, strip=False,
        help_text=gettext_lazy(
            "Word for word, in their language. Kept encrypted. Leave out where they live, work or can be reached."
        ),
    )  # fmt: skip
    proof = OneOf(
        gettext_lazy("Is there anything that shows it?"), PROOFS, gettext_lazy("Choose whether anything shows it")
    )
    proof_words = Words(gettext_lazy("What is it, and where do they keep it safely? (optional)"))
    ledger = OneOf(
        gettext_lazy("Do they want it looked into as a possible breach of an order?"), THEY_DO,
        gettext_lazy("Choose whether they want it looked into"),
        help_text=gettext_lazy("If not, it stays in their log and goes no further."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("at") and not self.has_error("on"):
            if not said.get("on"):
                self.add_error("on", _("Enter the day too, or leave the time empty"))
            try:
                said["at"] = clock_time(said["at"])
            except ValidationError as fault:
                self.add_error("at", fault)
        return said

    def _when(self) -> str:
        said = self.cleaned_data
        if not said["on"]:
            return NOT_SURE
        return f"{said['on'].isoformat()}T{said['at']}" if said["at"] else str(said["on"].isoformat())

    def entry(self, notice: ReadersNotice, route: Route, now: datetime, advocate: int | None = None) -> NewEntry:
        said = self.cleaned_data
        return NewEntry(
            span=span_of(self._when(), None, now), way=Way(said["way"]), language=notice.language, route=route, notice=notice,
            for_ledger=said["ledger"] == YES, through_others={YES: True, NO: False}.get(said["through"]),
            words=said["words"], proof=Proof(said["proof"]), proof_words=said["proof_words"], advocate=advocate,
        )  # fmt: skip


class TakenEntryForm(EntryForm):
    """An officer takes it down. `advocates` are those who may speak for them now, by number."""

    field_order = ("came", "on", "at", "way", "through", "words", "proof", "proof_words", "ledger")
    came = OneOf(gettext_lazy("How do they say it?"), {}, gettext_lazy("Choose how they say it"))

    def __init__(self, data: Any, advocates: Mapping[int, str]) -> None:
        super().__init__(data)
        choices = [(one.value, ROUTES[one]) for one in TAKEN]
        through = _("Through %(name)s, their advocate")
        choices += [(f"{Route.ADVOCATE.value}-{key}", through % {"name": name}) for key, name in advocates.items()]
        self.fields["came"].choices = choices  # type: ignore[attr-defined]

    def given(self, notice: ReadersNotice, now: datetime) -> NewEntry:
        route, _dash, number = self.cleaned_data["came"].partition("-")
        return self.entry(notice, Route(route), now, int(number) if number else None)
