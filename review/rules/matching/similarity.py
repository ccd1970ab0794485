"""How near a proposal's subject is to what a reviewer knows: TF-IDF on words, and on pairs of letters where Japanese has no gaps."""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

from review.rules.matching.task import FloatGrid

# A run of kanji or of katakana is nearly a word; hiragana between them are mostly endings and particles, which say nothing.
RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f々〆]+|[\u30a1-\u30fa\u30fc]+")
WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff][\w-]*")
LONGEST_RUN = 12
BLOCK = 500


def tokens_of(text: str) -> list[str]:
    """The terms of a text: words of Latin (and other) letters, runs of kanji and of katakana, and the pairs of letters in them."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    found = [
        word.strip("-") for word in WORD.findall(plain) if len(word) > 2 and word not in ENGLISH_STOP_WORDS
    ]
    for run in RUN.findall(plain):
        if 2 < len(run) <= LONGEST_RUN:
            found.append(run)
        found += [run[at : at + 2] for at in range(len(run) - 1)]
    return found


class Likeness:
    """Proposals' texts beside reviewers' texts: `grid` (P × R) is the cosine of their weighted terms, 0 to 1."""

    def __init__(self, proposals: Sequence[str], reviewers: Sequence[str]) -> None:
        texts = [*proposals, *reviewers]
        count = len(proposals)
        self.grid: FloatGrid = np.zeros((count, len(reviewers)), np.float32)
        self._terms: list[str] = []
        self._asks = self._knows = csr_matrix((0, 0), dtype=np.float32)
        if not any(tokens_of(text) for text in texts):
            return
        vectors = TfidfVectorizer(analyzer=tokens_of, sublinear_tf=True, dtype=np.float32)
        matrix = csr_matrix(vectors.fit_transform(texts))
        self._terms = list(vectors.get_feature_names_out())
        self._asks, self._knows = matrix[:count], matrix[count:]
        for start in range(0, count, BLOCK):
            part = (self._asks[start : start + BLOCK] @ self._knows.T).toarray()
            self.grid[start : start + BLOCK] = np.clip(part, 0, 1)

    def shared(self, proposal: int, reviewer: int, most: int = 5) -> list[str]:
        """The terms that make the two alike, the weightiest first; none that is only a piece of another, and pairs of letters put
        together where one ends as the next begins: 超伝, 伝導 are read as 超伝導."""
        if not self._terms:
            return []
        both = self._asks[proposal].multiply(self._knows[reviewer]).tocoo()
        ranked = sorted(zip(-both.data, both.col, strict=True))
        words = [self._terms[column] for _weight, column in ranked]
        words = joined(words)
        whole = [word for word in words if not any(word != other and word in other for other in words)]
        return whole[:most]


def joined(words: Sequence[str]) -> list[str]:
    """Words in order, with pairs of Japanese letters put together, each at the place of its weightiest part."""
    pairs = [word for word in words if len(word) == 2 and RUN.fullmatch(word)]
    followers = {pair[0]: pair for pair in reversed(pairs)}
    led = {followers[pair[1]] for pair in pairs if pair[1] in followers and followers[pair[1]] != pair}
    chains: dict[str, str] = {}
    for start in [pair for pair in pairs if pair not in led] or pairs:
        chain, parts, last = start, {start}, start
        while (after := followers.get(last[1])) and after not in parts:
            chain, last = chain + after[1], after
            parts.add(after)
        for part in parts:
            if len(chain) > len(chains.get(part, "")):
                chains[part] = chain
    return list(dict.fromkeys(chains.get(word, word) for word in words))
