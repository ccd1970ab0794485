"""The addresses of notices of intent."""

from django.urls import URLPattern, path

from proposals.views import notice_judging, notice_office, notices

HERE = "notices/<pid:public_id>/"
ANSWER = f"{HERE}verdicts/<pid:answer_id>/"
urlpatterns: list[URLPattern] = [
    path("calls/<pid:public_id>/notice/", notices.notice_give, name="notice_give"),
    path("calls/<pid:public_id>/admit/", notice_judging.notice_admit, name="notice_admit"),
    path("notices/", notice_office.notices, name="notices"),
    path("notices/export/<slug:kind>/", notice_office.notices_export, name="notices_export"),
    path(HERE, notices.notice, name="notice"),
    path(f"{HERE}change/", notices.notice_change, name="notice_change"),
    path(f"{HERE}withdraw/", notices.notice_withdraw, name="notice_withdraw"),
    path(f"{HERE}propose/", notices.notice_propose, name="notice_propose"),
    path(f"{HERE}office/", notice_judging.office_notice, name="office_notice"),
    path(f"{HERE}conflict/", notice_judging.notice_conflict, name="notice_conflict"),
    path(f"{HERE}eligibility/<pid:agency_id>/", notice_judging.notice_verdict, name="notice_verdict"),
    path(f"{ANSWER}confirm/", notice_judging.notice_confirm, name="notice_confirm"),
    path(f"{ANSWER}letter/", notice_judging.notice_letter, name="notice_letter"),
]
