from django.urls import path

from craffu.web.inbox import views

urlpatterns = [
    path("orders/inbox", views.order_inbox, name="order_inbox"),
    path("orders/inbox/new", views.order_document_new, name="order_document_new"),
    path("orders/inbox/<reference:document>", views.order_document, name="order_document"),
    path("orders/inbox/<reference:document>/image", views.order_document_image, name="order_document_image"),
    path("orders/inbox/<reference:document>/owner", views.order_document_owner, name="order_document_owner"),
    path("orders/inbox/<reference:document>/return", views.order_document_return, name="order_document_return"),
    path("orders/inbox/<reference:document>/match", views.order_document_match_new, name="order_document_match_new"),
    path(
        "orders/inbox/<reference:document>/match/<reference:person>",
        views.order_document_match,
        name="order_document_match",
    ),
]
