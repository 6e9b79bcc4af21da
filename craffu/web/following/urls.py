from django.urls import path

from craffu.web.following import views

urlpatterns = [
    path("orders/<reference:order>/follow-up", views.order_follow_up, name="order_follow_up"),
    path("orders/<reference:order>/follow-up/new", views.order_follow_up_new, name="order_follow_up_new"),
    path("orders/<reference:order>/follow-up/<int:number>", views.order_trigger, name="order_trigger"),
]
