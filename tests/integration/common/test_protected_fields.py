"""Protected values: never in the clear at rest, bound to their column, found only by their token (SEC-06)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from craffu.common import keyring
from craffu.common.keyring import CannotDecrypt
from craffu.intake.running import Done
from craffu.people.models import RecordedContact
from tests.factories.court_messages import court_message, next_hearing, offence, result

WORDS = "Aberystwyth ŵŷ 'quoted' 07700 900123"


@pytest.mark.rule("SEC-06")
def test_a_value_comes_back_only_in_its_own_column() -> None:
    ring = keyring.ring()
    stored = ring.encrypt(WORDS, "people_recordedcontact.value")
    assert WORDS not in stored
    assert ring.decrypt(stored, "people_recordedcontact.value") == WORDS
    with pytest.raises(CannotDecrypt):
        ring.decrypt(stored, "cases_chargeheard.wording")


@pytest.mark.rule("SEC-06")
def test_a_changed_value_is_not_read() -> None:
    ring = keyring.ring()
    stored = ring.encrypt(WORDS, "t.c")
    body = stored[:-4] + ("AAA=" if stored[-4:] != "AAA=" else "BBB=")
    with pytest.raises(CannotDecrypt):
        ring.decrypt(body, "t.c")
    with pytest.raises(CannotDecrypt):
        ring.decrypt("k-unknown:" + stored.partition(":")[2], "t.c")


def test_the_same_words_are_stored_differently_and_found_by_one_token() -> None:
    ring = keyring.ring()
    assert ring.encrypt(WORDS, "t.c") != ring.encrypt(WORDS, "t.c")
    assert ring.token("phone", WORDS) == ring.token("phone", WORDS)
    assert ring.token("phone", WORDS) != ring.token("address", WORDS)


def test_a_value_written_with_an_older_key_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "ring.json"
    keyring.create(path)
    old = keyring.load(path)
    stored = old.encrypt(WORDS, "t.c")
    newer = replace(old, current="new", keys={**old.keys, "new": b"n" * 32})
    assert newer.encrypt(WORDS, "t.c").startswith("new:")
    assert newer.decrypt(stored, "t.c") == WORDS


def test_a_key_ring_is_private_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "ring.json"
    keyring.create(path)
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        keyring.create(path)


@pytest.mark.parametrize("content", [None, "not json", "{}"])
def test_a_missing_or_damaged_ring_says_what_to_do(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ring.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ImproperlyConfigured, match=r"craffu migrate|Restore it"):
        keyring.load(path)


def test_an_encrypted_field_cannot_be_searched() -> None:
    with pytest.raises(TypeError, match="blind index"):
        RecordedContact.objects.for_system("test").filter(value="anything")


@pytest.mark.rule("SEC-06")
def test_what_a_court_wrote_is_not_in_the_clear_in_the_database(take_in_messages: Callable[..., Done]) -> None:
    words = "Canary Street"
    after = next_hearing(reason=f"to live at {words}")
    charged = offence(
        wording=f"at {words}", location=words, results=[result(text=f"away from {words}", next_hearing=after)]
    )
    take_in_messages(
        court_message(
            address=(words, "Llanelli"), bail_conditions=f"Not to enter {words}", bail_reason=words, offences=[charged]
        )
    )
    with connection.cursor() as cursor:
        for table, columns in {
            "people_recordedcontact": ["value"],
            "cases_hearingversion": ["bail_conditions", "bail_reason"],
            "cases_chargeheard": ["wording", "location"],
            "cases_resultgiven": ["text", "next_reason"],
        }.items():
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608  # names are this test's own
            rows = cursor.fetchall()
            assert rows
            assert all(value for row in rows for value in row)
            assert "Canary" not in str(rows)
