"""The official code lists a court result is checked against, as this installation holds them."""

from craffu.published.queries import codes_of


class StoredCodeLists:
    """Each list is read once, when it is first asked for."""

    def __init__(self) -> None:
        self._lists: dict[str, frozenset[str]] = {}

    def known(self, list_name: str, code: str) -> bool:
        """Whether the list holds the code."""
        if list_name not in self._lists:
            self._lists[list_name] = codes_of(list_name)
        return code in self._lists[list_name]
