from django.urls import path

from craffu.web.plans import acting_views, views, writing_views

urlpatterns = [
    path("people/<reference:person>/plan", views.person_plan, name="person_plan"),
    path("people/<reference:person>/plan/new", writing_views.plan_new, name="plan_new"),
    path("people/<reference:person>/plan/new/options/<slug:option>", writing_views.plan_option, name="plan_option"),
    path("people/<reference:person>/plan/new/asked/<int:record>", writing_views.plan_asked, name="plan_asked"),
    path("people/<reference:person>/plan/new/owner", writing_views.plan_owner, name="plan_owner"),
    path("people/<reference:person>/plan/new/check", writing_views.plan_check, name="plan_check"),
    path("people/<reference:person>/plan/new/drop", writing_views.plan_drop, name="plan_drop"),
    path("people/<reference:person>/plan/<int:plan>/versions/<int:number>", views.plan_version, name="plan_version"),
    path("people/<reference:person>/plan/approve/<int:number>", acting_views.plan_approve, name="plan_approve"),
    path("people/<reference:person>/plan/actions/new", acting_views.plan_action_new, name="plan_action_new"),
    path("people/<reference:person>/plan/actions/<int:number>", acting_views.plan_action, name="plan_action"),
    path("people/<reference:person>/plan/review", acting_views.plan_review, name="plan_review"),
    path("people/<reference:person>/plan/end", acting_views.plan_end, name="plan_end"),
]
