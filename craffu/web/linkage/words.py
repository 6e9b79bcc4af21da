"""Words for pairs: how one stands and why, what people say of it, and what was compared."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.linkage.actions import BY_MODEL, BY_PERSON
from craffu.linkage.forming import Scope, Word
from craffu.linkage.model.comparisons import CHOICE, FEW_TWINS, HELD_DOWN, NOT_SAID, PRIOR
from craffu.linkage.rules import Decision, Harm, Why
from craffu.victims.begun import Begun
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
    Why.NAMED_APART.value: _("One source names them in one case as two people"),
    Why.HUMAN_DECISION.value: _("Somebody decided so"),
}
WAITS_FOR_ANOTHER: Final = _("What a colleague said waits for a second opinion")
HELD_WHYS: Final[Mapping[str, Text]] = {
    Why.IDENTIFIERS_CONFLICT.value: _("It would join records whose PNC IDs or CRO numbers differ"),
    Why.VICTIM_AND_SUSPECT_ROLES.value: _("It would join a victim and a suspect by way of other records"),
    Why.NAMED_APART.value: _("It would join records that one source names in one case as two people"),
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
# What was begun with a victim, under a record that is hers now.
BEGUN: Final[Mapping[Begun, Text]] = {
    Begun.AGREEMENT: _("Agreement with victim %(reference)s"),
    Begun.PROMISE: _("Promise to victim %(reference)s"),
    Begun.CONTACT: _("Contact with victim %(reference)s"),
    Begun.TOLD: _("News told to victim %(reference)s"),
    Begun.VIEW: _("View of victim %(reference)s"),
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
# What was compared, as the model names it; the register's contacts by what they are.
COMPARISONS: Final[Mapping[str, Text]] = {
    PRIOR: _("Any two records"),
    "given": _("Given name"),
    "more_given": _("Other given names"),
    "family": _("Family name"),
    "born": _("Date of birth"),
    "sex": _("Sex"),
    "home": _("Home"),
    "identifier": _("PNC ID"),
    "address": _("Address"),
    "phone": _("Telephone"),
    "email": _("E-mail address"),
    CHOICE: _("Choice of pairs"),
    HELD_DOWN: _("Held down"),
    FEW_TWINS: _("Hardly any twins"),
}
_OTHER: Final = _("Something else that both say")


def compared(what: str) -> Text:
    """What was compared; a table of somebody else's may say more than the register."""
    return COMPARISONS.get(what, _OTHER)


_SAME: Final = _("Exactly alike")
_NOT_ALIKE: Final = _("Not alike")
_SLIP: Final = _("Alike but for a slip of the pen, or they sound alike")
_KNOWN_AS: Final = _("Alike with a name by which one of them is also known")
_TURNED: Final = _("Given name and family name have changed places")
LEVELS: Final[Mapping[str, Mapping[str, Text]]] = {
    "given": {
        "same": _SAME,
        "stands_for": _("One stands for the other, as a short form or in another language"),
        "slip": _SLIP,
        "initial": _("One is the first letter of the other"),
        "another_of_theirs": _("Alike with another of their names"),
        "turned": _TURNED,
        "near": _("Nearly alike"),
        "known_as": _KNOWN_AS,
    },
    "more_given": {"same": _SAME, "near": _("Nearly alike")},
    "family": {
        "same": _SAME,
        "slip": _SLIP,
        "stands_for": _("One stands for the other, as a spelling of it or in another language"),
        "part": _("Part of a name of more than one part, or a name of before"),
        "turned": _TURNED,
        "near": _("Nearly alike"),
        "known_as": _KNOWN_AS,
    },
    "born": {
        "same": _SAME,
        "turned": _("Day and month have changed places"),
        "one_figure": _("All but one figure"),
        "same_month_of_part": _("The same month and year; one does not say the day"),
        "same_birthday": _("The same day and month, in another year"),
        "near": _("Nearly alike: within a month, or the same month and year"),
        "same_year_of_part": _("The same year; one says no more"),
        "two_figures": _("Two figures differ"),
        "years_near_of_part": _("No more than two years apart; one says no more"),
        "same_year": _("Not much alike: the same year, or two figures differ"),
    },
    "sex": {"same": _SAME},
    "identifier": {
        "same": _SAME,
        "slip": _("All but one figure"),
        "two_slips": _("All but two figures"),
    },
    # Where somebody lives is compared and never told, nor how near it is (VIC-09).
    "home": {"same_home": _("The same")},
    "address": {"same": _("The same")},
    "phone": {"same": _("The same")},
    "email": {"same": _("The same")},
}
_NOT_THE_SAME: Final = _("Not the same")
_NEITHER_FOR_NOR_AGAINST: Final[Mapping[str, Text]] = {
    PRIOR: _("Before anything is compared"),
    HELD_DOWN: _("Something speaks against it, or no whole date of birth speaks for it, so a person looks at it"),
    FEW_TWINS: _(
        "Names differ, or one is not said, as twins’ names do; hardly anybody here has a twin, so it is not held down"
    ),
}
_UNTOLD: Final = frozenset({"home", "address", "phone", "email"})


def level_words(what: str, level: str) -> Text:
    """How far two records are alike in something, in words."""
    if what == CHOICE:
        return _("The best of %(number)s pairs of their records") % {"number": level}
    if what in _NEITHER_FOR_NOR_AGAINST:
        return _NEITHER_FOR_NOR_AGAINST[what]
    if level == NOT_SAID:
        return _("Not said by both")
    known = LEVELS.get(what, {"same": _SAME, "near": _("Nearly alike")})
    return known.get(level, _NOT_THE_SAME if what in _UNTOLD else _NOT_ALIKE)
