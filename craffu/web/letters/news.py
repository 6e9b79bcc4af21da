"""A letter to a victim that hangs on no order, put together in her language: news, a warning, or asking how she was treated.

VIC-05, VIC-09, BIL-02, BIL-03. Every word is our wording and what is in the register: nobody writes in it by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common.languages import Language
from craffu.documents.papers import Block, Heading, Notice, Paper, Paragraph
from craffu.orders.wording.queries import Wording, wording_of
from craffu.people.queries import Identity
from craffu.victims.letters.queries import News, terms_of
from craffu.victims.stories import Story
from craffu.web.court.words import day_words, instant_words
from craffu.web.letters.printing import SIZES, in_each, in_turn
from craffu.web.people.presenters import name_shown


@dataclass(frozen=True, slots=True)
class NewsHalf:
    """The letter in one language."""

    language: str
    title: str
    blocks: tuple[Block, ...] = field(repr=False)
    wording: Wording = field(repr=False)


def news_halves(
    by: Acting, story: Story, identity: Identity, news: News | None, languages: Sequence[Language]
) -> list[NewsHalf]:
    """The letter in each of these languages; without news it asks how she was treated. Nothing is printed or kept."""
    found = []
    for one in languages:
        with translation.override(one.value):
            said = _Said(wording_of(by, one.value), _values(by, story, news))
            body = _of_news(said, news) if news is not None else _of_survey(said)
            blocks = (
                Paragraph(day_words(day_of(story.now))),
                Paragraph(_("Dear %(name)s,") % {"name": name_shown(identity)}),
                said.paragraph("letter_from"),
                *body,
                said.paragraph("letter_choices"),
                Heading(_("How to reach us")),
                said.paragraph("letter_contact"),
                Heading(_("If you are not content with us")),
                said.paragraph("letter_complain"),
            )
            found.append(NewsHalf(one.value, _("Letter"), blocks, said.wording))
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    wording: Wording
    values: dict[str, str]

    def paragraph(self, key: str) -> Paragraph:
        return Paragraph(self.wording.say(key, self.values))


def _values(by: Acting, story: Story, news: News | None) -> dict[str, str]:
    """What may stand in it. The reference is that of her case: whoever answers the telephone finds her by it."""
    is_welsh = translation.get_language() == Language.WELSH
    return {
        "force": by.force.name_cy if is_welsh else by.force.name_en,
        "officer": terms_of(story).officer or _("the officer who keeps in touch with you"),
        "reference": reference_of(story, news),
        "day": day_words(day_of(news.happened.at)) if news is not None else "",
        "respondent": "",
    }


def reference_of(story: Story, news: News | None) -> str:
    return news.happened.case if news is not None and news.happened.case else max(story.victim.cases.values())


def _of_news(said: _Said, news: News) -> list[Block]:
    key = f"letter_{'ahead' if news.is_ahead else 'news'}_{news.happened.kind}"
    found: list[Block] = [
        Heading(_("What will happen") if news.is_ahead else _("What has happened")),
        said.paragraph(key),
    ]
    if news.is_of_safety:
        found += [
            Heading(_("If you are in danger")),
            Notice(said.wording.say("letter_if_broken", said.values)),
            said.paragraph("letter_news_safety"),
        ]
    return [*found, Heading(_("What we do next")), said.paragraph("letter_news_next"), Heading(_("Your choices"))]


def _of_survey(said: _Said) -> list[Block]:
    return [
        Heading(_("Why we write")),
        said.paragraph("letter_survey_why"),
        Heading(_("How to answer")),
        said.paragraph("letter_survey_how"),
        Heading(_("Your choices")),
        said.paragraph("letter_survey_choice"),
    ]


def news_paper(by: Acting, made: Sequence[NewsHalf], reference: str, now: datetime) -> Paper:
    """Nothing on its outside, in its title or at its edges says what it is about."""
    return Paper(
        title=in_each(made, lambda: _("Letter")),
        language=made[0].language,
        marking=in_each(made, lambda: _("Private")),
        reference=reference,
        printed=in_each(made, lambda: _("Written %(when)s by %(name)s") % {
            "when": instant_words(now), "name": by.user.name if by.user else "",
        }),
        page_words=in_each(made, lambda: _("Page {page} of {pages}")),
        made_at=now,
        blocks=tuple(in_turn(made)),
        sizes=SIZES,
    )  # fmt: skip
