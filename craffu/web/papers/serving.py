"""The statement of service: each attempt, the service itself, how and by what it is proved (ORD-11). Never where."""

from django.utils.translation import gettext as _

from craffu.documents.papers import Block, Facts, Grid, Heading, Paragraph
from craffu.web.court.words import instant_words
from craffu.web.orders import words as order_words
from craffu.web.papers.sheet import Sheet, facts_row


def statement(sheet: Sheet, level: int = 1) -> tuple[Block, ...]:
    story, order = sheet.story, sheet.story.order
    rows = tuple(
        (
            instant_words(one.attempted_at),
            str(order_words.ATTEMPTS.get(one.result, one.result)),
            str(order_words.PLACES.get(one.place, _("Not given"))),
            str(order_words.METHODS.get(one.method, _("Not given"))),
            one.server or _("Not given"),
            one.proof or _("None"),
        )
        for one in story.attempts
    )
    columns = (_("When"), _("Result"), _("Kind of place"), _("Method"), _("By"), _("Proof"))
    facts = (
        facts_row(_("Made"), instant_words(order.made_at) if order.made_at else ""),
        facts_row(
            _("Served"), instant_words(order.served_at) if order.served_at else _("No. Service is not recorded.")
        ),
        *([facts_row(_("Known to the respondent"), instant_words(order.aware_at))] if order.aware_at else []),
    )
    return (
        Paragraph(sheet.say("service_opening")),
        Facts(facts),
        Heading(_("Attempts to serve, and service"), level),
        Grid(_("Service"), columns, rows),
        Heading(_("Statement"), level),
        Paragraph(sheet.say("service_signing")),
    )
