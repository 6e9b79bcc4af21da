"""Who passes the checks of a package, right by right: what a table of a test is held against."""

import inspect
from collections.abc import Callable
from types import ModuleType

from craffu.access.acting import OPERATOR, SYSTEM, Acting
from craffu.access.models import Force, User
from craffu.access.roles import BY_KEY
from craffu.access.unattended.rules import LINKING
from craffu.audit.actors import Actor
from craffu.common.refusals import allows

EVERY = (*BY_KEY, SYSTEM, OPERATOR, LINKING)


def _asks_nothing_but_who(check: Callable[..., object]) -> bool:
    return [one.default for one in inspect.signature(check).parameters.values()] == [inspect.Parameter.empty]


def who_may(*modules: ModuleType) -> dict[str, str]:
    """For each check that asks nothing but who it is, the rights that pass it, each held alone, in order."""
    force, user = Force(pk=1, code="demo"), User(pk=1, username="somebody", force_id=1)
    each = {
        right: Acting(
            Actor(name="somebody", role=right, force="demo", kind="user"),
            force,
            frozenset({right}),
            user=None if right == LINKING else user,
        )
        for right in dict.fromkeys(EVERY)
    }
    return {
        f"{module.__name__.removeprefix('craffu.').removesuffix('.permissions')}: {name}": " ".join(
            sorted(right for right, by in each.items() if allows(check, by))
        )
        for module in modules
        for name, check in vars(module).items()
        if name.startswith("check_")
        and inspect.isfunction(check)
        and check.__module__ == module.__name__
        and _asks_nothing_but_who(check)
    }
