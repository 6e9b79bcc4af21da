"""What is given to ask somebody by the safe page. Shape alone: what is safe is decided by the rules (VIC-02)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from craffu.victims.agreements.rules import Occasion
from craffu.victims.contacts.rules import Channel
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.inviting.stages import SURVEYED_AT
from craffu.victims.surveys.kinds import NotAsked
from craffu.web.victims.asked import Line, OneOf
from craffu.web.victims.asking_words import PURPOSES
from craffu.web.victims.gap_words import WHY_NOT_ASKED
from craffu.web.victims.words import OCCASIONS

CODE, TEXT, EMAIL = Route.CODE.value, Channel.TEXT_MESSAGE.value, Channel.EMAIL.value
WAYS = {
    CODE: _("A code that you read out to them now: it works once, for an hour"),
    TEXT: _("A link by text message: it works once, for three days"),
    EMAIL: _("A link by e-mail: it works once, for three days"),
}


class AskForm(forms.Form):
    purpose = OneOf(_("What do you ask?"), PURPOSES, _("Choose what you ask"))
    way = OneOf(
        _("How do they come to it?"), WAYS, _("Choose how they come to it"),
        help_text=_("A link goes only where their agreement calls that way safe for links, and only at a safe time."),
    )  # fmt: skip
    to = Line(
        _("For a link: the number or address that they say is safe"), 254,
        help_text=_("Ask them each time. It is kept encrypted, and only until the message has gone."),
    )  # fmt: skip
    order = Line(_("For a view: the reference of the order (optional)"), 20)
    occasion = OneOf(
        _("For how they were treated: after what? (optional)"),
        OCCASIONS,
        "",
        many=_("Nothing in particular"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("way") in (TEXT, EMAIL) and not said.get("to", "").strip():
            self.add_error("to", _("Enter the number or address that they say is safe"))
        return said

    @property
    def given(self) -> NewInvitation:
        said = self.cleaned_data
        is_code = said["way"] == CODE
        return NewInvitation(
            Purpose(said["purpose"]), Route.CODE if is_code else Route.LINK, "" if is_code else said["way"],
            said["occasion"], "", said["order"].strip().upper(), "" if is_code else said["to"],
        )  # fmt: skip


class NotAskedForm(forms.Form):
    """After which stage they are not asked how they were treated, and why."""

    after = OneOf(
        _("After what are they not asked?"),
        {one: OCCASIONS[one] for one in SURVEYED_AT},
        _("Choose after what they are not asked"),
    )
    why = OneOf(_("Why are they not asked?"), WHY_NOT_ASKED, _("Choose why they are not asked"))

    @property
    def occasion(self) -> Occasion:
        return Occasion(self.cleaned_data["after"])

    @property
    def reason(self) -> NotAsked:
        return NotAsked(self.cleaned_data["why"])
