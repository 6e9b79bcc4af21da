"""Which letters may be written to a victim, which were, and why one may not leave after all (VIC-01, VIC-02, VIC-05, VIC-09)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from craffu.access.acting import Acting, acting_system
from craffu.clocks.london import day_of
from craffu.messages.facts import Stands
from craffu.messages.kinds import PROTECTED_DETAIL, Status
from craffu.messages.queries import stands
from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.queries import terms as agreed_terms
from craffu.victims.agreements.rules import Occasion
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.queries import Happened
from craffu.victims.happenings.rules import RAISES, Topic
from craffu.victims.inviting.stages import SURVEYED_AT
from craffu.victims.leaks.queries import found_for
from craffu.victims.letters.kinds import About, Stopped
from craffu.victims.letters.rules import (
    WRITTEN_OF,
    Reach,
    WhyNot,
    is_ahead,
    languages_of,
    says_what_must_not_be,
    why_no_letter,
)
from craffu.victims.models import VictimLetter
from craffu.victims.queries import Victim
from craffu.victims.stories import Story, story_of, victims_of_records

_KEY: Final = "victim-letter:"
LOST: Final = frozenset({Status.FAILED, Status.HELD_BACK})


@dataclass(frozen=True, slots=True)
class News:
    """Something of which she may be written, and whether it lies ahead."""

    happened: Happened
    is_ahead: bool

    @property
    def is_of_safety(self) -> bool:
        return RAISES[self.happened.kind].safety is not None


def terms_of(story: Story) -> Terms:
    return agreed_terms(story.agreement) if story.agreement is not None else Terms()


def why_not(story: Story, news: Happening | None = None) -> WhyNot | None:
    """Why no letter may go to her, of anything or of this (VIC-02)."""
    agreement, said = story.agreement, terms_of(story)
    reach = Reach(
        is_shut=bool(story.victim.shut),
        is_agreed=agreement is not None,
        is_declined=agreement is not None and agreement.declined_on is not None,
        is_in_doubt=story.is_reach_in_doubt,
        channels=said.channels,
        not_wanted=frozenset(Topic(one) for one in said.not_wanted),
    )
    return why_no_letter(reach, news)


def news_to_write(story: Story) -> list[News]:
    """Of what a letter can be written now, the last first: what she is owed or was told, and what she is warned of."""
    found = []
    for one in story.news:
        ahead = is_ahead(one.happened.kind, one.happened.at, story.now)
        if one.happened.kind in WRITTEN_OF and ahead is not None:
            found.append(News(one.happened, ahead))
    return found[::-1]


def stages_to_ask_of(story: Story) -> list[Occasion]:
    """After which stages she can be asked by letter how she was treated: those that were, where she may be asked at all."""
    if terms_of(story).survey != "yes":
        return []
    was = {RAISES[one.kind].occasion for one in story.happened if one.at <= story.now}
    return [one for one in SURVEYED_AT if one in was]


def key_of(letter: VictimLetter) -> str:
    """The key of the message that a letter is."""
    return f"{_KEY}{letter.pk}"


def is_of_victim_letter(key: str) -> bool:
    return key.startswith(_KEY)


def letters_called(by: Acting, keys: Collection[str]) -> dict[str, VictimLetter]:
    """The letters that messages of these keys are. One query."""
    numbers = [int(one.removeprefix(_KEY)) for one in keys if one.startswith(_KEY)]
    rows = VictimLetter.objects.for_user(by).filter(pk__in=numbers).select_related("invitation", "recorded_by")
    return {key_of(one): one for one in rows.defer("content").order_by("id")}


def open_to(by: Acting, letters: Iterable[VictimLetter]) -> dict[int, Victim]:
    """To whom each of these goes, by the letter's number, as far as their page is open to the reader. Four queries."""
    listed = list(letters)
    victims = victims_of_records(by, frozenset(one.record_id for one in listed)) if listed else []
    whose = {record: one for one in victims if not one.shut for record in one.records}
    return {one.pk: whose[one.record_id] for one in listed if one.record_id in whose}


def letters_to(by: Acting, victim: Victim) -> list[VictimLetter]:
    """Every letter to her, the newest first. One query."""
    rows = (
        VictimLetter.objects.for_user(by).filter(record__in=victim.records).select_related("invitation", "recorded_by")
    )
    return list(rows.defer("content").order_by("-id"))


def find_letter(by: Acting, victim: Victim, number: int) -> VictimLetter | None:
    return next((one for one in letters_to(by, victim) if one.pk == number), None)


def is_written(by: Acting, victim: Victim, about: About, of: str) -> bool:
    """Whether a letter of the same is on its way or with her. Two queries."""
    return _is_any_held(by, [one for one in letters_to(by, victim) if (one.about, one.of) == (about, of)])


def is_asked_on(by: Acting, victim: Victim, day: date) -> bool:
    """Whether a letter that asks how she was treated, written on a day, is on its way or with her. Two queries."""
    asked = [one for one in letters_to(by, victim) if one.about == About.SURVEY and day_of(one.known_from) == day]
    return _is_any_held(by, asked)


def held(letters: Iterable[VictimLetter], standing: Mapping[str, Stands]) -> list[VictimLetter]:
    """Those that are on their way or with her, of letters and how each stands."""
    return [one for one in letters if standing[key_of(one)].status not in LOST]


def _is_any_held(by: Acting, letters: Iterable[VictimLetter]) -> bool:
    listed = list(letters)
    return bool(listed) and bool(held(listed, stands(by.force.code, {key_of(one) for one in listed})))


def why_it_may_not_go(by: Acting, letter: VictimLetter, text: str, now: datetime) -> str:
    """VIC-02, VIC-09: why a letter may not leave as things stand now; empty where it may. Asked as the system asks."""
    system = acting_system(by.force, by.actor.name)
    victim = next(iter(victims_of_records(system, [letter.record_id])), None)
    if victim is None:
        return WhyNot.NOT_LOOKED_AFTER
    story = story_of(system, victim, now)
    said = terms_of(story)
    news = next((one for one in story.happened if one.key == letter.of), None)
    is_news = letter.about == About.NEWS
    why = why_not(story, news.kind if news is not None else None)
    if why is not None:
        return why
    against = {
        Stopped.NEWS_CHANGED: is_news and (news is None or letter.known_from < news.at <= now),
        Stopped.NO_SURVEYS: not is_news and said.survey != "yes",
        Stopped.LANGUAGE_CHANGED: languages_of(letter.language) != languages_of(said.language),
        Stopped.NEVER_SAY: says_what_must_not_be(text, said.never_say),
        PROTECTED_DETAIL: bool(found_for(system, text, victim.records)),
    }
    return next((str(one) for one, holds in against.items() if holds), "")
