"""A paper is put together, printed and kept, and only then sent: for pages and for the command alike (SEC-07, ORD-18)."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked
from craffu.access.roles import BY_KEY
from craffu.common.refusals import NotNow
from craffu.documents.papers import Block, Enclosed, Paper, words_of
from craffu.documents.printing import NotPrinted, NotReadable, TooManyPages, printed
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order, PaperPrinted
from craffu.orders.papers.card import lacks_of_card
from craffu.orders.papers.rules import pack_lacks
from craffu.orders.permissions import check_can_print
from craffu.orders.printing.actions import keep_printed, seen_of
from craffu.orders.printing.facts import NewPaper
from craffu.orders.printing.policies import (
    check_audience,
    check_card,
    check_each_is_decided,
    check_has_attempts,
    check_has_terms,
    check_is_made,
    check_pack_is_whole,
)
from craffu.orders.printing.rules import Printed, undecided
from craffu.orders.queries import as_pack
from craffu.people.queries import Identity
from craffu.web.court.words import instant_words
from craffu.web.papers import card
from craffu.web.papers.application import application, draft_order
from craffu.web.papers.bundle import bundle, kept
from craffu.web.papers.serving import statement
from craffu.web.papers.sheet import Sheet, sheet_of
from craffu.web.papers.words import COPY_FOR, paper_named
from craffu.web.presenters import Marking

# How long a card may be relied on; a paper for a court is dated and does not go out of date.
CARD_HOURS: Final = 24
CARD_SIZES: Final = (11.0, 10.5, 10.0)


def print_paper(*, by: Acting, order: Order, kind: str, audience: str, asked: Asked) -> tuple[PaperPrinted, bytes]:
    """The paper as it leaves, kept and logged. Raises NotPermitted, NotNow, Conflict, FactorNotFresh and Refusal."""
    check_can_print(by, kind)
    check_audience(kind, audience)
    sheet = sheet_of(by, order, kind, audience)
    CHECKS[kind](sheet)
    blocks, enclosed = BLOCKS[kind](sheet)
    paper = _paper(sheet, kind, blocks, asked.told_to)
    content = press(paper)
    story = sheet.story
    new = NewPaper(
        kind=kind,
        audience=audience,
        language=sheet.language,
        seen=seen_of(story),
        terms_number=story.standing.number if story.standing else None,
        wording=dict(sheet.wording.used),
        enclosed=enclosed,
        words=words_of(paper),
        content=content,
    )
    return keep_printed(
        by=by, order=order.reference, paper=new, asked=asked, refs=_refs_of(sheet), now=sheet.now
    ), content


def people_named(sheet: Sheet) -> list[Identity]:
    """Whom a paper names: the respondent and whoever is protected."""
    return [one for one in (sheet.whose.identity, *sheet.protects) if one is not None]


def _refs_of(sheet: Sheet) -> list[str]:
    case = sheet.story.order.case
    return [*(f"person/{one.reference}" for one in people_named(sheet)), *([f"case/{case.reference}"] if case else [])]


def _paper(sheet: Sheet, kind: str, blocks: tuple[Block, ...], recipient: str) -> Paper:
    role = BY_KEY[sheet.by.actor.role].title if sheet.by.actor.role in BY_KEY else sheet.by.actor.role
    said = {
        "when": instant_words(sheet.now),
        "name": sheet.by.user.name if sheet.by.user else sheet.by.actor.name,
        "role": role,
        "audience": COPY_FOR[sheet.audience],
        "recipient": recipient,
        "hours": CARD_HOURS,
    }
    is_card = kind == Printed.CARD
    called = paper_named(kind, is_made=sheet.is_made)
    by_whom = (
        _("Printed %(when)s by %(name)s, %(role)s, %(audience)s: %(recipient)s. Out of date after %(hours)s hours.")
        if is_card
        else _("Printed %(when)s by %(name)s, %(role)s, %(audience)s: %(recipient)s.")
    )
    return Paper(
        title=_("%(paper)s: %(reference)s") % {"paper": called, "reference": sheet.story.order.reference},
        language=sheet.language,
        marking=str(Marking.OFFICIAL_SENSITIVE.words),
        reference=sheet.story.order.reference,
        printed=by_whom % said,
        page_words=_("Page {page} of {pages}"),
        made_at=sheet.now,
        blocks=blocks,
        sizes=CARD_SIZES if is_card else (11.0,),
        pages=1 if is_card else None,
        continues=_("It continues on the next page") if is_card else "",
    )


def press(paper: Paper) -> bytes:
    """The paper as PDF. Raises NotNow, with what to do, where it cannot be printed."""
    try:
        return printed(paper)
    except NotReadable as fault:
        enclosed = [one for one in paper.blocks if isinstance(one, Enclosed)]
        said = {"title": enclosed[fault.number].title}
        raise NotNow("paper_not_readable", _("A paper cannot be read: %(title)s. Keep it anew.") % said) from fault
    except TooManyPages as fault:
        raise NotNow("too_many_pages", _("It would have more than 400 pages. Mark what it need not hold.")) from fault
    except NotPrinted as fault:
        raise NotNow("not_printed", _("It could not be printed, and nothing has left. Try again.")) from fault


type Enclosures = tuple[tuple[int, str], ...]
type Put = Callable[[Sheet], tuple[tuple[Block, ...], Enclosures]]


def _card_check(sheet: Sheet) -> None:
    check_is_made(is_live=sheet.story.order.status in LIVE)
    check_card(lacks_of_card(sheet.story, sheet.whose.respondent), is_supervisor=sheet.by.holds_any("supervisor"))


def _application_check(sheet: Sheet) -> None:
    if sheet.is_made:
        # It asks a court for nothing, so that nothing of it need be whole.
        _draft_check(sheet)
        return
    story = sheet.story
    pack = as_pack(story, story.kind.applying.limbs, sheet.risk.grade if sheet.risk else "")
    check_has_terms(has_terms=bool(pack.terms))
    check_pack_is_whole(pack_lacks(story.kind, pack))


def _draft_check(sheet: Sheet) -> None:
    terms = sheet.terms
    check_has_terms(has_terms=terms is not None and bool(terms.conditions.all()))


def _bundle_check(sheet: Sheet) -> None:
    _application_check(sheet)
    check_each_is_decided(undecided(kept(sheet), sheet.audience))


def _service_check(sheet: Sheet) -> None:
    check_has_attempts(has_attempts=bool(sheet.story.attempts))


BLOCKS: Final[Mapping[str, Put]] = {
    Printed.CARD: lambda sheet: (card.blocks(sheet), ()),
    Printed.APPLICATION: lambda sheet: (application(sheet), ()),
    Printed.DRAFT_ORDER: lambda sheet: (draft_order(sheet), ()),
    Printed.BUNDLE: bundle,
    Printed.SERVICE: lambda sheet: (statement(sheet), ()),
}
CHECKS: Final[Mapping[str, Callable[[Sheet], None]]] = {
    Printed.CARD: _card_check,
    Printed.APPLICATION: _application_check,
    Printed.DRAFT_ORDER: _draft_check,
    Printed.BUNDLE: _bundle_check,
    Printed.SERVICE: _service_check,
}
