"""Addresses of the life of designations and of the versions of their dossiers."""

from django.urls import path

from program.views import decisions, versions

patterns = [
    path("designations/<pid:public_id>/review/", decisions.designation_review, name="designation_review"),
    path("designations/<pid:public_id>/sign/", decisions.designation_sign, name="designation_sign"),
    path("designations/<pid:public_id>/renew/", decisions.designation_renew, name="designation_renew"),
    path("designations/<pid:public_id>/versions/keep/", versions.version_keep, name="version_keep"),
    path("designations/<pid:public_id>/versions/compare/", versions.compare, name="versions_compare"),
    path("dossier-versions/<pid:public_id>/", versions.version, name="dossier_version"),
]
