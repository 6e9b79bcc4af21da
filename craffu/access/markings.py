"""What a record, a field or a part of a record can be marked with beside its role and force: who reads it, what others see.

SEC-02, SEC-06, SEC-12. One table: pages and queries ask it, tests walk it over every role.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from craffu.common.sentences import gettext_noop as _

ANYWHERE = frozenset({"case_page", "search_result", "sample", "export", "information_request", "subject_access"})
CASE_PAGE = frozenset({"case_page"})


class Covers(StrEnum):
    """What bears the marking."""

    RECORD = "record"
    FIELD = "field"
    PART = "part"


class Outsiders(StrEnum):
    """What everybody else is shown: a stub that it exists and whom to ask, or nothing, not even that it exists."""

    STUB = "stub"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class RecordMarking:
    """One marking. Who reads: those let in, where `right` is empty, and otherwise whoever holds the named right.

    `outputs` are the only places where even they see it. `opens_in_emergency` says whether the glass may be broken for it:
    of what nobody may know, nobody can ask to have it opened. `label` stands beside what is shown, where it must. Whoever
    shows `title` and `meaning` translates them.
    """

    key: str
    title: str
    meaning: str
    covers: Covers
    outsiders: Outsiders
    right: str = ""
    outputs: frozenset[str] = ANYWHERE
    opens_in_emergency: bool = False
    label: str | None = None


RESTRICTED = RecordMarking(
    "restricted",
    _("Restricted"),
    _("Everybody else is told only that it exists, and whom to ask."),
    Covers.RECORD,
    Outsiders.STUB,
    opens_in_emergency=True,
)
COVERT = RecordMarking(
    "covert",
    _("Covert"),
    _("Nobody else learns that it exists, and nobody can open it in an emergency."),
    Covers.RECORD,
    Outsiders.NOTHING,
)
VICTIM_ADDRESS = RecordMarking(
    "victim_address",
    _("Victim’s contact details"),
    _("Kept encrypted. Only victim contact officers see them, and only on the case page."),
    Covers.FIELD,
    Outsiders.NOTHING,
    right="victim_protected",
    outputs=CASE_PAGE,
)
# Papers of orders that are advice, or marked so: `orders/printing/rules.py` says in which copies they may stand.
PRIVILEGED = RecordMarking(
    "privileged",
    _("Legal advice"),
    _("Never in samples, exports, information requests or answers to a subject. Only the legal team lifts it."),
    Covers.PART,
    Outsiders.NOTHING,
    right="legal_advice",
    outputs=CASE_PAGE,
    label="legal advice",
)

MARKINGS = {one.key: one for one in (RESTRICTED, COVERT, VICTIM_ADDRESS, PRIVILEGED)}
OF_RECORDS = tuple(one for one in MARKINGS.values() if one.covers is Covers.RECORD)

# The fields that SEC-06 names.
MARKED_FIELDS = dict.fromkeys(
    ("victim_address", "victim_phone", "victim_safe_word", "victim_workplace", "victim_school"), VICTIM_ADDRESS
)


def privileged_or_none(*, privileged: bool) -> RecordMarking | None:
    return PRIVILEGED if privileged else None


def is_put_out(marking: RecordMarking | None, output: str) -> bool:
    """Whether something with this marking, or with none, may stand in an output at all (SEC-12)."""
    return marking is None or output in marking.outputs


def is_field_shown(name: str, rights: Collection[str], output: str) -> bool:
    """Whether somebody with these named rights sees a field in an output (SEC-06)."""
    marking = MARKED_FIELDS.get(name)
    return is_put_out(marking, output) and (marking is None or marking.right in rights)


def label_of(marking: RecordMarking | None, output: str) -> str | None:
    """The words that stand beside what is shown, where it must bear some."""
    return marking.label if marking is not None and is_put_out(marking, output) else None
