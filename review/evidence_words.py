"""What the portal found, in words: read in bulk for a page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.languages import localized
from proposals.models import Proposal, UnwantedReviewer
from registries.models import Institution, Publication
from review.enums import Finding, Relation
from review.rules.conflicts import Evidence


def words_of(evidence: Iterable[Evidence]) -> dict[Evidence, str]:
    """A sentence for each piece of evidence; four queries for any number.

    Of a joint proposal the call alone is named: the officer may have no part in it.
    """
    evidence = list(evidence)
    by_kind: dict[Finding, list[Evidence]] = {}
    for one in evidence:
        by_kind.setdefault(one.finding, []).append(one)

    def keys(*kinds: Finding, at: slice = slice(0, 1)) -> set[str]:
        return {key for kind in kinds for one in by_kind.get(kind, []) for key in one.what[at]}

    ror_ids = keys(Finding.SAME_INSTITUTION, at=slice(1, 3))
    papers, joint = keys(Finding.COAUTHOR), keys(Finding.CO_APPLICANT, Finding.APPLICANT)
    unwanted = keys(Finding.UNWANTED)
    known = _Known(
        {i.ror_id: localized(i, "name") for i in Institution.objects.filter(ror_id__in=ror_ids)}
        if ror_ids
        else {},
        {
            p.doi or p.source_key: p
            for p in Publication.objects.filter(Q(doi__in=papers) | Q(doi=None, source_key__in=papers))
        }
        if papers
        else {},
        {
            p.public_id: localized(p.call, "title")
            for p in Proposal.objects.filter(public_id__in=joint).select_related("call")
        }
        if joint
        else {},
        {row.public_id: row for row in UnwantedReviewer.objects.filter(public_id__in=unwanted)}
        if unwanted
        else {},
    )
    return {one: known.sentence(one) for one in evidence}


class _Known:
    def __init__(
        self,
        institutions: dict[str, str],
        papers: dict[str, Any],
        calls: dict[str, str],
        unwanted: dict[str, Any],
    ) -> None:
        self.institutions, self.papers, self.calls, self.unwanted = institutions, papers, calls, unwanted

    def sentence(self, one: Evidence) -> str:
        values: dict[str, Any] = {"name": one.member}
        match one.finding:
            case Finding.TEAM_MEMBER:
                return _("%(name)s is on the team, by this or another account.") % values
            case Finding.SAME_INSTITUTION:
                return self._institutions(one)
            case Finding.SAME_DOMAIN:
                return _("%(name)s has an address of the same domain: %(domain)s") % {
                    **values,
                    "domain": one.what[0],
                }
            case Finding.COAUTHOR:
                return self._paper(one)
            case Finding.CO_APPLICANT:
                call = self.calls.get(one.what[0], "")
                return _("Applied together with %(name)s: %(call)s") % {**values, "call": call}
            case Finding.APPLICANT:
                return _("Is on the team of another proposal of this call.")
            case Finding.UNWANTED:
                row = self.unwanted.get(one.what[0])
                return _(
                    "The applicants ask not to be reviewed by %(name)s (%(institution)s): %(reason)s"
                ) % {
                    **values,
                    "institution": row.institution_name if row else "",
                    "reason": row.reason if row else "",
                }
            case _:
                return _("A conflict of interest is on record.")

    def _institutions(self, one: Evidence) -> str:
        relation, own, theirs = one.what
        return _("%(name)s: %(theirs)s; the reviewer: %(own)s (%(relation)s)") % {
            "name": one.member,
            "theirs": self.institutions.get(theirs, theirs),
            "own": self.institutions.get(own, own),
            "relation": label(Relation(relation)),
        }

    def _paper(self, one: Evidence) -> str:
        paper = self.papers.get(one.what[0])
        title = paper.title if paper else one.what[0]
        year = paper.year if paper and paper.year else _("year unknown")
        return _("Joint paper with %(name)s: “%(title)s” (%(year)s, %(doi)s)") % {
            "name": one.member,
            "title": title,
            "year": year,
            "doi": one.what[0],
        }
