"""A database of ours holds people's names: what does not fit into memory is refused, and never put on a disk in clear."""

from pathlib import Path

import pytest

from craffu.engines import duck
from craffu.engines.duck import database, within_memory
from craffu.engines.memory import NotEnoughMemory

TOO_MUCH = (
    "CREATE TABLE names AS SELECT 'PENHALIGON ' || i AS name, md5(i::VARCHAR) AS more FROM range(4000000) AS number(i)"
)


@pytest.mark.rule("SEC-06")
def test_what_does_not_fit_into_memory_is_refused_and_reaches_no_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(duck, "memory_limit", lambda: "60MB")
    monkeypatch.chdir(tmp_path)
    connection = database()
    with pytest.raises(NotEnoughMemory, match=r"60MB of memory.*a machine with more"), within_memory():
        connection.execute(TOO_MUCH)
    connection.close()
    assert list(tmp_path.rglob("*")) == []


def test_another_fault_is_raised_as_it_is() -> None:
    with pytest.raises(KeyError), within_memory():
        raise KeyError("another")


def test_what_another_library_raises_of_it_is_known_by_its_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duck, "memory_limit", lambda: "60MB")

    @within_memory()
    def as_splink_raises_it() -> None:
        try:
            database().execute(TOO_MUCH)
        except Exception as fault:
            raise RuntimeError("in another's words") from fault

    with pytest.raises(NotEnoughMemory):
        as_splink_raises_it()
