"""A record that an order protects from him, joined to his by mistake, is told of in nothing (SEC-11, VIC-09)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.daily.own_data.queries import own_data_of
from craffu.daily.own_data.searching import found_in_answer
from craffu.intake.running import take_in
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order
from craffu.people.models import SourceRecord
from craffu.people.queries import contacts_of, people_of_records
from tests.factories.crimes import send_crime
from tests.factories.extracts import row, write
from tests.factories.identities import score
from tests.factories.orders import parties

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-11"), pytest.mark.rule("VIC-09")]


def test_a_record_that_an_order_protects_from_him_and_is_joined_to_his_by_mistake_is_told_of_in_nothing(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    auditor, team = acting_as("auditor"), acting_as("orders_team")
    case, his, _hers = parties(system, tmp_path)
    # She is the victim of somebody else's crime, and the order protects her from him: no case of his names her.
    inbox = tmp_path / "her"
    person = row(
        "rms",
        "persons",
        7,
        forenames="Heulwen",
        surname="Factone",
        aliases="",
        pnc_id="",
        cro_number="",
        address="77 Lon Facteight, Aberfact, LL99 2ZZ",
    )
    write(inbox, "persons.csv", [person])
    assert take_in(by=system, kind="rms", paths=[inbox]).run.rejected == 0
    her = SourceRecord.objects.for_system("a test").get(source="rms", source_key__endswith="PERSON7")
    send_crime(system, tmp_path / "crime", 3)
    write(
        tmp_path / "role",
        "involvements.csv",
        [row("rms", "involvements", 30, crime_ref="CRIME3", person_ref="PERSON7", role="victim")],
    )
    assert take_in(by=system, kind="rms", paths=[tmp_path / "role"]).run.rejected == 0
    begin_order(
        by=team,
        beginning=Beginning(kind="SPO", respondent=his, case=case, protects=[her]),
        move="open_consideration",
        given=Given(),
    )
    he = people_of_records(auditor, [his.pk])[his.pk]
    before = own_data_of(auditor, he)
    reached = [value for kind, value in contacts_of(system, [her.pk]) if kind == "address"]
    assert reached, contacts_of(system, [her.pk])
    text = f"She has moved to {reached[0]}."
    assert "address" in found_in_answer(auditor, he, text)

    score(system, his.pk, her.pk)
    he = people_of_records(auditor, [his.pk])[his.pk]
    assert people_of_records(auditor, [her.pk])[her.pk] == he
    found = own_data_of(auditor, he)
    told = [dict(one.said) for one in found.included if one not in before.included]
    still = found_in_answer(auditor, he, text)
    assert (told, "address" in still) == ([], True)
