"""Numbers that people and works carry: how they are written, and what their check digits say.

An identifier of a registry (DOI, ORCID, ROR) is right or wrong. A number that an agency gives out (researcher,
institution, project, award) is only ever doubted: its format is known from examples, so a mismatch warns and never
blocks.
"""

import re
import string
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import unquote

from kernel.violations import Violation

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\x00-\x1f\x7f]+")
_DOI_URL = re.compile(r"(?:https?://)?(?:dx\.)?(?:www\.)?doi\.org/", re.IGNORECASE)
_DOI_LABEL = re.compile(r"(?:info:doi/|urn:doi:|doi\s*[:：]?\s*)", re.IGNORECASE)
# DOI names ignore the case of ASCII letters only (DOI Handbook 2.4); a full case fold would turn ß into ss.
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
LONGEST_DOI = 255

_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])")
_ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
_ROR = re.compile(rf"0[{_ROR_ALPHABET}]{{6}}\d{{2}}")

JST_PROJECT_NUMBER = r"JPMJAP\d{2}[0-9A-Z]{2}"

# Examples that each pattern comes from stand in the tests. The keys are the agencies' usual short names.
AWARD_NUMBERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "NSF": (r"\d{7}",),
        "UKRI": (r"[A-Z]{2}/[A-Z0-9]{7}/\d{1,2}",),
        "ANR": (r"ANR-\d{2}-[A-Z0-9]{4}-\d{4}(?:-\d{2})?",),
        "DFG": (r"\d{9}", r"(?:SFB|TRR|GRK|FOR|SPP|EXC) ?\d{2,5}", r"[A-Z]{2} \d{1,5}/\d{1,3}-\d{1,2}"),
        "EU": (r"\d{9}",),
        "SNSF": (r"\d{6}", r"[0-9A-Z]{6}_\d{6}"),
        "NSERC": (r"[A-Z]{2,6}-\d{4}-\d{5}",),
        # Kind (1 to 9), activity code (R01, SB1, U2C, ZIA), institute, serial number, year and what follows it.
        "NIH": (
            r"[1-9]? ?(?:[A-Z]\d{2}|[A-Z]\d[A-Z]|[A-Z]{2}\d|ZI[A-Z]) ?[A-Z]{2} ?\d{6}(?:-\d{2}(?:[A-Z]\d){0,2})?",
            # Contracts, alone or with the order or modification that RePORTER writes behind: HHSN272201400008C,
            # 75N93019C00065-P00003-9999-1, and the older N01-AI-40029.
            r"HHSN\d{12}[A-Z](?:-[A-Z0-9]+){0,4}",
            r"75N\d{5}[A-Z]\d{5}(?:-[A-Z0-9]+){0,4}",
            r"N0[1-9]-?[A-Z]{2}-?\d{4,7}",
        ),
        "DOE": (r"DE-[A-Z]{2}\d{7}",),
    }
)


def normalise_doi(text: str) -> str | None:
    """The DOI in `text` in lower case, without resolver or `doi:`; None when there is none.

    >>> normalise_doi("https://doi.org/10.1234/ABC")
    '10.1234/abc'
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    without_url = _DOI_URL.sub("", plain, count=1) if _DOI_URL.match(plain) else plain
    if without_url != plain:
        without_url = unquote(without_url)
    bare = _DOI_LABEL.sub("", without_url, count=1) if _DOI_LABEL.match(without_url) else without_url
    if len(bare) > LONGEST_DOI or not _DOI.fullmatch(bare):
        return None
    return bare.translate(_LOWER)


def normalise_orcid(text: str) -> str | None:
    """The ORCID iD as 0000-0000-0000-000X when its ISO 7064 MOD 11-2 check character holds; else None."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip("/").rsplit("/", 1)[-1].upper()
    match = _ORCID.fullmatch(plain)
    if not match:
        return None
    digits = "".join(match.groups())
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    expected = (12 - total % 11) % 11
    return "-".join(match.groups()) if digits[-1] == "0123456789X"[expected] else None


def normalise_ror(text: str) -> str | None:
    """The nine characters of a ROR id whose two check digits hold (ISO 7064 MOD 97-10 of the six); else None."""
    plain = text.strip().rstrip("/").rsplit("/", 1)[-1].lower()
    if not _ROR.fullmatch(plain):
        return None
    number = 0
    for character in plain[:7]:
        number = number * 32 + _ROR_ALPHABET.index(character)
    return plain if f"{98 - number * 100 % 97:02d}" == plain[7:] else None


def plain_number(text: str) -> str:
    """A number as text: full-width digits become ASCII, white space around goes, leading zeros stay."""
    return unicodedata.normalize("NFKC", text).strip()


def institution_code_warning(code: str, *, field: str = "") -> Violation | None:
    """Doubts about an e-Rad institution code (研究機関コード): 10 digits, kept as text."""
    if re.fullmatch(r"[0-9]{10}", plain_number(code)):
        return None
    return Violation("erad_institution_format", field, {"code": code})


def project_number_warning(
    number: str, *, pattern: str = JST_PROJECT_NUMBER, field: str = ""
) -> Violation | None:
    """Doubts about a project number; each Japanese agency has its own `pattern`, by default JST's JPMJAP2326."""
    if re.fullmatch(pattern, plain_number(number)):
        return None
    return Violation("project_number_unusual", field, {"number": number})


def award_number_warning(agency: str, number: str, *, field: str = "") -> Violation | None:
    """Doubts about a partner's award number; an agency whose pattern is not known is never doubted."""
    patterns = AWARD_NUMBERS.get(agency, ())
    plain = plain_number(number)
    if not patterns or any(re.fullmatch(pattern, plain) for pattern in patterns):
        return None
    return Violation("award_number_unusual", field, {"number": number, "agency": agency})
