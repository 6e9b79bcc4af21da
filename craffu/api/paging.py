"""Pages of fifty, as the pages for people have them."""

from typing import Annotated, Any

from ninja import Query

from craffu.common.lists import A_PAGE

Page = Annotated[int, Query(ge=1, le=100_000)]


def rows_on(rows: Any, page: int) -> list[Any]:
    first = (page - 1) * A_PAGE
    return list(rows[first : first + A_PAGE])


def pages_of(total: int) -> int:
    return max(1, -(-total // A_PAGE))
