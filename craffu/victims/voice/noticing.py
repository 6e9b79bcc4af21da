"""The notice about who may come to read a victim's words: shown before them, and carried to them so that nobody can forge it.

VIC-11: version, language and time are kept with the words. What carries them is signed, and holds for one victim and one officer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.utils import translation

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.languages import Language
from craffu.victims.voice.rules import NOTICES, ReadersNotice
from craffu.victims.voice.subjects import NOTICE_VERSION
from craffu.victims.voice.wording import NOTICE_BEGINS, NOTICE_ENDS, NOTICE_TITLE, READERS

_SALT: Final = "craffu.victims.notice"
# One talk: who comes back later is shown it again.
LASTS: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """The notice in one language, as it is shown."""

    language: str
    title: str
    begins: str
    readers: tuple[str, ...]
    ends: tuple[str, ...]


def notices() -> tuple[NoticeShown, ...]:
    """The notice as it stands, in both languages, the reader's own first: she is shown it in hers."""
    languages = sorted(Language, key=lambda one: one != translation.get_language())
    return tuple(_notice(one.value) for one in languages)


def _notice(language: str) -> NoticeShown:
    with translation.override(language):
        readers = tuple(str(words) for key, words in READERS.items() if key in NOTICES[NOTICE_VERSION])
        return NoticeShown(
            language, str(NOTICE_TITLE), str(NOTICE_BEGINS), readers, tuple(str(one) for one in NOTICE_ENDS)
        )


def carry(by: Acting, victim: str, language: str) -> str:
    """What is sent along with the words: that the notice was shown to this victim now, by this officer."""
    said = [NOTICE_VERSION, language, clock.now().isoformat(), victim, by.actor.name]
    return signing.dumps(said, salt=_SALT, compress=True)


@dataclass(frozen=True, slots=True)
class Carried:
    """A notice that was shown, and to which victim."""

    victim: str
    notice: ReadersNotice


def carried(by: Acting, text: str) -> Carried | None:
    """What was sent along; None for what is not of ours, not of this officer, or too old."""
    try:
        version, language, at, victim, name = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    shown_at = datetime.fromisoformat(at)
    if name != by.actor.name or clock.now() - shown_at > LASTS or version not in NOTICES:
        return None
    return Carried(victim, ReadersNotice(version, language, shown_at, NOTICES[version]))
