"""How one text differs from another, in pieces that stand side by side: by sentences, and in changed ones by words and, where
words are not parted, by characters.

The work is bounded whatever the texts are: what would take too long counts as changed as a whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_SENTENCE = re.compile(r"[^。．！？.!?\n]*[。．！？.!?\n]+|[^。．！？.!?\n]+")
_TOKEN = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+|\s+|.", re.DOTALL)
# At most so many pairs of sentences, or of tokens, are compared.
MOST = 250_000


@dataclass(frozen=True)
class Piece:
    """A run of one of the texts, and whether the other text has it not."""

    text: str
    is_changed: bool


def differences(present: str, proposed: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, each of which put together is the text itself."""
    left: list[Piece] = []
    right: list[Piece] = []
    for old, new in _blocks(_SENTENCE.findall(present), _SENTENCE.findall(proposed)):
        if old == new:
            _add(left, old, False)
            _add(right, new, False)
            continue
        for gone, come in _blocks(_TOKEN.findall(old), _TOKEN.findall(new)):
            _add(left, gone, gone != come)
            _add(right, come, gone != come)
    return left, right


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """The runs in which the two agree, and those between them in which they do not."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    yield "".join(old[:head]), "".join(new[:head])
    if len(middle_old) * len(middle_new) > MOST:
        yield "".join(middle_old), "".join(middle_new)
    else:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        for _tag, i1, i2, j1, j2 in matcher.get_opcodes():
            yield "".join(middle_old[i1:i2]), "".join(middle_new[j1:j2])
    yield "".join(old[len(old) - tail :]), "".join(new[len(new) - tail :])


def _add(pieces: list[Piece], text: str, is_changed: bool) -> None:
    if not text:
        return
    if pieces and pieces[-1].is_changed == is_changed:
        pieces[-1] = Piece(pieces[-1].text + text, is_changed)
    else:
        pieces.append(Piece(text, is_changed))
