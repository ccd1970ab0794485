"""Addresses of the life of designations, of their consultations, of the versions of their dossiers, of candidates."""

from django.urls import path

from program.views import candidates, consultations, decisions, dossier_papers, evidence_tables, versions

patterns = [
    path("designations/candidates/", candidates.candidates, name="candidates"),
    path("designations/candidates/heat-map.svg", candidates.chart, name="candidates_chart"),
    path("designations/candidates/candidates.csv", candidates.csv, name="candidates_csv"),
    path("designations/<pid:public_id>/review/", decisions.designation_review, name="designation_review"),
    path("designations/<pid:public_id>/sign/", decisions.designation_sign, name="designation_sign"),
    path("designations/<pid:public_id>/renew/", decisions.designation_renew, name="designation_renew"),
    path("designations/<pid:public_id>/dossier.pdf", dossier_papers.dossier_pdf, name="dossier_pdf"),
    path("designations/<pid:public_id>/versions/keep/", versions.version_keep, name="version_keep"),
    path("designations/<pid:public_id>/versions/compare/", versions.compare, name="versions_compare"),
    path(
        "designations/<pid:public_id>/consultations/add/",
        consultations.consultation_add,
        name="consultation_add",
    ),
    path("dossier-versions/<pid:public_id>/", versions.version, name="dossier_version"),
    path("dossier-versions/<pid:public_id>/evidence.csv", evidence_tables.version_csv, name="version_csv"),
    path("dossier-versions/<pid:public_id>/evidence.xlsx", evidence_tables.version_xlsx, name="version_xlsx"),
    path("dossier-versions/<pid:public_id>/dossier.pdf", dossier_papers.version_pdf, name="version_pdf"),
    path("consultations/<pid:public_id>/", consultations.consultation, name="consultation"),
    path(
        "consultations/<pid:public_id>/change/",
        consultations.consultation_change,
        name="consultation_change",
    ),
    path(
        "consultations/<pid:public_id>/remove/",
        consultations.consultation_remove,
        name="consultation_remove",
    ),
    path("consultations/<pid:public_id>/points/add/", consultations.point_add, name="point_add"),
    path("consultations/points/<pid:public_id>/", consultations.point_change, name="point_change"),
    path("consultations/points/<pid:public_id>/remove/", consultations.point_remove, name="point_remove"),
    path(
        "consultations/<pid:public_id>/attachments/add/",
        consultations.attachment_add,
        name="consultation_attach",
    ),
    path(
        "consultations/attachments/<pid:public_id>/",
        consultations.consultation_file,
        name="consultation_file",
    ),
    path(
        "consultations/attachments/<pid:public_id>/remove/",
        consultations.attachment_remove,
        name="attachment_remove",
    ),
]
