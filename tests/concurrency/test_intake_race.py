"""On PostgreSQL two at once neither start two runs, nor make two persons of one, nor decide a row twice (INT-01, INT-04)."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from craffu.access.acting import Acting
from craffu.access.wall.reach import working_for
from craffu.cases.models import CaseRole, HearingVersion
from craffu.common import clock
from craffu.common.refusals import NotNow
from craffu.intake.actions import decide_held, start_run
from craffu.intake.court_results.apply import take_in
from craffu.intake.models import HeldRow, Run
from craffu.intake.opening import Document
from craffu.intake.refused import Refused
from craffu.intake.taking import Taking
from craffu.people.models import SourceRecord
from tests.factories.court_messages import court_message

KIND = "court-results"
DUMMY = "0800PP0100000000001H"

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def while_first_has_not_committed(by: Acting, first: Callable[[], object], second: Callable[[], object]) -> object:
    """What the second gives, or raises, when it begins before the first has committed."""
    answer: list[object] = []

    def at_once() -> None:
        try:
            with working_for(by.force.pk):
                answer.append(second())
        except Exception as fault:
            answer.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=at_once)
    with transaction.atomic():
        first()
        thread.start()
        thread.join(1)
        assert thread.is_alive(), "the second waits for the first"
    thread.join(30)
    return answer[0]


def taking_in(by: Acting, run: Run, **told: str | None) -> Callable[[], object]:
    message = court_message(asn=DUMMY, **told)

    def act() -> object:
        results = take_in(Taking(by, run, KIND, "1", clock.now()), Document("m.xml", message, "0" * 64))
        return results if isinstance(results, Refused) else list(results)

    return act


def started(by: Acting) -> Run:
    return start_run(by=by, kind=KIND, mapping_version="1", queued=True)


@pytest.mark.rule("INT-01")
def test_of_two_runs_started_at_once_the_second_is_refused(system: Acting) -> None:
    answer = while_first_has_not_committed(system, lambda: started(system), lambda: started(system))
    assert isinstance(answer, NotNow)
    assert Run.objects.for_user(system).count() == 1


@pytest.mark.rule("IDN-02")
@pytest.mark.parametrize("case_known", [False, True])
def test_two_messages_about_one_person_taken_in_at_once_make_one_record(system: Acting, case_known: bool) -> None:
    run = started(system)
    if case_known:
        taking_in(system, run, family_name="OTHER")()
    before = SourceRecord.objects.for_user(system).count()
    while_first_has_not_committed(
        system, taking_in(system, run, hearing_date="2025-03-03"), taking_in(system, run, hearing_date="2025-04-04")
    )
    assert SourceRecord.objects.for_user(system).count() == before + 1
    assert CaseRole.objects.for_user(system).count() == before + 1
    assert HearingVersion.objects.for_user(system).count() == before + 2


@pytest.mark.rule("INT-04")
def test_of_two_who_decide_a_row_at_once_the_second_is_told(system: Acting) -> None:
    run = started(system)
    for day, born in (("2025-03-03", "1988-03-02"), ("2025-04-04", None)):
        taking_in(system, run, hearing_date=day, birth_date=born)()
    row = HeldRow.objects.for_user(system).get().pk

    def decide() -> object:
        held = HeldRow.objects.for_user(system).get(pk=row)
        return decide_held(by=system, row=held, decision="set_aside", reason="", now=clock.now())

    assert isinstance(while_first_has_not_committed(system, decide, decide), NotNow)
