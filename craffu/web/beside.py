"""Where the other language opens: beside a page that holds a form to fill in, so that nothing typed is lost (BIL-01)."""

import re
from typing import Final

from craffu.web.presenters import Params

# Each in its own language, as the name of the language stands.
_OPENS: Final = {"en": "opens in new tab", "cy": "yn agor mewn tab newydd"}
# A form that is sent, and something in it that somebody types or chooses. What is searched for is soon typed again.
_TO_FILL_IN: Final = re.compile(
    r'<form(?![^>]*\brole="search")[^>]*\bmethod="post"(?:(?!</form>).)*?(?:<textarea|<select|<input(?![^>]*\btype="(?:hidden|submit)"))',
    re.DOTALL,
)


def beside_what_is_typed(choice: Params, content: str) -> Params:
    """The language navigation of a page with this content. It needs no script, and says that it opens in a new tab."""
    if not _TO_FILL_IN.search(content):
        return choice
    return {**choice, "items": [_beside(one) if "href" in one else one for one in choice["items"]]}


def _beside(item: Params) -> Params:
    return {**item, "text": f"{item['text']} ({_OPENS[item['lang']]})", "attributes": {"target": "_blank"}}
