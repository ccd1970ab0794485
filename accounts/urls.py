from django.urls import path

from accounts.views import memberships, profile

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("memberships/", memberships.memberships, name="memberships"),
    path("memberships/<pid:public_id>/end/", memberships.end, name="membership_end"),
    path("audit/", memberships.audit, name="audit"),
]
