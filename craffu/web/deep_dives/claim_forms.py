"""What is given of a claim: its sentence in both languages, the evidence that it holds, and what it says was the cause."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from craffu.scrutiny.claiming.facts import Cause, NewClaim
from craffu.scrutiny.claiming.kinds import ClaimKind
from craffu.scrutiny.models import DiveClaim
from craffu.web.deep_dives import words
from craffu.web.deep_dives.forms import NO_NAMES, STANDS, WITHDRAWN
from craffu.web.victims.asked import Day, Line, OneOf, SomeOf, Words


class ClaimForm(forms.Form):
    text_en = Words(_("The sentence, in English"), _("Write it in English"), help_text=NO_NAMES)
    text_cy = Words(_("The sentence, in Welsh"), _("Write it in Welsh"), help_text=NO_NAMES)
    kind = OneOf(_("What does it say?"), words.CLAIMS, _("Choose what it says"))
    cause_en = Line(_("What does it give as the cause, in English? (optional)"), 300)
    cause_cy = Line(_("What does it give as the cause, in Welsh? (optional)"), 300)
    cause_on = Day(_("On which day did that begin? (optional)"), required=False)

    def __init__(
        self, data: Any = None, *, evidence: Mapping[str, str], figures: Mapping[str, str], held: DiveClaim | None
    ) -> None:
        super().__init__(data, initial=_initial(held), auto_id="id_%s")
        self.held = held
        self.fields["evidence"] = OneOf(
            _("Which evidence does it hold?"), evidence, _("Choose the evidence"), many=_("Choose")
        )
        self.fields["beside"] = OneOf(
            _("With which other figure does it compare? (optional)"), figures, "", many=_("With none"), required=False
        )
        self.fields["bears_out"] = SomeOf(_("Which other evidence bears it out? (optional)"), evidence)
        self.fields["against"] = SomeOf(_("Which other evidence speaks against it? (optional)"), evidence)
        if held is not None:
            self.fields["is_withdrawn"] = OneOf(
                _("Does it stand?"),
                {STANDS: _("It stands, as it is written here"), WITHDRAWN: _("It is withdrawn")},
                _("Choose whether it stands"),
            )
        order = (
            "text_en",
            "text_cy",
            "kind",
            "evidence",
            "beside",
            "bears_out",
            "against",
            "cause_en",
            "cause_cy",
            "cause_on",
        )
        self.order_fields(order)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        cause = (said.get("cause_en"), said.get("cause_cy"), said.get("cause_on"))
        if any(cause) and not all(cause):
            self.add_error(
                "cause_on", _now("Of a cause give the words in both languages, and the day on which it began")
            )
        return said

    def given_as(self, finding: int) -> NewClaim:
        said = self.cleaned_data
        causes = [Cause(said["cause_en"], said["cause_cy"], said["cause_on"])] if said["cause_en"] else []
        return NewClaim(
            self.held.number if self.held else None, finding, ClaimKind(said["kind"]), said["text_en"], said["text_cy"],
            int(said["evidence"]), int(said["beside"]) if said["beside"] else None, causes, [*map(int, said["bears_out"])],
            [*map(int, said["against"])], said.get("is_withdrawn") == WITHDRAWN,
        )  # fmt: skip


def _initial(held: DiveClaim | None) -> dict[str, Any]:
    if held is None:
        return {}
    cause = held.causes[0] if held.causes else {}
    return {
        "text_en": held.text_en, "text_cy": held.text_cy, "kind": held.kind, "evidence": str(held.evidence.number),
        "beside": str(held.beside.number) if held.beside else "", "bears_out": [*map(str, held.bears_out)],
        "against": [*map(str, held.against)], "cause_en": cause.get("text_en", ""), "cause_cy": cause.get("text_cy", ""),
        "cause_on": cause.get("on"), "is_withdrawn": WITHDRAWN if held.is_withdrawn else STANDS,
    }  # fmt: skip
