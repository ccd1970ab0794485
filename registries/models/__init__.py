from registries.models.award import RegisteredAward
from registries.models.country import Country
from registries.models.holiday import Holiday
from registries.models.import_run import ImportRun
from registries.models.institution import Institution, InstitutionSuccession
from registries.models.paper_file import PaperFile
from registries.models.publication import Affiliation, Author, Publication
from registries.models.rate import ExchangeRate
from registries.models.reference import BudgetItem, ReviewProject

__all__ = [
    "Affiliation",
    "Author",
    "BudgetItem",
    "Country",
    "ExchangeRate",
    "Holiday",
    "ImportRun",
    "Institution",
    "InstitutionSuccession",
    "PaperFile",
    "Publication",
    "RegisteredAward",
    "ReviewProject",
]
