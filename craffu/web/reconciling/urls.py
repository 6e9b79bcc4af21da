from django.urls import path

from craffu.web.reconciling import entering, views

LISTS = "orders/reconciliation"
DIFFERENCE = f"{LISTS}/<reference:difference>"

urlpatterns = [
    path(LISTS, views.order_reconciliation, name="order_reconciliation"),
    path(f"{LISTS}/comparisons/<reference:comparison>", views.order_comparison, name="order_comparison"),
    path(DIFFERENCE, views.order_difference, name="order_difference"),
    path(f"{DIFFERENCE}/enter", entering.order_difference_enter, name="order_difference_enter"),
    path(f"{DIFFERENCE}/owner", views.order_difference_owner, name="order_difference_owner"),
]
