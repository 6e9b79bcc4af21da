"""Printed papers in words: which there are, for whom, what may become of a kept one, and what our wording is about."""

from collections.abc import Mapping
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from craffu.orders.entering.rules import System
from craffu.orders.models import PaperPrinted
from craffu.orders.printing.rules import Audience, Mark, Printed
from craffu.victims.letters.rules import WARNED_OF, WRITTEN_OF
from craffu.web.presenters import Text
from craffu.web.victims.words import HAPPENINGS

PRINTED: Final[Mapping[str, Text]] = {
    Printed.CARD: _("Order card"),
    Printed.APPLICATION: _("Application pack"),
    Printed.DRAFT_ORDER: _("Draft order"),
    Printed.BUNDLE: _("Hearing bundle"),
    Printed.SERVICE: _("Statement of service"),
    Printed.LETTER_PROTECTED: _("Letter to somebody it protects"),
    Printed.LETTER_RESPONDENT: _("Letter to the respondent"),
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
_MADE: Final[Text] = _("Order as made")
_MADE_HOLDS: Final[Mapping[str, Text]] = {
    Printed.DRAFT_ORDER: _("What was ordered, word for word as we hold it, with how the order stands."),
    Printed.APPLICATION: _("What was ordered, and beside it what was recorded when it was asked for."),
    Printed.BUNDLE: _(
        "The order as made, what was recorded when it was asked for, and the papers kept here, with one run of page numbers "
        "and an index."
    ),
}


def paper_named(kind: str, *, is_made: bool) -> Text:
    """What a paper of an order is called: once the order is made, what was its draft says what was ordered."""
    return _MADE if is_made and kind == Printed.DRAFT_ORDER else PRINTED[kind]


def paper_holds(kind: str, *, is_made: bool) -> Text:
    return _MADE_HOLDS.get(kind, HOLDS[kind]) if is_made else HOLDS[kind]


def left_as(one: PaperPrinted) -> Text:
    """What a paper that left was, by the words that it was made from."""
    return paper_named(one.kind, is_made="ordered_closing" in one.wording)


AUDIENCES: Final[Mapping[str, Text]] = {
    Audience.POLICE: _("The police"),
    Audience.COURT: _("The court"),
    Audience.RESPONDENT: _("The respondent"),
    Audience.PROTECTED: _("Somebody it protects"),
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
_OF_LETTERS: Final[Mapping[str, Text]] = {
    "letter_from": _("Letter: who writes"),
    "letter_made": _("Letter: there is an order"),
    "letter_served": _("Letter: it was served"),
    "letter_aware": _("Letter: the respondent knows of it"),
    "letter_not_served": _("Letter: it is not served yet"),
    "letter_until": _("Letter: how long it lasts"),
    "letter_no_end": _("Letter: it has no last day"),
    "letter_conditions": _("Letter: before the conditions"),
    "letter_words_prevail": _("Letter: words that were not compared"),
    "letter_withheld": _("Letter: a condition that is not printed"),
    "letter_other_language": _("Letter: words in the other language"),
    "letter_brackets": _("Letter: words in brackets"),
    "letter_breach_offence": _("Letter: a breach is a crime"),
    "letter_breach_offence_without_excuse": _("Letter: a breach without excuse is a crime"),
    "letter_breach_court": _("Letter: a court acts on a breach"),
    "letter_breach_acted_on": _("Letter: a breach of a kind whose law is not confirmed"),
    "letter_if_broken": _("Letter: whom to ring"),
    "letter_tell_us": _("Letter: what to tell us"),
    "letter_next": _("Letter: what we do next"),
    "letter_next_over": _("Letter: after an end or a refusal"),
    "letter_choices": _("Letter: their choices"),
    "letter_contact": _("Letter: how to reach us"),
    "letter_complain": _("Letter: how to complain"),
    "letter_changed": _("Letter: it was changed"),
    "letter_renewed": _("Letter: it was renewed"),
    "letter_refused": _("Letter: it was not made"),
    "letter_ended": _("Letter: it ended"),
    "letter_reviewed": _("Letter: it was reviewed"),
    "letter_why_withheld": _("Letter: reasons that are not printed"),
    "letter_court_decides": _("Letter: only a court changes it"),
    **{f"letter_news_{one}": format_lazy(_("Letter of news: {what}"), what=HAPPENINGS[one]) for one in WRITTEN_OF},
    **{f"letter_ahead_{one}": format_lazy(_("Letter of warning: {what}"), what=HAPPENINGS[one]) for one in WARNED_OF},
    "letter_news_safety": _("Letter of news: what to tell us"),
    "letter_news_next": _("Letter of news: what we do next"),
    "letter_survey_why": _("Letter that asks them: why"),
    "letter_survey_how": _("Letter that asks them: how to answer"),
    "letter_survey_choice": _("Letter that asks them: they need not answer"),
    "respondent_made": _("Letter to the respondent: opening"),
    "respondent_changed": _("Letter to the respondent: it was changed"),
    "respondent_renewed": _("Letter to the respondent: it was renewed"),
    "respondent_ended": _("Letter to the respondent: it ended"),
    "respondent_conditions": _("Letter to the respondent: before the conditions"),
    "respondent_other_language": _("Letter to the respondent: words in the other language"),
    "respondent_breach_offence": _("Letter to the respondent: a breach is an offence"),
    "respondent_breach_offence_without_excuse": _("Letter to the respondent: a breach without excuse is an offence"),
    "respondent_breach_court": _("Letter to the respondent: a court acts on a breach"),
    "respondent_breach_acted_on": _("Letter to the respondent: a breach of a kind whose law is not confirmed"),
    "respondent_notify": _("Letter to the respondent: what to notify"),
    "respondent_notify_late": _("Letter to the respondent: what to notify, after its last day"),
    "respondent_notify_changes": _("Letter to the respondent: changes to notify"),
    "respondent_help": _("Letter to the respondent: advice"),
    "respondent_contact": _("Letter to the respondent: questions"),
}
PIECES: Final[Mapping[str, Text]] = {
    "card_opening": _("Order card: what it is"),
    "card_not_checked": _("Order card: words that were not compared"),
    "card_what_to_do": _("Order card: what to do"),
    "application_opening": _("Application pack: opening"),
    "application_made_opening": _("Application pack after the order was made: opening, of a court’s order"),
    "application_given_opening": _("Application pack after the order was made: opening, of a notice or conditions"),
    "application_view_withheld": _("Application pack: what the respondent’s copy leaves out"),
    "application_view_left_out": _("Application pack after the order was made: what the respondent’s copy leaves out"),
    "draft_opening": _("Draft order: opening"),
    "draft_closing": _("Draft order: closing"),
    "ordered_opening": _("Order as made: opening, of a court’s order"),
    "required_opening": _("Order as made: opening, of a notice or conditions"),
    "ordered_closing": _("Order as made: closing"),
    "bundle_opening": _("Hearing bundle: opening"),
    "bundle_made_opening": _("Hearing bundle after the order was made: opening, of a court’s order"),
    "bundle_given_opening": _("Hearing bundle after the order was made: opening, of a notice or conditions"),
    "bundle_for_court": _("Hearing bundle: the court’s copy"),
    "bundle_for_respondent": _("Hearing bundle: the respondent’s copy"),
    "special_measures": _("Hearing bundle: special measures"),
    "special_measures_made": _("Hearing bundle after the order was made: special measures"),
    "service_opening": _("Statement of service: opening"),
    "service_signing": _("Statement of service: what is signed"),
    **_OF_LETTERS,
}
EXCUSE: Final[Mapping[bool, Text]] = {
    True: _("A reasonable excuse is a defence."),
    False: _("The law names no reasonable excuse."),
}
LANGUAGES: Final[Mapping[str, Text]] = {"en": _("English"), "cy": _("Welsh")}
