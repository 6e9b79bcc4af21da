"""Which rights a person holds now, and which force this installation belongs to."""

from django.conf import settings

from craffu.access.acting import Acting
from craffu.access.models import Admission, Force, Restriction, RightChange, User
from craffu.access.policies import is_let_in
from craffu.access.roles import ROLE_KEYS
from craffu.audit.actors import Actor
from craffu.common import clock


class NoForce(RuntimeError):
    """The installation has not been set up."""


def home_force() -> Force:
    """The force of this installation (CRAFFU_FORCE). Raises NoForce before `craffu migrate` has run."""
    try:
        return Force.objects.get(code=settings.CRAFFU_FORCE)
    except Force.DoesNotExist as fault:
        raise NoForce("This installation has no force yet: run `craffu migrate` first.") from fault


def rights_of(user: User) -> tuple[frozenset[str], frozenset[str]]:
    """The rights held at this moment, each for the whole force, and the areas they are limited to: none yet.

    Read afresh on every request, so that a right taken away is gone on the next one (SEC-01). A right stored for an area
    alone gives nothing: no page could keep to the area, and it must not widen to the force.
    """
    changes = RightChange.objects.filter(user=user, area=None).order_by("id").values_list("right", "held")
    return frozenset(right for right, held in dict(changes).items() if held), frozenset()


def acting_user(user: User, request: str = "") -> Acting:
    """The person, acting in the first of their roles that the page map names."""
    rights, areas = rights_of(user)
    role = next((key for key in ROLE_KEYS if key in rights), "")
    actor = Actor(name=user.username, role=role, force=user.force.code, kind="user")
    return Acting(actor, user.force, rights, user=user, request=request, areas=areas, closed=closed_to(user))


def restrictions(force: Force) -> dict[tuple[str, str], Restriction]:
    """The records of a force that are restricted now, by kind and reference. One query."""
    rows = Restriction.objects.filter(force=force).select_related("ask").order_by("id")
    latest = {(row.kind, row.reference): row for row in rows}
    return {record: row for record, row in latest.items() if row.restricted}


def closed_to(user: User) -> dict[str, frozenset[str]]:
    """The restricted records that are not open to somebody at this moment, by kind. Two queries at most (SEC-02)."""
    restricted = restrictions(user.force)
    if not restricted:
        return {}
    told = {(row.kind, row.reference): row for row in Admission.objects.filter(user=user).order_by("id")}
    now = clock.now()
    shut: dict[str, set[str]] = {}
    for kind, reference in restricted:
        admission = told.get((kind, reference))
        if admission is None or not is_let_in(admission.admitted, admission.until, now):
            shut.setdefault(kind, set()).add(reference)
    return {kind: frozenset(references) for kind, references in shut.items()}


def readers_of(force: Force, kind: str, reference: str) -> list[Admission]:
    """Who is let into a record now, in the order they were."""
    rows = Admission.objects.filter(force=force, kind=kind, reference=reference).select_related("user").order_by("id")
    now = clock.now()
    latest = {row.user_id: row for row in rows}
    return [row for row in latest.values() if is_let_in(row.admitted, row.until, now)]


def find_user(username: str) -> User | None:
    user: User | None = User.objects.select_related("force").filter(username=username, is_active=True).first()
    return user
