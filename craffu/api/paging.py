"""Pages of fifty, as the pages for people have them."""

from typing import Annotated, Any, Final

from ninja import Query

PAGE_SIZE: Final = 50
Page = Annotated[int, Query(ge=1, le=100_000)]


def rows_on(rows: Any, page: int) -> list[Any]:
    first = (page - 1) * PAGE_SIZE
    return list(rows[first : first + PAGE_SIZE])


def pages_of(total: int) -> int:
    return max(1, -(-total // PAGE_SIZE))
