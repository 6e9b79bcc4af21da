"""What is given of a deep dive: its question, plan, people, evidence, findings, recommendations, and each step."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.published.areas import police_forces
from craffu.scrutiny.claiming.facts import NewEvidence, NewFinding
from craffu.scrutiny.claiming.kinds import Evidence, Of
from craffu.scrutiny.deep_dives.facts import NewDive, NewPerson, NewPlan, NewRecommended
from craffu.scrutiny.deep_dives.kinds import Method
from craffu.scrutiny.interviewing.kinds import ReviewQuestion
from craffu.scrutiny.publishing.facts import NewReply
from craffu.scrutiny.recommending.kinds import Matter
from craffu.victims.answering.quoting import MayBeQuoted
from craffu.web.court.words import day_words
from craffu.web.deep_dives import words as named
from craffu.web.deep_dives.splits import part_chosen
from craffu.web.initiatives.forms import measures
from craffu.web.profiles.words import language
from craffu.web.recommendations.words import MATTERS
from craffu.web.scrutiny.words import REVIEW_QUESTIONS
from craffu.web.victims.asked import LONGEST_VIEW, Day, Line, OneOf, Words
from craffu.web.victims.words import OCCASIONS

NO_NAMES: Final = _("It is published. Name nobody.")
STANDS, WITHDRAWN = "stands", "withdrawn"
_CHOOSE: Final = _("Choose")


class DiveForm(forms.Form):
    title_en = Line(_("What is it called in English?"), 200, _("Enter its title in English"))
    title_cy = Line(_("What is it called in Welsh?"), 200, _("Enter its title in Welsh"))
    question_en = Words(_("What is asked, in English?"), _("Write the question in English"), help_text=NO_NAMES)
    question_cy = Words(_("What is asked, in Welsh?"), _("Write the question in Welsh"), help_text=NO_NAMES)
    terms_en = Words(_("On what terms, in English?"), _("Write the terms of reference in English"), help_text=NO_NAMES)
    terms_cy = Words(_("On what terms, in Welsh?"), _("Write the terms of reference in Welsh"), help_text=NO_NAMES)
    first = Day(_("From which day is it about?"))
    last = Day(_("Until which day?"))

    @property
    def given(self) -> NewDive:
        return NewDive(**self.cleaned_data)


class PlanForm(forms.Form):
    method = OneOf(_("By which method?"), named.METHODS, _("Choose a method"))
    words = Words(_("What is done?"), _("Say what is done"), help_text=_("Name posts, not people."))
    due_on = Day(_("By which day?"))
    is_done = OneOf(_("Is it done?"), named.DONE, _("Choose whether it is done"))

    @property
    def given(self) -> NewPlan:
        said = self.cleaned_data
        return NewPlan(Method(said["method"]), said["words"], said["due_on"], said["is_done"] == "yes")


class PersonForm(forms.Form):
    username = Line(_("Whose account?"), 150, _("Enter the user name"), help_text=_("Their user name."))
    part = Line(_("What do they do in it?"), 100, _("Say what they do in it"))
    has_interest = OneOf(
        _("Do they have an interest in what is found?"), named.YES_NO, _("Choose whether they have an interest")
    )
    interest = Words(_("Which interest? (optional)"), help_text="")

    @property
    def given(self) -> NewPerson:
        said = self.cleaned_data
        return NewPerson(said["username"], said["part"], said["has_interest"] == "yes", said["interest"])


class FindingForm(forms.Form):
    serves = OneOf(_("Which question does it answer?"), REVIEW_QUESTIONS, _("Choose a question"))
    text_en = Words(_("What was found, in English?"), _("Write it in English"), help_text=NO_NAMES)
    text_cy = Words(_("What was found, in Welsh?"), _("Write it in Welsh"), help_text=NO_NAMES)

    def __init__(self, *args: Any, is_mended: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_mended:
            self.fields["is_withdrawn"] = OneOf(
                _("Does it stand?"),
                {STANDS: _("It stands, as it is written here"), WITHDRAWN: _("It is withdrawn")},
                _("Choose whether it stands"),
            )

    def given_as(self, number: int | None) -> NewFinding:
        said = self.cleaned_data
        is_withdrawn = said.get("is_withdrawn") == WITHDRAWN
        return NewFinding(number, ReviewQuestion(said["serves"]), said["text_en"], said["text_cy"], is_withdrawn)


class RecommendedForm(forms.Form):
    number = forms.IntegerField(
        label=_("Which of them is mended? (optional)"),
        required=False,
        help_text=_("Its number. Leave it empty for a new one."),
        error_messages={"invalid": _("Enter a number, such as 2")},
    )
    matter = OneOf(_("What is it about?"), MATTERS, _("Choose what it is about"))
    text_en = Words(_("What is recommended, in English?"), _("Write it in English"), help_text=NO_NAMES)
    text_cy = Words(_("What is recommended, in Welsh?"), _("Write it in Welsh"), help_text=NO_NAMES)
    measure = Line(
        _("Which measure shows whether it moved anything? (optional)"), 20, help_text=_("Its code, such as MET16.")
    )
    target = Line(_("Where is that measure to be? (optional)"), 200)

    @property
    def given(self) -> NewRecommended:
        said = self.cleaned_data
        return NewRecommended(
            said["number"], Matter(said["matter"]), said["text_en"], said["text_cy"], said["measure"], said["target"]
        )


class EvidenceForm(forms.Form):
    """What every kind of evidence is called; what is asked of its source is the kind's own."""

    title_en = Line(_("What is it, in English?"), 300, _("Say what it is in English"))
    title_cy = Line(_("What is it, in Welsh?"), 300, _("Say what it is in Welsh"))
    kind: Evidence

    def source(self) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def given(self) -> NewEvidence:
        said = self.cleaned_data
        return NewEvidence(self.kind, said["title_en"], said["title_cy"], **self.source())


class MeasureEvidence(EvidenceForm):
    kind = Evidence.MEASURE
    year = OneOf(_("Of which year?"), named.YEARS, _("Choose the year"))

    def __init__(self, *args: Any, parts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"] = OneOf(_("Which measure?"), measures(), _("Choose a measure"), many=_CHOOSE)
        self.fields["of"] = OneOf(
            _("Of which part of it? (optional)"), parts, "", many=_("The whole force"), required=False
        )
        self.order_fields(("measure", "of", "year"))

    def source(self) -> dict[str, Any]:
        code, _colon, part = self.cleaned_data["measure"].partition(":")
        year = Of(self.cleaned_data["year"])
        return {"source": code, "part": part, "year": year} | part_chosen(self.cleaned_data["of"])


class PublishedEvidence(EvidenceForm):
    kind = Evidence.PUBLISHED
    period = Line(_("Of which period?"), 24, _("Enter the period"), help_text=_("Such as 2021/22, 2018 or 2018-10."))

    def __init__(self, *args: Any, choices: Mapping[str, str], force: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"] = OneOf(_("What is counted?"), choices, _("Choose a figure"), many=_CHOOSE)
        forces = {one.code: one.name(language()) for one in police_forces()}
        self.fields["force"] = OneOf(_("Of which force?"), forces, _("Choose a force"), many=_CHOOSE, initial=force)
        self.order_fields(("figure", "force", "period"))

    def source(self) -> dict[str, Any]:
        said = self.cleaned_data
        series, _bar, part = said["figure"].partition("|")
        return {"source": f"{series}@{said['force']}", "part": part, "period": said["period"]}


class SampleEvidence(EvidenceForm):
    kind = Evidence.SAMPLE
    sample = Line(_("Which dip sample?"), 20, _("Enter its reference"), help_text=_("Such as SM-10001."))
    question = Line(_("Which question of its form?"), 20, _("Enter the question"), help_text=_("Such as DS-C9."))

    def source(self) -> dict[str, Any]:
        return {"source": self.cleaned_data["sample"].strip(), "part": self.cleaned_data["question"].strip().upper()}


class QuoteEvidence(EvidenceForm):
    kind = Evidence.QUOTE

    def __init__(self, *args: Any, choices: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quote"] = OneOf(
            _("Which passage?"),
            choices,
            _("Choose a passage"),
            many=_CHOOSE,
            help_text=_("Those that may be quoted by the consent that stands."),
        )
        self.order_fields(("quote",))
        self.interviews = sorted({said.partition(":")[0] for said in choices.values()})

    def source(self) -> dict[str, Any]:
        return {"source": self.cleaned_data["quote"]}


class SurveyEvidence(EvidenceForm):
    kind = Evidence.SURVEY

    def __init__(self, *args: Any, choices: Sequence[MayBeQuoted], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {
            str(one.number): f"{OCCASIONS.get(one.occasion, '')} {day_words(one.on)}: {one.words}".strip()
            for one in choices
        }
        self.fields["words"] = OneOf(
            _("Whose words?"), said, _("Choose the words"),
            help_text=_("Those of whoever agreed to be quoted. In the report leave out whatever would name somebody.")
            if said
            else _("Nobody who wrote something in a survey has agreed to be quoted yet."),
        )  # fmt: skip
        self.order_fields(("words",))
        self.invitations = [str(one.number) for one in choices]

    def source(self) -> dict[str, Any]:
        return {"source": self.cleaned_data["words"]}


class DocumentEvidence(EvidenceForm):
    kind = Evidence.DOCUMENT
    where = Line(
        _("Where can it be read?"), 400, _("Say where it can be read"), help_text=_("Publication, date and page.")
    )
    sha256 = Line(_("SHA-256 of the file (optional)"), 64)

    def source(self) -> dict[str, Any]:
        return {"source": self.cleaned_data["where"], "sha256": self.cleaned_data["sha256"]}


class RecommendationEvidence(EvidenceForm):
    kind = Evidence.RECOMMENDATION
    recommendation = Line(_("Which recommendation?"), 20, _("Enter its reference"), help_text=_("Such as RC-10001."))

    def source(self) -> dict[str, Any]:
        return {"source": self.cleaned_data["recommendation"].strip()}


class ReplyForm(forms.Form):
    on = Day(_("On which day did the reply come?"))
    post = Line(_("Which post gave it?"), 100, _("Enter the post"), help_text=_("A post, and nobody’s name."))
    words = Words(
        _("What did the force say, word for word?"),
        _("Keep the reply word for word"),
        longest=LONGEST_VIEW,
        help_text=NO_NAMES,
    )
    corrections = Words(
        _("What does it ask to have corrected? (optional)"),
        longest=LONGEST_VIEW,
        help_text=_("Each correction on a line of its own."),
    )

    @property
    def given(self) -> NewReply:
        said = self.cleaned_data
        return NewReply(said["on"], said["post"], said["words"], said["corrections"].splitlines())


class ReasonForm(forms.Form):
    reason = Words(_("Why?"), _("Say why"), help_text=_("Name posts, not people."))


class CorrectionForm(forms.Form):
    is_taken = OneOf(_("What becomes of it?"), named.TAKEN, _("Choose what becomes of it"))
    reason = Words(_("If it is declined, why, in English? (optional)"), help_text=NO_NAMES)
    reason_cy = Words(_("If it is declined, why, in Welsh? (optional)"), help_text=NO_NAMES)
