"""Versions of a dossier: kept as they stood, never changed."""

from django.db.models import Max

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from program.dossiers import dossier_of, fingerprint
from program.enums import VersionOccasion
from program.models import Designation, DossierVersion
from program.permissions import may_keep_programme


@action
def keep_version(
    *, designation: Designation, by: User, occasion: str = VersionOccasion.KEPT
) -> DossierVersion:
    """Keep the dossier as it stands now. Officers of the ministry may, whenever they like; the steps of its life do."""
    designation = Designation.objects.select_for_update(of=("self",)).get(pk=designation.pk)
    require(may_keep_programme(by, designation.programme))
    last = designation.versions.aggregate(last=Max("number"))["last"] or 0
    content = dossier_of(designation)
    version = DossierVersion.objects.create(
        designation=designation,
        number=last + 1,
        occasion=occasion,
        content=content,
        sha256=fingerprint(content),
        made_by=by,
    )
    audit.record(
        "version_kept",
        designation,
        by=by,
        details={"number": version.number, "occasion": str(occasion), "sha256": version.sha256},
    )
    return version
