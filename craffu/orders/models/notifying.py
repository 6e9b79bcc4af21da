"""What a respondent notified to the police, that it was acknowledged in writing, and whether it was true (MON-05)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craffu.access.scoping import RestrictedWith, ScopedHistory
from craffu.common.fates import clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.orders.models.lives import CASE, OF_AN_ORDER, Order
from craffu.orders.notifying.rules import CHANGES, About, Asked, Found

OF_A_NOTIFICATION = RestrictedWith("case", "notification__order__case__reference", none_is_open=True)


class NotificationGiven(ScopedHistory):
    """One notification, whether it counts or not: what, when, how, at which station of which area, and what was told.

    `area` is where the station has to be: of the home, or with none in England or Wales of the court that last made the order.
    """

    restricted_with = OF_AN_ORDER

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="notifications")
    about = models.CharField(max_length=20)
    event_on = models.DateField(null=True)
    given_at = models.DateTimeField()
    in_person = models.BooleanField()
    station = models.CharField(max_length=120, blank=True, default="")
    station_area = models.CharField(max_length=10, blank=True, default="")
    area = models.CharField(max_length=10, blank=True, default="")
    has_no_home = models.BooleanField(default=False)
    names = EncryptedTextField()
    addresses = EncryptedTextField(blank=True, default="")
    fingerprints = models.CharField(max_length=10)
    photographs = models.CharField(max_length=10)
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(about__in=[one.value for one in About]), name="orders_notification_about"
            ),
            models.CheckConstraint(
                condition=~Q(about__in=sorted(one.value for one in CHANGES)) | Q(event_on__isnull=False),
                name="orders_notification_change_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    fingerprints__in=[one.value for one in Asked], photographs__in=[one.value for one in Asked]
                ),
                name="orders_notification_asked",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "order": plain(CASE),
            "about": plain(CASE),
            "event_on": plain(CASE),
            "given_at": plain(CASE),
            "in_person": plain(CASE),
            "station": plain(CASE),
            "station_area": plain(CASE),
            "area": plain(CASE),
            "has_no_home": plain(CASE),
            "names": personal(CASE),
            "addresses": personal(CASE),
            "fingerprints": plain(CASE),
            "photographs": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.about} notification under {self.order_id}"


class NotificationAcknowledged(ScopedHistory):
    """It was acknowledged in writing at an instant, by whoever says so: until then it does not count."""

    restricted_with = OF_A_NOTIFICATION

    notification = models.OneToOneField(NotificationGiven, on_delete=models.PROTECT, related_name="acknowledged")
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "notification": plain(CASE),
            "at": plain(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"acknowledgement of {self.notification_id}"


class NotificationVerified(ScopedHistory):
    """Somebody looked whether it is true, on a day: of several the last says how it stands."""

    restricted_with = OF_A_NOTIFICATION

    notification = models.ForeignKey(NotificationGiven, on_delete=models.PROTECT, related_name="verified")
    found = models.CharField(max_length=10)
    on = models.DateField()
    words = EncryptedTextField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        app_label = "orders"
        ordering: ClassVar = ["notification", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(found__in=[one.value for one in Found]), name="orders_notification_found"
            )
        ]

    class Handling:
        fields: ClassVar = {
            "id": internal(CASE),
            "force": plain(CASE),
            "notification": plain(CASE),
            "found": plain(CASE),
            "on": plain(CASE),
            "words": personal(CASE),
            "by": plain(CASE),
            "known_from": clock(CASE),
        }

    def __str__(self) -> str:
        return f"{self.notification_id} {self.found}"
