"""The kinds of event the log knows: their verb, their wording in English and Welsh, and what erasure does to them.

SEC-04. Each package declares its own kinds in its `events.py` with `kind(...)`; the stored row holds the short key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from craffu.audit.rules import Verb
from craffu.common.fates import OnErasure

__all__ = [
    "ABOUT_THE_LOG",
    "AUDIT_READ",
    "CHAIN_CHECKED",
    "CHAIN_VIEWED",
    "KINDS",
    "LOG_EXPORTED",
    "Entry",
    "EventKind",
    "Verb",
    "kind",
]


class Wording(Protocol):
    """A text, or one that is translated when it is shown."""

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event. A row names references, field names, counts and codes, so erasure keeps it unless said otherwise."""

    key: str
    verb: Verb
    wording: Wording
    on_erasure: OnErasure = OnErasure.KEEP

    def in_language(self, language: str) -> str:
        with override(language):
            return str(self.wording)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says beside who, when and which kind. Never a value that was stored, changed or erased."""

    refs: Iterable[str] = ()
    fields: Iterable[str] = ()
    purpose: str = ""
    reason: str = ""
    recipient: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


KINDS: dict[str, EventKind] = {}


def kind(key: str, verb: Verb, wording: Wording, on_erasure: OnErasure = OnErasure.KEEP) -> EventKind:
    """Declare a kind of event. Its key is stored for ever, so two kinds can never share one."""
    if key in KINDS:
        raise ValueError(f"the event kind {key} is declared twice")
    KINDS[key] = EventKind(key, verb, wording, on_erasure)
    return KINDS[key]


AUDIT_READ = kind("audit_read", Verb.CONSULTATION, _("Log read"))
CHAIN_VIEWED = kind("audit_chain_viewed", Verb.CONSULTATION, _("State of the log viewed"))
CHAIN_CHECKED = kind("audit_chain_checked", Verb.CONSULTATION, _("Log checked for changes"))
BACKUP_MADE = kind("backup_made", Verb.CONSULTATION, _("Everything copied into a sealed backup"))
BACKUP_RESTORED = kind("backup_restored", Verb.CONSULTATION, _("Everything restored from a backup"))
BACKUP_DESTROYED = kind("backup_destroyed", Verb.ERASURE, _("A backup that was kept no longer was destroyed"))
LOG_EXPORTED = kind("audit_exported", Verb.DISCLOSURE, _("Answer from the log taken out as a file"))
ABOUT_THE_LOG = (AUDIT_READ.key, CHAIN_VIEWED.key, CHAIN_CHECKED.key)
