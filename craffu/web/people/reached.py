"""What somebody wrote, without where those whom it concerns can be reached: one page of theirs alone has that (SEC-06)."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.people.scanning import without

KEPT_OUT: Final = _("where somebody can be reached: not shown here")


def without_reach(said: str, reached: Sequence[tuple[str, str]]) -> str:
    """`reached` are contacts as kind and value, whoever gave them."""
    return without(said, reached, f"[{KEPT_OUT}]")
