from django.urls import path

from craffu.web.priority import views

urlpatterns = [
    path("priority", views.priority_list, name="priority_list"),
    path("people/<reference:person>/priority", views.person_priority, name="person_priority"),
    path("people/<reference:person>/cohort/<slug:step>", views.cohort_step, name="cohort_step"),
    path("people/<reference:person>/priority/other", views.priority_other, name="priority_other"),
    path("people/<reference:person>/priority/agree", views.priority_agree, name="priority_agree"),
    path("people/<reference:person>/priority/challenge", views.score_challenge, name="score_challenge"),
    path("people/<reference:person>/priority/challenges/<int:number>", views.challenge_answer, name="challenge_answer"),
]
