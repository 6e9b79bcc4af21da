"""T9: whatever is done, in whatever order, each act is logged under its verb with time and actor, a disclosure with recipient.

The test fails the day a verb is declared and not driven here.
"""

import itertools
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craffu.access.acting import Acting
from craffu.access.actions import change_right, create_user, list_accounts, set_password
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.audit.actions import IncompleteEvent, record
from craffu.audit.actors import Actor
from craffu.audit.events import KINDS
from craffu.audit.models import Event
from craffu.audit.rules import BY_LAW, Verb
from craffu.cases.models import Case
from craffu.intake.models import HeldRow, Run
from craffu.intake.running import take_in
from craffu.linkage.actions import decide_pair, part_records
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Word
from craffu.people.models import Person
from craffu.scrutiny.destroying.actions import ask_to_destroy_interview
from craffu.scrutiny.interviewing.actions import withdraw_consent
from craffu.scrutiny.interviewing.kinds import Use
from tests.factories.court_messages import court_message
from tests.factories.identities import NOBODYS, record_of, score
from tests.factories.interviews import answered
from tests.factories.stories import bail_story, held_back

OPERATIONS = (
    "take_in", "take_in_rejected", "create_account", "give_right", "take_right", "set_password", "list_accounts",
    "people", "person", "cases", "case", "runs", "run", "held", "decide", "take_rejects_away", "refused", "log", "chain",
    "link", "merge", "unlink", "split", "destroy",
)  # fmt: skip


class Doer:
    """Each operation as the product does it, and the verb it must leave in the log."""

    def __init__(
        self, system: Acting, folder: Path, clients: dict[str, Client], users: Callable[..., User],
        confirmed: Callable[..., Client],
    ) -> None:  # fmt: skip
        self.system, self.folder, self.clients, self.users, self.confirmed = system, folder, clients, users, confirmed
        self.numbers = itertools.count(1)

    def newest(self, model: Any, **filters: str) -> str:
        found = model.objects.for_system("a test").filter(**filters).order_by("-pk")
        return str(found.values_list("reference", flat=True)[0])

    def take(self, files: dict[str, bytes]) -> None:
        folder = self.folder / f"inbox-{next(self.numbers)}"
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        take_in(by=self.system, kind="court-results", paths=[folder])

    def do(self, operation: str) -> Verb:
        verb: Verb = getattr(self, operation)()
        return verb

    def opened(self, role: str, path: str) -> Verb:
        assert self.clients[role].get(path).status_code == 200, path
        return Verb.CONSULTATION

    def take_in(self) -> Verb:
        self.take({"1.xml": court_message(ptiurn=f"63AB{next(self.numbers):07}")})
        return Verb.COLLECTION

    def take_in_rejected(self) -> Verb:
        self.take({"1.xml": b"%PDF-1.7 no message"})
        return Verb.COLLECTION

    def create_account(self) -> Verb:
        create_user(by=self.system, username=f"made{next(self.numbers)}", name="Made", password=None)
        return Verb.COLLECTION

    def give_right(self) -> Verb:
        change_right(by=self.system, user=self.users(), right="authoriser", held=True, reason="test")
        return Verb.ALTERATION

    def take_right(self) -> Verb:
        change_right(by=self.system, user=self.users(), right="authoriser", held=False, reason="test")
        return Verb.ALTERATION

    def set_password(self) -> Verb:
        set_password(by=self.system, user=self.users(), password="glan-afon-2026-profi")
        return Verb.ALTERATION

    def list_accounts(self) -> Verb:
        list_accounts(by=self.system)
        return Verb.CONSULTATION

    def people(self) -> Verb:
        return self.opened("investigator", "/people")

    def person(self) -> Verb:
        return self.opened("investigator", f"/people/{self.newest(Person)}")

    def cases(self) -> Verb:
        return self.opened("investigator", "/cases")

    def case(self) -> Verb:
        return self.opened("investigator", f"/cases/{self.newest(Case)}")

    def runs(self) -> Verb:
        return self.opened("analyst", "/intake/")

    def run(self) -> Verb:
        return self.opened("analyst", f"/intake/runs/{self.newest(Run)}")

    def held(self) -> Verb:
        return self.opened("analyst", f"/intake/held/{self.newest(HeldRow, why='parked')}")

    def decide(self) -> Verb:
        """Set the newest parked row aside: it can be done once."""
        waiting = HeldRow.objects.for_system("a test").filter(why="parked", decision__isnull=True).order_by("-pk")
        held = waiting.values_list("reference", flat=True)[0]
        posted = {"rows": held, "decision": "set_aside", "reason": "Compared."}
        assert self.clients["analyst"].post(f"/intake/held/{held}", posted).status_code == 302
        return Verb.ALTERATION

    def take_rejects_away(self) -> Verb:
        run = self.newest(Run, kind="court-results", reject_file__gt="")
        posted = {"recipient": "Results team", "reason": "To be put right"}
        answer = self.confirmed(self.clients["analyst"]).post(f"/intake/runs/{run}/rejects", posted)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)
        return Verb.DISCLOSURE

    def refused(self) -> Verb:
        assert self.clients["analyst"].get("/people").status_code == 403
        return Verb.DENIED

    def destroy(self) -> Verb:
        analyst = acting_user(self.clients["analyst"].user)  # type: ignore[attr-defined]
        one = answered(analyst)
        withdraw_consent(by=analyst, interview=one.reference, uses=frozenset({Use.KEEP}))
        asked = ask_to_destroy_interview(by=analyst, interview=one.reference)
        auditor = self.confirmed(self.clients["auditor"])
        answer = auditor.post(f"/retention/words/{asked.reference}", {"decision": "destroy"})
        assert answer.status_code == 302
        return Verb.ERASURE

    def log(self) -> Verb:
        posted = {"ask": "who", "who-record": self.newest(Person)}
        assert self.clients["auditor"].post("/audit/questions", posted, follow=True).status_code == 200
        return Verb.CONSULTATION

    def chain(self) -> Verb:
        return self.opened("auditor", "/audit/chain")

    def two(self) -> list[int]:
        return [record_of(self.system, f"two{next(self.numbers)}").pk for _ in range(2)]

    def link(self) -> Verb:
        score(self.system, *self.two())
        return Verb.COMBINATION

    def says(self, records: list[int], word: Word) -> Verb:
        clerk = acting_user(self.clients["link_clerk"].user)  # type: ignore[attr-defined]
        decide_pair(
            by=clerk, left=records[0], right=records[1], given=NewWord(word, "The same scar"), needs_another=False,
            roles_of=NOBODYS,
        )  # fmt: skip
        return Verb.COMBINATION

    def merge(self) -> Verb:
        return self.says(self.two(), Word.SAME)

    def unlink(self) -> Verb:
        records = self.two()
        score(self.system, *records)
        return self.says(records, Word.NOT_SAME)

    def split(self) -> Verb:
        records = self.two()
        score(self.system, *records)
        clerk = acting_user(self.clients["link_clerk"].user)  # type: ignore[attr-defined]
        part_records(by=clerk, records=records[:1], reason="Two brothers", roles_of=NOBODYS)
        return Verb.COMBINATION


@pytest.fixture
def doer(
    system: Acting,
    tmp_path: Path,
    signed_in_client: Callable[..., Client],
    make_user: Callable[..., User],
    confirmed: Callable[..., Client],
) -> Doer:
    clients = {role: signed_in_client(role) for role in ("investigator", "analyst", "auditor", "link_clerk")}
    clients["auditor"].post("/audit", {"purpose": "lawfulness"})
    somebody = make_user()
    made = Doer(system, tmp_path, clients, lambda: somebody, confirmed)
    made.take(bail_story())
    made.take(held_back())
    return made


def check(rows: list[Event], operation: str, verb: Verb) -> None:
    assert verb in {row.verb for row in rows}, operation
    for row in rows:
        said = json.loads(row.payload)
        assert datetime.fromisoformat(said["at"]).tzinfo is not None, operation
        assert said["actor"], operation
        assert said["actor_kind"] in {"user", "system", "operator"}, operation
        assert said["verb"] != Verb.DISCLOSURE or said["recipient"], operation
        assert KINDS[said["kind"]].verb == said["verb"], operation


def run_all(doer: Doer, operations: list[str]) -> None:
    for operation in operations:
        last = Event.objects.order_by("-id").values_list("id", flat=True)[0]
        check_rows = doer.do(operation)
        check(list(Event.objects.filter(id__gt=last)), operation, check_rows)


def property_of(doer: Doer, examples: int, length: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(
        st.lists(st.sampled_from([name for name in OPERATIONS if name != "decide"]), min_size=length, max_size=length)
    )
    def holds(operations: list[str]) -> None:
        run_all(doer, operations)

    holds()


@pytest.mark.postgres_in_deep
@pytest.mark.rule("SEC-04")
@pytest.mark.slow
def test_T9_every_operation_in_any_order_is_logged_whole(doer: Doer) -> None:
    run_all(doer, list(OPERATIONS))
    property_of(doer, examples=5, length=8)


@pytest.mark.rule("SEC-04")
@pytest.mark.deep
def test_T9_ten_thousand_operations_lack_nothing(doer: Doer) -> None:
    property_of(doer, examples=100, length=100)


@pytest.mark.rule("SEC-04")
def test_T9_the_six_verbs_are_all_driven_here(doer: Doer) -> None:
    assert {doer.do(operation) for operation in OPERATIONS} >= set(BY_LAW)


@pytest.mark.rule("SEC-04")
@given(
    verb=st.sampled_from(list(BY_LAW)),
    actor=st.sampled_from(["", "u1"]),
    recipient=st.sampled_from(["", "Court", "\0"]),
)
@settings(max_examples=50, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@pytest.mark.django_db
def test_T9_whatever_verb_comes_later_cannot_be_logged_without_what_the_law_asks(
    verb: Verb, actor: str, recipient: str
) -> None:
    from tests.integration.audit.conftest import declared

    whole = bool(actor) and (verb is not Verb.DISCLOSURE or bool(recipient))
    with transaction.atomic():
        try:
            record(kind=declared(verb), actor=Actor(actor, "analyst", "demo"), recipient=recipient)
        except IncompleteEvent:
            assert not whole
        else:
            assert whole
