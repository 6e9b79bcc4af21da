"""The words for what the log stores as keys: purposes, verbs, kinds, roles, references, counts."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.exports.reasons import PURPOSES as TAKEN_OUT_FOR
from craffu.access.roles import BY_KEY
from craffu.audit.events import KINDS
from craffu.audit.rules import Purpose, Verb
from craffu.measures import events as _of_measures  # noqa: F401 (kinds that only commands log are shown here as well)
from craffu.orders.printing.reasons import OWN as PRINTED_FOR
from craffu.web.presenters import Text

PURPOSES: Mapping[str, Text] = {
    Purpose.LAWFULNESS: gettext_lazy("To check that processing is lawful"),
    Purpose.SELF_MONITORING: gettext_lazy("Self-monitoring by the force, including conduct and discipline"),
    Purpose.INTEGRITY: gettext_lazy("To keep personal data whole and secure"),
    Purpose.CRIMINAL_PROCEEDINGS: gettext_lazy("For criminal proceedings"),
}

VERBS: Mapping[str, Text] = {
    Verb.COLLECTION: gettext_lazy("Collection"),
    Verb.ALTERATION: gettext_lazy("Alteration"),
    Verb.CONSULTATION: gettext_lazy("Consultation"),
    Verb.DISCLOSURE: gettext_lazy("Disclosure"),
    Verb.COMBINATION: gettext_lazy("Combination"),
    Verb.ERASURE: gettext_lazy("Erasure"),
    Verb.AUTHENTICATION: gettext_lazy("Signing in or out"),
    Verb.DENIED: gettext_lazy("Refusal"),
}

# Who acts without an account.
ACTORS: Mapping[str, Text] = {
    "system": gettext_lazy("The system"),
    "operator": gettext_lazy("At the machine"),
    "service": gettext_lazy("Service account"),
}

COUNTS: Mapping[str, Text] = {
    "rows": gettext_lazy("Rows"),
    "files": gettext_lazy("Files"),
    "received": gettext_lazy("Received"),
    "rejected": gettext_lazy("Rejected"),
    "parked": gettext_lazy("Parked"),
    "offences": gettext_lazy("Offences"),
    "results": gettext_lazy("Results"),
    "codes": gettext_lazy("Codes"),
    "cases": gettext_lazy("Cases"),
    "version": gettext_lazy("Version"),
    "faults": gettext_lazy("Faults"),
    "minutes": gettext_lazy("Minutes"),
    "found": gettext_lazy("Found"),
    "left_out": gettext_lazy("Left out"),
    "part": gettext_lazy("Part"),
    "parts": gettext_lazy("Parts"),
    "records": gettext_lazy("Records"),
    "pairs": gettext_lazy("Pairs"),
    "moved": gettext_lazy("Moved to another person"),
    "compared": gettext_lazy("Compared"),
    "new": gettext_lazy("New"),
    "over": gettext_lazy("Settled"),
    "days": gettext_lazy("Days"),
    "seconds": gettext_lazy("Seconds"),
    "factors": gettext_lazy("Ways to sign in"),
    "sessions": gettext_lazy("Sessions ended"),
    "hidden": gettext_lazy("Figures held back"),
    "items": gettext_lazy("Items"),
    "queues": gettext_lazy("Queues"),
    "signals": gettext_lazy("Signals"),
    "read_again": gettext_lazy("Read again"),
    "texts": gettext_lazy("Texts"),
    "tries": gettext_lazy("Tries"),
    "values": gettext_lazy("Values"),
    "backups": gettext_lazy("Backups"),
}

# How a record's reference begins, and how the log names its kind. A victim is a person.
RECORDS: Mapping[str, str] = {
    "P": "person",
    "C": "case",
    "O": "order",
    "B": "breach",
    "L": "pair",
    "D": "document",
    "LC": "comparison",
    "LD": "difference",
    "R": "run",
    "H": "held",
    "E": "emergency",
    "MT": "meeting",
    "I": "interview",
    "LR": "live_risk",
    "SM": "sample",
    "CV": "case_review",
    "DD": "deep_dive",
    "IN": "initiative",
    "PL": "panel",
    "RP": "scrutiny_report",
    "RC": "recommendation",
    "RR": "rights_request",
    "WD": "destruction",
    "RF": "form",
    "AT": "api_token",
    "WH": "webhook",
}

# What else a row may name, before its name.
NAMED: Mapping[str, Text] = {
    "user": gettext_lazy("account"),
    "page": gettext_lazy("page"),
    "service": gettext_lazy("service account"),
    "right": gettext_lazy("role"),
    "terms": gettext_lazy("terms of use"),
    "area": gettext_lazy("area"),
    "team": gettext_lazy("team"),
    "force": gettext_lazy("force"),
    "file": gettext_lazy("file"),
    "batch": gettext_lazy("batch"),
    "series": gettext_lazy("series"),
    "table": gettext_lazy("table"),
    "codes": gettext_lazy("codes"),
    "chain": gettext_lazy("log"),
    "key": gettext_lazy("key"),
    "reach": gettext_lazy("reach of a role"),
    "snapshot": gettext_lazy("snapshot"),
    "answer": gettext_lazy("answer to the public"),
    "victim": gettext_lazy("victim"),
    "list": gettext_lazy("list"),
    "linkmodel": gettext_lazy("linkage model"),
    "scores": gettext_lazy("scores"),
    "programme": gettext_lazy("training programme"),
    "capacity": gettext_lazy("capacity"),
    "population": gettext_lazy("population"),
    "rank": gettext_lazy("rank"),
}


def kind_words(kind: str) -> str:
    """What sort of act; a kind that this version does not know goes by its key."""
    return str(KINDS[kind].wording) if kind in KINDS else kind


def purpose_of(purpose: str) -> Text:
    """What a row was for: one of the four purposes of the log, or what records were taken out for."""
    return {**TAKEN_OUT_FOR, **PRINTED_FOR, **PURPOSES}.get(purpose, purpose)


def role_words(role: str) -> Text:
    """A role as it was held then."""
    if role in BY_KEY:
        return BY_KEY[role].title
    return ACTORS.get(role, role) or _("No role")


def ref_in_log(reference: str) -> str:
    """`P-10001` as the log writes it. Raises KeyError for a letter that no record has."""
    return f"{RECORDS[reference.partition('-')[0]]}/{reference}"


def ref_words(ref: str) -> str:
    """A reference of the log as people write it."""
    kind, _slash, name = ref.partition("/")
    return name if kind in RECORDS.values() and "-" in name else f"{NAMED.get(kind, kind)}: {name}"


def count_words(counts: Mapping[str, int]) -> str:
    """What was counted, each with its number."""
    return "; ".join(f"{COUNTS.get(name, name)}: {number:,}" for name, number in counts.items())
