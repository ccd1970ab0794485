"""The addresses of a programme: its statements, evaluations, indicators and envelopes."""

from django.urls import path

from program.views import (
    envelope_history,
    envelopes,
    evaluations,
    fields,
    indicator_values,
    indicators,
    programmes,
)

patterns = [
    path("programme/", programmes.programmes, name="programme"),
    path("programme/<pid:public_id>/", programmes.programme, name="programme_page"),
    path("programme/create/", programmes.programme_create, name="programme_create"),
    path("programme/<pid:public_id>/change/", programmes.programme_change, name="programme_change"),
    path("programme/<pid:public_id>/review-record/", programmes.review_record, name="review_record"),
    path("programme/<pid:public_id>/facts/add/", programmes.fact_add, name="fact_add"),
    path("facts/<pid:public_id>/remove/", programmes.fact_remove, name="fact_remove"),
    path("programme/<pid:public_id>/evaluations/add/", evaluations.evaluation_add, name="evaluation_add"),
    path("evaluations/<pid:public_id>/", evaluations.evaluation_change, name="evaluation_change"),
    path("evaluations/<pid:public_id>/remove/", evaluations.evaluation_remove, name="evaluation_remove"),
    path("programme/<pid:public_id>/indicators/add/", indicators.indicator_add, name="indicator_add"),
    path("indicators/<pid:public_id>/", indicators.indicator_change, name="indicator_change"),
    path("indicators/<pid:public_id>/baselines/add/", indicators.baseline_add, name="baseline_add"),
    path("indicators/<pid:public_id>/figures/add/", indicator_values.value_set, name="value_set"),
    path("indicators/<pid:public_id>/figures/import/", indicator_values.values_import, name="values_import"),
    path("indicators/<pid:public_id>/figures.csv", indicator_values.values_csv, name="values_csv"),
    path("indicator-figures/<pid:public_id>/remove/", indicator_values.value_remove, name="value_remove"),
    path("indicators/<pid:public_id>/targets/", indicators.target_set, name="target_set"),
    path("programme/<pid:public_id>/envelopes/", envelope_history.envelope_history, name="envelope_history"),
    path(
        "programme/<pid:public_id>/envelopes/history.csv",
        envelope_history.envelope_history_csv,
        name="envelope_history_csv",
    ),
    path(
        "programme/<pid:public_id>/envelopes/<pid:agency_id>/chart.svg",
        envelope_history.envelope_chart,
        name="envelope_chart",
    ),
    path("programme/<pid:public_id>/envelopes/add/", envelopes.envelope_add, name="envelope_add"),
    path("envelopes/<pid:public_id>/", envelopes.envelope, name="envelope"),
    path("programme/<pid:public_id>/fields/add/", fields.field_add, name="field_add"),
    path("programme/<pid:public_id>/groups/add/", fields.group_add, name="group_add"),
]
