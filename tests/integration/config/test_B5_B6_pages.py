"""B5 and B6 measure what they say: served pages, signed in to and logged, and a long case or history against a short one."""

import re

import pytest

from craffu.config.bench import case_page, histories, pages
from craffu.config.bench.installations import SERVER
from craffu.config.bench.users import Browser, timed


@pytest.mark.deep
@pytest.mark.sqlite
def test_B5_pages_are_measured_as_they_are_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SERVER, raising=False)
    results = {one["name"]: one for one in pages.run(people=40, rounds=2)}
    assert len(results) == 6
    assert all(one["ours"] > 0 for name, one in results.items() if "queries" not in name)
    listed = results["B5 list of people, SQLite"]
    assert listed["ratio"] == listed["ours"] / listed["peers"][pages.ADMIN_PEOPLE]
    assert "people" in listed["goal"]
    assert results["B5 queries more than in a small register, SQLite"]["met"]


@pytest.mark.deep
@pytest.mark.sqlite
def test_B6_a_long_case_is_held_against_a_short_one_and_against_all_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SERVER, raising=False)
    longer, ends, whole = case_page.run(many=300, rounds=3)
    assert longer["peers"]["of 50 events"] > 0
    assert ends["peers"]["its first page"] > 0
    assert whole["ratio"] > 1
    assert whole["peers"]["every event on one page"] > whole["ours"]


class _Told(Browser):
    def open(self, address: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        OPENED.append((id(self), address))
        return 200, b""


OPENED: list[tuple[int, str]] = []


def test_users_open_every_kind_of_page_and_each_begins_elsewhere() -> None:
    OPENED.clear()
    users = [_Told(), _Told()]
    took = timed(users, {"a": ["a0", "a1", "a2", "a3"], "b": ["b"]}, rounds=2)
    assert {kind: len(times) for kind, times in took.items()} == {"a": 4, "b": 4}
    by_user = [[address for user, address in OPENED if user == id(one)] for one in users]
    assert by_user == [["a0", "b", "a2", "b"], ["b", "a1", "b", "a3"]]


@pytest.mark.deep
@pytest.mark.sqlite
def test_B5_B6_a_breach_history_is_held_against_a_short_one_and_read_by_command_and_as_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(SERVER, raising=False)
    monkeypatch.setattr(histories, "TYPED", 1)
    results = histories.run(many=200, others=200, rounds=2, people=300)
    assert len(results) == 7
    assert all(one["ours"] > 0 for one in results)
    sizes = [re.search(r" at ([\d,]+) people and ([\d,]+) events", one["name"]) for one in results[3:]]
    assert [(int(one[1].replace(",", "")) >= 300, int(one[2].replace(",", "")) > 400) for one in sizes if one] == [
        (True, True)
    ] * 4
    assert results[2]["ratio"] > 1
    assert "django.setup()" in results[5]["peers"]
    assert "of ten incidents" in "".join(results[6]["peers"])
