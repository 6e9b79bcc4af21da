"""Long lists in pages (page map, section 8: fifty a page)."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from craffu.common.lists import A_PAGE
from craffu.web.presenters import Params

PAGE_SIZE = A_PAGE


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a list: its rows, in words how many of how many, and the way to the others (None: there are none)."""

    rows: list[Any]
    words: str
    total: int
    pagination: Params | None


def one_page(
    request: HttpRequest,
    rows: Any,
    *,
    name: str = "page",
    size: int = PAGE_SIZE,
    last: bool = False,
    total: int | None = None,
) -> Shown:
    """The page that the query asks for by `name`; the first (or `last`) where it asks for none or for nonsense.

    `total` is the number of all rows, where somebody counts them faster than the rows themselves are.
    """
    pages: Paginator[Any] = Paginator(rows, size)
    if total is not None:
        pages.count = total
    page = pages.get_page(request.GET.get(name) or (pages.num_pages if last else 1))
    words = _("Shown: %(first)s to %(last)s of %(total)s") % {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": pages.count,
    }
    return Shown(list(page.object_list), words, pages.count, _pagination(request, page, name))


def _pagination(request: HttpRequest, page: Page[Any], name: str) -> Params | None:
    pages = page.paginator
    if pages.num_pages == 1:
        return None

    def href(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"?{query.urlencode()}"

    items: list[Params] = [
        {"ellipsis": True}
        if not isinstance(number, int)
        else {"number": number, "href": href(number), "current": number == page.number}
        for number in pages.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    params: dict[str, Any] = {"items": items}
    if page.has_previous():
        params["previous"] = {"href": href(page.number - 1)}
    if page.has_next():
        params["next"] = {"href": href(page.number + 1)}
    return params
