"""The addresses of evidence: as tables in and out, and from publications."""

from django.urls import path

from program.views import evidence_charts, evidence_fields, evidence_papers, evidence_runs, evidence_tables

patterns = [
    path("fields/<pid:public_id>/evidence/", evidence_fields.field_evidence, name="field_evidence"),
    path("fields/<pid:public_id>/definition/", evidence_fields.field_definition, name="field_definition"),
    path("fields/<pid:public_id>/compute/", evidence_fields.evidence_compute, name="evidence_compute"),
    path("evidence/jobs/<pid:public_id>/", evidence_fields.evidence_progress, name="evidence_progress"),
    path("evidence/figures/<pid:public_id>/", evidence_runs.evidence_run, name="evidence_run"),
    path("evidence/figures/<pid:public_id>/chart.svg", evidence_charts.evidence_chart, name="evidence_chart"),
    path(
        "evidence/figures/<pid:public_id>/figures.csv",
        evidence_charts.evidence_figures_csv,
        name="evidence_figures_csv",
    ),
    path(
        "evidence/figures/<pid:public_id>/partners/<slug:partner>/chart.svg",
        evidence_charts.evidence_partner_chart,
        name="evidence_partner_chart",
    ),
    path("evidence/figures/<pid:public_id>/papers/", evidence_papers.evidence_papers, name="evidence_papers"),
    path(
        "evidence/figures/<pid:public_id>/papers.csv",
        evidence_papers.evidence_papers_csv,
        name="evidence_papers_csv",
    ),
    path(
        "evidence/figures/<pid:public_id>/partners/<slug:partner>/",
        evidence_runs.evidence_partner,
        name="evidence_partner",
    ),
    path(
        "evidence/figures/<pid:public_id>/partners/<slug:partner>/add/",
        evidence_runs.evidence_to_dossier,
        name="evidence_to_dossier",
    ),
    path("evidence/template.csv", evidence_tables.template_csv, name="evidence_template_csv"),
    path("evidence/template.xlsx", evidence_tables.template_xlsx, name="evidence_template_xlsx"),
    path("designations/<pid:public_id>/evidence.csv", evidence_tables.export_csv, name="evidence_csv"),
    path("designations/<pid:public_id>/evidence.xlsx", evidence_tables.export_xlsx, name="evidence_xlsx"),
    path(
        "designations/<pid:public_id>/evidence/import/",
        evidence_tables.evidence_import,
        name="evidence_import",
    ),
    path(
        "designations/<pid:public_id>/evidence/import/<pid:file_id>/",
        evidence_tables.evidence_import_check,
        name="evidence_import_check",
    ),
]
