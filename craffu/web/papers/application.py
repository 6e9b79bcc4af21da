"""The application pack and the draft order: every limb with its evidence, each condition with its reason, the victim's view.

ORD-06. The respondent's copy leaves the victim's view, the risk grade and what protects a witness to the court. Once the order is
made, both say what was ordered and ask for nothing; what was asked for stands beside it as it was recorded.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from craffu.clocks.london import day_of
from craffu.documents.papers import Block, Facts, Heading, Notice, Paragraph, Said, Words
from craffu.orders.applying.policies import SPECIAL_MEASURES, VICTIM_VIEW, VICTIM_VIEW_ABSENT
from craffu.orders.models import OrderTerms
from craffu.orders.papers.rules import printed_as_law
from craffu.orders.printing.rules import Audience
from craffu.orders.queries import checked_terms
from craffu.orders.terms.rules import Label
from craffu.web.court.words import day_words, instant_words
from craffu.web.orders import words as order_words
from craffu.web.orders.presenters import until_words
from craffu.web.papers.sheet import Sheet, clause, facts_row, people_block
from craffu.web.risk.words import GRADES


def application(sheet: Sheet, level: int = 1, *, says_order: bool = True) -> tuple[Block, ...]:
    """The pack. `says_order`: of an order that was made it says what was ordered; a bundle says that before it."""
    story = sheet.story
    said = {one.about: one.words for one in story.pack}
    found: list[Block] = [
        Paragraph(
            sheet.say(sheet.by_standing("application_opening", "application_made_opening", "application_given_opening"))
        ),
        Facts(tuple(_rows(sheet))),
        *people_block(sheet, level),
    ]
    if sheet.is_made and says_order:
        ordered = _("What was ordered") if sheet.is_of_court else _("What is required")
        found += [Heading(ordered, level), *draft_order(sheet, level + 1)]
    found.append(
        Heading(_("What it rested on") if sheet.is_made else _("What the court has to be satisfied of"), level)
    )
    if test := printed_as_law(story.kind, story.kind.applying.test):
        found.append(Paragraph(Said(test, "en")))
    for limb in story.kind.applying.limbs:
        found.append(Heading(str(order_words.PARTS.get(limb, limb)), level + 1))
        found.append(Paragraph(said.get(limb, _("Not recorded"))))
    asked = (
        _("Conditions that were asked for, and why each was said to be necessary")
        if sheet.is_made
        else _("Conditions asked for, and why each is necessary")
    )
    found += [Heading(asked, level), *_terms(sheet)]
    if sheet.audience == Audience.RESPONDENT:
        found.append(
            Paragraph(sheet.say("application_view_left_out" if sheet.is_made else "application_view_withheld"))
        )
        return tuple(found)
    found += [
        Heading(_("The victim’s view"), level),
        *_view(said),
        Heading(_("Risk assessment"), level),
        Paragraph(_risk_words(sheet)),
    ]
    if measures := said.get(SPECIAL_MEASURES, "").strip():
        found += [
            Heading(_("Special measures"), level),
            Paragraph(sheet.say("special_measures_made" if sheet.is_made else "special_measures")),
            Paragraph(measures),
        ]
    return tuple(found)


def _rows(sheet: Sheet) -> list[tuple[str, tuple[Words, ...]]]:
    story, order = sheet.story, sheet.story.order
    rows = [
        facts_row(_("Kind"), sheet.values["kind"], Said(story.kind.statute, "en")),
        # Of an order that was made, nobody knows that the force applied unless that is recorded.
        *([] if sheet.is_made and not order.applied_on else [facts_row(_("Applicant"), sheet.values["force"])]),
        facts_row(_("Respondent"), sheet.values["respondent"]),
        facts_row(_("Born"), sheet.whose.respondent.born),
        *_of_court(sheet),
        *([facts_row(_("Made"), sheet.values["made"])] if sheet.is_made else []),
    ]
    return [*rows, *([facts_row(_("Our case"), order.case.reference)] if order.case else [])]


def _of_court(sheet: Sheet) -> list[tuple[str, tuple[Words, ...]]]:
    order = sheet.story.order
    return [facts_row(_("Court"), order.court), facts_row(_("Court case number"), order.court_case_no)]


def _terms(sheet: Sheet) -> list[Block]:
    asked = sheet.asked
    if asked is None:
        return [Paragraph(_("None recorded."))]
    return [
        clause(
            one,
            asked,
            (
                _("Behaviour it answers: %(words)s") % {"words": one.behaviour or _("Not recorded")},
                _("Why it is necessary: %(words)s") % {"words": one.necessity or _("Not recorded")},
            ),
        )
        for one in asked.conditions.all()
    ]


def _view(said: dict[str, str]) -> list[Block]:
    """Her words, or why they could not be had; of both the court has both."""
    found: list[Block] = [Paragraph(said[VICTIM_VIEW])] if said.get(VICTIM_VIEW, "").strip() else []
    if why := said.get(VICTIM_VIEW_ABSENT, "").strip():
        found.append(Paragraph(_("Why it is absent: %(words)s") % {"words": why}))
    return found or [Paragraph(_("Not recorded"))]


def _risk_words(sheet: Sheet) -> str:
    if sheet.risk is None:
        return _("None is recorded.")
    said = {"grade": GRADES[sheet.risk.grade].words, "when": instant_words(sheet.risk.at)}
    return (
        _("%(grade)s, assessed by a professional on %(when)s. The assessment itself is attached by the force.") % said
    )


def draft_order(sheet: Sheet, level: int = 1) -> tuple[Block, ...]:
    """The conditions asked for, word for word and nothing else of them; of an order that was made, what was ordered."""
    terms = sheet.terms
    clauses = [clause(one, terms) for one in terms.conditions.all()] if terms else []
    found: list[Block] = [
        *(_ordered(sheet, terms) if sheet.is_made else [Notice(sheet.say("draft_opening"))]),
        Heading(_("Conditions"), level),
        *clauses,
    ]
    if terms is not None and terms.locality:
        found.append(Facts((facts_row(_("Limit of place"), terms.locality),)))
    return (*found, Paragraph(sheet.say("ordered_closing" if sheet.is_made else "draft_closing")))


def _ordered(sheet: Sheet, terms: OrderTerms | None) -> Iterator[Block]:
    """That it was made, how it stands, and whether its words were compared with the sealed order (ORD-20)."""
    order = sheet.story.order
    yield Notice(sheet.say("ordered_opening" if sheet.is_of_court else "required_opening"))
    held = checked_terms(terms)
    if held is None or held.label == Label.NOT_CHECKED:
        yield Paragraph(sheet.say("card_not_checked"), is_strong=True)
    rows = [
        facts_row(_("Status"), str(order_words.ORDER_STATUS[order.status].words)),
        facts_row(_("Until"), until_words(order)),
        *(_of_court(sheet) if sheet.is_of_court else []),
    ]
    if terms is not None:
        said = {
            "number": terms.number,
            "why": order_words.WHY_TERMS.get(terms.why, terms.why),
            "day": day_words(day_of(terms.applies_from or terms.known_from)),
        }
        rows.append(facts_row(_("Words"), _("Version %(number)s: %(why)s, %(day)s") % said))
    yield Facts(tuple(rows))
