"""Words for pairs: how one stands and why, what people say of it, and what was compared."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.linkage.actions import BY_MODEL, BY_PERSON
from craffu.linkage.forming import Scope, Word
from craffu.linkage.rules import Decision, Harm, Why
from craffu.web.presenters import Text
from craffu.web.statuses import Status

STANDS: Final[Mapping[str, Status]] = {
    Decision.LINK.value: Status(_("One person"), "green"),
    Decision.CLERICAL.value: Status(_("To be decided"), "yellow"),
    Decision.NO_LINK.value: Status(_("Two people"), "grey"),
}
HELD: Final = Status(_("Held: to be decided"), "orange")
WHYS: Final[Mapping[str, Text]] = {
    Why.AUTO.value: _("The model finds it probable enough"),
    Why.BETWEEN_THRESHOLDS.value: _("The model is not sure"),
    Why.BELOW_CLERICAL.value: _("The model finds it improbable"),
    Why.IDENTIFIERS_CONFLICT.value: _("Their PNC IDs or CRO numbers differ"),
    Why.VICTIM_AND_SUSPECT_ROLES.value: _("It would join a victim and a suspect"),
    Why.HUMAN_DECISION.value: _("Somebody decided so"),
}
WAITS_FOR_ANOTHER: Final = _("What a colleague said waits for a second opinion")
HELD_WHYS: Final[Mapping[str, Text]] = {
    Why.IDENTIFIERS_CONFLICT.value: _("It would join records whose PNC IDs or CRO numbers differ"),
    Why.VICTIM_AND_SUSPECT_ROLES.value: _("It would join a victim and a suspect by way of other records"),
    Why.HUMAN_DECISION.value: _("It would join records of which somebody said that they are two people"),
}
WORDS: Final[Mapping[str, Text]] = {
    Word.SAME.value: _("One person"),
    Word.NOT_SAME.value: _("Two people"),
    Word.CANNOT_TELL.value: _("Cannot tell"),
    Word.TAKEN_BACK.value: _("Taken back"),
}
SCOPES: Final[Mapping[str, Text]] = {
    Scope.RECORDS.value: _("These two records"),
    Scope.PERSONS.value: _("Every record of both people"),
}
HARMS: Final[Mapping[Harm, Status]] = {
    Harm.PROTECTED: Status(_("Order stands, or restricted"), "red"),
    Harm.IN_A_CASE: Status(_("In a case"), "yellow"),
    Harm.NO_CASE: Status(_("No case"), "grey"),
}
# Why a record became somebody else's.
MOVED: Final[Mapping[str, Text]] = {
    BY_MODEL: _("The model links it"),
    BY_PERSON: _("Somebody decided so"),
}
# What was compared, as the model names it.
COMPARISONS: Final[Mapping[str, Text]] = {
    "name": _("Name"),
    "given_name": _("Given names"),
    "family_name": _("Family name"),
    "date_of_birth": _("Date of birth"),
    "sex": _("Sex"),
    "address": _("Address"),
    "postcode": _("Postcode"),
    "place": _("Place"),
    "identifier": _("PNC ID or CRO number"),
    "phone": _("Telephone"),
}
