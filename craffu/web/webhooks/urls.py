from django.urls import path

from craffu.web.webhooks import views

urlpatterns = [
    path("accounts/webhooks", views.webhook_list, name="webhook_list"),
    path("accounts/webhooks/new", views.webhook_new, name="webhook_new"),
    path("accounts/webhooks/<reference:webhook>", views.webhook_detail, name="webhook_detail"),
]
