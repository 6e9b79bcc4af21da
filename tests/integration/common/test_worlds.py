"""A world that is kept for a module's tests is the same for each of them, whatever another did to it or asked for beside it."""

import pytest
from django.db import transaction

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.audit.models import Event
from craffu.people.models import Person
from tests.factories.victims import send_victim
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]


@kept()
def officer(world: World) -> Acting:
    return world.acting_as("victim_officer", username="officer")


@kept()
def victim(world: World, officer: Acting) -> str:
    return send_victim(world.system, world.folder)


@kept()
def names(world: World) -> list[str]:
    return ["kept"]


def people() -> int:
    return int(Person.objects.for_system("a test").count())


def users() -> set[str]:
    return set(User.objects.values_list("username", flat=True))


@pytest.mark.parametrize("again", [1, 2])
def test_what_a_test_writes_is_gone_for_the_next(again: int, victim: str, system: Acting, world: World) -> None:
    before = people()
    send_victim(system, world.folder, 7)
    world.make_user("analyst", username="written")
    assert people() > before == 2
    assert users() == {"officer", "written"}


def test_what_is_not_asked_for_is_not_there(world: World) -> None:
    assert (people(), users()) == (0, set())


def test_nor_is_what_stands_upon_something_else(officer: Acting) -> None:
    assert (people(), users()) == (0, {"officer"})


def test_what_was_undone_is_built_anew(victim: str) -> None:
    assert people() == 2


@pytest.mark.parametrize("again", [1, 2])
def test_what_is_given_is_a_copy(again: int, names: list[str], force: Force) -> None:
    assert names == ["kept"]
    names.append("changed")
    force.name_en = "Changed"
    assert Force.objects.get(pk=force.pk).name_en == "Glan Afon Police"


@pytest.mark.parametrize("again", [1, 2])
def test_a_transaction_that_breaks_off_takes_back_its_own_alone(again: int, victim: str, world: World) -> None:
    rows = Event.objects.count()

    def breaks_off() -> None:
        with transaction.atomic():
            world.make_user("analyst", username="unmade")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()
    assert (Event.objects.count(), users()) == (rows, {"officer"})


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_finds_nothing_of_it() -> None:
    assert (people(), Force.objects.count()) == (0, 0)
