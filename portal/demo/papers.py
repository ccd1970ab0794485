"""The papers of the demo's projects: made up, like the projects themselves.

The real records that come with the portal are of 2022 and before, older than any project of the programme, so that none
of them can have come of one. 10.5555 is the prefix that Crossref keeps for examples: none of these addresses is a paper.
"""

import json

from registries.actions.imports import import_file
from registries.enums import RegistryKind
from registries.models import ImportRun

PREFIX = "10.5555/kakehashi-demo."
TOKYO, TOHOKU = "Quantum Laboratory, Example University, Tokyo, Japan", "Tohoku University, Sendai, Japan"
STATE, NORTH = (
    "Example State University, United States",
    "Example University of the North, London, United Kingdom",
)
GERMAN = "Beispiel-Universität, Berlin, Germany"
# Title, day of publication, affiliation of each author.
PAPERS = (
    ("A logical qubit shared by two laboratories", (2024, 12, 9), (TOKYO, STATE)),
    ("Coherence of a transmon beyond a millisecond", (2025, 1, 20), (TOHOKU, STATE, STATE)),
    ("Magnetometry of living cells with diamond", (2025, 4, 14), (TOKYO, STATE, NORTH)),
    ("Comparing optical lattice clocks over a fibre", (2025, 6, 2), (TOKYO, TOHOKU, STATE)),
    ("Entanglement over a hundred kilometres", (2025, 9, 29), (TOHOKU, STATE, GERMAN)),
    ("A decoder that learns from its errors", (2025, 11, 17), (TOKYO, TOHOKU)),
    ("Cross-talk in superconducting circuits", (2026, 2, 3), (TOHOKU, STATE)),
    ("Quantum sensing at body temperature", (2026, 3, 23), (TOKYO, NORTH, GERMAN)),
    ("A clock network without a master", (2026, 4, 20), (TOKYO, STATE)),
    ("Purified entanglement from noisy links", (2026, 5, 18), (TOHOKU, STATE)),
)
AUTHORS = (("Sample", "Akira"), ("Specimen", "Riley"), ("Example", "Taylor"))


def import_papers() -> ImportRun:
    """Take the made-up papers into the registry, by the importer that reads Crossref's answers."""
    content = json.dumps({"message-type": "work-list", "message": {"items": _works()}}).encode()
    return import_file(
        kind=RegistryKind.PUBLICATIONS, name="made_up_for_the_demo.json", content=content, by=None
    )


def _works() -> list[dict[str, object]]:
    return [
        {
            "DOI": f"{PREFIX}{number:02}",
            "type": "journal-article",
            "title": [f"{title} (made up for the demo)"],
            "container-title": ["Journal of Made-up Examples"],
            "issued": {"date-parts": [list(day)]},
            "author": [
                {"family": family, "given": given, "affiliation": [{"name": affiliation}]}
                for (family, given), affiliation in zip(AUTHORS, affiliations, strict=False)
            ],
        }
        for number, (title, day, affiliations) in enumerate(PAPERS, 1)
    ]
