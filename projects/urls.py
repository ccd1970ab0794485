from django.urls import path

from projects.views import budget, conditions, declining, entries, envelopes, exceptions, ledger, projects

app_name = "projects"
HERE = "projects/<pid:public_id>/"
ENVELOPES = "projects/envelopes/"
urlpatterns = [
    path("projects/", projects.projects, name="projects"),
    path(ENVELOPES, envelopes.envelopes, name="envelopes"),
    path(
        f"{ENVELOPES}<pid:programme_id>/<pid:agency_id>/chart.svg",
        envelopes.envelopes_chart,
        name="envelopes_chart",
    ),
    path(
        f"{ENVELOPES}<pid:programme_id>/<pid:agency_id>/envelopes.csv",
        envelopes.envelopes_csv,
        name="envelopes_csv",
    ),
    path("proposals/<pid:public_id>/decline/", declining.decline, name="decline"),
    path(HERE, projects.project, name="project"),
    path(f"{HERE}activate/", projects.activate, name="activate"),
    path(f"{HERE}end/", projects.end, name="end"),
    path(f"{HERE}chart.svg", budget.chart, name="chart"),
    path(f"{HERE}budget.csv", budget.budget_csv, name="budget_csv"),
    path(f"{HERE}ledger/", ledger.ledger, name="ledger"),
    path(f"{HERE}ledger/export/", ledger.ledger_export, name="ledger_export"),
    path(f"{HERE}ledger/<pid:entry_id>/correct/", entries.correct, name="correct"),
    path(f"{HERE}payment/", entries.payment, name="payment"),
    path(f"{HERE}change/", entries.change, name="change"),
    path(f"{HERE}move/", entries.virement, name="virement"),
    path(f"{HERE}exception/", exceptions.ask, name="exception"),
    path("projects/exceptions/<pid:public_id>/approve/", exceptions.approve, name="exception_approve"),
    path("projects/exceptions/<pid:public_id>/refuse/", exceptions.refuse, name="exception_refuse"),
    path("projects/conditions/<pid:public_id>/", conditions.condition, name="condition"),
    path(f"{HERE}carry-over/", entries.carry_over, name="carry_over"),
    path(f"{HERE}return/", entries.return_, name="return"),
]
