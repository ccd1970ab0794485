"""The demo's evidence from publications: a file of made-up papers, what a field is, and its figures asked for."""

import datetime as dt

from portal.bench.evidence import make_papers
from portal.demo.people import Cast
from portal.demo.programme import Stage
from program.actions.evidence_runs import define_field, request_evidence
from program.rules.field_definition import FieldDefinition
from registries.columnar import columnar
from registries.enums import PaperFormat
from registries.paper_intake import add_paper_file

PAPERS = 5_000


def ask_for_evidence(cast: Cast, stage: Stage) -> None:
    """The worker counts them, as it does for everybody who asks."""
    officer = cast.users["ministry1"]
    with columnar() as engine:
        path = engine.folder / "made-up-papers.ndjson"
        make_papers(engine, PAPERS, path)
        papers = add_paper_file(
            path=path,
            source="Made up for the demo / 実演用の架空データ",
            dated=dt.date(2026, 10, 1),
            kind=PaperFormat.OPENALEX,
            licence="CC0 1.0",
            by=officer,
        )
    definition = FieldDefinition(terms=("quantum", "superconduct*", "量子"), exclusions=("quantum leap",))
    define_field(field=stage.fields["quantum"], definition=definition, by=officer, note="実演用")
    request_evidence(
        field=stage.fields["quantum"], papers=papers, first_year=2019, last_year=2023, by=officer
    )
