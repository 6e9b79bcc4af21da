from django.urls import path

from craffu.web.access import account, stepping_up, views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("terms", account.terms, name="terms"),
    path("account", account.account, name="account"),
    path("account/confirm", stepping_up.account_confirm, name="account_confirm"),
    path("account/password", account.account_password, name="account_password"),
    path("account/sign-out-everywhere", account.account_sign_out_everywhere, name="account_sign_out_everywhere"),
]
