"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from registries.enums import InstitutionStatus, PublicationSource, RateBasis, RegistryKind

VIOLATIONS: dict[str, object] = {}

LABELS = [
    (RegistryKind.INSTITUTIONS, _("institutions")),
    (RegistryKind.COUNTRIES, _("countries")),
    (RegistryKind.RATES, _("exchange rates")),
    (RegistryKind.HOLIDAYS, _("holidays")),
    (RegistryKind.AWARDS, _("partner agencies' awards")),
    (RegistryKind.PUBLICATIONS, _("publications")),
    (InstitutionStatus.ACTIVE, _("active")),
    (InstitutionStatus.INACTIVE, _("inactive")),
    (InstitutionStatus.WITHDRAWN, _("withdrawn")),
    (PublicationSource.CROSSREF, "Crossref"),
    (PublicationSource.PUBMED, "PubMed"),
    (PublicationSource.OPENALEX, "OpenAlex"),
    (RateBasis.DAILY, _("daily rate")),
    (RateBasis.YEARLY_AVERAGE, _("yearly average")),
]
