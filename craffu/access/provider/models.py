"""Which identity of the provider's an account belongs to, from the first sign-in on."""

from typing import ClassVar

from django.db import models

from craffu.common.door import Guarded
from craffu.common.fates import Kept, clock, internal, plain


class ProviderIdentity(Guarded):
    """The one identity at the provider that opens an account. A name may be given to somebody else there; this mark is not.

    `mark` is a hash of issuer and subject: it names nobody, and is compared, never read.
    """

    user = models.OneToOneField("access.User", on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64, unique=True)
    known_at = models.DateTimeField()

    class Meta:
        app_label = "access"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(Kept.WITH_ACCOUNT),
            "user": plain(Kept.WITH_ACCOUNT),
            "mark": internal(Kept.WITH_ACCOUNT),
            "known_at": clock(Kept.WITH_ACCOUNT),
        }

    def __str__(self) -> str:
        return f"known since {self.known_at:%Y-%m-%d}"
