"""A letter to whoever an order is against: which order, its exact words, what a breach is, what they have to do (CLK-03, ORD-11).

Plain and neutral. Of anybody whom it protects nothing stands in it beyond the words of the order itself (VIC-09).
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from craffu.clocks.london import day_of
from craffu.documents.papers import Block, Facts, Heading, Paragraph, Words
from craffu.orders.clocks.notifications import Change as Notified
from craffu.orders.clocks.notifications import change_notification
from craffu.orders.letters.kinds import About
from craffu.orders.letters.rules import breaks
from craffu.web.letters.sheet import LetterSheet, clauses, day_said, is_elsewhere, words_prevail
from craffu.web.papers.sheet import facts_row


def to_respondent(sheet: LetterSheet) -> tuple[Block, ...]:
    opening, day = _opening(sheet)
    found: list[Block] = [
        Paragraph(day_said(sheet.sheet.now)),
        Paragraph(_("To %(name)s") % {"name": sheet.sheet.values["respondent"]}),
        sheet.paragraph(opening, day=day),
        Heading(_("Which order")),
        Facts(tuple(_rows(sheet))),
    ]
    if sheet.about is not About.ENDED:
        found += _binding(sheet)
    return (
        *found,
        Heading(_("If you have a question")),
        sheet.paragraph("respondent_help"),
        sheet.paragraph("respondent_contact"),
    )


def _opening(sheet: LetterSheet) -> tuple[str, str]:
    order = sheet.sheet.story.order
    if sheet.about is About.ENDED:
        return "respondent_ended", day_said(order.last_day if order.status == "expired" else order.ended_at)
    if sheet.change is not None:
        return (
            "respondent_renewed" if sheet.change.is_renewal else "respondent_changed", day_said(sheet.change.at)
        )  # fmt: skip
    return "respondent_made", ""


def _rows(sheet: LetterSheet) -> Iterator[tuple[str, tuple[Words, ...]]]:
    order, values = sheet.sheet.story.order, sheet.sheet.values
    yield facts_row(_("Kind"), values["kind"])
    if order.court:
        yield facts_row(_("Court"), order.court)
    if order.court_case_no:
        yield facts_row(_("Court case number"), order.court_case_no)
    yield facts_row(_("Made"), day_said(order.made_at))
    if order.served_at is not None:
        yield facts_row(_("Served on you"), day_said(order.served_at))
    # The letter has said when it ended: the last day that it once had would contradict it.
    if sheet.about is About.ENDED:
        return
    if order.last_day is not None:
        yield facts_row(_("Last day"), day_said(order.last_day))
    elif order.is_indefinite:
        yield facts_row(_("Last day"), _("None: it lasts until it is ended."))


def _binding(sheet: LetterSheet) -> list[Block]:
    story = sheet.sheet.story
    said = clauses(sheet)
    found: list[Block] = [Heading(_("Conditions")), sheet.paragraph("respondent_conditions"), *said]
    if is_elsewhere(sheet, said):
        found.append(sheet.paragraph("respondent_other_language"))
    if story.standing is not None and story.standing.locality:
        found.append(Facts((facts_row(_("Limit of place"), story.standing.locality),)))
    found += [
        *words_prevail(sheet),
        Heading(_("If a condition is broken")),
        sheet.paragraph(f"respondent_breach_{breaks(story.kind)}"),
    ]
    if sheet.notify_by is not None:
        is_late = sheet.notify_by < day_of(sheet.sheet.now)
        found += [
            Heading(_("What you have to tell the police")),
            sheet.paragraph(
                "respondent_notify_late" if is_late else "respondent_notify", day=day_said(sheet.notify_by)
            ),
        ]
        if change_notification(story.order.kind, Notified.HOME_ADDRESS, sheet.notify_by).mark is None:
            found.append(sheet.paragraph("respondent_notify_changes"))
    return found
