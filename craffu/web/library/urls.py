from django.urls import path

from craffu.web.library import views

urlpatterns = [
    path("settings/conditions", views.condition_library, name="condition_library"),
    path("settings/conditions/<slug:key>", views.library_condition, name="library_condition"),
    path("settings/conditions/<slug:key>/edit", views.library_condition_edit, name="library_condition_edit"),
    path("orders/<reference:order>/library", views.order_library, name="order_library"),
    path("orders/<reference:order>/library/<slug:key>", views.order_library_take, name="order_library_take"),
    path("orders/<reference:order>/terms/approve", views.order_terms_approve, name="order_terms_approve"),
]
