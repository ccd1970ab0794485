"""The addresses of evidence: as tables in and out."""

from django.urls import path

from program.views import evidence_tables

patterns = [
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
