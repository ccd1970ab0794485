"""The registries of the demo: real files, read by the importers that an installation uses."""

import io
import zipfile
from pathlib import Path

from django.conf import settings

from registries.actions.imports import import_file
from registries.enums import RegistryKind
from registries.models import ImportRun

DATA = Path(settings.BASE_DIR) / "registries/data"

ODD_AWARDS = ("badXMLfile.xml", "noID.xml", "twoAwardFile.xml")


def fill_registries() -> list[ImportRun]:
    """Import every extract that comes with the portal; again, it changes nothing."""
    # Files that are kept to be refused, or doubted, are no example of a register.
    awards = [path for path in sorted((DATA / "awards/nsf").glob("*.xml")) if path.name not in ODD_AWARDS]
    files = (
        (RegistryKind.COUNTRIES, "countries.zip", _zipped(sorted((DATA / "countries").glob("*.json")))),
        (RegistryKind.HOLIDAYS, *_named(DATA / "calendar/syukujitsu.csv")),
        (RegistryKind.RATES, *_named(DATA / "rates/ecb_eurofxref.csv")),
        (RegistryKind.RATES, *_named(DATA / "rates/fred_yearly.csv")),
        *(
            (RegistryKind.INSTITUTIONS, *_named(path))
            for path in sorted((DATA / "institutions").glob("ror_*.json"))
        ),
        (RegistryKind.AWARDS, "nsf_awards.zip", _zipped(awards)),
        (RegistryKind.PUBLICATIONS, *_named(DATA / "publications/crossref_works.json")),
        (RegistryKind.PUBLICATIONS, *_named(DATA / "publications/pubmed.xml")),
        (RegistryKind.REVIEW_PROJECTS, *_named(DATA / "programme/rs2025_project_6809.json")),
        (RegistryKind.BUDGET_ITEMS, *_named(DATA / "programme/mof_items_2024.json")),
    )
    return [import_file(kind=kind, name=name, content=content, by=None) for kind, name, content in files]


def _named(path: Path) -> tuple[str, bytes]:
    return path.name, path.read_bytes()


def _zipped(paths: list[Path]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in paths:
            archive.write(path, path.name)
    return out.getvalue()
