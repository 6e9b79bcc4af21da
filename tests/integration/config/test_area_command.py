"""`craffu area` and `craffu user post`: areas, teams, stations and reach are said from the terminal, and shown (SEC-01)."""

import json
from typing import Any

import pytest

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.reach.queries import stations
from craffu.access.reach.rules import Reach
from craffu.audit.models import Event
from craffu.config import cli

pytestmark = [pytest.mark.rule("SEC-01"), pytest.mark.django_db]


@pytest.fixture
def craffu(system: Acting, settings: Any, capsys: pytest.CaptureFixture[str]) -> Any:
    """`craffu("area", "list")` runs the command for the invented force and gives its JSON; `expect` is its exit code."""
    settings.CRAFFU_FORCE = system.force.code

    def run(*words: str, expect: int = cli.DONE) -> Any:
        assert cli.main([*words, "--json"]) == expect, capsys.readouterr().err
        said = capsys.readouterr()
        return json.loads(said.out) if expect == cli.DONE else said.err

    return run


def test_areas_teams_stations_and_reach_are_said_and_listed(craffu: Any, make_user: Any, system: Acting) -> None:
    user = make_user("investigator", username="ann")
    craffu("area", "add", "north", "--en", "North", "--cy", "Gogledd")
    craffu("area", "add", "north", "--team", "north-1", "--en", "Team one", "--cy", "Tîm un")
    craffu("area", "station", "Brecon", "--area", "north", "--team", "north-1", "--reason", "It lies there")
    craffu("area", "reach", "investigator", "--reach", "area", "--reason", "Need to know")
    posted = craffu("user", "post", "ann", "--area", "north", "--team", "north-1", "--reason", "Joined")
    assert posted["areas"] == ["north/north-1"]
    assert craffu("user", "list")["users"][0]["areas"] == ["north/north-1"]
    assert craffu("area", "list") == {
        "areas": [
            {
                "code": "north", "name_en": "North", "name_cy": "Gogledd",
                "teams": [{"code": "north-1", "name_en": "Team one", "name_cy": "Tîm un"}],
                "stations": ["brecon"], "people": ["ann"],
            }
        ],
        "reach": {"investigator": "area"},
    }  # fmt: skip
    within = acting_user(user).within
    assert within is not None
    assert (within.reach, len(within.areas), len(within.teams)) == (Reach.AREA, 1, 1)
    assert set(stations(system.force)) == {"brecon"}
    craffu("user", "unpost", "ann", "--area", "north", "--team", "north-1", "--reason", "Left")
    assert craffu("area", "list")["areas"][0]["people"] == []
    assert Event.objects.filter(kind="areas_listed").exists()


def test_in_words(system: Acting, craffu: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["area", "list"]) == cli.DONE
    assert "every role reaches the whole force" in capsys.readouterr().out
    craffu("area", "add", "north", "--en", "North", "--cy", "Gogledd")
    craffu("area", "add", "north", "--team", "north-1", "--en", "Team one", "--cy", "Tîm un")
    craffu("area", "reach", "supervisor", "--reach", "team", "--reason", "Need to know")
    assert cli.main(["area", "station", "Brecon", "--area", "north", "--reason", "It lies there"]) == cli.DONE
    said = capsys.readouterr().out
    for words in ("North / Gogledd", "team     north-1", "stations brecon", "reaches team"):
        assert words in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("area", "add", "north"), "Say which and how it is called"),
        (("area", "add", "east", "--team", "e-1", "--en", "E", "--cy", "E"), "There is no area called east"),
        (("area", "station", "Brecon"), "Say which, where and why"),
        (("area", "station", "Brecon", "--area", "east", "--reason", "x"), "There is no area called east"),
        (("area", "reach", "investigator"), "Say which role, how far and why"),
        (
            ("area", "reach", "coordinator", "--reach", "area", "--reason", "x"),
            "This role cannot reach so far or so little",
        ),
        (("area", "reach", "emperor", "--reach", "area", "--reason", "x"), "it reads no cases"),
        (("user", "post", "ann", "--area", "north"), "Say who, where and why"),
        (
            ("user", "post", "ann", "--area", "north", "--team", "n", "--reason", "x"),
            "There is no team called n in north",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    craffu: Any, make_user: Any, words: tuple[str, ...], says: str
) -> None:
    make_user("investigator", username="ann")
    craffu("area", "add", "north", "--en", "North", "--cy", "Gogledd")
    told = craffu(*words, expect=cli.NOT_CARRIED_OUT)
    assert says in told
    assert told.count("\n") == 1
