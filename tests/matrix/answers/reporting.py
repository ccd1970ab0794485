"""What the routes of `reporting` answer."""

from tests.matrix.answer import Answer, button, form, read
from tests.matrix.roles import HOME, MINISTRY, OFFICERS, PARTNER, TEAM

READERS = ("home_officer", "home_approver", *PARTNER, *MINISTRY, *TEAM, "institution")
# Officers of the owning agency without a conflict of interest, and the team in Japan.
RECORDERS = ("home_officer", "home_approver", "pi", "co_investigator")
PROJECT = ("project",)
# Who may read every project that the report covers.
REPORT_READERS = ("home_officer", "home_approver", *PARTNER, *MINISTRY)

ANSWERS: dict[str, Answer] = {
    "reporting:projects": read(),
    "reporting:stays": read(*READERS, objects=PROJECT),
    "reporting:stay_add": form(*RECORDERS, objects=PROJECT),
    "reporting:stay_change": form(*RECORDERS, objects=("stay",)),
    "reporting:stay_remove": form(*RECORDERS, objects=("stay",)),
    "reporting:papers": read(*READERS, objects=PROJECT),
    "reporting:paper_link": form(*RECORDERS, objects=PROJECT),
    "reporting:paper_unlink": button(*RECORDERS, objects=("project", "linked_paper")),
    "reporting:indicators": read(*OFFICERS, *MINISTRY),
    "reporting:indicator_chart": read(*OFFICERS, *MINISTRY, objects=("indicator",)),
    "reporting:indicator_csv": read(*OFFICERS, *MINISTRY, objects=("indicator",)),
    "reporting:indicator_records": read(*OFFICERS, *MINISTRY, objects=("indicator", 2026)),
    "reporting:reports": read(*OFFICERS, *MINISTRY),
    # officers of a Japanese agency
    "reporting:report_request": form(*HOME, "other_home"),
    # whoever asked for it
    "reporting:report_progress": read("home_officer", objects=("report_job",)),
    "reporting:report": read(*REPORT_READERS, objects=("report",)),
    "reporting:report_document": read(*REPORT_READERS, objects=("report_document",)),
}
