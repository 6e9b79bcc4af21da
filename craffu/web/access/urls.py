from django.urls import path

from craffu.web import holding
from craffu.web.access import account, factors, lasting, provider, resetting, stepping_up, views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/factor", views.sign_in_factor, name="sign_in_factor"),
    path("sign-in/recovery", views.sign_in_recovery, name="sign_in_recovery"),
    path("sign-in/provider", provider.provider_sign_in, name="provider_sign_in"),
    path("sign-in/provider/back", provider.provider_back, name="provider_back"),
    path("sign-in/refused", provider.provider_refused, name="provider_refused"),
    path("signed-out", provider.signed_out, name="signed_out"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("terms", account.terms, name="terms"),
    path("account", account.account, name="account"),
    path("account/confirm", stepping_up.account_confirm, name="account_confirm"),
    path("account/confirm/provider", provider.provider_confirm, name="provider_confirm"),
    path("account/confirm/carry-on", stepping_up.account_carry_on, name="account_carry_on"),
    path("account/factors", factors.account_factors, name="account_factors"),
    path("account/factors/app", factors.account_app, name="account_app"),
    path("account/factors/passkey", factors.account_passkey, name="account_passkey"),
    path("account/factors/codes", factors.account_codes, name="account_codes"),
    path("account/factors/remove/<slug:which>", factors.account_factor_remove, name="account_factor_remove"),
    path("accounts/reset-factors", resetting.factors_reset, name="factors_reset"),
    path("account/stay", lasting.account_stay, name="account_stay"),
    path("account/held-keys", holding.held_keys, name="held_keys"),
    path("account/password", account.account_password, name="account_password"),
    path("account/sign-out-everywhere", account.account_sign_out_everywhere, name="account_sign_out_everywhere"),
]
