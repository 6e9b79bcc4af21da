"""Which rights a person holds now, and which force this installation belongs to."""

from django.conf import settings

from craffu.access.acting import Acting
from craffu.access.models import Force, RightChange, User
from craffu.access.roles import ROLE_KEYS
from craffu.audit.actors import Actor


class NoForce(RuntimeError):
    """The installation has not been set up."""


def home_force() -> Force:
    """The force of this installation (CRAFFU_FORCE). Raises NoForce before `craffu migrate` has run."""
    try:
        return Force.objects.get(code=settings.CRAFFU_FORCE)
    except Force.DoesNotExist as fault:
        raise NoForce("This installation has no force yet: run `craffu migrate` first.") from fault


def rights_of(user: User) -> tuple[frozenset[str], frozenset[str]]:
    """The rights held at this moment, and the codes of the areas they are limited to (none: the whole force).

    Read afresh on every request, so that a right taken away is gone on the next one (SEC-01).
    """
    held: dict[tuple[str, str | None], bool] = {}
    changes = RightChange.objects.filter(user=user).order_by("id").values_list("right", "area__code", "held")
    for right, area, given in changes:
        held[right, area] = given
    current = [key for key, given in held.items() if given]
    areas = [area for _, area in current]
    return frozenset(right for right, _ in current), frozenset(area for area in areas if area) if all(
        areas
    ) else frozenset()


def acting_user(user: User, request: str = "") -> Acting:
    """The person, acting in the first of their roles that the page map names."""
    rights, areas = rights_of(user)
    role = next((key for key in ROLE_KEYS if key in rights), "")
    actor = Actor(name=user.username, role=role, force=user.force.code, kind="user")
    return Acting(actor, user.force, rights, user=user, request=request, areas=areas)


def find_user(username: str) -> User | None:
    user: User | None = User.objects.select_related("force").filter(username=username, is_active=True).first()
    return user
