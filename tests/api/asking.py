"""How tests of the API read an answer."""

import json
from typing import Any

from django.test import Client


def told(client: Client, path: str, status: int = 200) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == status, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found
