"""The copy of their agreement that a victim keeps: what was agreed, said to them, in their language (P18; VIC-01, VIC-09).

It may be found by somebody else. So it names neither them nor a case, and leaves out everything that was written in anybody's own
words but the officer's name: what is never to be said, whom else we may tell, where to reach them, and the safe word.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.common.languages import Language
from craffu.victims.agreements.facts import Terms
from craffu.victims.contacts.rules import Channel
from craffu.web.court.words import day_words
from craffu.web.presenters import Text
from craffu.web.victims.agreement_presenters import frequency_words, joined, times_words
from craffu.web.victims.words import ASKING, CHANNELS, LANGUAGES, MAY_WE, TOPICS, URGENT

# What the officer reads as said of them is said to them here.
_TO_THEM: Final[Mapping[str, Text]] = {Channel.THROUGH_ADVOCATE: gettext_lazy("Through your advocate")}
INTERPRETED: Final = "other"


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy in one language: each question with its answer."""

    language: str
    title: str
    begins: str
    rows: tuple[tuple[str, str], ...]
    ends: tuple[str, ...]


def copies(given: Terms, agreed_on: date) -> tuple[Copy, ...]:
    """In the language that they chose; in both where they chose both, or one that we do not write."""
    chosen = [one for one in Language if one == given.language] or [Language.WELSH, Language.ENGLISH]
    return tuple(_copy(given, agreed_on, one.value) for one in chosen)


def _copy(given: Terms, agreed_on: date, language: str) -> Copy:
    with translation.override(language):
        return Copy(
            language,
            _("How we keep in touch"),
            _("This is what you agreed with us on %(day)s. You can change any of it at any time: tell us.")
            % {"day": day_words(agreed_on)},
            tuple((label, answer) for label, answer in _rows(given) if answer),
            (
                _("Whatever you chose, we tell you without delay of anything that your safety hangs on."),
                _("If you are in danger, call 999. For anything else, call 101."),
            ),
        )


def _rows(given: Terms) -> Iterator[tuple[str, str]]:
    yield _("Who keeps in touch with you"), given.officer
    yield _("How we may reach you"), joined(_way(one) for one in given.channels)
    yield _("May we leave a message?"), str(MAY_WE[given.may_leave_message])
    yield _("When it is safe"), times_words(given)
    yield _("At any hour, if it is urgent"), _way(given.urgent_reach)
    yield _("How often we are in touch"), frequency_words(given.frequency)
    yield _("Your language"), str(LANGUAGES.get(given.language, given.language))
    yield _("May we ask for your view?"), str(ASKING.get(given.asking, given.asking))
    yield (
        _("What you do not want to hear about"),
        joined(TOPICS.get(one, one) for one in given.not_wanted) or _("Nothing: you want to hear everything"),
    )
    yield _("Your safe word"), _("You have agreed one with us. It is not written here.") if given.safe_word else ""
    yield (
        _("We ask you again on"),
        day_words(date.fromisoformat(given.next_revisit_on) if given.next_revisit_on else None),
    )


def _way(channel: str) -> str:
    return str(_TO_THEM.get(channel) or URGENT.get(channel) or CHANNELS.get(channel, channel))
