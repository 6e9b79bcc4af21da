"""A register of Welsh that a qualified translator has approved, as a force may keep its own (BIL-03)."""

import csv
from collections.abc import Iterable
from pathlib import Path

from craffu.web.translations import _drafts, english_digest, messages, welsh_digest


def of_catalogue(*only: str) -> list[tuple[str, str]]:
    """The digests of every message of the site, or of these by their English."""
    return [(english_digest(one), welsh_digest(one)) for one in messages() if not only or one.id in only]


def approve(register: Path, rows: Iterable[tuple[str, str]]) -> str:
    """Writes the register; answers with what the setting is set to."""
    with register.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["msgid_sha256", "msgstr_sha256", "approved_by", "approved_on"])
        writer.writerows((*pair, "Mair Prys", "2026-11-20") for pair in rows)
    _drafts.cache_clear()
    return str(register)
