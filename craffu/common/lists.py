"""How long a page of a list is, for people and for programs alike (page map, section 8)."""

from typing import Final

A_PAGE: Final = 50
