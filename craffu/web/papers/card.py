"""The card of a live order, on one A4 page: its exact words, service, and what a breach is (ORD-18, ORD-20; P11)."""

from django.utils.translation import gettext as _

from craffu.documents.papers import Block, Facts, Heading, Notice, Paragraph, Said, Words
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.effect.rules import Enforceable, enforceable
from craffu.orders.entering.rules import NATIONAL
from craffu.orders.papers.card import lacks_of_card
from craffu.orders.papers.rules import STALKING_ORDERS, printed_as_law
from craffu.orders.queries import as_happened, checked, entry_standing
from craffu.orders.terms.rules import Label
from craffu.web.court.words import day_words, instant_words
from craffu.web.orders import presenters
from craffu.web.orders import words as order_words
from craffu.web.papers.sheet import Sheet, clause, facts_row, people_block
from craffu.web.papers.words import EXCUSE
from craffu.web.people.presenters import also_recorded


def blocks(sheet: Sheet) -> tuple[Block, ...]:
    """The card in its order: what is doubtful, who, which order, the words, service, and what a breach is."""
    story = sheet.story
    found: list[Block] = []
    held = checked(story)
    if held is None or held.label == Label.NOT_CHECKED:
        found.append(Notice(sheet.say("card_not_checked")))
    if lacks := lacks_of_card(story, sheet.whose.respondent):
        said = "; ".join(str(order_words.CARD[name]) for name in lacks)
        found.append(Paragraph(_("This card is incomplete. Missing: %(what)s") % {"what": said}, is_strong=True))
    respondent = sheet.whose.respondent
    found += [
        Paragraph(sheet.say("card_opening")),
        Heading(_("Respondent")),
        Facts((
            facts_row(_("Name"), respondent.name),
            *(facts_row(one["label"], one["text"]) for one in also_recorded(respondent.other_names)),
            facts_row(_("Born"), respondent.born),
            facts_row(_("PNC ID"), respondent.identifier),
        )),
        Heading(_("Order")),
        Facts(tuple(_order_rows(sheet))),
        *people_block(sheet, 1),
        Heading(_("Conditions, word for word")),
        *_conditions(sheet),
        Heading(_("What it means")),
        Facts(tuple(_effect_rows(sheet))),
        Heading(_("What to do")),
        Paragraph(sheet.say("card_what_to_do")),
    ]  # fmt: skip
    return tuple(found)


def _order_rows(sheet: Sheet) -> list[tuple[str, tuple[Words, ...]]]:
    story, order = sheet.story, sheet.story.order
    standing, owner = story.standing, story.owner
    rows = [facts_row(_("Kind"), sheet.values["kind"], Said(story.kind.statute, "en"))]
    if story.kind.applying.court or order.court:
        number = _("Case number %(number)s") % {"number": order.court_case_no} if order.court_case_no else ""
        rows.append(facts_row(_("Court"), ", ".join(one for one in (order.court, number) if one)))
    rows += [
        facts_row(_("Made"), instant_words(order.made_at) if order.made_at else ""),
        facts_row(_("Until"), presenters.until_words(order)),
    ]
    if order.kind in STALKING_ORDERS and standing is not None:
        none = _("None") if standing.has_no_locality else ""
        rows.append(facts_row(_("Limit of place"), standing.locality or none))
    entry = entry_standing(story, NATIONAL)
    entered = {"reference": entry.entry_reference, "day": day_words(entry.entered_on)} if entry else None
    rows += [
        facts_row(_("Managed by"), owner.owner.name if owner and owner.owner else ""),
        facts_row(_("Police National Computer"), _("%(reference)s, %(day)s") % entered if entered else ""),
        facts_row(str(order_words.prevailing(order.kind).label), _compared(sheet)),
    ]
    return rows


def _compared(sheet: Sheet) -> str:
    held, standing = checked(sheet.story), sheet.story.standing
    if held is None or standing is None or held.label == Label.NOT_CHECKED:
        return str(order_words.NOT_CHECKED.words)
    last = presenters.last_compared(standing)
    said = {"name": last.by.name, "when": instant_words(last.at)}
    return _("Compared word for word by %(name)s, %(when)s") % said


def _conditions(sheet: Sheet) -> list[Block]:
    standing = sheet.story.standing
    if standing is None:
        return [Paragraph(_("None recorded."))]
    line = presenters.terms_line(standing)
    return [Paragraph(line), *(clause(one, standing) for one in standing.conditions.all())]


def _effect_rows(sheet: Sheet) -> list[tuple[str, tuple[Words, ...]]]:
    story, order = sheet.story, sheet.story.order
    found = enforceable(story.kind, as_happened(order), sheet.now)
    served = next((one for one in reversed(story.attempts) if one.result == "served"), None)
    service: list[Words] = []
    if order.served_at is not None:
        method = order_words.METHODS.get(served.method, "") if served else ""
        service.append(", ".join(str(one) for one in (instant_words(order.served_at), method) if one))
        if served and served.proof:
            service.append(served.proof)
    else:
        service.append(_("No. Service is not recorded."))
    if order.aware_at is not None:
        service.append(_("Known to have been aware from %(when)s") % {"when": instant_words(order.aware_at)})
    return [
        facts_row(_("Served"), *service),
        facts_row(_("In force"), str(order_words.IN_FORCE_BECAUSE[found.in_force_because])),
        facts_row(_("Enforceable from"), *liable_words(found)),
        facts_row(_("A breach is"), *breach_words(story.kind, found), excuse_words(story.kind)),
        facts_row(_("Arrest power"), law_words(story.kind, story.kind.effect.arrest)),
    ]


def liable_words(found: Enforceable) -> list[Words]:
    """From when a breach can be laid at the respondent's door, why, and whether law or policy asks that they knew (ORD-12)."""
    said: list[Words] = []
    if found.liability_from is not None:
        said.append(_("From %(when)s.") % {"when": instant_words(found.liability_from)})
    said.append(str(order_words.ENFORCEABLE_BECAUSE[found.enforceable_because]))
    said.append(str(order_words.AWARENESS[found.awareness_required_by]))
    return said


def breach_words(kind: Kind, found: Enforceable) -> list[Words]:
    """What a breach is, and the statute that the catalogue cites for it."""
    return [str(order_words.BREACH_IS[found.breach_is]), law_words(kind, kind.effect.breach_statute)]


def excuse_words(kind: Kind) -> str:
    """Whether a reasonable excuse is a defence; empty where the catalogue does not say, or what it cites is not confirmed."""
    if kind.effect.reasonable_excuse is None or not printed_as_law(kind, kind.effect.breach_statute):
        return ""
    return str(EXCUSE[kind.effect.reasonable_excuse])


def law_words(kind: Kind, said: str | None) -> Words:
    """As the catalogue cites it; what is not confirmed is never printed as law (CLK-14)."""
    cited = printed_as_law(kind, said)
    if cited:
        return Said(cited, "en")
    return _("Not confirmed: get legal advice.") if said else _("None that the catalogue names.")
