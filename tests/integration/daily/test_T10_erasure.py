"""T10, SEC-09: whoever is erased is nowhere any more, and the log says how much went, by whose authority, and nothing else."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import FactorNotFresh
from craffu.access.queries import acting_user
from craffu.access.retention.kinds import Authority
from craffu.access.retention.models import RetentionStep
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.daily.retaining.actions import Said, ask_to_erase, erase_person, lift_hold, place_hold
from craffu.daily.ticking import tick
from craffu.measures.snapshots.actions import build_snapshot
from craffu.people.models import Person
from craffu.people.search.tables import rows_naming
from craffu.work.models import WorkItem
from tests.factories.erasing import MARK, hold_back, marked, sealed_texts, where
from tests.factories.priorities import scored_by
from tests.web.test_role_matrix import (
    make_a_plan,
    make_an_order,
    report_a_breach,
)

pytestmark = [pytest.mark.rule("SEC-09"), pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WHY = Said("Nothing has been heard of them for ten years.", Authority.RETENTION_REVIEW)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def of_an_index(by: Acting, word: str) -> list[int]:
    return rows_naming(by.force.pk, [(((word,),),)], (), 5)


def test_T10_whoever_is_erased_is_in_no_table_index_snapshot_or_file_and_the_log_holds_counts(
    system: Acting, make_user: Callable[..., User], tmp_path: Path
) -> None:
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    marked(system, tmp_path, 7, "wholelse")
    kept = sealed_texts()
    case, suspect, victim = marked(system, tmp_path, 1)
    team = acting_user(make_user("orders_team"))
    make_an_order(team, acting_user(make_user("victim_officer")))
    make_a_plan(acting_user(make_user("offender_manager")), acting_user(make_user("supervisor")))
    report_a_breach(team)
    scored_by(acting_user(make_user("coordinator")), NOW)
    hold_back(system, tmp_path, 1)
    waiting = Path(settings.CRAFFU_HOME) / "messages" / "a.json"
    waiting.parent.mkdir(exist_ok=True)
    waiting.write_text(f'{{"to": "{MARK}eg@example.org"}}')
    build_snapshot(by=system)
    tick(force=system.force, at=NOW)
    assert WorkItem.objects.for_system("a test").filter(state="open", of_case=case).exists()
    assert of_an_index(system, f"{MARK}ab")
    theirs = {text: at for text, at in sealed_texts().items() if text not in kept}
    assert len(theirs) > 20
    assert where(MARK)

    ask_to_erase(by=first, person=suspect, said=replace(WHY, words=f"{MARK} asked of us"))
    row = erase_person(by=other, person=suspect)

    assert where(MARK) == []
    assert not of_an_index(system, f"{MARK}ab")
    assert not of_an_index(system, f"{MARK}egson")
    left = sealed_texts()
    # A document that nobody has matched to anybody, and in which nobody read their names, is not known to be theirs.
    unmatched = ("orders.OrderDocument.", "orders.DocumentRead.")
    assert sorted({at for text, at in theirs.items() if text in left and not at.startswith(unmatched)}) == []
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        image = b"".join(one.read_bytes() for one in name.parent.glob(f"{name.name}*"))
        assert not [at for text, at in theirs.items() if text not in left and text.encode() in image]
    assert kept.keys() <= left.keys(), "what is about others stays"
    assert of_an_index(system, "wholelseab")
    assert not Person.objects.for_system("a test").filter(reference__in=[suspect, victim]).exists()
    event = json.loads(Event.objects.get(kind="person_erased").payload)
    assert event["counts"] == {"rows": row.rows, "files": 1, "people": 2, "cases": 1}
    assert (event["refs"], event["purpose"]) == (
        [f"case/{case}", f"person/{suspect}", f"person/{victim}"],
        "retention_review",
    )
    assert not {"fields", "reason"} & event.keys()
    tick(force=system.force, at=NOW + timedelta(minutes=2))
    assert not WorkItem.objects.for_system("a test").filter(state="open", of_case=case).exists()
    with pytest.raises(NotPermitted, match="no such record"):
        ask_to_erase(by=first, person=suspect, said=WHY)


def test_a_victim_whom_another_case_needs_stays_with_that_case_and_a_hold_on_anybody_who_would_go_blocks(
    system: Acting, make_user: Callable[..., User], tmp_path: Path
) -> None:
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    case, suspect, victim = marked(system, tmp_path, 1)
    stays, another, same = marked(system, tmp_path, 2, "otherman", victim=1)
    assert same == victim
    ask_to_erase(by=first, person=suspect, said=WHY)
    with pytest.raises(Conflict, match="asked for it already"):
        ask_to_erase(by=other, person=suspect, said=WHY)
    with pytest.raises(NotPermitted, match="Somebody else decides"):
        erase_person(by=first, person=suspect)
    with pytest.raises(FactorNotFresh):
        erase_person(by=replace(other, factor_at=None), person=suspect)
    held = place_hold(by=first, person=suspect, said=Said("An inquiry has asked for it", Authority.INQUIRY))
    with pytest.raises(NotNow, match=f"legal hold blocks this: {suspect}"):
        erase_person(by=other, person=suspect)
    assert where(f"{MARK}ab")
    lift = Said("The inquiry has ended", Authority.INQUIRY, held.number)
    lift_hold(by=other, person=suspect, said=lift)
    with pytest.raises(Conflict, match="does not stand any more"):
        lift_hold(by=other, person=suspect, said=lift)
    row = erase_person(by=other, person=suspect)
    assert (row.authority, row.asked_by, row.by) == ("retention_review", first.user, other.user)
    assert where(f"{MARK}ab") == []
    assert {"model people.RecordVersion"} <= set(where(f"{MARK}eg")), "she is needed"
    left = Person.objects.for_system("a test").order_by("id").values_list("reference", flat=True)
    assert list(left) == [victim, another] or list(left) == [another, victim]
    assert {step.words for step in RetentionStep.objects.filter(person=suspect)} == {""}
    assert stays != case
