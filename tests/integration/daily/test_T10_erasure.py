"""T10, SEC-09: whoever is erased is nowhere any more, and the log says how much went, by whose authority, and nothing else."""

import argparse
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
from django.db.models import Model, QuerySet

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import FactorNotFresh
from craffu.access.queries import acting_user
from craffu.access.retention.kinds import Authority, Step
from craffu.access.retention.models import RetentionStep
from craffu.access.rights_requests.actions import NewRequest, end_effect, record_request, take_step
from craffu.access.rights_requests.actions import Step as RightsGoes
from craffu.access.rights_requests.kinds import Ending, Kind, Whose
from craffu.access.rights_requests.models import RightsStep
from craffu.access.rights_requests.states import RightsStatus
from craffu.audit.models import Event
from craffu.breaches.models import Breach
from craffu.cases.models import Case, CaseRole
from craffu.clocks.london import day_of
from craffu.common import clock, keyring
from craffu.common.door import bookkeeping
from craffu.common.keyring import KeyRing
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.config.backups.packing import pack
from craffu.config.backups.sealed import NotSealed, Opening
from craffu.config.cli import DONE, SOMETHING_AMISS
from craffu.config.commands import backup
from craffu.daily.retaining.actions import (
    Said,
    ask_to_erase,
    erase_person,
    keep_records,
    lift_hold,
    open_reviews,
    place_hold,
)
from craffu.daily.retaining.going import Going
from craffu.daily.retaining.queries import backups_until, latest, looked_up
from craffu.daily.retaining.removing import _named
from craffu.daily.ticking import tick
from craffu.intake.models import HeldRow, KeptRow
from craffu.intake.running import take_in
from craffu.measures.snapshots.actions import build_snapshot
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order
from craffu.orders.models import Order
from craffu.people.models import Person
from craffu.people.queries import is_called, members, people_of_records
from craffu.people.search import actions as vocabulary
from craffu.people.search.models import SearchWord
from craffu.people.search.tables import rows_naming
from craffu.prevention.models import Plan
from craffu.work.models import WorkItem
from tests.factories.breaches import reported
from tests.factories.crimes import UNGRADED
from tests.factories.erasing import (
    MARK,
    copies_of,
    hold_back,
    keep_words,
    marked,
    sealed_texts,
    send_of_victim,
    tell_of_contact,
    where,
)
from tests.factories.extracts import LATER, row, write
from tests.factories.identities import score
from tests.factories.named_alone import discuss, name_them
from tests.factories.orders import TERMS, order_of
from tests.factories.priorities import scored_by
from tests.factories.rights_answered import answered, anybody
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
    marked(system, tmp_path, 12, "wholelse")
    kept = sealed_texts()
    case, suspect, victim = marked(system, tmp_path, 1)
    team = acting_user(make_user("orders_team"))
    make_an_order(team, acting_user(make_user("victim_officer")))
    make_a_plan(acting_user(make_user("offender_manager")), acting_user(make_user("supervisor")))
    report_a_breach(team)
    scored_by(acting_user(make_user("coordinator")), NOW)
    hold_back(system, tmp_path, 1)
    keep_words(system, tmp_path)
    tell_of_contact(system, tmp_path, 1)
    send_of_victim(system, tmp_path, 1)
    waiting = Path(settings.CRAFFU_HOME) / "messages" / "a.json"
    waiting.parent.mkdir(exist_ok=True)
    waiting.write_text(f'{{"to": "{MARK}eg@example.org"}}')
    build_snapshot(by=system)
    tick(force=system.force, at=NOW)
    assert WorkItem.objects.for_system("a test").filter(state="open", of_case=case).exists()
    assert of_an_index(system, f"{MARK}ab")
    theirs = {text: at for text, at in sealed_texts().items() if text not in kept}
    assert len(theirs) > 20
    assert {"model intake.RowWaiting", "model victims.Contact"} <= {*where(MARK)}
    referred = (case, suspect, victim, "O-10001", "B-10001")
    assert {"breaches", "orders", "people"} <= {*copies_of(referred)}
    assert copies_of([suspect]) != []

    ask_to_erase(by=first, person=suspect, said=replace(WHY, words=f"{MARK} asked of us"))
    erased = erase_person(by=other, person=suspect)

    assert where(MARK) == []
    assert copies_of(referred) == []
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
    assert event["counts"] == {"rows": erased.rows, "files": 1, "people": 2, "cases": 1}
    assert (event["refs"], event["purpose"]) == (
        [f"case/{case}", f"person/{suspect}", f"person/{victim}"],
        "retention_review",
    )
    assert not {"fields", "reason"} & event.keys()
    tick(force=system.force, at=NOW + timedelta(minutes=2))
    assert not WorkItem.objects.for_system("a test").filter(state="open", of_case=case).exists()
    with pytest.raises(NotPermitted, match="no such record"):
        ask_to_erase(by=first, person=suspect, said=WHY)


@pytest.mark.postgres_in_deep
def test_T10_what_names_them_by_a_reference_or_a_senders_key_alone_goes_with_them_and_what_names_others_stays(
    system: Acting, make_user: Callable[..., User], tmp_path: Path
) -> None:
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    team = acting_user(make_user("orders_team"))
    tables = _named(system, Going(), {}).keys()

    def stand() -> dict[type[Model], set[int]]:
        return {one: set(QuerySet(one).values_list("pk", flat=True)) for one in tables}

    people, stood = {}, [stand()]
    for number, mark in ((12, "wholelse"), (1, MARK)):
        case, people[mark], _victim = marked(system, tmp_path, number, mark)
        order = order_of(team, case, NOW - timedelta(hours=1))
        breach = reported(team, people[mark], NOW - timedelta(minutes=5), order=order.reference, words=f"{mark} waited")
        hold_back(system, tmp_path, number, mark)
        tell_of_contact(system, tmp_path / str(number), number, mark)
        send_of_victim(system, tmp_path, number, mark)
        refs = {"case": case, "person": people[mark], "order": order.reference, "breach": breach.reference}
        name_them(system, team, tmp_path, number, mark, refs)
        stood.append(stand())
    of_nobody = {one.__name__ for one in tables if not stood[0][one] < stood[1][one] < stood[2][one]}
    others = {"AdviceAsked", "MeetingCorrected", "PanelMatter", "ReleaseVersion"}
    assert of_nobody == {"Message", *others}, "each is planted here, in the test above or in every table's"

    ask_to_erase(by=first, person=people[MARK], said=WHY)
    erase_person(by=other, person=people[MARK])

    assert {one.__name__ for one, left in stand().items() if left != stood[1][one]} == set()
    assert where(MARK) == []


@pytest.mark.postgres_in_deep
def test_what_tells_of_somebody_whose_number_only_begins_like_theirs_stays(
    system: Acting, make_user: Callable[..., User], tmp_path: Path
) -> None:
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    _case, suspect, _victim = marked(system, tmp_path, 1)
    fillers = {"pnc_id": "UNKNOWN", "telephone": "unknown", "email": "unknown", "updated_at": LATER}
    write(tmp_path / "filled", "persons.csv", [row("rms", "persons", 1, person_ref="PERSON11", **fillers)])
    assert take_in(by=system, kind="rms", paths=[tmp_path / "filled"]).run.rejected == 0
    told = [("CRIME995", "It is unknown who rang."),
        ("CRIME12", "She rang again."), ("CRIME990", f"Write to jo{MARK}ab@example.org or jo.{MARK}ab@example.org."),
        ("CRIME991", "Ring 077009000112, not 107700 900011."), ("CRIME992", f"Jo{MARK}ab Mair {MARK}abson, 1951-03-03"),
    ]  # fmt: skip
    theirs = [("CRIME1", "He waited."), ("CRIME993", "On 07700900011."), ("CRIME994", f"{MARK}ab@example.org")]
    rows = [
        row("rms", "contacts", at, crime_ref=crime, person_ref="PERSON990", words=words)
        for at, (crime, words) in enumerate((*told, *theirs), start=1)
    ]
    write(tmp_path / "kept", "contacts.csv", rows)
    assert take_in(by=system, kind="rms", paths=[tmp_path / "kept"]).run.rejected == 0
    broken = [one | {"contacted_at": "never", "contact_ref": f"HELD{at}"} for at, one in enumerate(rows)]
    for at, one in enumerate(broken):
        write(tmp_path / f"held-{at}", "contacts.csv", [one])
        assert take_in(by=system, kind="rms", paths=[tmp_path / f"held-{at}"]).run.rejected == 1
    messages = Path(settings.CRAFFU_HOME) / "messages"
    messages.mkdir(exist_ok=True)
    for at, (crime, words) in enumerate((*told, *theirs)):
        (messages / f"{at}.json").write_text(json.dumps({"body": f"{crime}\n{words}"}), encoding="utf-8")

    ask_to_erase(by=first, person=suspect, said=WHY)
    erase_person(by=other, person=suspect)

    assert {json.loads(one.words)["words"] for one in KeptRow.objects.for_system("a test")} == {
        words for _, words in told
    }
    assert HeldRow.objects.for_system("a test").count() == len(told)
    assert sorted(one.name for one in messages.iterdir()) == [f"{at}.json" for at, _one in enumerate(told)]


@pytest.mark.sqlite
def test_T10_whoever_is_erased_is_in_no_backup_once_its_term_is_over(
    system: Acting, make_user: Callable[..., User], tmp_path: Path, at_noon: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, ring, days = tmp_path / "backups", keyring.ring(), settings.CRAFFU_BACKUPS_KEPT_DAYS
    folder.mkdir()
    _case, suspect, _victim = marked(system, tmp_path, 1)
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    pack(folder / "before", ring, NOW - timedelta(days=days))
    pack(folder / "just before", ring, NOW)
    pack(folder / "of another ring", _another(ring), NOW - timedelta(days=days + 1))
    (folder / "no backup").write_text("a letter\n", encoding="utf-8")
    # What says another day than it was sealed with is not ours to judge.
    said = (folder / "just before").read_bytes()
    (folder / "changed").write_bytes(said.replace(b'"made_at": "2026', b'"made_at": "2016', 1))
    ask_to_erase(by=first, person=suspect, said=WHY)
    erased = erase_person(by=other, person=suspect)

    def backed_up(name: str, *, amiss: bool) -> tuple[list[str], list[str], list[str]]:
        """What goes, what should, and which of those that this ring opens hold the mark."""
        code = backup.run(argparse.Namespace(file=str(folder / name), json=True))
        answer = json.loads(capsys.readouterr().out)
        assert (code, answer["kept_days"], answer["ok"]) == (SOMETHING_AMISS if amiss else DONE, days, True)
        holds = [one.name for one in sorted(folder.iterdir()) if MARK.encode() in _opened(one, ring)]
        return answer["destroyed"], answer["expired"], holds

    strange = ["changed", "of another ring"]
    at_noon.move_to(NOW + timedelta(hours=1))
    assert backed_up("after", amiss=True) == (["before"], strange, ["just before"])
    for name in strange:
        (folder / name).unlink()
    at_noon.move_to(backups_until(erased.known_from))
    assert backed_up("later", amiss=False) == (["just before"], [], [])
    assert sorted(one.name for one in folder.iterdir()) == ["after", "later", "no backup"]
    rows = [json.loads(one.payload) for one in Event.objects.filter(kind="backup_destroyed").order_by("id")]
    assert [(one["verb"], one["counts"], one["reason"][:15]) for one in rows] == [
        ("erasure", {"backups": 1}, "made 2026-10-20"), ("erasure", {"backups": 1}, "made 2026-11-24"),
    ]  # fmt: skip


def _another(ring: KeyRing) -> KeyRing:
    return replace(ring, keys=dict.fromkeys(ring.keys, b"k" * 32))


def _opened(path: Path, ring: KeyRing) -> bytes:
    """All that is in a sealed file, and nothing of one that is none of this ring."""
    try:
        with path.open("rb") as file:
            return Opening(file, ring).buffered().read()
    except NotSealed:
        return b""


@pytest.mark.postgres_in_deep
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
    known = dict(vocabulary._known)
    with pytest.raises(Conflict, match="does not stand any more"):
        lift_hold(by=other, person=suspect, said=lift)
    erased = erase_person(by=other, person=suspect)
    assert (erased.authority, erased.asked_by, erased.by) == ("retention_review", first.user, other.user)
    assert where(f"{MARK}ab") == []
    assert {"model people.RecordVersion"} <= set(where(f"{MARK}eg")), "she is needed"
    left = Person.objects.for_system("a test").order_by("id").values_list("reference", flat=True)
    assert list(left) == [victim, another] or list(left) == [another, victim]
    assert {step.words for step in RetentionStep.objects.filter(person=suspect)} == {""}
    assert stays != case
    # A process that knew his words before learns them again when somebody is called the same.
    vocabulary._known.update(known)
    assert not SearchWord.objects.for_system("a test").filter(word=f"{MARK}ab").exists()
    marked(system, tmp_path, 3)
    assert SearchWord.objects.for_system("a test").filter(word=f"{MARK}ab").count() == 1


@pytest.mark.rule("SEC-08")
def test_what_was_said_of_somebody_who_was_found_to_be_them_holds_and_goes_too(
    system: Acting, make_user: Callable[..., User], tmp_path: Path, at_noon: Any
) -> None:
    """A hold and a request are said of a reference; a link that is made later leaves nobody's record under it."""
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    _case, suspect, _victim = marked(system, tmp_path, 1)
    _another, found, _her = marked(system, tmp_path, 2)
    hold = place_hold(by=first, person=found, said=Said(f"{MARK} asked of us", Authority.INQUIRY))
    asked = NewRequest(Kind.ACCESS, Whose.SUSPECT, found, f"{MARK} wrote to us", NOW.date(), "0" * 32)
    number = record_request(by=first, asked=asked).number
    scored_by(acting_user(make_user("coordinator")), NOW)
    his, same = (members(system).get(person__reference=one).record_id for one in (suspect, found))
    at_noon.shift(timedelta(minutes=1))
    score(system, his, same)
    assert {one.reference for one in people_of_records(system, [his, same]).values()} == {suspect}
    ask_to_erase(by=first, person=suspect, said=WHY)
    looked = looked_up(other, suspect, clock.now())
    assert looked is not None
    assert looked.held == (found,)
    with pytest.raises(NotNow, match=f"legal hold blocks this: {found}"):
        erase_person(by=other, person=suspect)
    # Of whom nobody's record is by now, it is said of those whose they are.
    lift_hold(by=other, person=found, said=Said("It has ended", Authority.INQUIRY, hold.number))
    late = place_hold(by=first, person=found, said=Said("A court asks for them", Authority.COURT))
    with pytest.raises(NotNow, match=f"legal hold blocks this: {found}"):
        erase_person(by=other, person=suspect)
    lift_hold(by=other, person=found, said=Said("It has ended", Authority.COURT, late.number))
    with pytest.raises(NotNow, match=f"has to be answered first: {number}"):
        erase_person(by=other, person=suspect)
    take_step(by=first, number=number, step=RightsGoes(RightsStatus.WITHDRAWN, f"{MARK} wrote again"), knows=is_called)
    erase_person(by=other, person=suspect)
    assert where(MARK) == []
    assert not Person.objects.for_system("a test").filter(reference__in=[suspect, found]).exists()


@pytest.mark.postgres_in_deep
@pytest.mark.rule("SEC-11")
def test_what_is_restricted_is_kept_until_that_is_lifted_and_what_was_said_of_it_goes_with_it(
    system: Acting, make_user: Callable[..., User], tmp_path: Path, at_noon: Any
) -> None:
    """However their records are linked since; the victim of whoever would go may have asked for it too."""
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    _case, suspect, victim = marked(system, tmp_path, 1)
    _another, found, _her = marked(system, tmp_path, 2)
    his, hers = (answered(first, other, Kind.RESTRICTION, one) for one in (found, victim))
    for number in (his, hers):
        bookkeeping(RightsStep.objects.filter(request__number=number).erase)(words=f"{MARK} of us")
    same = (members(system).get(person__reference=one).record_id for one in (suspect, found))
    at_noon.shift(timedelta(minutes=1))
    score(system, *same)
    ask_to_erase(by=first, person=suspect, said=WHY)
    looked = looked_up(other, suspect, clock.now())
    assert looked is not None
    assert looked.restricted == tuple(sorted((his, hers)))
    assert {f"rights_request/{one}" for one in (his, hers)} <= set(looked.refs)
    with pytest.raises(NotNow, match=f"kept until that is lifted: {his}, {hers}"):
        erase_person(by=other, person=suspect)
    end_effect(by=first, number=his, how=Ending.LIFTED, words=f"{MARK} said so")
    with pytest.raises(NotNow, match=f"kept until that is lifted: {hers}"):
        erase_person(by=other, person=suspect)
    end_effect(by=first, number=hers, how=Ending.LIFTED, words=f"{MARK} said so too")
    assert where(f"{MARK} said so") == ["model access.RightsEnding"]
    erase_person(by=other, person=suspect)
    assert where(MARK) == []


@pytest.mark.postgres_in_deep
@pytest.mark.rule("SEC-08")
def test_a_hold_stays_on_records_that_were_found_to_be_another_since_and_on_none_that_were_before(
    system: Acting, make_user: Callable[..., User], tmp_path: Path, at_noon: Any
) -> None:
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    _case, suspect, _victim = marked(system, tmp_path, 1)
    _another, parted, _her = marked(system, tmp_path, 2)
    his, same = (members(system).get(person__reference=one).record_id for one in (suspect, parted))

    def said(*, is_one: bool) -> None:
        at_noon.shift(timedelta(minutes=1))
        score(system, his, same, 0.999 if is_one else 0.0)
        at_noon.shift(timedelta(minutes=1))

    said(is_one=True)
    said(is_one=False)
    early = place_hold(by=first, person=suspect, said=Said("An inquiry asked", Authority.INQUIRY))
    ask_to_erase(by=first, person=parted, said=WHY)
    looked = looked_up(other, parted, clock.now())
    assert looked is not None
    assert looked.held == (), "they were one before anybody held them"
    lift_hold(by=other, person=suspect, said=Said("It has ended", Authority.INQUIRY, early.number))
    said(is_one=True)
    place_hold(by=first, person=suspect, said=Said("An inquiry asked", Authority.INQUIRY))
    said(is_one=False)
    assert len(set(people_of_records(system, [his, same]).values())) == 2
    with pytest.raises(NotNow, match=f"legal hold blocks this: {suspect}"):
        erase_person(by=replace(other, factor_at=clock.now()), person=parted)


@pytest.mark.postgres_in_deep
def test_a_suspect_who_is_a_victim_elsewhere_stays_as_that_and_nothing_stays_of_what_they_did(
    system: Acting, make_user: Callable[..., User], tmp_path: Path
) -> None:
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    case, suspect, _victim = marked(system, tmp_path, 1)
    inbox = tmp_path / "the other way round"
    write(inbox, "crimes.csv", [row("rms", "crimes", 2, **UNGRADED)])
    write(inbox, "involvements.csv", [row("rms", "involvements", 2, person_ref="PERSON11", role="victim")])
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    team = acting_user(make_user("orders_team"))
    order = order_of(team, case, NOW - timedelta(hours=1))
    reported(team, suspect, NOW - timedelta(minutes=5), order=order.reference, words=f"{MARK}w he waited")
    make_a_plan(acting_user(make_user("offender_manager")), acting_user(make_user("supervisor")))
    # Of somebody who was found to be them since, a meeting spoke too.
    _case, found, _hers = marked(system, tmp_path, 3)
    his = {one: Person.objects.for_system("a test").get(reference=one) for one in (suspect, found)}
    for number, somebody in enumerate(his.values(), start=1):
        written = {"force": system.force, "by": team.user, "known_from": NOW}
        discuss(number, f"{MARK}w he waited {number}", somebody, written)
    score(system, *(members(system).get(person=one).record_id for one in his.values()))
    assert {"model prevention.MeetingItem", "model prevention.MinutesPrinted"} <= set(where(f"{MARK}w he waited 2"))
    ask_to_erase(by=first, person=suspect, said=WHY)
    row_of = erase_person(by=other, person=suspect)
    assert json.loads(Event.objects.get(kind="person_erased").payload)["counts"]["people"] == 2, "both victims go"
    assert row_of.rows is not None
    assert Person.objects.for_system("a test").filter(reference=suspect).exists()
    assert list(Case.objects.for_system("a test").values_list("reference", flat=True)) != [case]
    assert not Case.objects.for_system("a test").filter(reference=case).exists()
    for model in (Order, Breach, Plan):
        assert not model.objects.for_system("a test").exists()
    assert where(f"{MARK}w he waited") == []
    assert "model people.RecordVersion" in where(f"{MARK}ab")


@pytest.mark.rule("SEC-08")
def test_a_hold_on_whoever_an_order_or_a_breach_of_theirs_names_blocks_though_no_case_of_hers_goes(
    system: Acting, make_user: Callable[..., User], tmp_path: Path, at_noon: Any
) -> None:
    """An order of no case, one in a case that stays because of another suspect, and a breach by which somebody is at risk."""
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    team = acting_user(make_user("orders_team"))
    shared, suspect, victim = marked(system, tmp_path, 1)
    inbox = tmp_path / "another suspect"
    write(
        inbox,
        "involvements.csv",
        [row("rms", "involvements", 9, crime_ref="CRIME1", person_ref="PERSON21", role="suspect")],
    )
    _case, _his, protected = marked(system, tmp_path, 2)
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    _third, _theirs, at_risk = marked(system, tmp_path, 3)
    record = {one.person.reference: one.record for one in members(system).select_related("person", "record")}
    given = Given(
        made_at=NOW - timedelta(hours=1), court="Llanelli", court_case_no="63AA1", source_record="sealed order",
        is_indefinite=True, terms=TERMS,
    )  # fmt: skip

    def order(of: str | None, hers: str) -> str:
        case = Case.objects.for_system("a test").get(reference=of) if of else None
        begun = Beginning(kind="SPO", respondent=record[suspect], case=case, protects=[record[hers]])
        return begin_order(by=team, beginning=begun, move="receive", given=given).reference

    orders = [order(shared, victim), order(None, protected)]
    breach = reported(team, suspect, NOW - timedelta(minutes=5), order=orders[1], words="He waited")
    bookkeeping(lambda: Breach.objects.for_system("a test").update(at_risk=record[at_risk]))()
    ask_to_erase(by=first, person=suspect, said=WHY)
    looked = looked_up(other, suspect, clock.now())
    assert looked is not None
    assert {one.reference for one in looked.going.stays} == {f"case/{shared}"}
    assert looked.going.besides == [f"breach/{breach.reference}", *(f"order/{one}" for one in sorted(orders))]
    assert set(looked.going.besides) <= set(looked.refs)
    for held in (victim, protected, at_risk):
        hold = place_hold(by=first, person=held, said=Said("An inquiry into how she was protected", Authority.INQUIRY))
        with pytest.raises(NotNow, match=f"legal hold blocks this: {held}"):
            erase_person(by=other, person=suspect)
        lift_hold(by=first, person=held, said=Said("It has ended", Authority.INQUIRY, hold.number))
    hers = answered(first, other, Kind.RESTRICTION, protected)
    with pytest.raises(NotNow, match=f"kept until that is lifted: {hers}"):
        erase_person(by=other, person=suspect)
    end_effect(by=first, number=hers, how=Ending.LIFTED, words="She said so")
    erase_person(by=other, person=suspect)
    assert not Order.objects.for_system("a test").exists()
    left = set(Person.objects.for_system("a test").values_list("reference", flat=True))
    assert {victim, protected, at_risk} <= left
    assert suspect not in left


@pytest.mark.postgres_in_deep
@pytest.mark.rule("SEC-08")
def test_whoever_stays_after_an_erasure_comes_up_again_and_is_held_kept_and_erased_again(
    system: Acting, make_user: Callable[..., User], tmp_path: Path, at_noon: Any
) -> None:
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    _case, suspect, _victim = marked(system, tmp_path, 1)
    for at, role in ((2, "victim"), (3, "suspect")):
        inbox = tmp_path / role
        write(inbox, "crimes.csv", [row("rms", "crimes", at, **UNGRADED)])
        write(inbox, "involvements.csv", [row("rms", "involvements", at, person_ref="PERSON11", role=role)])
    assert take_in(by=system, kind="rms", paths=[tmp_path / "victim"]).run.rejected == 0
    ask_to_erase(by=first, person=suspect, said=WHY)
    erase_person(by=other, person=suspect)
    looked = looked_up(first, suspect, NOW)
    assert looked is not None
    assert looked.gone is None, "they are a victim elsewhere, and stay as that"
    # A hold on a victim holds what is kept of her, whatever was erased of her before.
    place_hold(by=first, person=suspect, said=Said("A court asks for it", Authority.COURT))
    hold = RetentionStep.objects.get(step="hold_placed").number
    lift_hold(by=first, person=suspect, said=Said("It has ended", Authority.COURT, hold))

    assert take_in(by=system, kind="rms", paths=[tmp_path / "suspect"]).run.rejected == 0
    at_noon.shift(timedelta(days=365 * 7))
    assert open_reviews(system, clock.now()) == 1
    looked = looked_up(first, suspect, clock.now())
    assert looked is not None
    assert looked.review is not None
    assert latest(looked.stands) == Step.OPENED
    first, other = (replace(one, factor_at=clock.now()) for one in (first, other))
    keep_records(by=first, person=suspect, said=replace(WHY, next_on=day_of(clock.now()) + timedelta(days=30)))
    ask_to_erase(by=first, person=suspect, said=WHY)
    erase_person(by=other, person=suspect)
    assert [one.step for one in RetentionStep.objects.filter(person=suspect).order_by("number")] == [
        "erasure_asked", "erased", "hold_placed", "hold_lifted", "opened", "kept", "erasure_asked", "erased",
    ]  # fmt: skip
    assert not CaseRole.objects.for_system("a test").filter(role="suspect").exists()
    assert Person.objects.for_system("a test").filter(reference=suspect).exists()


@pytest.mark.postgres_in_deep
@pytest.mark.rule("SEC-11")
def test_what_was_asked_and_agreed_before_anybody_had_the_reference_keeps_no_stranger(
    system: Acting, make_user: Callable[..., User], tmp_path: Path, at_noon: Any
) -> None:
    first, other = (replace(acting_user(make_user("auditor")), factor_at=NOW) for _one in range(2))
    agreed = answered(first, other, Kind.RESTRICTION, "P-10002", knows=anybody)
    asked = NewRequest(Kind.ACCESS, Whose.SUSPECT, "P-10001", "He wrote to us", NOW.date(), "0" * 32)
    record_request(by=first, asked=asked)
    at_noon.shift(timedelta(minutes=1))
    _case, suspect, victim = marked(system, tmp_path, 1)
    assert {suspect, victim} == {"P-10001", "P-10002"}
    ask_to_erase(by=first, person=suspect, said=WHY)
    looked = looked_up(other, suspect, clock.now())
    assert looked is not None
    assert looked.restricted == (), agreed
    erase_person(by=other, person=suspect)
    assert where(MARK) == []
