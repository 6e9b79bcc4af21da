"""`craffu person search` finds as the page does and logs it; `craffu search rebuild` mends what `craffu check` misses (T44)."""

import json
from argparse import Namespace

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.config.bench.misspelt import invented
from craffu.config.bench.names import fill
from craffu.config.cli import NotCarriedOut
from craffu.config.commands import check, migrate, person, search
from craffu.people.search import actions
from craffu.people.search.queries import is_whole
from tests import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    actions.forget()


def typed(*text: str, as_json: bool = True, as_user: str | None = None) -> Namespace:
    return Namespace(action="search", text=list(text), as_user=as_user, json=as_json)


@pytest.mark.rule("SEC-04")
def test_somebody_is_found_and_the_row_of_the_log_names_them_and_not_the_words(
    system: Acting, capsys: pytest.CaptureFixture[str]
) -> None:
    people = invented(60, 8)
    fill(system, people)
    before = Event.objects.count()
    assert person.run(typed(people[3].family, people[3].given)) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["hits"][0]["name"] == people[3].name
    assert answer["closest"] is False
    (row,) = Event.objects.order_by("id")[before:]
    assert f"person/{answer['hits'][0]['person']}" in row.payload
    assert people[3].family not in row.payload
    person.run(typed("P-10001", as_json=False))
    assert "P-10001" in capsys.readouterr().out
    person.run(typed("Zebedee Quornstoke", as_json=False))
    assert capsys.readouterr().out == "Nobody answers all of it.\n"
    assert Event.objects.count() == before + 2
    with pytest.raises(NotCarriedOut, match="whom to look for"):
        person.run(typed(" "))


@pytest.mark.usefixtures("force")
def test_who_may_not_search_is_told_so(make_user: object) -> None:
    make_user("analyst", username="ann")  # type: ignore[operator]
    with pytest.raises(NotCarriedOut, match="open to"):
        person.run(typed("Evans", as_user="ann"))


def test_a_wiped_index_is_said_by_check_and_made_anew_by_rebuild_and_by_migrate(
    system: Acting, force: Force, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(system, invented(30, 8))
    assert list(check.search()) == []
    actions.wipe()
    assert [problem for problem in check.search() if "craffu search rebuild" in problem] != []
    with roles.as_owner():
        assert search.run(Namespace(action="rebuild", json=True)) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["names"] == 30
    assert made["words"] > 20
    assert list(check.search()) == []
    with roles.as_owner():
        assert search.run(Namespace(action="rebuild", json=False)) == 0
    assert "30 names" in capsys.readouterr().out
    actions.wipe()
    with roles.as_owner():
        migrate.complete_the_search(force)
    assert is_whole(force.pk)


@pytest.mark.postgres
@pytest.mark.rule("SEC-01")
@pytest.mark.usefixtures("system")
def test_nobody_who_is_shown_one_force_alone_makes_the_index_anew() -> None:
    with pytest.raises(NotCarriedOut, match="owner of the tables"):
        search.run(Namespace(action="rebuild", json=True))
