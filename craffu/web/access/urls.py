from django.urls import path

from craffu.web.access import account, factors, resetting, stepping_up, views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/factor", views.sign_in_factor, name="sign_in_factor"),
    path("sign-in/recovery", views.sign_in_recovery, name="sign_in_recovery"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("terms", account.terms, name="terms"),
    path("account", account.account, name="account"),
    path("account/confirm", stepping_up.account_confirm, name="account_confirm"),
    path("account/factors", factors.account_factors, name="account_factors"),
    path("account/factors/app", factors.account_app, name="account_app"),
    path("account/factors/passkey", factors.account_passkey, name="account_passkey"),
    path("account/factors/codes", factors.account_codes, name="account_codes"),
    path("account/factors/remove/<slug:which>", factors.account_factor_remove, name="account_factor_remove"),
    path("accounts/reset-factors", resetting.factors_reset, name="factors_reset"),
    path("account/password", account.account_password, name="account_password"),
    path("account/sign-out-everywhere", account.account_sign_out_everywhere, name="account_sign_out_everywhere"),
]
