"""What a running site writes to the log is sealed within seconds and its head signed."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from craffu.access.acting import Acting
from craffu.audit.actions import record_consultation
from craffu.audit.events import Verb, kind
from craffu.audit.queries import verify
from craffu.common import clock
from craffu.config.sealing import Sealer

SEEN = kind("sealing_tried", Verb.CONSULTATION, "Sealing tried")


@pytest.mark.rule("SEC-05")
@pytest.mark.django_db(transaction=True)
def test_a_page_view_is_sealed_and_signed_without_anybody_asking(system: Acting) -> None:
    record_consultation(kind=SEEN, actor=system.actor, refs=["person/P-10001"])
    sealer = Sealer(every=0.05)
    sealer.start()
    try:
        for _ in range(600):
            state = verify()
            if state.ok and not state.unsealed and state.rows:
                break
            time.sleep(0.05)
    finally:
        sealer.stop()
    state = verify()
    assert (state.ok, state.unsealed) == (True, 0)
    assert state.rows >= 1
    assert not sealer.is_alive()


@pytest.mark.rule("SEC-05")
@pytest.mark.django_db(transaction=True)
def test_a_mount_that_goes_away_does_not_stop_the_sealing(system: Acting, settings, tmp_path) -> None:
    blocked = tmp_path / "a-file-where-the-mount-should-be"
    blocked.write_text("")
    settings.CRAFFU_AUDIT_HEADS = blocked / "heads"
    record_consultation(kind=SEEN, actor=system.actor, refs=["person/P-10001"])
    sealer = Sealer(every=0.05, signs_every=0.0)
    sealer.start()
    time.sleep(0.5)
    record_consultation(kind=SEEN, actor=system.actor, refs=["person/P-10002"])
    time.sleep(0.5)
    assert sealer.is_alive()
    sealer.stop()
    assert verify().unsealed == 0


@pytest.mark.rule("SEC-01")
@pytest.mark.django_db(transaction=True)
def test_what_browsers_sessions_held_is_removed_hourly_when_it_has_run_out(system: Acting) -> None:
    over, lasting = SessionStore(), SessionStore()
    over.set_expiry(clock.now() - timedelta(seconds=1))
    for session in (over, lasting):
        session["next"] = "/people"
        session.save()
    sealer = Sealer(every=0.05, signs_every=0.0)
    sealer.start()
    try:
        for _ in range(600):
            if Session.objects.count() == 1:
                break
            time.sleep(0.05)
    finally:
        sealer.stop()
    assert [row.session_key for row in Session.objects.all()] == [lasting.session_key]
