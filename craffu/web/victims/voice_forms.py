"""What is given to show the notice, take a view, answer it, and record that a victim no longer supports the investigation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from craffu.victims.voice.facts import NewAnswer, NewView, NewWithdrawal
from craffu.victims.voice.queries import ViewStands
from craffu.victims.voice.rules import ReadersNotice
from craffu.victims.voice.subjects import MaySee, Route, Subject, WhyWithdrawn
from craffu.web.moments import MomentForm
from craffu.web.presenters import Text
from craffu.web.victims.asked import LONGEST_VIEW, Day, OneOf, SomeOf, Words
from craffu.web.victims.gap_words import WHY_WITHDRAWN
from craffu.web.victims.voice_words import MAY_SEE, NOTICE_LANGUAGES, ROUTES, SUBJECTS

YES, NO = "yes", "no"
# In Welsh yes and no are said with the verb of the question.
WAS_DONE: Mapping[str, Text] = {YES: pgettext_lazy("it was done", "Yes"), NO: pgettext_lazy("it was not done", "No")}
# How words reach an officer; a page of her own is another way in, and an advocate is chosen by name.
TAKEN = (Route.IN_PERSON, Route.TELEPHONE, Route.WRITTEN)


class NoticeForm(forms.Form):
    language = OneOf(
        gettext_lazy("In which language did you show it or read it out to them?"),
        NOTICE_LANGUAGES,
        gettext_lazy("Choose the language in which they were told"),
        help_text=gettext_lazy("Their words are taken in the same language."),
    )


class _Said(forms.Form):
    """What every view has, whoever brings it."""

    subject = OneOf(gettext_lazy("What is it about?"), SUBJECTS, gettext_lazy("Choose what it is about"))
    words = Words(
        gettext_lazy("What do they say, in their own words?"),
        gettext_lazy("Write down what they say, in their own words."),
        longest=LONGEST_VIEW,
        strip=False,
        help_text=gettext_lazy(
            "Word for word, in their language. Kept encrypted. Leave out where they live, work or can be reached."
        ),
    )
    may_see = SomeOf(
        gettext_lazy("Who else do they agree may see it?"),
        MAY_SEE,
        help_text=gettext_lazy(
            "Leave all of them empty if they agreed to nobody. Those who look after them always see it."
        ),
    )

    def view(self, notice: ReadersNotice, route: Route, **more: Any) -> NewView:
        said = self.cleaned_data
        may_see = tuple(MaySee(one) for one in said["may_see"])
        return NewView(Subject(said["subject"]), said["words"], notice.language, route, notice, may_see, **more)


class AdvocateViewForm(_Said):
    """An advocate gives it for her."""


class ViewForm(_Said):
    """An officer takes it. `cases` are hers by reference; `advocates` those who may speak for her now, by number."""

    field_order = ("subject", "case", "came", "words", "may_see")
    case = OneOf(gettext_lazy("In which case? (optional)"), {}, "", many="", required=False)
    came = OneOf(gettext_lazy("How do they say it?"), {}, gettext_lazy("Choose how they say it"))

    def __init__(self, data: Any, cases: list[str], advocates: Mapping[int, str]) -> None:
        super().__init__(data)
        choices = [(one.value, ROUTES[one]) for one in TAKEN]
        through = _("Through %(name)s, their advocate")
        choices += [(f"{Route.ADVOCATE.value}-{key}", through % {"name": name}) for key, name in advocates.items()]
        self.fields["came"].choices = choices  # type: ignore[attr-defined]
        self.fields["case"].choices = [("", _("None in particular")), *((one, one) for one in cases)]  # type: ignore[attr-defined]

    def given(self, notice: ReadersNotice) -> NewView:
        route, _dash, number = self.cleaned_data["came"].partition("-")
        advocate = int(number) if number else None
        return self.view(notice, Route(route), case=self.cleaned_data["case"], advocate=advocate)


class AnswerForm(MomentForm):
    """What was decided and why; the day and the time only where they were told."""

    field_order = ("decided", "why", "told", "on", "at")
    decided = Words(gettext_lazy("What was decided?"), gettext_lazy("Enter what was decided"))
    why = Words(gettext_lazy("Why?"), gettext_lazy("Enter why it was decided so"))
    told = OneOf(gettext_lazy("Have they been told?"), WAS_DONE, gettext_lazy("Choose whether they have been told"))

    def __init__(self, data: Any, view: ViewStands) -> None:
        super().__init__(data, initial={"decided": view.decided, "why": view.why})
        self.fields["on"].label = gettext_lazy("On which day were they told? (only if they were)")
        self.fields["at"].label = gettext_lazy("At what time were they told? (only if they were)")
        is_told = data is not None and data.get("told") == YES
        self.fields["on"].required = self.fields["at"].required = is_told

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("told") == NO:
            return self.cleaned_data
        return super().clean()

    @property
    def given(self) -> NewAnswer:
        told_at: datetime | None = self.moment if self.cleaned_data["told"] == YES else None
        return NewAnswer(self.cleaned_data["decided"], self.cleaned_data["why"], told_at)


class WithdrawalForm(forms.Form):
    """Shape alone: what must have been asked is decided by the rule (VIC-07)."""

    case = OneOf(gettext_lazy("In which case?"), {}, gettext_lazy("Choose the case"), many="")
    on = Day(gettext_lazy("On which day did they say so?"))
    reason = Words(
        gettext_lazy("Why do they no longer support it?"),
        help_text=gettext_lazy("In their own words where you can. Kept encrypted, and not in the log."),
    )
    why = OneOf(
        gettext_lazy("Which reason comes nearest? (optional)"),
        WHY_WITHDRAWN,
        gettext_lazy("Choose one of these reasons"),
        many=gettext_lazy("Not said"),
        required=False,
        help_text=gettext_lazy("Only so that reasons can be counted; nobody is named with it."),
    )
    pressure_asked = OneOf(
        gettext_lazy("Did you ask whether anybody put pressure on them?"),
        WAS_DONE,
        gettext_lazy("Choose whether you asked about pressure"),
    )
    pressure = Words(gettext_lazy("What did they say about pressure? (optional)"))
    safety_reviewed = OneOf(
        gettext_lazy("Did you look at their safety again with them?"),
        WAS_DONE,
        gettext_lazy("Choose whether you looked at their safety again"),
    )
    not_explored_reason = Words(gettext_lazy("If you could not ask them: why not?"))

    def __init__(self, data: Any, cases: list[str]) -> None:
        super().__init__(data)
        only = cases[0] if len(cases) == 1 else ""
        self.fields["case"].choices = [("", gettext_lazy("Choose one")), *((one, one) for one in cases)]  # type: ignore[attr-defined]
        self.fields["case"].initial = only

    @property
    def given(self) -> NewWithdrawal:
        said = self.cleaned_data
        return NewWithdrawal(
            said["case"], said["on"], said["reason"], said["pressure_asked"] == YES, said["pressure"],
            said["safety_reviewed"] == YES, said["not_explored_reason"],
            WhyWithdrawn(said["why"]) if said["why"] else None,
        )  # fmt: skip
