"""Keys join, write and leave (SEC-06): every value and token is brought under the new one, and says what it said before."""

import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from craffu.access.acting import Acting, acting_operator
from craffu.access.keys import actions, policies
from craffu.access.keys.queries import READS, WAITS, WRITES, left_to_rewrap, standing, values_by_key
from craffu.access.models import Force, User
from craffu.access.permissions import check_can_change_keys
from craffu.access.rules import Over
from craffu.access.sessions.actions import begin_session, end_session, see_session
from craffu.access.sessions.models import SignInSession
from craffu.access.sessions.queries import lifetime
from craffu.access.signing_in.actions import begin_try, record_success
from craffu.access.signing_in.places import CameFrom
from craffu.audit.models import Event
from craffu.common import clock, key_changes, keyring, rewrapping
from craffu.common.door import WriteOutsideAction, action, bookkeeping
from craffu.common.key_changes import KeyKind
from craffu.common.refusals import NotNow, NotPermitted
from craffu.common.rewrapping import AnotherValue, Swap, swap
from craffu.config.commands.digest import register_digests
from craffu.config.commands.keys import BLIND_INDEXES
from craffu.intake.running import Done
from craffu.people.models import RecordedContact, SourceRecord
from craffu.people.queries import records_with_contact
from tests.factories.court_messages import court_message

# A key is every force's, so whoever changes it is the owner of the tables.
pytestmark = pytest.mark.usefixtures("owner_of_the_tables")

A_PHONE = "07700 900123"
ADDRESS = ("1 Canary Street", "Llanelli")
NO_ARREST = "0800PP0100000000001H"


@pytest.fixture
def ring(settings: Any, tmp_path: Path) -> Callable[[], keyring.KeyRing]:
    """A ring of the test's own, as it stands whenever it is asked."""
    settings.CRAFFU_KEYS = tmp_path / "ring.json"
    keyring.create(settings.CRAFFU_KEYS)
    return keyring.ring


@pytest.fixture
def operator(force: Force) -> Acting:
    return acting_operator(force, "root")


@pytest.fixture
def taken_in(ring: Any, take_in_messages: Callable[..., Done]) -> Done:
    """Three people's messages, written with the first keys of the test's own ring."""
    return take_in_messages(*messages())


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(actions, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(actions, "SETTLES_SECONDS", 0)


def messages() -> list[bytes]:
    return [
        court_message(ptiurn=f"63AA01{number}0125", family_name=name, asn=asn, address=ADDRESS, bail_reason=name)
        for number, (name, asn) in enumerate([("One", NO_ARREST), ("Two", NO_ARREST), ("Three", "0800NP0100000000001H")])
    ]  # fmt: skip


def rotate_both(by: Acting) -> dict[KeyKind, actions.Rotated]:
    for kind in KeyKind:
        actions.add_key(by=by, kind=kind)
    return {kind: actions.rotate(by=by, kind=kind, indexes=BLIND_INDEXES) for kind in KeyKind}


def old_keys_left(now: keyring.KeyRing) -> int:
    return sum(rows for counts in values_by_key(now).values() for key, rows in counts.items() if key != now.current)


@pytest.mark.rule("SEC-06")
def test_each_key_is_listed_with_what_it_does_and_how_many_values_need_it(
    taken_in: Done, ring: Callable[[], keyring.KeyRing], operator: Acting
) -> None:
    def listed() -> list[tuple[str, int | None]]:
        return [(one.state, one.rows) for one in standing(operator) if one.kind is KeyKind.VALUES]

    ((state, held),) = listed()
    assert state == WRITES
    assert held
    assert left_to_rewrap(ring()) == 0
    key = actions.add_key(by=operator, kind=KeyKind.VALUES)
    assert listed() == [(WRITES, held), (WAITS, 0)]
    key_changes.begin_to_write(KeyKind.VALUES, key, clock.now())
    assert listed() == [(READS, held), (WRITES, 0)]
    assert left_to_rewrap(ring()) == held
    actions.rotate(by=operator, kind=KeyKind.VALUES)
    assert listed() == [(READS, 0), (WRITES, held)]
    assert left_to_rewrap(ring()) == 0


@pytest.mark.rule("SEC-06")
def test_everything_is_brought_under_the_new_keys_and_says_the_same(
    taken_in: Done, operator: Acting, ring: Callable[[], keyring.KeyRing], take_in_messages: Callable[..., Done]
) -> None:
    before, said = ring(), register_digests()
    tokens = set(RecordedContact.objects.for_user(operator).values_list("token", flat=True))
    homes = set(
        RecordedContact.objects.for_user(operator).filter(kind="address").values_list("street_token", flat=True)
    )
    assert {len(home) for home in homes} == {32}
    called = set(SourceRecord.objects.for_user(operator).values_list("source_key", flat=True))
    done = rotate_both(operator)
    assert [one.unreadable for one in done.values()] == [0, 0]
    assert done[KeyKind.VALUES].replaced > done[KeyKind.INDEX].replaced >= 6
    assert old_keys_left(ring()) == 0
    assert register_digests() == said
    assert tokens.isdisjoint(RecordedContact.objects.for_user(operator).values_list("token", flat=True))
    assert homes.isdisjoint(RecordedContact.objects.for_user(operator).values_list("street_token", flat=True))
    assert called.isdisjoint(SourceRecord.objects.for_user(operator).values_list("source_key", flat=True))
    again = {kind: actions.rotate(by=operator, kind=kind, indexes=BLIND_INDEXES) for kind in KeyKind}
    assert [(one.began, one.replaced) for one in again.values()] == [(False, 0), (False, 0)]
    for key in (before.current, before.index):
        actions.retire_key(by=operator, key=key, indexes=BLIND_INDEXES, now=clock.now() + lifetime().idle)
    assert register_digests() == said
    assert take_in_messages(*messages()).run.unchanged == 3
    assert [key.id for key in standing(operator)] == [ring().current, ring().index]
    written = Event.objects.filter(kind__startswith="key").order_by("id").values_list("kind", flat=True)
    assert list(written) == [
        "key_added",
        "key_added",
        "key_writes",
        "key_writes",
        "key_retired",
        "key_retired",
        "keys_viewed",
    ]


@pytest.mark.rule("SEC-06")
def test_a_rotation_killed_on_its_way_is_begun_again_and_ends_the_same(
    taken_in: Done, operator: Acting, ring: Callable[[], keyring.KeyRing], monkeypatch: pytest.MonkeyPatch
) -> None:
    said, values = register_digests(), sum(sum(counts.values()) for counts in values_by_key(ring()).values())
    actions.add_key(by=operator, kind=KeyKind.VALUES)
    batches = []

    def dies(model: Any, after: Any, limit: int) -> rewrapping.Batch:
        if sum(batch.replaced > 0 for batch in batches) == 2:
            raise KeyboardInterrupt
        batches.append(rewrapping.rewrap(model, after, limit))
        return batches[-1]

    with monkeypatch.context() as patched:
        patched.setattr(actions, "rewrap", dies)
        with pytest.raises(KeyboardInterrupt):
            actions.rotate(by=operator, kind=KeyKind.VALUES)
    first = sum(batch.replaced for batch in batches)
    assert 0 < first < values
    assert old_keys_left(ring()) == values - first
    assert register_digests() == said
    assert actions.rotate(by=operator, kind=KeyKind.VALUES).replaced == values - first
    assert old_keys_left(ring()) == 0
    assert register_digests() == said


@pytest.mark.rule("SEC-06")
def test_what_is_searched_by_token_is_found_while_the_key_changes(
    taken_in: Done, operator: Acting, ring: Callable[[], keyring.KeyRing], make_user: Callable[..., User]
) -> None:
    user, came_from = make_user("investigator"), CameFrom("198.51.100.9", "mark")
    tried = begin_try(user=user, came_from=came_from)
    record_success(tried=tried, user=user, came_from=came_from, session="one", request="")
    begin_session(user=user, key="two")
    found = records_with_contact(operator, "address", " ".join(ADDRESS))
    assert len(found) == 3
    actions.add_key(by=operator, kind=KeyKind.INDEX)
    actions._put_to_use(by=operator, kind=KeyKind.INDEX, now=clock.now())
    assert records_with_contact(operator, "address", " ".join(ADDRESS)) == found
    assert (
        begin_try(user=user, came_from=came_from).client == begin_try(user=user, came_from=came_from).keys["pair"][32:]
    )
    later = clock.now() + timedelta(minutes=1)
    kept = set(SignInSession.objects.values_list("key", flat=True))
    assert isinstance(see_session(user=user, key="one", request="", now=later), SignInSession)
    assert kept - set(SignInSession.objects.values_list("key", flat=True)) == {
        keyring.ring().tokens_of_all_keys("session", "one")[1]
    }
    assert isinstance(see_session(user=user, key="one", request="", now=later), SignInSession)
    end_session(user=user, key="two", why=Over.SIGNED_OUT, request="")
    assert see_session(user=user, key="two", request="") is Over.SIGNED_OUT


@pytest.mark.rule("SEC-06")
def test_a_key_that_is_needed_stays_and_the_refusal_says_where(
    taken_in: Done, operator: Acting, ring: Callable[[], keyring.KeyRing], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = ring()
    rotate_both(operator)
    with connection.cursor() as cursor:
        lost = old.encrypt("left behind", "people_recordedcontact.value")
        cursor.execute(
            "UPDATE people_recordedcontact SET value = %s WHERE id = (SELECT MIN(id) FROM people_recordedcontact)",
            [lost],
        )
    with pytest.raises(NotNow, match=r"people\.recordedcontact\.value: 1") as refused:
        actions.retire_key(by=operator, key=old.current)
    assert refused.value.code == "key_needed"
    later = clock.now() + lifetime().idle
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_recordedcontact SET token = '' WHERE id = (SELECT MAX(id) FROM people_recordedcontact)"
        )
    # The changed one, and that of the address which is another now.
    with pytest.raises(NotNow, match=r"people\.recordedcontact\.token: 2"):
        actions.retire_key(by=operator, key=old.index, indexes=BLIND_INDEXES, now=later)
    with pytest.raises(NotNow, match="15 minutes"):
        actions.retire_key(by=operator, key=old.index, indexes=BLIND_INDEXES)
    for key, code in ((ring().current, "key_writes"), ("k0", "no_such_key")):
        with pytest.raises(NotNow) as refused:
            actions.retire_key(by=operator, key=key)
        assert refused.value.code == code
    assert set(ring().keys) == {old.current, ring().current}


def test_a_value_that_nobody_can_read_stops_nothing_and_is_counted(taken_in: Done, operator: Acting, ring: Any) -> None:
    spoilt = f"{ring().current}:AAAA"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_recordedcontact SET value = %s WHERE id = (SELECT MIN(id) FROM people_recordedcontact)",
            [spoilt],
        )
    actions.add_key(by=operator, kind=KeyKind.VALUES)
    assert actions.rotate(by=operator, kind=KeyKind.VALUES).unreadable == 1
    assert old_keys_left(ring()) == 1


@pytest.mark.postgres
def test_a_key_stays_while_work_goes_on_that_began_before(
    taken_in: Done, operator: Acting, ring: Callable[[], keyring.KeyRing], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "WAITS_SECONDS", 0.2)
    old = ring().current
    actions.add_key(by=operator, kind=KeyKind.VALUES)
    actions.rotate(by=operator, kind=KeyKind.VALUES)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; SELECT 1")
        with pytest.raises(NotNow) as refused:
            actions.retire_key(by=operator, key=old)
    finally:
        other.close()
    assert refused.value.code == "work_under_key"
    actions.retire_key(by=operator, key=old)
    assert list(ring().keys) == [ring().current]


@pytest.mark.postgres
def test_no_key_changes_where_the_database_hides_rows(taken_in: Done, operator: Acting, ring: Any) -> None:
    old = ring().current
    actions.add_key(by=operator, kind=KeyKind.VALUES)
    actions.rotate(by=operator, kind=KeyKind.VALUES)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE ROLE keys_test_reader")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO keys_test_reader")
        cursor.execute("ALTER TABLE people_recordedcontact ENABLE ROW LEVEL SECURITY")
        cursor.execute("SET LOCAL ROLE keys_test_reader")
    for act in (actions.rotate, lambda by, kind: actions.retire_key(by=by, key=old)):
        with pytest.raises(NotNow, match="people_recordedcontact"):
            act(by=operator, kind=KeyKind.VALUES)
    assert old in ring().keys


@pytest.mark.rule("SEC-06")
def test_the_door_lets_nothing_through_but_the_same_value(taken_in: Done, operator: Acting, ring: Any) -> None:
    contact = RecordedContact.objects.for_user(operator).first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM people_recordedcontact WHERE id = %s", [contact.pk])
        (stored,) = cursor.fetchone()
    context = "people_recordedcontact.value"
    same, other = ring().encrypt(contact.value, context), ring().encrypt("elsewhere", context)
    renew = action(swap)
    with pytest.raises(WriteOutsideAction):
        swap(RecordedContact, "value", [Swap(contact.pk, stored, same)])
    with pytest.raises(AnotherValue):
        renew(RecordedContact, "value", [Swap(contact.pk, stored, other)])
    with pytest.raises(TypeError, match="neither"):
        renew(RecordedContact, "kind", [Swap(contact.pk, "address", "phone")])
    quietly = bookkeeping(swap)
    assert quietly(RecordedContact, "value", [Swap(contact.pk, same, stored)]) == 0
    assert quietly(RecordedContact, "value", [Swap(contact.pk, stored, same)]) == 1


def test_a_process_sees_a_changed_ring_at_its_next_use_and_outlives_a_spoilt_one(
    ring: Callable[[], keyring.KeyRing], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    first = ring()
    assert ring() is first
    key = key_changes.join(KeyKind.VALUES)
    assert list(ring().keys) == [first.current, key]
    assert os.stat(settings.CRAFFU_KEYS).st_mode & 0o077 == 0
    key_changes.begin_to_write(KeyKind.VALUES, key, clock.now())
    assert ring().encrypt("words", "t.c").startswith(f"{key}:")
    assert first.current in ring().keys
    with pytest.raises(key_changes.KeyWrites):
        key_changes.leave(KeyKind.VALUES, key)
    with pytest.raises(KeyError):
        key_changes.begin_to_write(KeyKind.VALUES, "k0", clock.now())
    whole = settings.CRAFFU_KEYS.read_text()
    settings.CRAFFU_KEYS.write_text(whole[:40])
    assert ring().current == key
    assert "cannot be read again" in caplog.text
    settings.CRAFFU_KEYS.unlink()
    assert ring().current == key
    words = json.loads(whole)
    secrets = [*words["keys"].values(), *words["index"]["keys"].values(), words["signing"]]
    assert not [secret for secret in secrets if secret in caplog.text + repr(ring())]
    assert "keys=" not in repr(ring())


def test_a_ring_made_before_there_could_be_several_index_keys_reads_as_it_did(settings: Any, tmp_path: Path) -> None:
    settings.CRAFFU_KEYS = tmp_path / "ring.json"
    keyring.create(settings.CRAFFU_KEYS)
    words = json.loads(settings.CRAFFU_KEYS.read_text())
    words["index"] = next(iter(words["index"]["keys"].values()))
    settings.CRAFFU_KEYS.write_text(json.dumps(words))
    token = keyring.ring().token("phone", A_PHONE)
    key_changes.join(KeyKind.INDEX)
    assert keyring.ring().token("phone", A_PHONE) == token
    assert len(keyring.ring().indexes) == 2
    for spoilt in ({**words, "current": "k0"}, {**words, "keys": 3}, {**words, "index": {"current": "i9", "keys": {}}}):
        settings.CRAFFU_KEYS.write_text(json.dumps(spoilt))
        with pytest.raises(ImproperlyConfigured):
            keyring.load(settings.CRAFFU_KEYS)


def test_a_ring_that_does_not_say_since_when_its_key_writes_lets_an_empty_one_leave(
    taken_in: Done, operator: Acting, ring: Callable[[], keyring.KeyRing], settings: Any
) -> None:
    before = ring().current
    rotate_both(operator)
    words = json.loads(Path(settings.CRAFFU_KEYS).read_text())
    Path(settings.CRAFFU_KEYS).write_text(json.dumps({**words, "since": {}}))
    assert not ring().since
    assert actions.retire_key(by=operator, key=before) is KeyKind.VALUES
    assert before not in ring().keys


def test_keys_are_changed_at_the_machine_or_by_the_administrator(
    acting_as: Callable[..., Acting], operator: Acting
) -> None:
    check_can_change_keys(operator)
    check_can_change_keys(acting_as("administrator"))
    with pytest.raises(NotPermitted):
        check_can_change_keys(acting_as("supervisor", "analyst"))


def test_when_a_key_may_leave() -> None:
    policies.check_does_not_write("a", "b")
    policies.check_nothing_left("a", {"t.c": 0})
    policies.check_nobody_works_under_it(0)
    policies.check_sees_every_row([])
    with pytest.raises(NotNow, match="a, b"):
        policies.check_sees_every_row(["b", "a"])
    with pytest.raises(NotNow):
        policies.check_nobody_works_under_it(1)
    policies.check_sessions_over(None, timedelta(minutes=15), clock.now())
    at = datetime.fromisoformat("2026-01-14T10:30:00+00:00")
    policies.check_sessions_over(at, timedelta(minutes=15), at + timedelta(minutes=15))
    with pytest.raises(NotNow, match="1 minutes"):
        policies.check_sessions_over(at, timedelta(minutes=15), at + timedelta(minutes=14, seconds=59))
