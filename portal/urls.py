from django.urls import path

from portal.views import design, guide, home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("guide/", guide.guide, name="guide"),
    path("design/", design.index, name="design"),
    path("design/progress/", design.progress, name="design_progress"),
]
