"""Evidence computed from the papers that are there, as a worker computes it, and files of papers."""

import datetime as dt
import tempfile
from pathlib import Path

from accounts.models import User
from kernel import jobs
from program.actions.evidence_runs import define_field, request_evidence
from program.models import EvidenceRun
from program.rules.field_definition import FieldDefinition
from registries.enums import PaperFormat
from registries.models import PaperFile
from registries.paper_intake import add_paper_file
from tests.builders.program import Stage

QUANTUM = FieldDefinition(terms=("quantum*",))


def make_evidence_run(
    stage: Stage, *, by: User, first_year: int = 2020, last_year: int = 2025
) -> EvidenceRun:
    define_field(field=stage.field, definition=QUANTUM, by=by)
    job = request_evidence(field=stage.field, papers=None, first_year=first_year, last_year=last_year, by=by)
    assert jobs.run_job(job.pk) == "done"
    return EvidenceRun.objects.get(job=job)


TABLE = """key,doi,year,kind,title,container,subjects,authors,is_retracted,is_top10
P1,10.1234/one,2024,article,Quantum dots,Letters,Physics,JP;US,0,1
P2,,2025,article,Quantum lasers,Letters,Physics,JP US,0,0
P3,,2025,article,Quantum nets,Letters,Physics,JP;DE,0,
"""


def make_paper_file(*, by: User | None = None, content: str = TABLE, name: str = "papers.csv") -> PaperFile:
    """A small file of papers as the portal's own table, taken in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(content, encoding="utf-8")
        return add_paper_file(
            path=path,
            source="OpenAlex",
            dated=dt.date(2026, 11, 1),
            kind=PaperFormat.CSV,
            by=by,
            licence="CC0 1.0",
        )
