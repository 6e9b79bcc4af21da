from django.urls import path

from craffu.web.tokens import views

urlpatterns = [
    path("account/tokens", views.token_list, name="token_list"),
    path("account/tokens/new", views.token_new, name="token_new"),
    path("account/tokens/<reference:token>/end", views.token_end, name="token_end"),
    path("accounts/tokens", views.tokens_of_force, name="tokens_of_force"),
    path("accounts/tokens/<reference:token>", views.token_detail, name="token_detail"),
]
