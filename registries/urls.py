from django.urls import path

from registries.views import (
    awards,
    imports,
    institutions,
    organisations,
    overview,
    paper_files,
    participant_codes,
    posts,
    publications,
    reference,
)

app_name = "registries"
urlpatterns = [
    path("profile/posts/", posts.posts, name="posts"),
    path("profile/posts/add/", posts.post_add, name="post_add"),
    path("profile/posts/<pid:public_id>/", posts.post, name="post"),
    path("profile/posts/<pid:public_id>/remove/", posts.post_remove, name="post_remove"),
    path("registries/", overview.overview, name="overview"),
    path("registries/import/", imports.import_begin, name="import"),
    path("registries/import/<pid:public_id>/", imports.import_job, name="import_job"),
    path("registries/imports/", overview.import_runs, name="import_runs"),
    path("registries/imports/<pid:public_id>/", imports.import_run, name="import_run"),
    path("registries/institutions/", institutions.institutions, name="institutions"),
    path("registries/institutions/erad-codes.csv", institutions.erad_export, name="erad_export"),
    path("registries/institutions/suggestions/", institutions.suggestions, name="institution_suggest"),
    path("registries/institutions/<pid:public_id>/", institutions.institution, name="institution"),
    path("registries/participants/", organisations.organisations, name="organisations"),
    path("registries/participants/add/", organisations.organisation_add, name="organisation_add"),
    path(
        "registries/participants/erad-codes/", participant_codes.participant_codes, name="participant_codes"
    ),
    path("registries/participants/<pid:public_id>/", organisations.organisation, name="organisation"),
    path(
        "registries/participants/<pid:public_id>/change/",
        organisations.organisation_change,
        name="organisation_change",
    ),
    path(
        "registries/participants/<pid:public_id>/merge/<pid:other_id>/",
        organisations.organisation_merge,
        name="organisation_merge",
    ),
    path("registries/merges/<pid:public_id>/undo/", organisations.merge_undo, name="merge_undo"),
    path("registries/publications/", publications.publications, name="publications"),
    path("registries/publications/<pid:public_id>/", publications.publication, name="publication"),
    path("registries/awards/", awards.awards, name="awards"),
    path("registries/awards/template.csv", awards.award_template, name="award_template"),
    path("registries/awards/<pid:public_id>/", awards.award, name="award"),
    path("registries/paper-files/", paper_files.paper_files, name="paper_files"),
    path("registries/paper-files/add/", paper_files.paper_file_add, name="papers_add"),
    path("registries/paper-files/jobs/<pid:public_id>/", paper_files.paper_job, name="paper_job"),
    path("registries/paper-files/<pid:public_id>/", paper_files.paper_file, name="papers_kept"),
    path("registries/rates/", reference.rates, name="rates"),
    path("registries/review-record/", reference.review_projects, name="review_projects"),
    path("registries/review-record/<pid:public_id>/", reference.review_project, name="review_project"),
    path("registries/budget-items/", reference.budget_items, name="budget_items"),
    path("registries/budget-items/<pid:public_id>/", reference.budget_item, name="budget_item"),
    path("registries/holidays/", reference.holidays, name="holidays"),
    path("registries/countries/", reference.countries, name="countries"),
]
