from django.urls import path

from craffu.web.unattended import views

urlpatterns = [
    path("accounts/services", views.service_list, name="service_list"),
    path("accounts/services/<str:service>", views.service_detail, name="service_detail"),
]
