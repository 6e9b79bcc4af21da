"""VIC-09: the address of a victim who is a stranger to the case is found in what leaves, however it is written there."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craffu.access.acting import Acting
from craffu.common.fields import EncryptedTextField
from craffu.victims.leaks.queries import found_of_anybody
from tests.factories.orders import parties
from tests.factories.records import one_more_of
from tests.factories.victims import send_victim
from tests.factories.victims import victim_of as find

pytestmark = pytest.mark.rule("VIC-09")
HERS = "Flat 2, 12 Heol y Dŵr, Abertawe, SA1 1AA"
TOLD = (
    "He was seen outside 12 Heol y Dwr.",
    "Not to go to 12, Heol-y-Dŵr.",
    "Flat 2, 12 Heol y Dwr",
    "12 Heol y Dŵr, Swansea",
    "number 12 in SA1 1AA",
    "12 Heol\ny Dwr",
)
INNOCENT = (
    "For 12 months, from 12 May 2026, 12 yards from any school.",
    "The court of Swansea, SA1 1AA.",
    "12 Heol y Dŵr, Cardiff",
    "flat 3, 12 Heol y Dŵr",
    "112 Heol y Dŵr, and Heol y Dŵr",
    "",
)


@pytest.fixture
def stranger(system: Acting, tmp_path: Path) -> int:
    record = find(system, send_victim(system, tmp_path / "stranger", 7)).record
    one_more_of(system, record, ("address", HERS), key="stranger")
    return record


@pytest.mark.usefixtures("stranger")
@pytest.mark.parametrize("text", TOLD)
def test_a_strangers_address_is_found_in_every_spelling(system: Acting, text: str) -> None:
    assert found_of_anybody(system, text) == ["address"]


@pytest.mark.usefixtures("stranger")
@pytest.mark.parametrize("text", INNOCENT)
def test_what_is_like_it_or_says_another_town_may_leave(system: Acting, text: str) -> None:
    assert found_of_anybody(system, text) == []


def test_her_own_may_stand_in_what_goes_to_her_and_a_suspects_is_no_victims(
    system: Acting, stranger: int, tmp_path: Path
) -> None:
    assert found_of_anybody(system, TOLD[0], without=[stranger]) == []
    suspect = parties(system, tmp_path)[1]
    one_more_of(system, suspect.pk, ("address", "9 Lôn Goed, Y Fenni"), key="his", name=("Rhys", "Morgan"))
    assert found_of_anybody(system, "9 Lon Goed") == []


def test_the_same_is_asked_however_long_a_text_is_and_only_what_was_found_is_read(
    system: Acting, stranger: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20, 40):
        one_more_of(system, stranger, ("address", f"{number} Heol Arall, Brecon, LD3 7AA"), key=f"other {number}")
    read: list[str] = []
    opens = EncryptedTextField.from_db_value

    def noted(field: EncryptedTextField, value: str | None, *beside: Any) -> str | None:
        read.append(opened := opens(field, value, *beside) or "")
        return opened

    monkeypatch.setattr(EncryptedTextField, "from_db_value", noted)
    with CaptureQueriesContext(connection) as short:
        assert found_of_anybody(system, TOLD[0]) == ["address"]
    with CaptureQueriesContext(connection) as long:
        assert found_of_anybody(system, " ".join((*INNOCENT, *TOLD)) * 20) == ["address"]
    assert len(short) == len(long) == 4
    assert HERS in read
    assert not [one for one in read if "Arall" in one]
