"""What B5 holds our pages against: a bare view, Django's own lists of what our lists show, and its lists of one table each.

They are served in this benchmark alone, under the settings of `peer_settings.py`: the product has no admin.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.timezone import localdate

from craffu.access.queries import home_force
from craffu.access.wall.reach import every_force, working_for
from craffu.cases.models import Case, CaseRole
from craffu.people.models import Person, RecordVersion
from craffu.web.paging import PAGE_SIZE


def for_the_force(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """On PostgreSQL nothing is seen of a force for which nobody works."""
    with every_force("which force the benchmark is of"):
        force = home_force().pk

    def answer(request: HttpRequest) -> HttpResponse:
        with working_for(force):
            return get_response(request)

    return answer


def bare(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("Nothing")


class _Site(admin.AdminSite):
    """Open to whoever has signed in to ours: the two share the session."""

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated


class _Listed(admin.ModelAdmin):  # type: ignore[type-arg]
    """As an administrator sees a list. Ours has no rights of Django's own, so none is asked for."""

    list_per_page = PAGE_SIZE

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_view_permission = has_change_permission = has_delete_permission = has_add_permission


class _Records(_Listed):
    """One table, as it lies there."""

    list_display = ("record", "given_names", "family_name", "born_on", "sex", "source")
    list_select_related = ("record",)


class _CaseRows(_Listed):
    """One table, as it lies there."""

    list_display = ("reference", "known_from")


class _People(_Listed):
    """What our list of people shows, as one writes it in an admin: related rows are fetched ahead, once for the page."""

    list_display = ("reference", "name", "born", "age", "known_as", "cases")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        parts: QuerySet[CaseRole] = (
            CaseRole.objects.for_system("a peer of B5").filter(record__memberships__person=OuterRef("pk")).order_by()
        )
        number = parts.values("record__memberships__person").annotate(number=Count("case", distinct=True))
        people: QuerySet[Person] = super().get_queryset(request).annotate(number=Subquery(number.values("number")))
        return people.prefetch_related("memberships__record__versions")

    def name(self, person: Person) -> str:
        newest = _newest(person)
        return f"{newest.given_names} {newest.family_name}" if newest else "-"

    def born(self, person: Person) -> str:
        newest = _newest(person)
        return newest.born_on if newest else "-"

    def age(self, person: Person) -> str:
        newest = _newest(person)
        return str(localdate().year - int(newest.born_on[:4])) if newest and newest.born_on[:4].isdigit() else "-"

    def known_as(self, person: Person) -> str:
        return ", ".join(sorted({one.record.source for one in person.memberships.all()}))

    def cases(self, person: Any) -> int:
        return person.number or 0


class _Cases(_Listed):
    """What our list of cases shows, in the same way."""

    list_display = ("reference", "known_elsewhere_as", "stage", "latest_hearing", "defendants")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return super().get_queryset(request).prefetch_related("references", "stages", "hearings", "roles")

    def known_elsewhere_as(self, case: Case) -> str:
        return ", ".join(one.value for one in case.references.all())

    def stage(self, case: Case) -> str:
        return max(((one.pk, one.stage) for one in case.stages.all()), default=(0, "-"))[1]

    def latest_hearing(self, case: Case) -> str:
        return str(max((one.held_on for one in case.hearings.all()), default="-"))

    def defendants(self, case: Case) -> int:
        return sum(one.role == CaseRole.Role.DEFENDANT for one in case.roles.all())


def _newest(person: Person) -> RecordVersion | None:
    versions = [version for one in person.memberships.all() for version in one.record.versions.all()]
    return max(versions, key=lambda version: version.pk, default=None)


def _site(name: str, lists: Mapping[type[Model], type[_Listed]]) -> _Site:
    site = _Site(name)
    for model, listed in lists.items():
        site.register(model, listed)
    return site


_LISTS = _site("lists", {Person: _People, Case: _Cases})
_TABLES = _site("tables", {RecordVersion: _Records, Case: _CaseRows})
urlpatterns = [path("bare", bare), path("lists/", _LISTS.urls), path("tables/", _TABLES.urls)]
