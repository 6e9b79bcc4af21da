from django.urls import path

from craffu.web.catalogue import views

urlpatterns = [
    path("settings/orders", views.order_kinds, name="order_kinds"),
    path("settings/orders/<slug:kind>", views.order_kind, name="order_kind"),
    path("settings/orders/<slug:kind>/edit", views.order_kind_edit, name="order_kind_edit"),
]
