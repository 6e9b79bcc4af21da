"""B11: the command starts quickly because it loads nothing it does not need, and a web worker carries no analytics."""

import json
from argparse import Namespace
from typing import Any

import pytest

from craffu.config.bench import installations, startup
from craffu.config.cli import NotCarriedOut
from craffu.config.commands import bench
from tests.installation import Installation

WITHOUT = ("django", *startup.HEAVY)
LOADED = """
import json, sys
from craffu.config.cli import main
try:
    main(sys.argv[1].split())
except SystemExit:
    pass
print("\\n" + json.dumps(sorted(set(sys.argv[2:]) & set(sys.modules))))
"""


def loaded(words: str, installation: Installation) -> list[str]:
    out = installations.run_python(("-c", LOADED, words, *WITHOUT), installation.env)
    found: list[str] = json.loads(out.splitlines()[-1])
    return found


@pytest.fixture
def env(prepared: Installation) -> dict[str, str]:
    return {**prepared.env, "DJANGO_SETTINGS_MODULE": "craffu.config.settings"}


@pytest.mark.parametrize("words", ["--help", "version", "version --json", "intake --help", "nonsense"])
@pytest.mark.sqlite
def test_help_and_version_load_neither_django_nor_analytics(words: str, prepared: Installation) -> None:
    assert loaded(words, prepared) == []


@pytest.mark.deep
@pytest.mark.sqlite
def test_another_command_is_seen_to_load_django(prepared: Installation) -> None:
    assert "django" in loaded("check", prepared)


@pytest.mark.sqlite
def test_a_web_worker_carries_nothing_heavy(env: dict[str, str]) -> None:
    assert startup.loaded_by_a_web_worker(env) == []


@pytest.mark.deep
@pytest.mark.sqlite
def test_a_heavy_module_in_a_web_worker_is_found(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "HEAVY", ("django", "pandas"))
    assert startup.loaded_by_a_web_worker(env) == ["django"]


def test_help_starts_within_five_bare_pythons(env: dict[str, str]) -> None:
    """The best of a few tries: a machine that is busy with other things slows the longer of two commands more."""
    ratios: list[float] = []
    while len(ratios) < 4 and min(ratios, default=startup.HELP_GOAL + 1) > startup.HELP_GOAL:
        took = startup.in_turns({"bare": startup.BARE, "help": (*installations.CRAFFU, "--help")}, env, rounds=7)
        ratios.append(took["help"] / took["bare"])
    assert min(ratios) <= startup.HELP_GOAL


def test_a_command_that_breaks_is_not_measured(env: dict[str, str]) -> None:
    with pytest.raises(NotCarriedOut, match="boom"):
        startup.in_turns({"broken": ("-c", "raise SystemExit('boom')")}, env, rounds=1)


def result(*, met: bool) -> dict[str, Any]:
    return {"name": "B11 x", "ours": 0.5, "peers": {"y": 0.25}, "ratio": 2.0, "goal": "<= 5", "met": met, "unit": "s"}


@pytest.mark.parametrize(("met", "code"), [(True, 0), (False, 1)])
def test_a_missed_goal_is_said_and_ends_with_1(
    met: bool, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(bench.BENCHMARKS, "B11", lambda: [result(met=met)])
    parsed = Namespace(names=["b11"], json=True)
    assert bench.run(parsed) == code
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"machine", "versions", "results"}
    assert answer["results"] == [result(met=met)]
    assert bench.run(Namespace(names=["B11"], json=False)) == code
    assert ("MISSED" in capsys.readouterr().out) is not met


def test_a_benchmark_that_does_not_exist_is_refused() -> None:
    with pytest.raises(NotCarriedOut, match="B99"):
        bench.run(Namespace(names=["B99"], json=True))
