"""T20: nothing that somebody signed in was shown stays in a browser's cache or goes along to another site."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.conftest import TakeIn
from tests.web.test_role_matrix import PAGES, address, asked_for, filled, opened

__all__ = ["asked_for", "filled", "opened"]


@pytest.mark.sqlite
@pytest.mark.parametrize("role", ["supervisor", "analyst", "auditor"])
def test_T20_no_page_of_somebody_signed_in_is_kept_by_a_browser(
    role: str, filled: TakeIn, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client(role)
    answers = {name: client.get(address(name)) for name, page in PAGES.items() if not page.is_public}
    assert len(answers) > 15
    kept = [name for name, answer in answers.items() if "no-store" not in answer.headers.get("Cache-Control", "")]
    assert kept == []
    assert {answer.headers["Referrer-Policy"] for answer in answers.values()} <= {"same-origin", "no-referrer"}
