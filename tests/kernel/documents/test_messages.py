"""Each fault of a document has its sentence, in both languages, with all its values."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
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


def named(text: str) -> list[str]:
    return sorted(re.findall(r"%\((\w+)\)s", text))


def test_every_sentence_is_translated_with_the_same_values() -> None:
    catalogue_file = Path(settings.BASE_DIR) / "locale" / "ja" / "LC_MESSAGES" / "django.po"
    with catalogue_file.open("rb") as file:
        catalogue = read_po(file)
    with translation.override(None):
        sentences = [str(sentence) for sentence in VIOLATIONS.values()]
    translated = [catalogue[sentence].string for sentence in sentences]
    assert "" not in translated
    assert [named(text) for text in translated] == [named(text) for text in sentences]


def test_fault_becomes_a_broken_rule_with_its_sentence() -> None:
    with pytest.raises(DocumentError) as caught:
        read_csv(b"a,b\n1,2,3\n")
    violation = caught.value.as_violation("file")
    assert violation.field == "file"
    with translation.override("en"):
        assert violations.sentence(violation) == "Row 2 has 3 cells, but the heading names only 2."
