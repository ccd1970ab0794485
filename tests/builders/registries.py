"""Made-up records of the registries, for tests that need no file."""

import itertools
from typing import Any

from kernel.actions import writing
from kernel.files.models import StoredFile
from kernel.jobs.models import Job
from registries.models import (
    Affiliation,
    Author,
    BudgetItem,
    Country,
    ExchangeRate,
    ImportRun,
    Institution,
    Publication,
    RegisteredAward,
    ReviewProject,
)
from registries.queries import PREVIEW_JOB

_numbers = itertools.count(1)


def make_country(code: str = "JP", name_ja: str = "日本", name_en: str = "Japan") -> Country:
    with writing():
        country, _ = Country.objects.get_or_create(
            code=code, defaults={"name_ja": name_ja, "name_en": name_en}
        )
    return country


def make_ror_institution(**fields: Any) -> Institution:
    """An active Japanese institution; its ROR id only looks like one."""
    number = next(_numbers)
    given = {
        "ror_id": f"0exam{number:04d}",
        "name_ja": f"見本大学{number}",
        "name_en": f"Example University {number}",
        "country_code": "JP",
        "city": "Sendai",
        "status": "active",
        "names": [{"value": f"Example University {number}", "language": "en", "types": ["label"]}],
        "locations": [{"geonames_id": 1, "city": "Sendai", "country_code": "JP", "subdivision": "Miyagi"}],
        "search_text": f"\nexample university {number}\n見本大学{number}\n",
        **fields,
    }
    with writing():
        return Institution.objects.create(**given)


def make_publication(*places: tuple[str, str], **fields: Any) -> Publication:
    """A paper with one author a place; places are (affiliation as printed, code of its country)."""
    number = next(_numbers)
    given = {
        "doi": f"10.1234/example.{number}",
        "source": "crossref",
        "source_key": f"10.1234/example.{number}",
        "title": f"Example of a joint paper {number}",
        "kind": "article",
        "year": 2026,
        "author_count": len(places),
        "country_codes": sorted({code for _, code in places if code}),
        **fields,
    }
    with writing():
        paper = Publication.objects.create(**given)
        for position, (text, code) in enumerate(places, 1):
            author = Author.objects.create(
                publication=paper, position=position, family=f"Mihon{position}", given="Jin"
            )
            Affiliation.objects.create(author=author, text=text, country_code=code)
    return paper


def make_registered_award(**fields: Any) -> RegisteredAward:
    number = next(_numbers)
    given = {
        "agency_ror_id": "021nxhr62",
        "agency_name": "National Science Foundation",
        "number": f"{1_500_000 + number}",
        "title": f"Collaborative Example {number}",
        "pi_name": "Alex Example",
        "institution_name": "Example University",
        "country_code": "US",
        "amount": 12_345_600,
        "currency": "USD",
        **fields,
    }
    with writing():
        return RegisteredAward.objects.create(**given)


def make_rate(**fields: Any) -> ExchangeRate:
    number = next(_numbers)
    given = {
        "currency": "USD",
        "basis": "daily",
        "on": "2026-10-30",
        "yen_per_unit": "152.50",
        "source": f"Example {number}",
        **fields,
    }
    with writing():
        return ExchangeRate.objects.create(**given)


def make_import_run(**fields: Any) -> ImportRun:
    given = {
        "kind": "holidays",
        "file_name": "syukujitsu.csv",
        "sha256": "0" * 64,
        "read": 3,
        "created": 2,
        "refused": 1,
        "problems": [
            {
                "file_name": "syukujitsu.csv",
                "code": "date_invalid",
                "severity": "error",
                "record": 2,
                "line": 3,
                "key": "",
                "params": {"value": "2026-02-30"},
            }
        ],
        **fields,
    }
    with writing():
        return ImportRun.objects.create(**given)


def make_preview_job(stored: StoredFile, kind: str, *, by: Any) -> Job:
    """A file that was read and can be taken in."""
    with writing():
        return Job.objects.create(
            name=PREVIEW_JOB,
            payload={"kind": kind, "file": stored.public_id, "name": stored.name},
            state="done",
            result={"counts": [3, 2, 0, 0, 1], "problems": [], "problem_count": 0},
            requested_by=by,
        )


def make_review_project(**fields: Any) -> ReviewProject:
    number = next(_numbers)
    given = {
        "number": number,
        "review_year": 2025,
        "name": f"見本事業{number}",
        "ministry": "文部科学省",
        "bureau": "研究振興局",
        "purpose": "見本とする。",
        "addresses": ["https://www.mext.go.jp/"],
        "start_year": 2022,
        "search_text": f"{number}\n見本事業{number}",
        **fields,
    }
    with writing():
        return ReviewProject.objects.create(**given)


def make_budget_item(**fields: Any) -> BudgetItem:
    number = next(_numbers)
    given = {
        "key": f"2024/general-1-1-{number}",
        "fiscal_year": 2024,
        "account": "general",
        "budget": "当初予算",
        "ministry": "文部科学省",
        "section": "見本費",
        "name": f"見本{number}に必要な経費",
        "amount": 1_000_000,
        "previous": 900_000,
        "search_text": f"見本{number}に必要な経費",
        **fields,
    }
    with writing():
        return BudgetItem.objects.create(**given)
