"""The catalogue in words: families, what a breach is, how a fact stands, and whether a kind may be asked for here."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from craffu.orders.catalogue.kinds import Begins, Breach, Change, Family, KnownFrom, RankBy
from craffu.orders.catalogue.rules import WhyOffered
from craffu.web.presenters import Text
from craffu.web.statuses import Status

FAMILIES: Mapping[str, Text] = {
    Family.APPLICATION: _("A police application to a court"),
    Family.NOTICE: _("A police notice"),
    Family.CRIMINAL: _("Made in criminal proceedings"),
    Family.VICTIMS_OWN: _("The victim’s own application"),
    Family.CONDITIONS: _("Conditions of bail, a caution or a licence"),
}
BREACHES: Mapping[str, Text] = {
    Breach.OFFENCE: _("An offence"),
    Breach.CIVIL: _("A civil breach: a fine or committal, and no crime"),
    Breach.CONTEMPT: _("Contempt of court, and no crime"),
    Breach.ARREST: _("A ground for arrest, and no offence"),
    Breach.ORIGINAL: _("The original offence is prosecuted"),
    Breach.RECALL: _("A ground for recall to prison"),
    Breach.NONE: _("Nothing by itself"),
}
BEGINS: Mapping[str, Text] = {
    Begins.MADE: _("When it is made"),
    Begins.SERVICE: _("When it is served"),
}
KNOWN_FROM: Mapping[str, Text] = {
    KnownFrom.SERVICE_OR_AWARENESS: _("From service or proven awareness, whichever is first"),
    KnownFrom.SERVICE: _("From service"),
    KnownFrom.PRESUMED: _("Known to whoever it was imposed on in person"),
}
CHANGES: Mapping[str, Text] = {
    Change.YES: _("Yes"),
    Change.YES_UNCONFIRMED: _("Yes (not confirmed)"),
    Change.BY_VARIATION: _("By a variation"),
    Change.BY_EXTENSION: _("By an extension"),
    Change.NO: _("No"),
    Change.UNKNOWN: _("Not known"),
}
RANK_BY: Mapping[str, Text] = {RankBy.LAW: _("by law"), RankBy.POLICY: _("by policy")}
OFFERED: Mapping[str, Status] = {
    WhyOffered.IN_FORCE: Status(_("In force"), "green"),
    WhyOffered.PILOT_AREA: Status(_("In force: pilot area"), "green"),
    WhyOffered.NOT_YET: Status(_("Off: not begun"), "grey"),
    WhyOffered.NO_LONGER: Status(_("Off: ended"), "grey"),
    WhyOffered.NOT_VERIFIED: Status(_("Off: commencement not confirmed"), "yellow"),
    WhyOffered.NOT_A_PILOT_AREA: Status(_("Off: pilot areas only"), "grey"),
    WhyOffered.AFTER_PILOT: Status(_("Off: not confirmed since the pilot"), "yellow"),
    WhyOffered.OTHER_AREA: Status(_("Off: another area"), "grey"),
}
EDITABLE: Mapping[str, Text] = {
    "test": _("What must be shown"),
    "term": _("How long it lasts"),
    "arrest": _("Power of arrest"),
    "service": _("How it is served"),
    "notes": _("Notes"),
}
