"""One section of a profile, and its words."""

import re
from html import unescape
from typing import Any


def section(response: Any, key: str) -> str:
    """The markup of one section of a profile."""
    body = response.content.decode()
    found = re.search(rf'<section aria-labelledby="{key}">(.*?)</section>', body, re.DOTALL)
    assert found is not None, key
    return found.group(1)


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())
