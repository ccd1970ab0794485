from django.urls import URLPattern, path

from proposals.views import (
    awards,
    budget,
    exchange,
    extending,
    form_preview,
    form_versions,
    grants,
    judging,
    mine,
    office,
    sections,
    signing,
    submission,
    team,
    trials,
    verdicts,
    writing,
)

app_name = "proposals"
HERE = "proposals/<pid:public_id>/"
ANSWER = f"{HERE}verdicts/<pid:answer_id>/"
# Writing and submitting.
applicant: list[URLPattern] = [
    path("proposals/mine/", mine.mine, name="mine"),
    path("calls/<pid:public_id>/propose/", mine.start, name="start"),
    path(HERE, writing.tasks, name="tasks"),
    path(f"{HERE}core/", writing.core, name="core"),
    path(f"{HERE}sections/<slug:key>/", sections.section, name="section"),
    path("calls/<pid:public_id>/trial/", trials.trial, name="trial"),
    path(f"{HERE}trial/", trials.trial_send, name="trial_send"),
    path("calls/<pid:public_id>/form/versions/", form_versions.form_versions, name="form_versions"),
    path(
        "calls/<pid:public_id>/form/versions/drop/",
        form_versions.form_version_drop,
        name="form_version_drop",
    ),
    path(f"{HERE}form-changes/", form_versions.form_changes, name="form_changes"),
    path(
        "calls/<pid:public_id>/form/versions/<int:number>/preview/<slug:key>/",
        form_preview.form_preview,
        name="form_preview",
    ),
    path(
        f"{HERE}sections/<slug:key>/files/<slug:field>/",
        sections.section_file,
        name="section_file",
    ),
    path(f"{HERE}budget/", budget.budget, name="budget"),
    path(f"{HERE}check/", submission.check, name="check"),
    path(f"{HERE}preview/", submission.preview, name="preview"),
    path(f"{HERE}sign/", signing.sign, name="sign"),
    path(f"{HERE}submit/", submission.submit, name="submit"),
    path(f"{HERE}receipt/", submission.receipt, name="receipt"),
    path(f"{HERE}pdf/", submission.submission_pdf_file, name="submission_pdf"),
    path(f"{HERE}reopen/", submission.reopen, name="reopen"),
    path(f"{HERE}withdraw/", submission.withdraw, name="withdraw"),
    path(f"{HERE}extend/", extending.extend, name="extend"),
]
# Team, partner award, exchange plans, attachment.
partner: list[URLPattern] = [
    path(f"{HERE}team/", team.team, name="team"),
    path(f"{HERE}team/add/", team.team_add, name="team_add"),
    path(f"{HERE}team/<pid:member_id>/", team.team_change, name="team_change"),
    path(f"{HERE}team/<pid:member_id>/remove/", team.team_remove, name="team_remove"),
    path(f"{HERE}grants/", grants.grants, name="grants"),
    path(f"{HERE}grants/add/", grants.grant_add, name="grant_add"),
    path(f"{HERE}grants/<pid:grant_id>/", grants.grant_change, name="grant_change"),
    path(f"{HERE}grants/<pid:grant_id>/remove/", grants.grant_remove, name="grant_remove"),
    path(f"{HERE}awards/", awards.awards, name="awards"),
    path(f"{HERE}awards/add/", awards.award_add, name="award_add"),
    path(f"{HERE}awards/<pid:award_id>/", awards.award_change, name="award_change"),
    path(f"{HERE}awards/<pid:award_id>/remove/", awards.award_remove, name="award_remove"),
    path(f"{HERE}awards/<pid:award_id>/evidence/", awards.award_evidence, name="award_evidence"),
    path(f"{HERE}exchange/", exchange.exchange, name="exchange"),
    path(f"{HERE}exchange/add/", exchange.exchange_add, name="exchange_add"),
    path(f"{HERE}exchange/<pid:plan_id>/", exchange.exchange_change, name="exchange_change"),
    path(f"{HERE}exchange/<pid:plan_id>/remove/", exchange.exchange_remove, name="exchange_remove"),
    path(f"{HERE}attachment/", team.attachment, name="attachment"),
    path(f"{HERE}attachment/file/", team.attachment_file, name="attachment_file"),
]
# Officers' lists, eligibility, export.
officer: list[URLPattern] = [
    path("proposals/", office.office, name="office"),
    path("proposals/export/<slug:kind>/", office.office_export, name="office_export"),
    path(f"{HERE}office/", judging.office_proposal, name="office_proposal"),
    path(f"{HERE}eligibility/<pid:agency_id>/", verdicts.eligibility, name="eligibility"),
    path(f"{ANSWER}confirm/", verdicts.eligibility_confirm, name="eligibility_confirm"),
    path(f"{ANSWER}letter/", verdicts.eligibility_letter, name="eligibility_letter"),
    path(f"{HERE}awards/<pid:award_id>/verdict/", verdicts.award_verdict, name="award_verdict"),
    path(f"{HERE}awards/<pid:answer_id>/confirm/", verdicts.award_confirm, name="award_confirm"),
    path(f"{HERE}awards/<pid:answer_id>/letter/", verdicts.award_letter, name="award_letter"),
]
urlpatterns = [*applicant, *partner, *officer]
