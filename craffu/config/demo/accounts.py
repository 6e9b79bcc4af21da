"""The invented force's areas and teams, and one account for each role and capability, all with the same known password. Two
review linkage: a word on which somebody's safety hangs counts once another reviewer agrees (IDN-03).

Only for the demo: nobody could tell who did what where everybody knows the password. The capability of the system itself is
left out, because no person holds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils import translation

from craffu.access.acting import SYSTEM, Acting
from craffu.access.actions import change_right, create_user, set_up_area
from craffu.access.models import Area, Team, User
from craffu.access.roles import CAPABILITIES, ROLES, Right
from craffu.access.sessions.actions import accept_terms

# Codes of `access/reference/forces.csv` that stand for no real force.
INVENTED_FORCES = frozenset({"demo"})
PASSWORD = "glan-afon-demo-2026"  # noqa: S105  # printed by the command: it protects nothing
_REASON = "Demo account"
# The inspector on duty is a supervisor. The capability alone opens neither the order nor the person of what comes to them.
BESIDE: Final = {"duty_inspector": "supervisor"}
# Of whom there is a second: the end of their sign-in, and of their name.
SECOND: Final = {"link_clerk": "2"}

# Code, English and Welsh name of each area, then the same of its teams.
AREAS = (
    (
        ("arfordir", "Coast", "Arfordir"),
        (
            ("arfordir-ymateb", "Coast response", "Ymateb yr Arfordir"),
            ("arfordir-ymchwilio", "Coast investigation", "Ymchwilio yr Arfordir"),
        ),
    ),
    (
        ("dyffryn", "Vale", "Dyffryn"),
        (
            ("dyffryn-ymateb", "Vale response", "Ymateb y Dyffryn"),
            ("dyffryn-ymchwilio", "Vale investigation", "Ymchwilio y Dyffryn"),
        ),
    ),
    (
        ("bryniau", "Hills", "Bryniau"),
        (
            ("bryniau-ymateb", "Hills response", "Ymateb y Bryniau"),
            ("bryniau-ymchwilio", "Hills investigation", "Ymchwilio y Bryniau"),
            ("gorchmynion", "Civil orders", "Gorchmynion Sifil"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Account:
    """One sign-in, and the role or capability that it is for."""

    username: str
    name: str
    right: Right

    def as_json(self) -> dict[str, str]:
        return {"username": self.username, "password": PASSWORD, "role": self.right.key, "title": self.name}


def accounts() -> tuple[Account, ...]:
    """One for each right a person can hold, in the order of the roles, and the second of those who are two."""
    with translation.override("en"):
        return tuple(_accounts())


def _accounts() -> Iterator[Account]:
    for right in (*ROLES, *CAPABILITIES):
        username = right.key.replace("_", "-")
        if right.key != SYSTEM:
            yield Account(username, f"{right.title} (demo)", right)
        if right.key in SECOND:
            yield Account(f"{username}-{SECOND[right.key]}", f"{right.title} {SECOND[right.key]} (demo)", right)


def set_up(by: Acting) -> tuple[Account, ...]:
    """Make whatever is missing of areas, teams and accounts. A right that somebody took away stays taken away."""
    for (code, english, welsh), teams in AREAS:
        held = set(Team.objects.filter(area__force=by.force, area__code=code).values_list("code", flat=True))
        is_there = Area.objects.filter(force=by.force, code=code).exists()
        if not is_there or not held.issuperset(team for team, _, _ in teams):
            set_up_area(by=by, code=code, name_en=english, name_cy=welsh, teams=teams)
    listed = accounts()
    for account in listed:
        user = User.objects.filter(force=by.force, username=account.username).first()
        if user is None:
            user = create_user(by=by, username=account.username, name=account.name, password=PASSWORD)
        if not user.right_changes.exists():
            for key in filter(None, (account.right.key, BESIDE.get(account.right.key))):
                change_right(by=by, user=user, right=key, held=True, reason=_REASON)
        accept_terms(by=by, user=user)
    return listed
