"""Text of papers made comparable: the same in Python and in the columnar engine, which can do no more than this.

`fold_sql` and `words_sql` are the SQL of `folded_text` and `words_of`; a test holds them equal.
"""

import re
import unicodedata

_FULL_WIDTH = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_HALF_WIDTH = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F))
_NARROW = str.maketrans(_FULL_WIDTH, _HALF_WIDTH)

_FROM, _TO = _FULL_WIDTH, _HALF_WIDTH.replace("'", "''")


def fold_sql(column: str) -> str:
    """`folded_text` of a column; text of which each character is a byte is ASCII and needs no more than `lower`."""
    composed = f"translate(nfc_normalize({column}), '{_FROM}', '{_TO}')"
    return f"lower(CASE WHEN length({column}) = strlen({column}) THEN {column} ELSE {composed} END)"


def words_sql(column: str) -> str:
    """`words_of` a column. In ASCII the letters and digits are few, and a pattern of few is met much faster."""
    plain = f"regexp_replace(lower({column}), '[^a-z0-9]+', ' ', 'g')"
    composed = rf"regexp_replace({fold_sql(column)}, '[^\p{{L}}\p{{N}}]+', ' ', 'g')"
    return (
        f"' ' || trim(CASE WHEN length({column}) = strlen({column}) THEN {plain} ELSE {composed} END) || ' '"
    )


def folded_text(text: str) -> str:
    """Without case and full-width forms, composed; one character at a time, as the engine does it."""
    narrow = unicodedata.normalize("NFC", text).translate(_NARROW)
    return "".join(sign.lower()[0] for sign in narrow)


def words_of(text: str) -> str:
    """The letters and digits of a text as words, with one space before, between and after them: " quantum dots "."""
    plain = "".join(sign if unicodedata.category(sign)[0] in "LN" else " " for sign in folded_text(text))
    return f" {re.sub(' +', ' ', plain).strip(' ')} "
