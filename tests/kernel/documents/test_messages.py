"""Each fault of a document has its sentence, in both languages, with all its values."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from kernel import violations
from kernel.documents import errors
from kernel.documents.errors import DocumentError
from kernel.documents.messages import VIOLATIONS
from kernel.documents.tables import read_csv

# Faults of a program or a template: nobody but a developer meets them.
WITHOUT_SENTENCE = {"document_template_unknown", "document_metadata", "document_asset_name"}


def test_every_code_of_the_package_has_a_sentence() -> None:
    folder = Path(errors.__file__).parent
    raised = {
        code
        for path in folder.glob("*.py")
        if path.name != "messages.py"
        for code in re.findall(r'"((?:csv|xlsx|pdf|document)_[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert raised == set(VIOLATIONS) | WITHOUT_SENTENCE


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Row 2 has 3 cells, but the heading names only 2."),
        ("ja", "2行目のセルは3個ありますが、見出しは2個しかありません。"),
    ],
)
def test_fault_becomes_a_broken_rule_with_its_sentence(language: str, sentence: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_csv(b"a,b\n1,2,3\n")
    violation = caught.value.as_violation("file")
    assert violation.field == "file"
    with translation.override(language):
        assert violations.sentence(violation) == sentence
