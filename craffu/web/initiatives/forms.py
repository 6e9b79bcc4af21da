"""What is given of an initiative and of how it goes."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from craffu.measures.definitions import definition, shipped
from craffu.scrutiny.initiatives.facts import NewCourse, NewInitiative
from craffu.scrutiny.initiatives.kinds import Course
from craffu.scrutiny.initiatives.rules import NOT_OF_ITS_DAYS, Period
from craffu.scrutiny.recommending.kinds import Matter
from craffu.web.edits import VERSION
from craffu.web.initiatives.words import COURSE
from craffu.web.recommendations.words import MATTERS
from craffu.web.victims.asked import Day, Line, OneOf, Words

_NO_NAMES: Final = _("Name posts, not people.")


def measures() -> Mapping[str, str]:
    """Each part of each measure, by its code and key, in the reader's language."""
    welsh = get_language() == "cy"
    found = {}
    for code in sorted(shipped()):
        one = definition(code)
        for part in one.parts:
            name, words = (one.name.cy, part.words.cy) if welsh else (one.name.en, part.words.en)
            found[f"{code}:{part.key}"] = f"{code} {name}: {words}" if len(one.parts) > 1 else f"{code} {name}"
    return found


class InitiativeForm(forms.Form):
    title_en = Line(_("What is it called in English?"), 200, _("Enter its title in English"))
    title_cy = Line(_("What is it called in Welsh?"), 200, _("Enter its title in Welsh"))
    aim = Words(_("What is it to reach?"), _("Say what it is to reach"), help_text=_NO_NAMES)
    matter = OneOf(_("What is it about?"), MATTERS, _("Choose what it is about"))
    owner = Line(_("Which post has it?"), 100, _("Enter the post"), help_text=_("A post, and nobody’s name."))
    begins_on = Day(_("On which day does it begin?"))
    baseline_first = Day(_("From which day is it held against what was before?"))
    baseline_last = Day(
        _("Until which day?"),
        help_text=_(
            "Before it begins. Each figure after its beginning is of as many days, so that they can be compared."
        ),
    )
    field_order = (
        "title_en", "title_cy", "aim", "matter", "owner", "begins_on", "measure", "baseline_first", "baseline_last",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        can_show = {key: name for key, name in measures().items() if key.partition(":")[0] not in NOT_OF_ITS_DAYS}
        self.fields["measure"] = OneOf(
            _("Which measure is to show it?"), can_show, _("Choose a measure"), many=_("Choose")
        )
        self.order_fields(self.field_order)

    @property
    def given(self) -> NewInitiative:
        said = self.cleaned_data
        measure, _colon, part = said["measure"].partition(":")
        return NewInitiative(
            said["title_en"], said["title_cy"], said["aim"], Matter(said["matter"]), said["owner"], said["begins_on"],
            measure, part, Period(said["baseline_first"], said["baseline_last"]),
        )  # fmt: skip


class CourseForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    course = OneOf(_("What is said of it?"), COURSE, _("Choose what is said of it"))
    on = Day(_("On which day was that so?"))
    words = Words(_("How does it go?"), _("Say how it goes"), help_text=_NO_NAMES)

    def __init__(self, data: Any = None, *, said: int) -> None:
        super().__init__(data, initial={VERSION: said})

    @property
    def given(self) -> NewCourse:
        said = self.cleaned_data
        return NewCourse(Course(said["course"]), said["on"], said["words"], said[VERSION])
