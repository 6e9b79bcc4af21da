"""What the pages of letters show: to whom one may go and which, a letter as it will be printed, and what was written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.documents.papers import Block, Bullets, Clause, Facts, Grid, Heading, Notice, Paragraph, Said, Words
from craffu.messages.facts import Stands
from craffu.orders.letters.kinds import About
from craffu.orders.letters.policies import STOPPED
from craffu.orders.letters.queries import Addressee, key_of, why_not
from craffu.orders.models import LetterWritten
from craffu.orders.queries import OrderStory
from craffu.victims.agreements.rules import Occasion
from craffu.victims.letters.kinds import About as OfVictim
from craffu.victims.letters.policies import (
    WHY_NOT,
)
from craffu.victims.letters.queries import News
from craffu.victims.letters.queries import key_of as victim_key
from craffu.victims.letters.rules import (
    languages_of,
)
from craffu.victims.models import VictimLetter
from craffu.victims.queries import Victim
from craffu.victims.stories import Story
from craffu.web import cells
from craffu.web.court.words import instant_words
from craffu.web.letters import words
from craffu.web.letters.printing import InOneLanguage
from craffu.web.papers.presenters import printed_address
from craffu.web.papers.words import LANGUAGES
from craffu.web.people.presenters import name_shown
from craffu.web.presenters import Link, Params, Text
from craffu.web.victims.words import CHANNELS, HAPPENINGS, OCCASIONS


@dataclass(frozen=True, slots=True)
class Made:
    """A letter that was written already: of what, when, where it is, and where it may be written once more."""

    text: Text
    written: Link
    tag: Params | None
    again: str


@dataclass(frozen=True, slots=True)
class To:
    """Somebody whom the order protects: which letters may go to them, which were written, or why none may, and the safe ways."""

    name: Text
    language: Text
    letters: tuple[Link, ...]
    made: tuple[Made, ...]
    why: tuple[Text, ...]
    safe_ways: Text


type Written = Mapping[About, LetterWritten]


def to_protected(
    story: OrderStory, one: Addressee, offered: Iterable[About], written: Written, standing: Mapping[str, Stands]
) -> To:
    about = list(offered)
    reasons = {each: why_not(story, one, each) for each in about}
    open_ = [each for each in about if reasons[each] is None]
    shut = dict.fromkeys(why for why in (why_not(story, one), *reasons.values()) if why is not None)
    links = {each: _address(story, each, one.reference) for each in open_}
    return To(
        f"{name_shown(one.identity)} ({one.reference})",
        " / ".join(str(LANGUAGES[each]) for each in languages_of(one.terms.language)) if open_ else "",
        tuple(Link(words.ABOUT[each], links[each]) for each in open_ if each not in written),
        tuple(_made(story, written[each], standing, links.get(each, "")) for each in about if each in written),
        tuple(WHY_NOT[why] for why in shut),
        safe_ways(one) if shut else "",
    )


def _made(story: OrderStory, one: LetterWritten, standing: Mapping[str, Stands], again: str) -> Made:
    stands, order = standing.get(key_of(one)), story.order.reference
    return Made(
        words.ABOUT[one.about],
        Link(
            _("written %(when)s") % {"when": instant_words(one.printed.known_from)},
            print_address(one, order) if stands is not None else printed_address(order, one.printed_id),
        ),
        words.STANDS[stands.status].tag if stands is not None else None,
        again,
    )


def safe_ways(one: Addressee) -> str:
    """By which ways they may be told instead; empty where they have agreed to none, or it is not for this reader to know."""
    return ", ".join(str(CHANNELS.get(each, each)) for each in one.terms.channels) if one.reach.is_agreed else ""


def to_respondent(story: OrderStory, offered: Iterable[About], written: Written) -> tuple[Link, ...]:
    return tuple(Link(words.ABOUT[each], _to_respondent(story, each)) for each in offered if each not in written)


def made_to_respondent(story: OrderStory, offered: Iterable[About], written: Written) -> tuple[Made, ...]:
    return tuple(_made(story, written[each], {}, _to_respondent(story, each)) for each in offered if each in written)


def _to_respondent(story: OrderStory, about: About) -> str:
    return reverse("order_letter_respondent", kwargs={"order": story.order.reference, "about": about.value})


def _address(story: OrderStory, about: About, person: str) -> str:
    parts = {"order": story.order.reference, "about": about.value, "person": person}
    return reverse("order_letter", kwargs=parts)


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter in one language, block by block."""

    language: str
    title: Text
    blocks: tuple[Mapping[str, Any], ...]


def shown(made: Sequence[InOneLanguage]) -> list[Shown]:
    return [Shown(one.language, one.title, tuple(_block(each) for each in one.blocks)) for one in made]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading() | Paragraph() | Notice():
            return {"kind": type(block).__name__.lower(), "said": _said(block.words)}
        case Facts():
            facts = [(name, [_said(one) for one in values]) for name, values in block.rows]
            return {"kind": "facts", "rows": facts}
        case Bullets():
            return {"kind": "bullets", "items": [_said(one) for one in block.items]}
        case Clause():
            return {
                "kind": "clause",
                "title": f"{block.number}. {block.title}",
                "parts": [_said(one) for one in block.parts],
            }
        case Grid():
            rows = [[_said(one) for one in row] for row in block.rows]
            return {"kind": "grid", "caption": block.caption, "columns": block.columns, "rows": rows}
        case _:
            raise ValueError(f"no letter holds a {type(block).__name__}")


def _said(said: Words) -> dict[str, Any]:
    """Words line by line, with their language where it is another."""
    text, language = (said.words, said.language) if isinstance(said, Said) else (said, "")
    return {"lines": text.split("\n"), "language": language}


def letters_table(
    order: str,
    letters: Iterable[LetterWritten],
    names: Mapping[int, Text],
    given: Mapping[int, Text],
    standing: Mapping[str, Stands],
) -> Params | None:
    """The letters written, the newest first; `names` are those of whom the order protects, by record."""
    head: list[cells.Heading] = [_("Letter"), _("Addressed to"), _("Written"), _("Where it is"), _("They have it")]
    rows = []
    for one in letters:
        to = _("The respondent") if one.record_id is None else names.get(one.record_id)
        if to is None:
            continue
        way = "order_paper_given" if one.record_id is None else "order_letter_given"
        record = Link(_("Record it"), reverse(way, kwargs={"order": order, "number": one.printed_id}))
        has_it, stands = given.get(one.printed_id), standing.get(key_of(one))
        rows.append([
            cells.link(Link(words.ABOUT[one.about], printed_address(order, one.printed_id))),
            cells.words(to),
            cells.words(instant_words(one.printed.known_from)),
            cells.words("") if stands is None else cells.link(Link(words.STANDS[stands.status].words, print_address(one, order))),
            cells.words(has_it) if has_it else cells.link(record),
        ])  # fmt: skip
    return cells.table(_("Letters written"), head, rows, is_hidden=True) if rows else None


def print_address(letter: LetterWritten, order: str) -> str:
    return reverse("order_letter_print", kwargs={"order": order, "number": letter.printed_id})


def queue_table(
    letters: Iterable[LetterWritten], standing: Mapping[str, Stands], others: Iterable[list[Params]]
) -> Params | None:
    """What waits to be printed, and what was fetched and has not left, the first written first. To whom, nobody reads here."""
    head: list[cells.Heading] = [_("Letter"), _("About"), _("Written"), _("Where it is"), _("Fetched by")]
    rows = [
        [
            cells.link(Link(words.ABOUT[one.about], print_address(one, one.printed.order.reference))),
            cells.words(one.printed.order.reference),
            cells.words(instant_words(one.printed.known_from)),
            cells.tag(words.STANDS[standing[key_of(one)].status].tag),
            cells.words(standing[key_of(one)].by),
        ]
        for one in letters
    ]
    rows += others
    return cells.table(_("Print queue"), head, rows, is_hidden=True) if rows else None


def reason_words(reason: str) -> Text:
    """Why a letter did not reach them; empty where nothing is said."""
    return words.CAME_BACK.get(reason) or STOPPED.get(reason) or ""


def of_words(about: OfVictim, of: str, story: Story) -> str:
    """What a letter to a victim tells, for whoever writes or carries it."""
    if about is OfVictim.SURVEY:
        return _("How they were treated, after: %(what)s") % {"what": OCCASIONS.get(of, "")}
    kind = next((one.kind for one in story.happened if one.key == of), None)
    return str(HAPPENINGS[kind]) if kind is not None else _("Something that was taken back or said anew since")


def news_links(news: Iterable[News], victim: str, written: Mapping[str, VictimLetter]) -> tuple[Link, ...]:
    """Each thing that they can be written of, with its day; `written` are the letters held, by what they tell."""
    return tuple(
        Link(_news_words(one), _victim_letter(victim, OfVictim.NEWS, one.happened.key))
        for one in news
        if one.happened.key not in written
    )


def news_made(
    news: Iterable[News], victim: str, written: Mapping[str, VictimLetter], standing: Mapping[str, Stands]
) -> tuple[Made, ...]:
    """Each thing of which they were written. Of the same they are written once, until it is known to be lost (T29)."""
    return tuple(
        Made(
            _news_words(one),
            Link(_("written %(when)s") % {"when": instant_words(letter.known_from)}, _on_its_way(letter, victim)),
            words.STANDS[standing[victim_key(letter)].status].tag,
            "",
        )
        for one in news
        if (letter := written.get(one.happened.key)) is not None
    )


def _news_words(one: News) -> str:
    return f"{HAPPENINGS[one.happened.kind]}, {instant_words(one.happened.at)}"


def survey_links(stages: Iterable[Occasion], victim: str) -> tuple[Link, ...]:
    return tuple(Link(OCCASIONS[one], _victim_letter(victim, OfVictim.SURVEY, one.value)) for one in stages)


def _victim_letter(victim: str, about: OfVictim, of: str) -> str:
    return reverse("victim_letter", kwargs={"victim": victim, "about": about.value, "of": of})


def victim_letters_table(
    letters: Iterable[VictimLetter], story: Story, standing: Mapping[str, Stands], victim: str
) -> Params | None:
    """The letters written to a victim, the newest first."""
    head: list[cells.Heading] = [_("Letter"), _("Written"), _("Where it is")]
    rows = [
        [
            cells.link(Link(of_words(OfVictim(one.about), one.of, story), _on_its_way(one, victim))),
            cells.words(instant_words(one.known_from)),
            cells.tag(words.STANDS[standing[victim_key(one)].status].tag),
        ]
        for one in letters
    ]
    return cells.table(_("Letters written"), head, rows, is_hidden=True) if rows else None


def _on_its_way(one: VictimLetter, victim: str) -> str:
    return reverse("victim_letter_print", kwargs={"victim": victim, "number": one.pk})


def victim_queue_rows(
    letters: Iterable[VictimLetter], victims: Mapping[int, Victim], standing: Mapping[str, Stands]
) -> list[list[Params]]:
    """The same as `queue_table` of an order's letters, of those to victims whose page is open to the reader."""
    return [
        [
            cells.link(Link(words.OF_VICTIM[one.about], _on_its_way(one, victims[one.pk].reference))),
            cells.words(victims[one.pk].reference),
            cells.words(instant_words(one.known_from)),
            cells.tag(words.STANDS[standing[victim_key(one)].status].tag),
            cells.words(standing[victim_key(one)].by),
        ]
        for one in letters
        if one.pk in victims
    ]
