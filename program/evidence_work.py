"""Working out the figures of a field: from papers in columns to what is kept. Knows no job and no database table."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from program.rules.coauthored import gathered
from program.rules.field_definition import FieldDefinition, condition
from program.rules.paper_sql import BY_COUNTRY, FIELD, HOME, JOINT, PARTS
from registries.columnar import AFFILIATIONS, Columnar


def match_papers(
    engine: Columnar, papers: Path, definition: FieldDefinition, years: tuple[int, int], target: Path
) -> int:
    """Write the papers of the field into `target`, newest first; returns how many there are."""
    engine.open_papers(papers)
    sql, params = condition(definition)
    engine.write(
        f"SELECT * FROM papers WHERE year BETWEEN ? AND ? AND {sql} ORDER BY year DESC, key",
        [*years, *params],
        target,
    )
    engine.open_papers(target, "matched")
    count: int = engine.rows("SELECT count(*) FROM matched")[0][0]
    return count


def count_papers(
    engine: Columnar, groups: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The figures of what was matched, and the countries of each partner: every country met, and the groups asked for."""
    engine.view("affiliations", AFFILIATIONS.format(papers="matched"))
    met = [code for (code,) in engine.rows("SELECT DISTINCT country FROM affiliations ORDER BY country")]
    partners = {code: [code] for code in met if code != HOME}
    partners |= {key: [code for code in codes if code != HOME] for key, codes in groups.items()}
    engine.rows("CREATE OR REPLACE TEMP TABLE partners (partner VARCHAR, country VARCHAR)")
    pairs = [(partner, code) for partner, codes in partners.items() for code in codes]
    for start in range(0, len(pairs), 500):
        part = pairs[start : start + 500]
        marks = ", ".join("(?, ?)" for _ in part)
        engine.rows(f"INSERT INTO partners VALUES {marks}", [value for pair in part for value in pair])
    ask: Callable[[str], Any] = engine.rows
    return gathered(ask, field=FIELD, by_country=BY_COUNTRY, joint=JOINT, parts=PARTS), partners
