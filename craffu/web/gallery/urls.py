from django.urls import path

from craffu.web.gallery import views

urlpatterns = [path("gallery", views.gallery, name="gallery")]
