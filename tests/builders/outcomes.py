"""What came of a project: stays, papers and a report, as rows."""

import datetime as dt
import itertools
from typing import Any

from accounts.models import User
from kernel.actions import writing
from kernel.files import store_bytes
from kernel.jobs.models import Job
from program.models import Programme
from projects.models import Project
from registries.models import Affiliation, Author, Publication
from reporting.models import OutcomeReport, ProjectPublication, ReportDocument, Stay
from reporting.queries import REPORT_JOB
from reporting.rules.canonical import digest_of
from reporting.snapshot import gather
from tests.builders.people import make_person

_numbers = itertools.count(1)


def make_stay(
    project: Project, starts_on: str = "2026-05-01", ends_on: str = "2026-06-30", **fields: Any
) -> Stay:
    """A dispatch to the United States, unless told."""
    with writing():
        return Stay.objects.create(
            **{
                "project": project,
                "person": fields.pop("person", None) or make_person(),
                "direction": "dispatch",
                "career_stage": "doctoral",
                "home": "見本大学",
                "host": "Example Institute",
                "country_code": "US",
                "starts_on": dt.date.fromisoformat(starts_on),
                "ends_on": dt.date.fromisoformat(ends_on),
                **fields,
            }
        )


def make_paper(*countries: str, project: Project | None = None, **fields: Any) -> Publication:
    """An article with an author in each of `countries` (Japan and the United States unless told), linked to `project`."""
    number = next(_numbers)
    codes = countries or ("JP", "US")
    with writing():
        paper = Publication.objects.create(
            **{
                "doi": f"10.1234/made-up.{number}",
                "source": "crossref",
                "source_key": f"made-up-{number}",
                "title": f"A paper made up for tests, {number}",
                "container": "Journal of Examples",
                "kind": "article",
                "year": 2026,
                "author_count": len(codes),
                "country_codes": sorted({code for code in codes if code}),
                **fields,
            }
        )
        for position, code in enumerate(codes, 1):
            author = Author.objects.create(
                publication=paper, position=position, family=f"Author{position}", given="A."
            )
            Affiliation.objects.create(author=author, text=f"Institute {position}", country_code=code)
    if project is not None:
        link_paper(project, paper)
    return paper


def link_paper(project: Project, paper: Publication) -> ProjectPublication:
    with writing():
        return ProjectPublication.objects.create(project=project, publication=paper, source="by_hand")


def make_report(programme: Programme, *projects: Project, by: User) -> OutcomeReport:
    """A first version, as its job leaves it, with one document; its snapshot is that of the projects' data."""
    with writing():
        job = Job.objects.create(
            name=REPORT_JOB,
            payload={"programme": programme.public_id, "agency": None, "fiscal_year": 2026},
            state="done",
            requested_by=by,
        )
        _projects, snapshot = gather(programme, 2026, None)
        report = OutcomeReport.objects.create(
            programme=programme,
            fiscal_year=2026,
            number=1,
            job=job,
            snapshot=snapshot,
            sha256=digest_of(snapshot),
            made_by=by,
        )
        report.projects.set(projects)
        file = store_bytes(name="report.pdf", content=b"%PDF-1.7 made up for tests")
        ReportDocument.objects.create(report=report, language="ja", format="pdf", file=file)
    return report
