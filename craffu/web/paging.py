"""Long lists in pages (page map, section 8: fifty a page)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from craffu.access.later import Later, together
from craffu.common.lists import A_PAGE, COUNTED_TO
from craffu.web.presenters import Params

PAGE_SIZE = A_PAGE
# Digits of the number of a page.
_LONGEST: Final = 6
# Up to this page all before it are linked to.
_LAST_IN_ONE_GO: Final = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a list: its rows, in words how many of how many, how many were counted, and the way to the others.

    There is no way (None) where there are no others.
    """

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
    words = _("Shown: %(first)s to %(last)s of %(total)s") % {**_from_and_to(page), "total": f"{pages.count:,}"}
    return Shown(list(page.object_list), words, pages.count, _pagination(request, page, name))


def register_page(
    request: HttpRequest,
    part: Callable[..., Later[list[Any]]],
    number: Callable[..., Later[int]],
    *,
    to: int = COUNTED_TO,
) -> Shown:
    """The page that the query asks for, as `one_page` gives it, of a list that holds a whole register.

    `part` gives so many rows (`most`) after the `first`, and `number` how many there are, but never more than `most`. They
    are counted to the next multiple of `to` beyond the page, so that what a page costs does not grow with the register;
    where there are more, it says so, and leads to no last page (ADR 117).
    """
    asked = _asked_for(request)
    far = -(-asked * PAGE_SIZE // to) * to
    rows, counted = part(first=(asked - 1) * PAGE_SIZE, most=PAGE_SIZE), number(most=far + 1)
    together(rows, counted)
    found = counted.answer
    pages = Paginator(range(min(found, far)), PAGE_SIZE)
    page = pages.page(min(asked, pages.num_pages))
    words = {**_from_and_to(page), "total": f"{pages.count:,}"}
    shown = (
        _("Shown: %(first)s to %(last)s of more than %(total)s")
        if found > far
        else _("Shown: %(first)s to %(last)s of %(total)s")
    )
    if page.number != asked:
        rows = part(first=(page.number - 1) * PAGE_SIZE, most=PAGE_SIZE)
    return Shown(rows.answer, shown % words, pages.count, _pagination(request, page, "page", goes_on=found > far))


def _asked_for(request: HttpRequest) -> int:
    """The number of a page; the first where it asks for none or for nonsense, such as a page beyond fifty million rows."""
    given = request.GET.get("page", "")
    return max(1, int(given)) if given.isdecimal() and len(given) <= _LONGEST else 1


def _from_and_to(page: Page[Any]) -> dict[str, str]:
    return {"first": f"{page.start_index():,}", "last": f"{page.end_index():,}"}


def _pagination(request: HttpRequest, page: Page[Any], name: str, *, goes_on: bool = False) -> Params | None:
    if page.paginator.num_pages == 1 and not goes_on:
        return None

    href = _leading(request.GET, name)
    numbers = (
        _numbers_so_far(page.number)
        if goes_on
        else page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    )
    items: list[Params] = [
        {"ellipsis": True}
        if not isinstance(number, int)
        else {"number": number, "href": href(number), "current": number == page.number}
        for number in numbers
    ]
    params: dict[str, Any] = {"items": items}
    if page.has_previous():
        params["previous"] = {"href": href(page.number - 1)}
    if goes_on or page.has_next():
        params["next"] = {"href": href(page.number + 1)}
    return params


def _leading(asked: QueryDict, name: str) -> Callable[[int], str]:
    """What gives the question for another page: what was asked, with the number where it stood or else at the end."""
    before, after = QueryDict(mutable=True), QueryDict(mutable=True)
    part = before
    for key, values in asked.lists():
        if key == name:
            part = after
        else:
            part.setlist(key, values)
    first, last = (f"{part.urlencode()}&" if part else "" for part in (before, after))
    rest = f"&{last.removesuffix('&')}" if last else ""
    return lambda number: f"?{first}{name}={number}{rest}"


def _numbers_so_far(current: int) -> list[int | str]:
    """The pages to link to where nobody knows which is the last: as elsewhere, and nothing after the next but that it goes on."""
    gap = str(Paginator.ELLIPSIS)
    before: list[int | str] = [1, gap, current - 1] if current > _LAST_IN_ONE_GO else list(range(1, current))
    return [*before, current, current + 1, gap]
