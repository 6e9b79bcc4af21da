"""What the log does not tell an auditor who may not know of a covert record: whoever audits those is let into them (SEC-02)."""

from craffu.access.acting import Acting
from craffu.access.events import EMERGENCIES_LISTED, TODAY_VIEWED
from craffu.audit.events import AUDIT_READ, LOG_EXPORTED
from craffu.audit.questions import KeptFrom
from craffu.cases.events import CASES_LISTED
from craffu.people.events import PEOPLE_EXPORTED, PEOPLE_LISTED, PERSON_EXPORTED, PERSON_VIEWED

# Pages of something else, on which the record stood among others: who opened those is told all the same.
BESIDE = (
    PERSON_VIEWED,
    PEOPLE_LISTED,
    CASES_LISTED,
    TODAY_VIEWED,
    EMERGENCIES_LISTED,
    AUDIT_READ,
    PERSON_EXPORTED,
    PEOPLE_EXPORTED,
    LOG_EXPORTED,
)


def kept_from(by: Acting) -> KeptFrom:
    refs = [f"{kind}/{reference}" for kind, references in by.hidden.items() for reference in references]
    return KeptFrom(frozenset(refs), frozenset(kind.key for kind in BESIDE))
