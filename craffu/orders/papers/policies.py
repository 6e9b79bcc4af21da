"""Which papers are kept with an order: images of paper in forms every browser shows, and of a size that a phone can load."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow

SEALED: Final = "sealed_order"
KINDS: Final = (SEALED, "application", "statement_of_service", "evidence", "advice", "other")
MOST_BYTES: Final = 10 << 20
# By what each begins with, never by its name.
_BEGINS: Final[Mapping[bytes, str]] = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}


def check_kind_of_paper(kind: str) -> None:
    if kind not in KINDS:
        raise NotNow("no_such_paper", _("Choose what kind of paper this is."))


def check_size(size: int) -> None:
    if not 0 < size <= MOST_BYTES:
        raise NotNow(
            "paper_size", _("A paper has at most 10 MB, and is not empty. Scan it again with fewer points an inch.")
        )


def media_type_of(content: bytes) -> str:
    """What a paper is, by its first bytes. Raises NotNow for anything but a PDF, a PNG or a JPEG."""
    for begins, media_type in _BEGINS.items():
        if content.startswith(begins):
            return media_type
    raise NotNow("paper_form", _("Keep it as a PDF, a PNG or a JPEG: nothing else is shown everywhere."))
