"""The words that names of the register are made of: small, while names are many (X12)."""

from typing import ClassVar

from django.db import models

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Kept, internal


class SearchWord(ScopedHistory):
    """A word that some name of a force holds, folded. Nothing says whose: that stands in the index alone."""

    restricted_with = "A word of a name. Who somebody is stands in no case."

    word = models.CharField(max_length=200)

    class Meta:
        app_label = "people"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["force", "word"], name="people_search_word_once")]

    class Handling:
        # Derived from names, and made anew from those that are left after an erasure (`craffu search rebuild`).
        fields: ClassVar = {
            "id": internal(Kept.WITH_PERSON),
            "force": internal(Kept.WITH_PERSON),
            "word": internal(Kept.WITH_PERSON),
        }

    def __str__(self) -> str:
        return f"word {self.pk}"
