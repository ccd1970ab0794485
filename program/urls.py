from django.urls import path

from program.views import agencies, call_forms, calls, designations, dossiers, fields, preparation, programmes

app_name = "program"
urlpatterns = [
    path("programme/", programmes.programmes, name="programme"),
    path("programme/<pid:public_id>/", programmes.programme, name="programme_page"),
    path("programme/<pid:public_id>/facts/add/", programmes.fact_add, name="fact_add"),
    path("programme/<pid:public_id>/evaluations/add/", programmes.evaluation_add, name="evaluation_add"),
    path("programme/<pid:public_id>/indicators/add/", programmes.indicator_add, name="indicator_add"),
    path("programme/<pid:public_id>/envelopes/add/", programmes.envelope_add, name="envelope_add"),
    path("programme/<pid:public_id>/fields/add/", fields.field_add, name="field_add"),
    path("programme/<pid:public_id>/groups/add/", fields.group_add, name="group_add"),
    path("indicators/<pid:public_id>/baselines/add/", programmes.baseline_add, name="baseline_add"),
    path("envelopes/<pid:public_id>/", programmes.envelope, name="envelope"),
    path("fields/", fields.fields, name="fields"),
    path("fields/<pid:public_id>/change/", fields.field_change, name="field_change"),
    path("countries/groups/<pid:public_id>/", fields.group, name="group"),
    path("countries/groups/<pid:public_id>/members/", fields.group_member, name="group_member"),
    path("designations/", designations.designations, name="designations"),
    path("designations/prepare/", designations.designation_prepare, name="designation_prepare"),
    path("designations/<pid:public_id>/", designations.designation, name="designation"),
    path(
        "designations/<pid:public_id>/summary/", designations.designation_summary, name="designation_summary"
    ),
    path(
        "designations/<pid:public_id>/propose/", designations.designation_propose, name="designation_propose"
    ),
    path("designations/<pid:public_id>/return/", designations.designation_return, name="designation_return"),
    path("designations/<pid:public_id>/decide/", designations.designation_decide, name="designation_decide"),
    path(
        "designations/<pid:public_id>/suspend/", designations.designation_suspend, name="designation_suspend"
    ),
    path("designations/<pid:public_id>/resume/", designations.designation_resume, name="designation_resume"),
    path(
        "designations/<pid:public_id>/withdraw/",
        designations.designation_withdraw,
        name="designation_withdraw",
    ),
    path("designations/<pid:public_id>/evidence/add/", dossiers.evidence_add, name="evidence_add"),
    path("designations/<pid:public_id>/policies/add/", dossiers.policy_add, name="policy_add"),
    path(
        "designations/<pid:public_id>/consultations/add/", dossiers.consultation_add, name="consultation_add"
    ),
    path("evidence/<pid:public_id>/", dossiers.evidence_change, name="evidence_change"),
    path("evidence/<pid:public_id>/remove/", dossiers.evidence_remove, name="evidence_remove"),
    path("calls/", calls.calls, name="calls"),
    path("calls/prepare/", calls.call_prepare, name="call_prepare"),
    path("calls/<pid:public_id>/", calls.call, name="call"),
    path("calls/<pid:public_id>/preparation/", preparation.call_preparation, name="call_preparation"),
    path("calls/<pid:public_id>/change/", preparation.call_change, name="call_change"),
    path("calls/<pid:public_id>/designations/", preparation.call_designations, name="call_designations"),
    path(
        "calls/<pid:public_id>/designations/<pid:designation_id>/remove/",
        preparation.call_designation_remove,
        name="call_designation_remove",
    ),
    path("calls/<pid:public_id>/agencies/", preparation.call_agencies, name="call_agencies"),
    path("calls/agencies/<pid:public_id>/end/", preparation.call_agency_end, name="call_agency_end"),
    path("calls/<pid:public_id>/caps/", preparation.call_caps, name="call_caps"),
    path("calls/caps/<pid:public_id>/remove/", preparation.call_cap_remove, name="call_cap_remove"),
    path("calls/<pid:public_id>/form/", call_forms.call_form, name="call_form"),
    path("calls/<pid:public_id>/form/add-section/", call_forms.call_section_add, name="call_section_add"),
    path("calls/<pid:public_id>/form/sections/<slug:key>/", call_forms.call_section, name="call_section"),
    path(
        "calls/<pid:public_id>/form/sections/<slug:key>/remove/",
        call_forms.call_section_remove,
        name="call_section_remove",
    ),
    path(
        "calls/<pid:public_id>/form/add-criterion/", call_forms.call_criterion_add, name="call_criterion_add"
    ),
    path(
        "calls/<pid:public_id>/form/criteria/<int:position>/",
        call_forms.call_criterion,
        name="call_criterion",
    ),
    path(
        "calls/<pid:public_id>/form/criteria/<int:position>/remove/",
        call_forms.call_criterion_remove,
        name="call_criterion_remove",
    ),
    path("calls/<pid:public_id>/open/", calls.call_open, name="call_open"),
    path("calls/<pid:public_id>/close/", calls.call_close, name="call_close"),
    path("calls/<pid:public_id>/begin-review/", calls.call_begin_review, name="call_begin_review"),
    path("calls/<pid:public_id>/cancel/", calls.call_cancel, name="call_cancel"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/<pid:public_id>/", agencies.agency_profile, name="agency_profile"),
]
