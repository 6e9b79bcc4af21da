"""What is told to somebody who asks what is held about them: nothing of hers, by whatever mistake it is his (SEC-11, VIC-09)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.daily.own_data.kinds import What, Why
from craffu.daily.own_data.queries import OwnData, own_data_of
from craffu.people.models import SourceRecord
from craffu.people.queries import people_of_records
from tests.factories.detentions import send_detention
from tests.factories.identities import score
from tests.factories.orders import parties

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-11"), pytest.mark.rule("VIC-09")]


def told_of(auditor: Acting, record: int) -> tuple[OwnData, dict[tuple[What, Why], int]]:
    found = own_data_of(auditor, people_of_records(auditor, [record])[record])
    return found, {(one.what, one.why): one.number for one in found.withheld}


def test_a_record_of_hers_that_is_joined_to_his_by_mistake_is_told_of_in_nothing(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    auditor = acting_as("auditor")
    _case, his, hers = parties(system, tmp_path)
    before, _withheld = told_of(auditor, his.pk)
    score(system, his.pk, hers.pk)
    assert people_of_records(system, [his.pk, hers.pk])[his.pk] == people_of_records(system, [hers.pk])[hers.pk]
    found, withheld = told_of(auditor, his.pk)
    assert found.included == before.included
    assert withheld[What.NAME, Why.PROTECTED] == 1


def test_what_would_tell_where_she_lives_is_withheld_wherever_somebody_wrote_it(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    auditor = acting_as("auditor")
    _case, his, _hers = parties(system, tmp_path)
    for number, station in ((1, "Aberfan"), (2, "3 Heol Fawr")):
        send_detention(system, tmp_path, number, station=station, released_at=f"2024-03-0{5 + number} 18:30:00")
    for held in SourceRecord.objects.for_system("a test").filter(source="custody"):
        score(system, his.pk, held.pk)
    found, withheld = told_of(auditor, his.pk)
    assert [one.said["station"] for one in found.included if one.what is What.CUSTODY] == ["Aberfan"]
    assert withheld[What.CUSTODY, Why.PROTECTED] == 1
