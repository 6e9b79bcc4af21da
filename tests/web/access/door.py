"""The site, with a page more: one that needs a fresh factor, and one whose action asks for it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from craffu.access.policies import check_fresh_factor
from craffu.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from craffu.web.access.stepping_up import needs_fresh_factor
from craffu.web.middleware import acting

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@needs_fresh_factor
def door(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"open: {request.POST.getlist('what')}")


def inner_door(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        check_fresh_factor(acting(request))
    return door(request) if request.method == "POST" else HttpResponse("the form")


urlpatterns = [*urlpatterns, path("door", door), path("inner-door", inner_door)]
