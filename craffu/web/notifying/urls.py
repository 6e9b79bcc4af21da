from django.urls import path

from craffu.web.notifying import views

urlpatterns = [
    path("orders/<reference:order>/notifications", views.order_notifications, name="order_notifications"),
    path("orders/<reference:order>/notifications/new", views.order_notification_new, name="order_notification_new"),
    path("orders/<reference:order>/notifications/<int:number>", views.order_notification, name="order_notification"),
]
