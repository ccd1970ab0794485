"""Every address of the portal. Pages live under `/ja/` and `/en/`; machines' addresses have no language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from portal.views import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        path("", include("accounts.urls")),
        path("", include("registries.urls")),
        path("", include("program.urls")),
        path("", include("proposals.urls")),
        path("", include("projects.urls")),
        path("", include("review.urls")),
        path("", include("reporting.urls")),
        path("", include("portal.urls")),
    ),
]
handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler500 = "portal.views.errors.server_error"
