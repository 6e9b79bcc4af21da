"""What is given of a report, of a recommendation and of how one stands."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.scrutiny.recommending.facts import NewEntry, NewRecommendation, NewReport
from craffu.scrutiny.recommending.kinds import Matter
from craffu.scrutiny.recommending.rules import Entry, ReportBy, Status
from craffu.web.edits import VERSION
from craffu.web.recommendations import words
from craffu.web.victims.asked import Day, Line, OneOf, Words

_PUBLIC = _("Shown to anybody. Name nobody. Leave both empty where nothing is to be said.")
_NO_NAMES = _("Name posts, not people.")


class ReportForm(forms.Form):
    report_by = OneOf(_("Whose report is it?"), words.REPORT_BY, _("Choose whose report it is"))
    title_en = Line(_("What is it called in English?"), 200, _("Enter its title in English"))
    title_cy = Line(_("What is it called in Welsh?"), 200, _("Enter its title in Welsh"))
    published_on = Day(_("On which day was it published?"))
    source = Line(_("Where can it be read? (optional)"), 400)

    @property
    def given(self) -> NewReport:
        said = self.cleaned_data
        return NewReport(
            ReportBy(said["report_by"]), said["title_en"], said["title_cy"], said["published_on"], said["source"]
        )


class RecommendationForm(forms.Form):
    number = Line(_("Which number has it in the report?"), 20, _("Enter its number"))
    matter = OneOf(_("What is it about?"), words.MATTERS, _("Choose what it is about"))
    text_en = Words(_("What is recommended, in English?"), _("Write it in English"), help_text=_NO_NAMES)
    text_cy = Words(_("What is recommended, in Welsh?"), _("Write it in Welsh"), help_text=_NO_NAMES)
    part_of = Line(_("Of which recommendation is it a part? (optional)"), 20, help_text=_("Its number in the report."))
    measure = Line(
        _("Which measure shows whether it moved anything? (optional)"), 20, help_text=_("Its code, such as MET16.")
    )
    target = Line(_("Where is that measure to be? (optional)"), 200)

    @property
    def given(self) -> NewRecommendation:
        said = self.cleaned_data
        return NewRecommendation(
            said["number"], Matter(said["matter"]), said["text_en"], said["text_cy"], said["measure"], said["target"],
            said["part_of"],
        )  # fmt: skip


class EntryForm(forms.Form):
    """How one stands from a day on. Offered is what may follow; whoever has it to do says how it goes, and no more."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = OneOf(_("How does it stand?"), {}, _("Choose how it stands"))
    said_on = Day(_("On which day was that said?"))
    reason = Words(_("Why, or how does it go? (optional)"), help_text=_NO_NAMES)
    owner = Line(_("Which post has it to do? (optional)"), 100, help_text=_("A post, and nobody’s name."))
    owned_by = Line(
        _("Whose account is that? (optional)"),
        150,
        help_text=_("Their user name. They may then read it and say how it goes."),
    )
    due_on = Day(_("By which day is it to be done? (optional)"), required=False)
    evidence = Words(_("On what evidence does it close? (optional)"), help_text=_NO_NAMES)
    moved = OneOf(_("Has its measure moved?"), words.MOVED, _("Choose whether its measure has moved"), required=False)
    exception = Words(_("Why does it close though its measure has not moved? (optional)"), help_text=_NO_NAMES)
    public_en = Words(_("What the public is told, in English (optional)"), help_text=_PUBLIC)
    public_cy = Words(_("What the public is told, in Welsh (optional)"), help_text=_PUBLIC)

    KEEPERS_ALONE = ("owner", "owned_by", "evidence", "moved", "exception")

    def __init__(
        self, data: Any = None, *, offered: Iterable[Status], entries: Sequence[object], keeps: bool, **more: Any
    ) -> None:
        super().__init__(data, initial={VERSION: len(entries), **more}, auto_id="id_%s")
        chosen: Any = self.fields["status"]
        chosen.choices = [(one.value, words.STATUS[one].words) for one in offered]
        if not keeps:
            for name in self.KEEPERS_ALONE:
                del self.fields[name]

    @property
    def given(self) -> NewEntry:
        said = {"owner": "", "owned_by": "", "evidence": "", "moved": "none", "exception": "", **self.cleaned_data}
        entry = Entry(
            Status(said["status"]), said["reason"], said["owner"], said["due_on"], said["evidence"],
            {"yes": True, "no": False}.get(said["moved"]),
        )  # fmt: skip
        return NewEntry(
            entry, said["said_on"], said[VERSION], said["exception"], said["public_en"], said["public_cy"],
            said["owned_by"],
        )  # fmt: skip
