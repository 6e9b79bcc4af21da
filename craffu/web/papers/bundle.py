"""The hearing bundle: one run of page numbers over the application, the draft, service and the papers kept here (issue E).

What is privileged is in no copy and no index; what is for the court alone is named in the respondent's index as left out.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from craffu.clocks.london import day_of
from craffu.documents.papers import Block, Bullets, Enclosed, Grid, Heading, Index, NewPage, Paragraph
from craffu.orders.models import OrderPaper, PaperGiven
from craffu.orders.papers.actions import paper_content
from craffu.orders.printing.queries import enclosed_contents, given_of, kept_of, marks_of
from craffu.orders.printing.rules import Audience, Kept, goes_in, withheld
from craffu.web.court.words import day_words, instant_words
from craffu.web.orders import words as order_words
from craffu.web.papers.application import application, draft_order
from craffu.web.papers.serving import statement
from craffu.web.papers.sheet import Sheet
from craffu.web.papers.words import PRINTED, left_as, paper_named


def kept(sheet: Sheet) -> list[Kept]:
    """The papers kept with the order, and what was said of each."""
    return kept_of(sheet.story.papers, marks_of(sheet.by, sheet.story.order))


def bundle(sheet: Sheet) -> tuple[tuple[Block, ...], tuple[tuple[int, str], ...]]:
    """Its blocks, and the papers put in by row and digest."""
    papers = kept(sheet)
    enclosed = enclosed_contents(sheet.by, sheet.story.order, goes_in(papers, sheet.audience))
    is_respondents = sheet.audience == Audience.RESPONDENT
    found: list[Block] = [
        Paragraph(sheet.say(sheet.by_standing("bundle_opening", "bundle_made_opening", "bundle_given_opening"))),
        Paragraph(sheet.say("bundle_for_respondent" if is_respondents else "bundle_for_court"), is_strong=True),
        Index(_("Index")),
        *(_left_out(sheet, papers) if is_respondents else _received(sheet)),
        *_asked_and_ordered(sheet),
    ]
    if sheet.story.attempts:
        found += _part(PRINTED["statement_of_service"], statement(sheet, 2))
    found += [
        Enclosed(titled(one), _("Page {page} of {pages} of this paper, as it was kept"), paper_content(one))
        for one in enclosed
    ]
    return tuple(found), tuple((one.pk, one.sha256) for one in enclosed)


def _asked_and_ordered(sheet: Sheet) -> list[Block]:
    """The application and its draft; of an order that was made, first what was ordered, then what was asked for."""
    asked = _part(PRINTED["application"], application(sheet, 2, says_order=False))
    ordered = _part(paper_named("draft_order", is_made=sheet.is_made), draft_order(sheet, 2))
    return [*ordered, *asked] if sheet.is_made else [*asked, *ordered]


def titled(paper: OrderPaper) -> str:
    """A paper in the index: its kind, its own title, and when it came."""
    said: Mapping[str, object] = {
        "kind": order_words.PAPERS[paper.kind],
        "title": paper.title,
        "day": day_words(day_of(paper.known_from)),
    }
    return _("%(kind)s: %(title)s, kept %(day)s") % said if paper.title else _("%(kind)s, kept %(day)s") % said


def _part(title: object, blocks: tuple[Block, ...]) -> list[Block]:
    return [NewPage(), Heading(str(title)), *blocks]


def _left_out(sheet: Sheet, papers: list[Kept]) -> list[Block]:
    """What the court has and this copy has not, by kind alone."""
    kinds = [str(order_words.PAPERS[one.kind]) for one in papers if one.number in set(withheld(papers, sheet.audience))]
    said = [_("The victim’s view and the risk assessment"), *kinds]
    return [Heading(_("Left out of this copy"), 2), Bullets(tuple(said))]


def _received(sheet: Sheet) -> list[Block]:
    """What the respondent has had so far, and when: for whoever hears the case."""
    rows = tuple(_row(one) for one in given_of(sheet.by, sheet.story.order) if one.given_to == Audience.RESPONDENT)
    if not rows:
        return [Paragraph(_("No paper is recorded as given to the respondent."))]
    return [Grid(_("What the respondent has received"), (_("Paper"), _("Given"), _("How")), rows)]


def _row(one: PaperGiven) -> tuple[str, ...]:
    method = str(order_words.METHODS.get(one.method, one.method))
    return (str(left_as(one.printed)), instant_words(one.given_at), method)
