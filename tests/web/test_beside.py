"""On a page with a form to fill in the other language opens beside it, and says so; nothing that was typed is lost (BIL-01)."""

from collections.abc import Callable

import pytest
from django.test import Client

from craffu.web.beside import beside_what_is_typed

pytestmark = pytest.mark.rule("BIL-01")
CHOICE = {
    "items": [{"text": "English", "lang": "en", "current": True}, {"text": "Cymraeg", "lang": "cy", "href": "/cy/x"}]
}


@pytest.mark.parametrize(
    ("content", "is_beside"),
    [
        ('<form method="post"><textarea name="words"></textarea></form>', True),
        (
            '<form method="post" novalidate>\n<input type="hidden" name="a">\n<input class="b" type="text" name="c"></form>',
            True,
        ),
        ('<form class="x" method="post"><select name="a"></select></form>', True),
        ('<form method="post"><input name="a" type="radio"></form>', True),
        ('<form method="post"><input type="hidden" name="a"><button>Leave</button></form>', False),
        ('<form method="post" novalidate role="search"><input type="text" name="q"></form>', False),
        ('<form method="get"><input type="text" name="q"></form>', False),
        ('<form method="post"><button>Do</button></form><form method="get"><input type="text"></form>', False),
        ("<p>Nothing</p>", False),
    ],
)
def test_a_form_that_is_sent_and_holds_something_to_fill_in_is_kept(content: str, *, is_beside: bool) -> None:
    here, other = beside_what_is_typed(CHOICE, content)["items"]
    assert here == CHOICE["items"][0]
    assert other.get("attributes") == ({"target": "_blank"} if is_beside else None)
    assert other["text"] == ("Cymraeg (yn agor mewn tab newydd)" if is_beside else "Cymraeg")
    assert other["href"] == "/cy/x"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "words"), [("", "Cymraeg (yn agor mewn tab newydd)"), ("/cy", "English (opens in new tab)")]
)
def test_the_form_for_a_token_stays_while_the_other_language_is_looked_at(
    signed_in_client: Callable[..., Client], confirmed: Callable[..., Client], path: str, words: str
) -> None:
    officer = signed_in_client("orders_team", username="owner")
    confirmed(officer)
    page = officer.get(f"{path}/account/tokens/new").content.decode()
    assert words in page
    assert page.count('target="_blank"') == 1
    assert 'target="_blank"' not in officer.get(f"{path}/account/tokens").content.decode()
    # Whoever signs in has typed nothing that would be missed.
    assert 'target="_blank"' not in Client().get(f"{path}/sign-in").content.decode()
