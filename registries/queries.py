"""Reads of the registries."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Length

from kernel.files.models import StoredFile
from kernel.jobs.models import Job
from kernel.languages import current, localized
from kernel.searching import contains
from registries.enums import InstitutionStatus, RateBasis, RegistryKind
from registries.models import (
    Affiliation,
    BudgetItem,
    Country,
    ExchangeRate,
    Holiday,
    ImportRun,
    Institution,
    Publication,
    RegisteredAward,
    ReviewProject,
)
from registries.permissions import may_import, may_read_registries
from registries.rules.country_order import order_key
from registries.rules.identifiers import normalise_doi, normalise_ror, plain_number
from registries.rules.rates import LONGEST_GAP, OLDEST_SHOWN
from registries.rules.texts import searchable

# The names of the jobs that read and take in a file.
PREVIEW_JOB, IMPORT_JOB = "registries.preview", "registries.import"
PAPER_JOB = "registries.papers"
# More words than any name has; each is one condition.
MOST_WORDS = 12


def latest_rate(currency: str, on: dt.date) -> ExchangeRate | None:
    """The rate by which an amount of `currency` is turned into yen as of `on`: a rate of that day or of the nearest
    business day before it; where there is none, the average of that calendar year; else None. No rate is guessed."""
    rates = ExchangeRate.objects.filter(currency=currency)
    daily = rates.filter(basis=RateBasis.DAILY, on__lte=on, on__gte=on - LONGEST_GAP).order_by("-on").first()
    return daily or rates.filter(basis=RateBasis.YEARLY_AVERAGE, on__year=on.year).order_by("source").first()


def newest_rate(currency: str, on: dt.date) -> ExchangeRate | None:
    """As `latest_rate`, and where that finds none the newest daily rate of the year before `on`. For amounts that are shown
    with the day of their rate and bind nobody; what is fixed for good (a cap in a foreign currency) takes `latest_rate`."""
    earlier = ExchangeRate.objects.filter(
        currency=currency, basis=RateBasis.DAILY, on__lte=on, on__gt=on - OLDEST_SHOWN
    )
    return latest_rate(currency, on) or earlier.order_by("-on").first()


def newest_known(currency: str, on: dt.date) -> ExchangeRate | None:
    """The newest daily rate of `on` or before, however old: to say of which day it is."""
    rates = ExchangeRate.objects.filter(currency=currency, basis=RateBasis.DAILY, on__lte=on)
    return rates.order_by("-on").first()


def publications_visible_to(user: Any) -> QuerySet[Publication]:
    """Papers are public: everybody who is signed in may look for them."""
    papers = Publication.objects.order_by("-year", "-id")
    return papers if user.is_authenticated else papers.none()


def awards_visible_to(user: Any) -> QuerySet[RegisteredAward]:
    """Published awards: everybody who is signed in may look for the one that they claim."""
    awards = RegisteredAward.objects.order_by("agency_name", "number")
    return awards if user.is_authenticated else awards.none()


def institutions_visible_to(user: Any) -> QuerySet[Institution]:
    """Institutions are public: everybody who is signed in may look for them."""
    institutions = Institution.objects.order_by("country_code", "name_en")
    return institutions if user.is_authenticated else institutions.none()


def import_runs_visible_to(user: Any) -> QuerySet[ImportRun]:
    """What was imported, for those who may read the registries as a whole."""
    runs = ImportRun.objects.order_by("-id")
    return runs if may_read_registries(user) else runs.none()


def import_jobs_of(user: Any) -> QuerySet[Job]:
    """Files that this person has sent and that are, or were, worked on: nobody sees another's before it is taken in."""
    jobs = Job.objects.filter(name__in=[PREVIEW_JOB, IMPORT_JOB])
    return jobs.filter(requested_by=user) if may_import(user) else jobs.none()


def countries() -> QuerySet[Country]:
    """Countries that exist today."""
    return Country.objects.filter(ended_on=None).order_by("code")


def countries_visible_to(user: Any) -> QuerySet[Country]:
    """All countries, those that have ended too, by code."""
    found = Country.objects.order_by("code")
    return found if user.is_authenticated else found.none()


def find_awards(
    user: Any, words: str, agency: str = "", first: Collection[str] = ()
) -> QuerySet[RegisteredAward]:
    """Awards whose number begins with the words, or whose title, PI or agency contains them: of all agencies, or of the one
    with the ROR id `agency`; those of the agencies in `first` (ROR ids) come first."""
    words = words.strip()
    found = awards_visible_to(user).filter(
        Q(number__istartswith=words) | contains(words, "title", "pi_name", "agency_name")
    )
    found = found.filter(agency_ror_id=agency) if agency else found
    if not first:
        return found
    return found.order_by(Case(When(agency_ror_id__in=first, then=0), default=1), "agency_name", "number")


def find_publications(user: Any, words: str) -> QuerySet[Publication]:
    """Papers with that DOI, or whose title contains the words."""
    words = words.strip()
    return publications_visible_to(user).filter(
        Q(doi=normalise_doi(words) or words.lower()) | contains(words, "title")
    )


def find_institutions(user: Any, words: str) -> QuerySet[Institution]:
    """Institutions that a person may mean by the words, the likeliest first.

    Every word stands in one of its names, in any script, or the whole is its ROR id or its e-Rad code. A whole name
    comes before the beginning of one, an institution that exists before one that has ended, Japan before the world,
    a university before its institutes (whose names are longer).
    """
    institutions = institutions_visible_to(user)
    if ror_id := normalise_ror(words):
        return institutions.filter(ror_id=ror_id)
    wanted = searchable(words)
    if not wanted:
        return institutions
    every = Q()
    for word in wanted.split(" ")[:MOST_WORDS]:
        every &= Q(search_text__contains=word)
    rank = Case(
        When(search_text__contains=f"\n{wanted}\n", then=0),
        When(search_text__contains=f"\n{wanted}", then=1),
        default=2,
        output_field=IntegerField(),
    )
    ended = Case(When(status=InstitutionStatus.ACTIVE, then=0), default=1, output_field=IntegerField())
    abroad = Case(When(country_code="JP", then=0), default=1, output_field=IntegerField())
    return institutions.filter(every | Q(erad_code=plain_number(words))).order_by(
        ended, rank, abroad, Length("name_en"), "name_en", "pk"
    )


def institution_meant(words: str, ror_id: str = "") -> Institution | None:
    """The institution that has this ROR id and goes by these words; else the one and only that the words name wholly.

    The words are one of its names, its ROR id or its e-Rad code. None where nobody or several are meant.
    """
    wanted = searchable(words)
    known = Institution.objects.exclude(status=InstitutionStatus.WITHDRAWN)
    if named := normalise_ror(words):
        return Institution.objects.filter(ror_id=named).first()
    named_so = known.filter(
        Q(search_text__contains=f"\n{wanted}\n") | Q(erad_code=plain_number(words), erad_code__gt="")
    )
    if ror_id and (chosen := named_so.filter(ror_id=ror_id).first()):
        return chosen
    found = list(named_so[:2]) if wanted else []
    return found[0] if len(found) == 1 else None


def rates_visible_to(user: Any) -> QuerySet[ExchangeRate]:
    """Published rates, newest first."""
    rates = ExchangeRate.objects.order_by("-on", "currency", "id")
    return rates if user.is_authenticated else rates.none()


def holidays_visible_to(user: Any) -> QuerySet[Holiday]:
    """Japan's holidays, newest first."""
    holidays = Holiday.objects.order_by("-on")
    return holidays if user.is_authenticated else holidays.none()


def review_projects_visible_to(user: Any) -> QuerySet[ReviewProject]:
    """The ministry's review record is published: everybody who is signed in may look things up."""
    projects = ReviewProject.objects.order_by("number")
    return projects if user.is_authenticated else projects.none()


def budget_items_visible_to(user: Any) -> QuerySet[BudgetItem]:
    """Published budgets and settlements, in the order of their documents."""
    items = BudgetItem.objects.order_by("-fiscal_year", "id")
    return items if user.is_authenticated else items.none()


def with_words(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those of the rows in whose `search_text` every word stands."""
    for word in searchable(words).split(" ")[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    return rows


def budget_choices(field: str) -> list[Any]:
    """The different values of a column of the budget items, for a filter."""
    return list(BudgetItem.objects.order_by(field).values_list(field, flat=True).distinct())


def quoted_currencies() -> list[str]:
    """The currencies of which a rate is known, by code."""
    return list(ExchangeRate.objects.order_by("currency").values_list("currency", flat=True).distinct())


def in_order_of_names(found: Iterable[Country]) -> list[Country]:
    """For a list to choose from: Japan, then the others by their names in the reader's language."""
    language = current()
    return sorted(
        found, key=lambda one: (one.code != "JP", order_key(localized(one, "name", language), language))
    )


def institution_names(ror_ids: Iterable[str]) -> dict[str, str]:
    """The names of institutions in the reader's language, by ROR id; those that the registry does not hold are not in it."""
    known = Institution.objects.filter(ror_id__in=[ror_id for ror_id in ror_ids if ror_id])
    return {institution.ror_id: localized(institution, "name") for institution in known}


def institution_names_in_all(ror_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """The names of institutions by ROR id and language; those that the registry does not hold, and languages in which it knows
    no name, are not in it."""
    known = {ror_id for ror_id in ror_ids if ror_id}
    return {
        one.ror_id: {code: name for code in settings.DATA_LANGUAGES if (name := getattr(one, f"name_{code}"))}
        for one in (Institution.objects.filter(ror_id__in=known).order_by("ror_id") if known else ())
    }


def country_names() -> dict[str, str]:
    """The names of all countries in the reader's language, by code, in the order of a list to choose from."""
    return {country.code: localized(country, "name") for country in in_order_of_names(Country.objects.all())}


def with_affiliation_in(papers: QuerySet[Publication], country_code: str) -> QuerySet[Publication]:
    """Those of the papers of which an author has an affiliation in that country."""
    return papers.filter(
        pk__in=Affiliation.objects.filter(country_code=country_code).values("author__publication")
    )


def registry_sizes() -> dict[str, int]:
    """How many records each registry holds, by its kind. One query."""
    models: dict[RegistryKind, Any] = {
        RegistryKind.INSTITUTIONS: Institution,
        RegistryKind.COUNTRIES: Country,
        RegistryKind.RATES: ExchangeRate,
        RegistryKind.HOLIDAYS: Holiday,
        RegistryKind.AWARDS: RegisteredAward,
        RegistryKind.PUBLICATIONS: Publication,
        RegistryKind.REVIEW_PROJECTS: ReviewProject,
        RegistryKind.BUDGET_ITEMS: BudgetItem,
    }
    counts = [
        model.objects.order_by()
        .annotate(registry=Value(kind.value))
        .values_list("registry")
        .annotate(size=Count("pk"))
        for kind, model in models.items()
    ]
    counts.append(
        Institution.objects.order_by()
        .exclude(erad_code="")
        .annotate(registry=Value(RegistryKind.ERAD_CODES.value))
        .values_list("registry")
        .annotate(size=Count("pk"))
    )
    return {kind.value: 0 for kind in RegistryKind} | dict(counts[0].union(*counts[1:], all=True))


def last_runs(user: Any) -> dict[str, ImportRun]:
    """The newest import of each kind, by kind."""
    newest = ImportRun.objects.order_by().values("kind").annotate(newest=Max("pk")).values("newest")
    return {run.kind: run for run in import_runs_visible_to(user).filter(pk__in=newest)}


def uploads_of(user: Any) -> QuerySet[StoredFile]:
    """The files that this person has sent: nobody sees another's before it is taken in."""
    files = StoredFile.objects.filter(made_here=False)
    return files.filter(uploaded_by=user) if may_import(user) else files.none()
