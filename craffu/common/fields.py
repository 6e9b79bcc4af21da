"""A text field whose value is never stored in the clear (SEC-06)."""

from typing import Any

from django.db import models

from craffu.common import keyring


class EncryptedTextField(models.TextField[str, str]):
    """Text encrypted with the key ring, bound to its own table and column.

    It cannot be filtered on: a value that must be found keeps a blind index beside it. The empty text stays empty,
    so that "nothing recorded" can be told from "protected".
    """

    description = "Encrypted text"

    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if not value:
            return value
        return keyring.ring().encrypt(value, self._context())

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        if not value:
            return value
        return keyring.ring().decrypt(value, self._context())

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in ("isnull",):
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is encrypted: search its blind index instead")
