"""What B5 holds our pages against: a bare view, and Django's own lists of the rows that our lists show.

They are served in this benchmark alone, under the settings of `peer_settings.py`: the product has no admin.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from craffu.access.queries import home_force
from craffu.access.wall.reach import every_force, working_for
from craffu.cases.models import Case
from craffu.people.models import RecordVersion
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


class _People(_Listed):
    list_display = ("record", "given_names", "family_name", "born_on", "sex", "source")
    list_select_related = ("record",)


class _Cases(_Listed):
    list_display = ("reference", "known_from")


_site = _Site()
_site.register(RecordVersion, _People)
_site.register(Case, _Cases)
urlpatterns = [path("bare", bare), path("admin/", _site.urls)]
