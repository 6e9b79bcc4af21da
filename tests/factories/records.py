"""One more record of somebody who is known already, with what it says of where they are."""

from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.models import Provenance, Regime
from craffu.people.actions import receive_record
from craffu.people.facts import Contact, PersonFacts
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records


def one_more_of(
    by: Acting,
    record: int,
    *contacts: tuple[str, str],
    key: str = "more",
    now: datetime | None = None,
    name: tuple[str, str] = ("Sian", "Rees"),
    source: str = "housing",
    true_from: date | None = None,
) -> SourceRecord:
    """Another source's record of whoever this record is of."""
    at = now or clock.now()
    facts = PersonFacts("", *name, "", "", contacts=tuple(Contact(*one) for one in contacts), true_from=true_from)
    sent = Provenance(source, "0" * 64, 1, at, "1", "A controller", Regime.PART_3, "A basis")
    return receive_record(
        by=by, source_key=key, facts=facts, provenance=sent, why="a test", now=at,
        person=people_of_records(by, [record])[record],
    )  # fmt: skip
