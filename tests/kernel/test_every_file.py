"""Files that mean harm are refused with a reason, files that are merely odd are taken; each within 5 seconds and 256 MB.

No clock is read: the bounds are the system's own (RLIMIT_CPU, RLIMIT_AS), held by a process in which the files are looked into
as an upload is (tests/kernel/looking.py), and the processor time that it counts.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from kernel.violations import Violation, sentence
from tests.builders.hostile_files import hostile
from tests.builders.odd_files import odd
from tests.builders.raw_files import Made

SECONDS = 5


@dataclass(frozen=True)
class Looked:
    """What became of each file, by what it is: what was wanted, the code of its refusal, and the seconds."""

    wanted: dict[str, str]
    codes: dict[str, str]
    seconds: dict[str, float]


def looked_into(folder: Path, files: Iterator[Made]) -> Looked:
    wanted, plan = {}, []
    for number, made in enumerate(files):
        assert made.what not in wanted
        (folder / str(number)).write_bytes(made.content)
        plan.append([made.name, made.allowed, str(number)])
        wanted[made.what] = made.code
    done = subprocess.run(
        [sys.executable, "-m", "tests.kernel.looking", str(folder)],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    names = list(wanted)
    assert len(lines) == len(names), f"{names[len(lines)]}: {done.stderr[-2000:]}"
    codes = {what: line[0] for what, line in zip(names, lines, strict=True)}
    return Looked(wanted, codes, {what: line[1] for what, line in zip(names, lines, strict=True)})


@pytest.fixture(scope="module")
def refused(tmp_path_factory: Any) -> Looked:
    return looked_into(tmp_path_factory.mktemp("hostile"), hostile())


@pytest.fixture(scope="module")
def taken(tmp_path_factory: Any) -> Looked:
    return looked_into(tmp_path_factory.mktemp("odd"), odd())


def test_files_that_mean_harm_are_refused_each_with_its_reason(refused: Looked) -> None:
    assert len(refused.codes) >= 40
    assert refused.codes == refused.wanted


def test_files_that_are_merely_odd_are_taken(taken: Looked) -> None:
    assert len(taken.codes) >= 20
    assert taken.codes == taken.wanted


def test_none_takes_more_than_its_time(refused: Looked, taken: Looked) -> None:
    # What a program reached its bound over has used that up, and a little for being started.
    assert {what: s for what, s in refused.seconds.items() if s > SECONDS + 1} == {}
    assert {what: s for what, s in taken.seconds.items() if s > SECONDS} == {}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_reason_is_said_in_words(refused: Looked, language: str) -> None:
    values = {
        "name": "a.pdf",
        "limit_mb": 20,
        "allowed": "PDF",
        "extension": "PDF",
        "limit": 9,
        "page": 3,
        "millions": 40,
    }
    with translation.override(language):
        said = {code: sentence(Violation(code, "file", values)) for code in refused.wanted.values()}
    assert [code for code, words in said.items() if "a.pdf" not in words] == []
    assert len(set(said.values())) == len(said)
