"""Which text of a deep dive somebody reads, and that text on paper: for its pages and for the command (P34, SCR-12)."""

from importlib import import_module

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.documents.papers import Paper
from craffu.scrutiny.claiming.queries import found_of
from craffu.scrutiny.deep_dives.permissions import check_can_work
from craffu.scrutiny.deep_dives.queries import Dive
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.publishing.facts import Text
from craffu.scrutiny.publishing.queries import hash_of
from craffu.scrutiny.standing.queries import answers
from craffu.web.court.words import day_words, instant_words
from craffu.web.deep_dives.presenters import dive_title
from craffu.web.deep_dives.report import blocks_of, samples_in, text_of
from craffu.web.presenters import Marking


def text_for(by: Acting, one: Dive) -> Text:
    """What was published; before that, for who works in it, as it would be now, for the commissioner what the force had last."""
    published = one.step(DiveStatus.PUBLISHED)
    if published is not None:
        held: Text = published.text
        return held
    if not allows(check_can_work, by):
        return one.draft.text if one.draft else {}
    return fresh(by, one)


def fresh(by: Acting, one: Dive) -> Text:
    """The report as it would be now."""
    found = found_of(by, one.row, clock.now())
    signed = next(iter(answers(by)), None)
    return text_of(one, found, samples_in(by, found), signed)


def for_word(paper: Paper) -> bytes:
    """The same paper as a file for Word. What writes it is loaded when it is first asked for (B11)."""
    content: bytes = import_module("craffu.documents.word").written(paper)
    return content


def paper_of(one: Dive, text: Text, said_in: str) -> Paper:
    """The report on paper. Raises KeyError for a language that it is not in."""
    now, published = clock.now(), one.step(DiveStatus.PUBLISHED)
    at = published.known_from if published is not None else now
    told = {"day": day_words(day_of(at)), "sha256": hash_of(text)[:12]}
    printed = (
        _("Published on %(day)s. SHA-256 of the text %(sha256)s.") % told
        if published is not None
        else _("A draft as it stood at %(when)s. SHA-256 of the text %(sha256)s.")
        % {**told, "when": instant_words(now)}
    )
    return Paper(
        title=dive_title(one), language=said_in,
        marking="" if published is not None else str(Marking.OFFICIAL_SENSITIVE.words), reference=one.row.reference,
        printed=printed, page_words=_("Page {page} of {pages}"), made_at=at,
        blocks=blocks_of([dict(block) for block in text[said_in]]),
    )  # fmt: skip
