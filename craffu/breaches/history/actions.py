"""The only writes of printed histories: kept as they leave, and logged as a disclosure in the same act, each time (SEC-07)."""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.exports.actions import disclose
from craffu.access.exports.rules import Asked
from craffu.access.policies import check_is_there
from craffu.breaches.events import BREACHES_ASKED_FOR, BREACHES_PRINTED
from craffu.breaches.history.answering import Answer, breach_answer
from craffu.breaches.history.facts import Row
from craffu.breaches.history.printing import Basis, For, NewHistoryPaper, purposes_of
from craffu.breaches.history.queries import every_row, find_printed, seen
from craffu.breaches.models import HistoryPrinted
from craffu.breaches.permissions import check_can_disclose
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.common.refusals import NotNow
from craffu.people.models import Person
from craffu.people.queries import find_person

FIELDS: Final = ("people.RecordVersion.family_name", "breaches.Breach.reference", "breaches.StandpointTaken.decision")


def facts_of(rows: Iterable[Row]) -> str:
    """The digest of everything that a history tells: the same for the same facts, whatever it looks like on paper."""
    return _digest(breach_answer(row) for row in rows)


def _facts_as_before(rows: Iterable[Row]) -> str:
    """The digest as papers bear it that left before courts' numbers stood in them: of records as their sources name them."""
    answers = (breach_answer(replace(row, records=row.keyed)) for row in rows)
    return _digest({key: said for key, said in one.items() if key != "ptiurns"} for one in answers)


def _digest(answers: Iterable[Answer]) -> str:
    told = json.dumps(list(answers), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


@action
def keep_printed(
    *,
    by: Acting,
    person: str,
    paper: NewHistoryPaper,
    asked: Asked,
    refs: Sequence[str],
    known_at: datetime | None = None,
    now: datetime | None = None,
) -> HistoryPrinted:
    """A history leaves: it is kept whole and its disclosure logged, or neither, and then it is not sent.

    Raises NotPermitted, Conflict where the history changed while it was printed, NotNow where another force is answered on no
    basis, and FactorNotFresh and Refusal as every export does.
    """
    at, user = now or clock.now(), check_can_disclose(by)
    if paper.printed_for == For.FORCE and paper.basis not in {one.value for one in Basis}:
        raise NotNow("no_basis", _("Choose on which lawful basis the other force is answered."))
    lock_until_commit("breaches", by.force.code)
    found = check_is_there(find_person(by, person))
    check_unchanged(paper.facts, facts_of(row for row in every_row(by, seen(by, found, known_at), at) if row.is_told))
    is_answer = paper.printed_for == For.FORCE
    row: HistoryPrinted = HistoryPrinted.objects.create(
        force=by.force, person=found, printed_for=paper.printed_for, language=paper.language, known_at=known_at,
        incidents=paper.rows, left_out=paper.left_out, facts=paper.facts, reason=asked.words,
        force_asking=asked.organisation.strip() if is_answer else "",
        officer_asking=asked.recipient.strip() if is_answer else "", basis=paper.basis, size=len(paper.content),
        sha256=hashlib.sha256(paper.content).hexdigest(), content=base64.b64encode(paper.content).decode(), by=user,
        known_from=at,
    )  # fmt: skip
    disclose(
        by=by, kind=BREACHES_ASKED_FOR if is_answer else BREACHES_PRINTED, asked=asked,
        purposes=purposes_of(paper.printed_for), refs=[f"person/{person}", *refs], fields=FIELDS,
        counts={"rows": paper.rows, **({"left_out": paper.left_out} if paper.left_out else {})}, now=at,
    )  # fmt: skip
    return row


def tells_the_same(by: Acting, person: Person, printed: HistoryPrinted, at: datetime | None = None) -> bool:
    """Whether the reader finds in the history what a paper tells: as it was known when it left, or as known at an instant.

    Of what is shut to the reader they find nothing: then they may not open the paper either.
    """
    known_at = at or printed.known_at or printed.known_from
    rows = [row for row in every_row(by, seen(by, person, known_at), at or printed.known_from) if row.is_told]
    return printed.facts == facts_of(rows) or printed.facts == _facts_as_before(rows)


@action
def send_history_again(
    *, by: Acting, person: str, number: int, asked: Asked, now: datetime | None = None
) -> tuple[HistoryPrinted, bytes]:
    """The very same paper once more, to show what left: a disclosure of its own.

    Raises NotPermitted where there is none, NotNow where it tells what is not open to whoever asks, and FactorNotFresh and
    Refusal as every export does.
    """
    at = now or clock.now()
    check_can_disclose(by)
    found = check_is_there(find_person(by, person))
    printed = check_is_there(find_printed(by, found, number))
    if not tells_the_same(by, found, printed):
        raise NotNow(
            "not_all_open", _("This paper tells of something that is not open to you. Print the history anew.")
        )
    disclose(
        by=by, kind=BREACHES_ASKED_FOR if printed.printed_for == For.FORCE else BREACHES_PRINTED, asked=asked,
        purposes=purposes_of(printed.printed_for), refs=[f"person/{person}"], fields=FIELDS,
        counts={"rows": printed.incidents}, now=at,
    )  # fmt: skip
    return printed, base64.b64decode(printed.content)
