from django.urls import path

from reporting.views import indicators, papers, projects, reports, requests, stays

app_name = "reporting"
HERE = "outcomes/projects/<pid:public_id>/"
REPORTS = "outcomes/reports/"
urlpatterns = [
    path("outcomes/", projects.projects, name="projects"),
    path(f"{HERE}stays/", stays.stays, name="stays"),
    path(f"{HERE}stays/add/", stays.add, name="stay_add"),
    path("outcomes/stays/<pid:public_id>/change/", stays.change, name="stay_change"),
    path("outcomes/stays/<pid:public_id>/remove/", stays.remove, name="stay_remove"),
    path(f"{HERE}papers/", papers.papers, name="papers"),
    path(f"{HERE}papers/link/", papers.link, name="paper_link"),
    path(f"{HERE}papers/<pid:publication_id>/unlink/", papers.unlink, name="paper_unlink"),
    path("outcomes/indicators/", indicators.indicators, name="indicators"),
    path("outcomes/indicators/<pid:public_id>/chart.svg", indicators.chart, name="indicator_chart"),
    path("outcomes/indicators/<pid:public_id>/indicator.csv", indicators.csv, name="indicator_csv"),
    path("outcomes/indicators/<pid:public_id>/<int:year>/", indicators.records, name="indicator_records"),
    path(REPORTS, reports.reports, name="reports"),
    path(f"{REPORTS}request/", requests.request_new, name="report_request"),
    path(f"{REPORTS}jobs/<pid:public_id>/", requests.progress, name="report_progress"),
    path(f"{REPORTS}<pid:public_id>/", reports.report, name="report"),
    path("outcomes/documents/<pid:public_id>/", reports.document, name="report_document"),
]
