"""Addresses of the safe page: one for all of it, so that what was asked stands in no history (page map, P20)."""

from django.urls import path, register_converter

from craffu.web.safe import views


class Secret:
    """What a link ends in."""

    regex = "[A-Za-z0-9_-]{43}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Secret, "page_secret")

urlpatterns = [
    path("t/", views.page, name="safe_page"),
    # As it is read out. Nothing is redirected: a browser would keep that.
    path("t", views.page, name="safe_page_read_out"),
    path("t/exit", views.leave_site, name="safe_exit"),
    path("t/<page_secret:secret>", views.by_link, name="safe_link"),
]
