"""Printed papers in words: which there are, for whom, what may become of a kept one, and what our wording is about."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.orders.entering.rules import System
from craffu.orders.printing.rules import Audience, Mark, Printed
from craffu.web.presenters import Text

PRINTED: Final[Mapping[str, Text]] = {
    Printed.CARD: _("Order card"),
    Printed.APPLICATION: _("Application pack"),
    Printed.DRAFT_ORDER: _("Draft order"),
    Printed.BUNDLE: _("Hearing bundle"),
    Printed.SERVICE: _("Statement of service"),
}
HOLDS: Final[Mapping[str, Text]] = {
    Printed.CARD: _("One page for whoever meets the respondent: the exact conditions, service, and what a breach is."),
    Printed.APPLICATION: _(
        "Each part of the test with its evidence, why each condition is necessary, and the victim’s view."
    ),
    Printed.DRAFT_ORDER: _("The conditions asked for, word for word, as a draft for the court."),
    Printed.BUNDLE: _(
        "The application, the draft and the papers kept here, with one run of page numbers and an index."
    ),
    Printed.SERVICE: _("Each attempt to serve, and the service itself, with its proof."),
}
AUDIENCES: Final[Mapping[str, Text]] = {
    Audience.POLICE: _("The police"),
    Audience.COURT: _("The court"),
    Audience.RESPONDENT: _("The respondent"),
}
COPY_FOR: Final[Mapping[str, Text]] = {
    Audience.POLICE: _("for the police"),
    Audience.COURT: _("for the court"),
    Audience.RESPONDENT: _("for the respondent"),
}
MARKS: Final[Mapping[str, Text]] = {
    Mark.RESPONDENT: _("Open to the respondent: every page was looked at, and none tells where a victim is"),
    Mark.COURT_ONLY: _("For the court alone: never in the respondent’s copy"),
    Mark.PRIVILEGED: _("Privileged: never leaves the police. This is for good"),
}
MARKED: Final[Mapping[str, Text]] = {
    Mark.RESPONDENT: _("Open to the respondent"),
    Mark.COURT_ONLY: _("For the court alone"),
    Mark.PRIVILEGED: _("Privileged: never leaves"),
}
SYSTEMS: Final[Mapping[str, Text]] = {
    System.NATIONAL: _("Police National Computer"),
    System.RECORDS: _("Record management system"),
    System.CONTROL_ROOM: _("Control room"),
}
PIECES: Final[Mapping[str, Text]] = {
    "card_opening": _("Order card: what it is"),
    "card_not_checked": _("Order card: words that were not compared"),
    "card_what_to_do": _("Order card: what to do"),
    "application_opening": _("Application pack: opening"),
    "application_view_withheld": _("Application pack: what the respondent’s copy leaves out"),
    "draft_opening": _("Draft order: opening"),
    "draft_closing": _("Draft order: closing"),
    "bundle_opening": _("Hearing bundle: opening"),
    "bundle_for_court": _("Hearing bundle: the court’s copy"),
    "bundle_for_respondent": _("Hearing bundle: the respondent’s copy"),
    "special_measures": _("Hearing bundle: special measures"),
    "service_opening": _("Statement of service: opening"),
    "service_signing": _("Statement of service: what is signed"),
}
EXCUSE: Final[Mapping[bool, Text]] = {
    True: _("A reasonable excuse is a defence."),
    False: _("The law names no reasonable excuse."),
}
LANGUAGES: Final[Mapping[str, Text]] = {"en": _("English"), "cy": _("Welsh")}
