"""Working out evidence from publications in the background."""

import hashlib
import json
from contextlib import ExitStack
from typing import Any

from kernel.choices import label
from kernel.clock import today
from kernel.jobs import JobRun, handler
from program.actions.evidence_runs import keep_evidence
from program.enums import EvidenceStep
from program.evidence_queries import EVIDENCE_JOB, LISTS, as_rule
from program.models import CountryGroup, FieldDefinition
from program.queries import members_of_group
from registries.enums import PublicationSource, RegistryKind
from registries.models import ImportRun, PaperFile, Publication

STEPS = 4
NAMED_FILES = 50


@handler(EVIDENCE_JOB)
def compute_evidence(run: JobRun) -> None:
    """Read, match, count, keep. Nothing is kept but in the commit, so that an attempt that ends half-way leaves nothing."""
    # The engine is slow to load, and this module is loaded wherever the portal starts.
    from program.evidence_work import count_papers, match_papers
    from registries.columnar import columnar
    from registries.registry_papers import write_registry_papers

    payload = run.payload
    definition = FieldDefinition.objects.select_related("field__programme").get(
        public_id=payload["definition"]
    )
    years = (int(payload["first_year"]), int(payload["last_year"]))
    groups = {
        group.public_id: [country.code for country in members_of_group(group, today())]
        for group in CountryGroup.objects.filter(programme=definition.field.programme)
        .prefetch_related("members__country")
        .order_by("id")
    }
    with ExitStack() as stack:
        engine = stack.enter_context(columnar())
        run.progress(0, STEPS, EvidenceStep.READING)
        if payload["papers"]:
            chosen = PaperFile.objects.select_related("content").get(public_id=payload["papers"])
            papers, source = stack.enter_context(chosen.content.on_disk()), source_of(chosen)
        else:
            papers = engine.folder / "papers.parquet"
            taken = write_registry_papers(engine.folder, papers, engine)
            source = registry_source(taken.kept)
        run.progress(1, STEPS, EvidenceStep.MATCHING)
        matched = engine.folder / "matched.parquet"
        count = match_papers(engine, papers, as_rule(definition), years, matched)
        run.progress(2, STEPS, EvidenceStep.COUNTING)
        figures, partners = count_papers(engine, groups)
        run.progress(3, STEPS, EvidenceStep.KEEPING)
        with run.commit() as result:
            kept = keep_evidence(
                job=run.job,
                definition=definition,
                source=source,
                partners=partners,
                years=years,
                figures=figures,
                sha256=digest(definition, source, partners, years, figures),
                papers=matched,
                paper_count=count,
            )
            result["run"] = kept.public_id


def source_of(chosen: PaperFile) -> dict[str, Any]:
    """Where the papers of a file come from."""
    return {
        "name": chosen.source,
        "dated": chosen.dated.isoformat(),
        "records": chosen.kept,
        "files": [{"name": chosen.name, "sha256": chosen.sha256}],
    }


def registry_source(records: int) -> dict[str, Any]:
    """Where the registry's own papers come from: its databases, and the newest of the files that brought them."""
    sources = Publication.objects.order_by("source").values_list("source", flat=True).distinct()
    imports = ImportRun.objects.filter(kind=RegistryKind.PUBLICATIONS).order_by("-id")[:NAMED_FILES]
    return {
        "name": ", ".join(label(PublicationSource(source)) for source in sources),
        "dated": today().isoformat(),
        "records": records,
        "files": [{"name": one.file_name, "sha256": one.sha256} for one in imports],
    }


def digest(
    definition: FieldDefinition,
    source: dict[str, Any],
    partners: dict[str, list[str]],
    years: tuple[int, int],
    figures: dict[str, Any],
) -> str:
    """SHA-256 of all that the figures are, in one spelling: the same data give the same digest."""
    told = {
        "definition": {name: getattr(definition, name) for name in LISTS},
        "source": source,
        "partners": partners,
        "years": list(years),
        "figures": figures,
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
