from django.urls import path

from craffu.web.reviews import views

urlpatterns = [
    path("orders/<reference:order>/reviews/new", views.order_review_new, name="order_review_new"),
    path(
        "orders/<reference:order>/reviews/new/heard/<int:record>", views.order_review_heard, name="order_review_heard"
    ),
    path("orders/<reference:order>/reviews/new/decision", views.order_review_decision, name="order_review_decision"),
    path("orders/<reference:order>/reviews/new/check", views.order_review_check, name="order_review_check"),
    path("orders/<reference:order>/reviews/new/drop", views.order_review_drop, name="order_review_drop"),
    path("orders/<reference:order>/reviews/<int:number>", views.order_review, name="order_review"),
    path("orders/<reference:order>/reviews/<int:number>/welsh", views.order_review_welsh, name="order_review_welsh"),
    path("orders/<reference:order>/reviews/<int:number>/sign", views.order_review_sign, name="order_review_sign"),
    path(
        "orders/<reference:order>/reviews/<int:number>/application",
        views.order_review_applied,
        name="order_review_applied",
    ),
]
