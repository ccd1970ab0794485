from django.urls import URLPattern, path

from proposals.views import budget, extending, mine, sections, submission, writing

app_name = "proposals"
HERE = "proposals/<pid:public_id>/"
# Writing and submitting.
applicant: list[URLPattern] = [
    path("proposals/mine/", mine.mine, name="mine"),
    path("calls/<pid:public_id>/propose/", mine.start, name="start"),
    path(HERE, writing.tasks, name="tasks"),
    path(f"{HERE}core/", writing.core, name="core"),
    path(f"{HERE}sections/<slug:key>/", sections.section, name="section"),
    path(f"{HERE}budget/", budget.budget, name="budget"),
    path(f"{HERE}check/", submission.check, name="check"),
    path(f"{HERE}preview/", submission.preview, name="preview"),
    path(f"{HERE}submit/", submission.submit, name="submit"),
    path(f"{HERE}receipt/", submission.receipt, name="receipt"),
    path(f"{HERE}pdf/", submission.submission_pdf_file, name="submission_pdf"),
    path(f"{HERE}reopen/", submission.reopen, name="reopen"),
    path(f"{HERE}withdraw/", submission.withdraw, name="withdraw"),
    path(f"{HERE}extend/", extending.extend, name="extend"),
]
# Team, partner award, exchange plans, attachment.
partner: list[URLPattern] = []
# Officers' lists, eligibility, export.
office: list[URLPattern] = []
urlpatterns = [*applicant, *partner, *office]
