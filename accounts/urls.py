from django.urls import path

from accounts.views import audit, deputies, kept, mails, memberships, profile, requests

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/mails/", mails.mail_settings, name="mail_settings"),
    path("mails/<pid:public_id>/<str:signature>/stop/", mails.mail_stop, name="mail_stop"),
    path("mails/<pid:public_id>/<str:signature>/resume/", mails.mail_resume, name="mail_resume"),
    path("kept/", kept.kept, name="kept"),
    path("memberships/", memberships.memberships, name="memberships"),
    path("memberships/<pid:public_id>/end/", memberships.end, name="membership_end"),
    path("memberships/deputies/", deputies.deputies, name="deputies"),
    path("memberships/ask/", requests.ask, name="role_ask"),
    path("memberships/requests/<pid:public_id>/", requests.answer, name="request_answer"),
    path("memberships/requests/<pid:public_id>/withdraw/", requests.withdraw, name="request_withdraw"),
    path("audit/", audit.audit, name="audit"),
    path("audit/csv/", audit.audit_csv, name="audit_csv"),
]
