"""What the tests of a module begin with is built once and put back after each of them.

`world` is a force in a transaction that stays open until the module is done and is then undone. A fixture marked `kept` is a
layer upon it: what it writes stands behind a savepoint, and every test works behind one more, in a home that begins as a copy of
the topmost layer's. Before a test begins, every layer that it does not ask for is undone with all upon it, and what it asks for
is given to it as a copy. So no test sees another's, nor more than it asked for, in whatever order they run.

A folder of tests that wants this says in its `conftest.py`: `from tests.worlds import force, world`.
"""

import copy
import csv
import functools
import inspect
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from craffu import access
from craffu.access.acting import Acting, acting_system
from craffu.access.actions import change_right, create_user, set_up_force
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.sessions.actions import accept_terms
from craffu.access.wall.reach import working_for
from craffu.common import statistics
from craffu.people.search.actions import forget
from tests import roles

LOWEST = "world"
FORCES = Path(access.__file__).parent / "reference" / "forces.csv"


@dataclass(frozen=True)
class World:
    """What every test begins with: the force, and whoever does what nobody does.

    `make_user` gives each a name that no test gives to anybody, unless it is told one.
    """

    force: Force
    system: Acting
    make_user: Callable[..., User]
    new_folder: Callable[[], Path]

    @property
    def folder(self) -> Path:
        """An empty one, whenever it is asked for."""
        return self.new_folder()

    def acting_as(self, *rights: str, **details: Any) -> Acting:
        return acting_user(self.make_user(*rights, **details))


@dataclass(eq=False)
class _Layer:
    """A fixture that was built and stands, what it gives, and its own home."""

    request: Any
    home: Path
    value: Any = None

    def is_asked_for(self, item: pytest.Item) -> bool:
        asked = self.request.fixturename in getattr(item, "fixturenames", ())
        return asked and item.getparent(pytest.Module) is self.request.node

    def give_a_copy(self) -> None:
        definition = self.request._fixturedef
        _, *rest = definition.cached_result
        definition.cached_result = (copy.deepcopy(self.value), *rest)

    def undo(self) -> None:
        self.request._fixturedef.finish(self.request)


# The lowest first.
_standing: list[_Layer] = []


def only_what_is_asked_for(item: pytest.Item) -> None:
    """Undo every layer that a test which is about to begin does not ask for, and whatever stands upon such a layer."""
    asked = [layer.is_asked_for(item) for layer in _standing]
    for layer in reversed(_standing[asked.index(False) if False in asked else len(asked) :]):
        layer.undo()
    for layer in _standing:
        layer.give_a_copy()


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """The invented force, to which this installation belongs."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        layer = stack.enter_context(_layer(request, tmp_path_factory))
        made = a_force("demo")
        stack.enter_context(working_for(made.pk))

        def new_folder() -> Path:
            return tmp_path_factory.mktemp("taken-in")

        layer.value = World(made, acting_system(made, "test"), users_of(made, "world."), new_folder)
        yield copy.deepcopy(layer.value)


@pytest.fixture
def force(world: World, db: None) -> Iterator[Force]:
    """The force of the world, for which everything in the test is done."""
    with working_for(world.force.pk):
        yield world.force


def kept(at: datetime | None = None) -> Callable[[Callable[..., Any]], Any]:
    """Mark a fixture as a layer; it is built at an instant, where one is given. It asks for `world` or for other layers."""

    def mark(function: Callable[..., Any]) -> Any:
        @functools.wraps(function)
        def fixture(request: Any, tmp_path_factory: Any, **given: Any) -> Iterator[Any]:
            with _layer(request, tmp_path_factory) as layer:
                with time_machine.travel(at, tick=False) if at else nullcontext():
                    layer.value = function(**given)
                yield copy.deepcopy(layer.value)

        asked = [*inspect.signature(function).parameters.values()]
        own = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in ("request", "tmp_path_factory")]
        fixture.__signature__ = inspect.Signature([*asked, *own])  # type: ignore[attr-defined]
        return pytest.fixture(scope="module")(fixture)

    return mark


@contextmanager
def _layer(request: Any, folders: pytest.TempPathFactory) -> Iterator[_Layer]:
    layer = _Layer(request, folders.mktemp("home"))
    furnish(layer.home)
    with ExitStack() as stack:
        stack.enter_context(_undone_at_the_end())
        stack.enter_context(override_settings(**settings_of(layer.home)))
        stack.enter_context(pytest.MonkeyPatch.context()).setattr(statistics, "_POSTGRES", ())
        _standing.append(layer)
        stack.callback(_standing.remove, layer)
        yield layer


@contextmanager
def _undone_at_the_end() -> Iterator[None]:
    """A transaction as Django opens one around a test, so that what asks to be the outermost one may run inside."""
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]
    atomic.__enter__()
    try:
        yield
    finally:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
        forget()


def settings_of(home: Path) -> dict[str, Any]:
    """Where files are kept, for a home."""
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": home / "uploads"},
    }
    return {
        "CRAFFU_HOME": home,
        "CRAFFU_AUDIT_HEADS": home / "audit-heads",
        "STORAGES": {**settings.STORAGES, "default": storage},
    }


def furnish(home: Path) -> None:
    """Put into a home what the topmost layer keeps in its own, if one stands."""
    for layer in _standing[-1:]:
        shutil.copytree(layer.home, home, dirs_exist_ok=True)


def force_of(code: str) -> dict[str, str]:
    """The official row of a force."""
    with FORCES.open(newline="", encoding="utf-8") as file:
        return next(row for row in csv.DictReader(file) if row["code"] == code)


def a_force(code: str) -> Force:
    """A force set up as the tables' owner does."""
    with roles.as_owner():
        return set_up_force(**force_of(code))


def users_of(force: Force, prefix: str = "") -> Callable[..., User]:
    """`make("analyst", "auditor")` makes somebody with these rights; `force`, `username` and `password` may be given."""
    ours, made = force, list[User]()

    def make(
        *rights: str,
        force: Force = ours,
        username: str = "",
        password: str | None = None,
        language: str = "en",
        has_accepted_terms: bool = True,
    ) -> User:
        by = acting_system(force, "test")
        name = username or f"{prefix}{rights[0] if rights else 'nobody'}{len(made) + 1}"
        with working_for(force.pk):
            user = create_user(by=by, username=name, name=f"Test {name}", password=password, language=language)
            for right in rights:
                change_right(by=by, user=user, right=right, held=True, reason="test")
            if has_accepted_terms:
                accept_terms(by=by, user=user)
        made.append(user)
        return user

    return make
