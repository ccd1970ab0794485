"""The participating institutions beside what the registry knows of them: reads."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation
from accounts.queries import institutions_kept_by
from registries.enums import MatchedBy
from registries.models import Institution
from registries.rules.erad_matches import Coded, Participant, matched


@dataclass(frozen=True)
class CodeOffer:
    """A code that a participating institution could take from the registry's record."""

    organisation: Organisation
    institution: Institution
    code: str
    by: MatchedBy

    @property
    def value(self) -> str:
        """What a confirmation names: the institution, the code it has, and the one it is to take."""
        return f"{self.organisation.public_id} {self.organisation.erad_code or '-'} {self.code}"


@dataclass(frozen=True)
class CodeOffers:
    """What can be confirmed, and the institutions whose name fits several records."""

    offers: list[CodeOffer]
    ambiguous: list[tuple[Organisation, list[Institution]]]


def code_offers(user: Any) -> CodeOffers:
    """For those who keep the institutions: which of Japan's could take a code, by name. Two queries, however many."""
    organisations = {
        row.public_id: row for row in institutions_kept_by(user).filter(country_code="JP", merged_into=None)
    }
    if not organisations:
        return CodeOffers([], [])
    institutions = {
        row.ror_id: row
        for row in Institution.objects.exclude(erad_code="").only(
            "public_id", "ror_id", "name_ja", "name_en", "erad_code", "search_text"
        )
    }
    matches, ambiguous = matched(
        [
            Participant(
                row.public_id, row.ror_id or "", (row.name_ja, row.name_en, row.short_name), row.erad_code
            )
            for row in organisations.values()
        ],
        [
            Coded(row.ror_id, row.erad_code, frozenset(line for line in row.search_text.split("\n") if line))
            for row in institutions.values()
        ],
    )
    return CodeOffers(
        [
            CodeOffer(organisations[match.key], institutions[match.ror_id], match.code, match.by)
            for match in matches
        ],
        [(organisations[key], [institutions[one] for one in several]) for key, several in ambiguous.items()],
    )
