"""Orders that came as documents: the image as it came, what was typed beside it, whose it is and how it left (ORD-21)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.inbox.rules import InboxState
from craffu.orders.models.lives import CASE, Order

# Until it is matched a document belongs to no case; then it is reached with its order's.
AS_ITS_ORDER: Final = RestrictedWith("case", "left__order__case__reference", none_is_open=True)
OF_A_DOCUMENT: Final = RestrictedWith("case", "document__left__order__case__reference", none_is_open=True)


class OrderDocument(ScopedHistory):
    """One document that came in, whole: a court's, another force's, or one that a party handed over.

    It waits until it is matched to a person and to the register, or is returned. `kind` is what it seems to be; empty where
    nobody could say.
    """

    restricted_with = AS_ITS_ORDER

    reference = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    came_from = models.CharField(max_length=20)
    sender = EncryptedTextField(blank=True, default="")
    kind = models.CharField(max_length=16, blank=True, default="")
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="orders_document_reference_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="orders_document_is_not_empty"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["force", "received_at"], name="orders_document_by_age"),
            models.Index(fields=["force", "sha256"], name="orders_document_again"),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "reference": internal(CASE),
            "received_at": plain(CASE),
            "came_from": plain(CASE),
            "sender": personal(CASE),
            "kind": plain(CASE),
            "media_type": plain(CASE),
            "size": plain(CASE),
            "sha256": internal(CASE),
            "content": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return self.reference


class DocumentRead(ScopedHistory):
    """What somebody typed from the image; the last counts, and the earlier ones stay as they were.

    `terms` are the conditions word for word, as `inbox.facts` keeps them.
    """

    restricted_with = OF_A_DOCUMENT

    document = models.ForeignKey(OrderDocument, on_delete=models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, blank=True, default="")
    is_interim = models.BooleanField(default=False)
    court = models.CharField(max_length=120, blank=True, default="")
    court_case_no = models.CharField(max_length=40, blank=True, default="")
    made_on = models.DateField(null=True)
    last_day = models.DateField(null=True)
    is_indefinite = models.BooleanField(null=True)
    given_names = EncryptedTextField(blank=True, default="")
    family_name = EncryptedTextField(blank=True, default="")
    born_on = EncryptedTextField(blank=True, default="")
    terms = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["document", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="orders_document_read_once"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(is_indefinite__isnull=True) | Q(is_indefinite=False),
                name="orders_read_indefinite_has_no_last_day",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "document": plain(CASE),
            "number": plain(CASE),
            "kind": plain(CASE),
            "is_interim": plain(CASE),
            "court": plain(CASE),
            "court_case_no": plain(CASE),
            "made_on": plain(CASE),
            "last_day": plain(CASE),
            "is_indefinite": plain(CASE),
            "given_names": personal(CASE),
            "family_name": personal(CASE),
            "born_on": personal(CASE),
            "terms": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"reading {self.number} of {self.document_id}"


class DocumentOwned(ScopedHistory):
    """Whose a document is from an instant on; the last row says whose it is now."""

    restricted_with = OF_A_DOCUMENT

    document = models.ForeignKey(OrderDocument, on_delete=models.PROTECT, related_name="owned")
    owner = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["document", "id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "document": plain(CASE),
            "owner": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"owner of {self.document_id}"


class DocumentLeft(ScopedHistory):
    """How a document left the inbox: matched to an order on the register, or returned with a reason. Nothing leaves otherwise."""

    restricted_with = OF_A_DOCUMENT

    document = models.OneToOneField(OrderDocument, on_delete=models.PROTECT, related_name="left")
    how = models.CharField(max_length=10)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+", null=True)
    reason_code = models.CharField(max_length=30, blank=True, default="")
    words = EncryptedTextField(blank=True, default="")
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(how=InboxState.MATCHED.value, order__isnull=False, reason_code="")
                | (Q(how=InboxState.RETURNED.value, order__isnull=True) & ~Q(reason_code="")),
                name="orders_document_left_one_way",
            )
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "document": plain(CASE),
            "how": plain(CASE),
            "order": plain(CASE),
            "reason_code": plain(CASE),
            "words": personal(CASE),
            "by": plain(CASE),
            "at": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.document_id} {self.how}"
