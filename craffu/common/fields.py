"""A text field whose value is never stored in the clear (SEC-06)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import models

from craffu.common import keyring

# Django’s own takes no types at run time.
if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class EncryptedTextField(_Text):
    """Text encrypted with the key ring, bound to its own table and column.

    It cannot be filtered on: a value that must be found keeps a blind index beside it. The empty text stays empty,
    so that "nothing recorded" can be told from "protected".
    """

    description = "Encrypted text"

    @property
    def context(self) -> str:
        """What a value of this column is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if not value:
            return value
        return keyring.ring().encrypt(value, self.context)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        if not value:
            return value
        return keyring.ring().decrypt(value, self.context)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in ("isnull",):
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is encrypted: search its blind index instead")


def sealed(model: type[models.Model], name: str, values: Sequence[str]) -> list[str]:
    """Many values as an encrypted column of a model keeps them, for rows that are appended without an object for each."""
    field = model._meta.get_field(name)
    if not isinstance(field, EncryptedTextField):
        raise TypeError(f"{name} of {model.__name__} is not encrypted")
    return keyring.ring().encrypt_many(values, field.context)


def opened(model: type[models.Model], name: str, kept: str) -> str:
    """A value as an encrypted column of a model keeps it, in the clear, where it was read without being decrypted."""
    field = model._meta.get_field(name)
    if not isinstance(field, EncryptedTextField):
        raise TypeError(f"{name} of {model.__name__} is not encrypted")
    return keyring.ring().decrypt(kept, field.context) if kept else kept
