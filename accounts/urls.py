from django.urls import path

from accounts.views import audit, memberships, profile

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("memberships/", memberships.memberships, name="memberships"),
    path("memberships/<pid:public_id>/end/", memberships.end, name="membership_end"),
    path("audit/", audit.audit, name="audit"),
    path("audit/csv/", audit.audit_csv, name="audit_csv"),
]
