"""Addresses of considering orders in a case."""

from django.urls import path

from craffu.web.considering import views

urlpatterns = [
    path("cases/<reference:case>/consider", views.case_consider, name="case_consider"),
    path("cases/<reference:case>/consider/not-pursued", views.case_not_pursued, name="case_not_pursued"),
]
