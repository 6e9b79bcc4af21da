"""Whether the Welsh that staff read is still a draft: every message counts until a qualified translator approved it.

Approvals lie in craffu/locale/cy/approved.csv, one line a message, made of digests: the wording itself is only in
the catalogue, and an approval lapses when either language's wording changes (BIL-04; docs/adr).
"""

import csv
import functools
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import settings

WELSH = Path(__file__).resolve().parents[1] / "locale" / "cy"
CATALOGUE = WELSH / "LC_MESSAGES" / "django.po"
APPROVED = WELSH / "approved.csv"


def english_digest(message: Message) -> str:
    """The digest that stands for a message's English, its context and its plural included."""
    return _digest(message.context or "", *_forms(message.id))


def welsh_digest(message: Message) -> str:
    """The digest that stands for a message's Welsh, all plural forms included."""
    return _digest(*_forms(message.string))


def _forms(words: object) -> tuple[str, ...]:
    return tuple(str(form) for form in words) if isinstance(words, list | tuple) else (str(words),)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def messages(catalogue: Path = CATALOGUE) -> Iterator[Message]:
    """The messages of the Welsh catalogue, in its order."""
    with catalogue.open("rb") as file:
        yield from (message for message in read_po(file, locale="cy") if message.id)


def approvals(register: Path = APPROVED) -> frozenset[tuple[str, str]]:
    """The pairs of wording, English and Welsh, that a qualified translator approved."""
    with register.open(encoding="utf-8", newline="") as file:
        return frozenset((row["msgid_sha256"], row["msgstr_sha256"]) for row in csv.DictReader(file))


def count_drafts(catalogue: Path, register: Path) -> int:
    """How many messages of a catalogue nobody approved as they stand."""
    approved = approvals(register)
    return sum((english_digest(message), welsh_digest(message)) not in approved for message in messages(catalogue))


def kept_register() -> Path:
    """Where the approvals lie: those of the release, or a register that the force keeps itself."""
    return Path(settings.CRAFFU_WELSH_APPROVED) if settings.CRAFFU_WELSH_APPROVED else APPROVED


@functools.cache
def _in_catalogue() -> Mapping[str, tuple[str, str]]:
    """The digests of each plain message, by its English. Read once: the catalogue changes only with the release."""
    plain = (one for one in messages() if not one.context and isinstance(one.id, str))
    return {str(one.id): (english_digest(one), welsh_digest(one)) for one in plain}


def are_approved(*said: str) -> bool:
    """BIL-03: whether the Welsh of each of these messages of the catalogue is approved as it stands."""
    approved = approvals(kept_register())
    return all(_in_catalogue().get(one) in approved for one in said)


def digests_of_wording(english: str, welsh: str) -> tuple[str, str]:
    """What stands in the register for a wording of our papers, which is in no catalogue."""
    return _digest("", english), _digest(welsh)


def is_wording_approved(english: str, welsh: str) -> bool:
    """BIL-03: whether a qualified translator approved this wording, of a paper of ours or of the force's own."""
    return digests_of_wording(english, welsh) in approvals(kept_register())


@functools.cache
def _drafts(register: Path) -> int:
    return count_drafts(CATALOGUE, register)


def draft_count() -> int:
    """How many Welsh messages of this release are drafts. Read once: the catalogue changes only with the release."""
    return _drafts(kept_register())


def is_draft() -> bool:
    """Whether any Welsh that a page may show still waits for approval."""
    return draft_count() > 0
