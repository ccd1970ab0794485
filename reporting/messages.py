"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from reporting.enums import DocumentFormat, LinkSource, NotCounted, ReportStep

VIOLATIONS = {
    "project_not_begun": _("The project has not begun yet: nothing can have come of it."),
    "stay_not_begun": _("The stay lies ahead. Record it once it has begun."),
    "stay_exists": _("A stay of this person that begins on this day is recorded already."),
    "stay_overlaps": _(
        "A stay of this person at this place from %(first)s to %(last)s is recorded already. Change that one instead."
    ),
    "person_known_in_project": _(
        "%(name)s is known in this project already. Choose that person here; if this is another person of the same "
        "name, say so below."
    ),
    "country_unknown": _("No country has this code. Enter two letters, for example US."),
    "outcome_text_missing": _("Fill in this field."),
    "paper_before_project": _(
        "This paper was published before the project began on %(first)s, so it cannot have come of it."
    ),
    "paper_linked_already": _("This paper is among the project’s papers already."),
    "paper_not_linked": _("This paper is not among the project’s papers."),
    "report_year_not_of_programme": _("The programme does not run in this fiscal year."),
    "report_year_ahead": _("This fiscal year has not begun yet."),
    "report_covers_hidden_projects": _(
        "This report would cover projects that you may not read. Ask for the report of your own agency, or ask a colleague."
    ),
    "report_without_projects": _(
        "No project had begun by the end of this fiscal year: there is nothing to report."
    ),
}

LABELS = [
    (LinkSource.BY_HAND, _("linked by hand")),
    (LinkSource.ACKNOWLEDGEMENT, _("found by its acknowledgement")),
    (DocumentFormat.PDF, "PDF"),
    (DocumentFormat.XLSX, "Excel (XLSX)"),
    (NotCounted.RETRACTED, _("retracted")),
    (NotCounted.NOT_A_PAPER, _("no paper (a notice, a data set, a book or the like)")),
    (NotCounted.BEFORE_PROJECT, _("published before the project")),
    (NotCounted.NO_COUNTRY_KNOWN, _("no country of affiliation is known")),
    (NotCounted.NO_HOME_AFFILIATION, _("no affiliation in Japan")),
    (NotCounted.NO_FOREIGN_AFFILIATION, _("no affiliation abroad")),
    (ReportStep.GATHERING, _("gathering the data")),
    (ReportStep.DRAWING, _("drawing the charts")),
    (ReportStep.WRITING_PDF, _("setting the PDF")),
    (ReportStep.WRITING_XLSX, _("writing the workbook")),
    (ReportStep.KEEPING, _("keeping the report")),
]
