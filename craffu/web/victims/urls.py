from django.urls import path

from craffu.web.victims import agreement_views, asking_views, gap_views, log_views, views

urlpatterns = [
    path("victims", views.victim_list, name="victim_list"),
    path("victims/gap", gap_views.victim_gap, name="victim_gap"),
    path("victims/gap/export", gap_views.victim_gap_export, name="victim_gap_export"),
    path("victims/gap/charts/<slug:size>/<slug:chart>.svg", gap_views.victim_gap_chart, name="victim_gap_chart"),
    path("victims/gap/<slug:which>", gap_views.victim_gap_list, name="victim_gap_list"),
    path("victims/<reference:victim>", views.victim_detail, name="victim_detail"),
    path("victims/<reference:victim>/protected", views.victim_protected, name="victim_protected"),
    path("victims/<reference:victim>/contacts", views.victim_contacts, name="victim_contacts"),
    path("victims/<reference:victim>/contacts/new", views.victim_contact_new, name="victim_contact_new"),
    path("victims/<reference:victim>/promises/new", views.victim_promise_new, name="victim_promise_new"),
    path(
        "victims/<reference:victim>/promises/<int:promise>/excuse",
        views.victim_promise_excuse,
        name="victim_promise_excuse",
    ),
    path("victims/<reference:victim>/happened", views.victim_happened, name="victim_happened"),
    path(
        "victims/<reference:victim>/happened/<int:happening>/strike",
        views.victim_happened_strike,
        name="victim_happened_strike",
    ),
    path("victims/<reference:victim>/asking", asking_views.victim_asking, name="victim_asking"),
    path("victims/<reference:victim>/asking/new", asking_views.victim_asking_new, name="victim_asking_new"),
    path("victims/<reference:victim>/asking/not-asked", asking_views.victim_not_asked, name="victim_not_asked"),
    path("victims/<reference:victim>/asking/<int:number>", asking_views.victim_asked, name="victim_asked"),
    path("victims/<reference:victim>/asking/<int:number>/end", asking_views.victim_asked_end, name="victim_asked_end"),
    path("victims/<reference:victim>/log", log_views.victim_log, name="victim_log"),
    path("victims/<reference:victim>/log/new", log_views.victim_log_notice, name="victim_log_notice"),
    path("victims/<reference:victim>/log/new/words", log_views.victim_log_words, name="victim_log_words"),
    path("victims/<reference:victim>/agreement", agreement_views.agreement_page, name="agreement"),
    path("victims/<reference:victim>/agreement/copy", agreement_views.agreement_copy, name="agreement_copy"),
    path("victims/<reference:victim>/agreement/check", agreement_views.agreement_check, name="agreement_check"),
    path(
        "victims/<reference:victim>/agreement/unchanged",
        agreement_views.agreement_unchanged,
        name="agreement_unchanged",
    ),
    path("victims/<reference:victim>/agreement/drop", agreement_views.agreement_drop, name="agreement_drop"),
    path("victims/<reference:victim>/agreement/decline", agreement_views.agreement_decline, name="agreement_decline"),
    path("victims/<reference:victim>/agreement/feared-date", agreement_views.feared_date, name="feared_date"),
    path("victims/<reference:victim>/agreement/<slug:part>", agreement_views.agreement_part, name="agreement_part"),
]
