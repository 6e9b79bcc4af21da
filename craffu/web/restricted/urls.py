from django.urls import path

from craffu.web.restricted import emergency, reviews

urlpatterns = [
    path("restricted/reviews", reviews.emergency_reviews, name="emergency_reviews"),
    path("restricted/reviews/<reference:emergency>", reviews.emergency_review, name="emergency_review"),
    path("restricted/<reference:case>/open", emergency.emergency_open, name="emergency_open"),
    path("restricted/leave", emergency.emergency_leave, name="emergency_leave"),
]
