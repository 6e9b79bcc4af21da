"""T15: fifty tries that come at the same instant get no more looks at the password than five, because each is counted first."""

import threading

import pytest
from django.db import connection

from craffu.access.acting import acting_system
from craffu.access.actions import create_user
from craffu.access.models import Force
from craffu.access.signing_in.actions import begin_try, record_failed_try
from craffu.access.signing_in.places import CameFrom
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event

TRIES, THREADS = 48, 8


@pytest.mark.slow
@pytest.mark.rule("SEC-04")
@pytest.mark.django_db(transaction=True)
def test_T15_tries_at_the_same_instant_are_counted_one_by_one(force: Force) -> None:
    sam = create_user(by=acting_system(force, "test"), username="sam", name="Sam")
    together, looked, faults = threading.Barrier(THREADS), [], []

    def attack() -> None:
        try:
            together.wait(30)
            for _ in range(TRIES // THREADS):
                tried = begin_try(user=sam, came_from=CameFrom("198.51.100.9"))
                looked.extend([] if tried.held else [tried])
                with working_for(force.pk):
                    record_failed_try(tried=tried, request="test")
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=attack) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert len(looked) == 5
    assert Event.objects.filter(kind="sign_in_refused").count() == TRIES
    assert Event.objects.filter(kind="sign_in_held_back").count() == 1
