"""A code that lets somebody in by the safe page does so once, whoever tries it at the same instant (VIC-01, VIC-02)."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.db import connection

from craffu.access.acting import Acting, acting_system
from craffu.access.wall.reach import working_for
from craffu.common.refusals import NotPermitted
from craffu.victims.inviting.actions import invite
from craffu.victims.models import Sitting
from tests.factories.victims import send_victim
from tests.integration.victims.test_safe_page import BY_CODE, NOW, opened

pytestmark = [pytest.mark.rule("VIC-01"), pytest.mark.rule("VIC-02"), pytest.mark.django_db(transaction=True)]


def test_of_eight_who_use_a_code_at_once_one_comes_in(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    page = acting_system(system.force, "safe page")
    with time_machine.travel(NOW, tick=False):
        victim = send_victim(system, tmp_path)
        made = invite(by=acting_as("victim_officer"), victim=victim, given=BY_CODE)
        came, began = [], threading.Barrier(8)

        def tries() -> None:
            try:
                began.wait()
                with working_for(page.force.pk):
                    came.append(opened(page, made.secret))
            except NotPermitted:
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=tries) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert len(came) == 1
        assert Sitting.objects.for_system("a test").count() == 1
