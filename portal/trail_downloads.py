"""What each route that hands out a file hands out, for the audit trail."""

from django.utils.translation import pgettext_lazy

from kernel.audit.downloads import Download

DOWNLOADS = {
    "accounts:audit_csv": Download(pgettext_lazy("file of the trail", "audit trail (CSV)")),
    "registries:erad_export": Download(
        pgettext_lazy("file of the trail", "e-Rad codes of institutions (CSV)")
    ),
    "program:candidates_csv": Download(pgettext_lazy("file of the trail", "candidate pairs (CSV)")),
    "program:dossier_pdf": Download(
        pgettext_lazy("file of the trail", "dossier (PDF)"), "program.designation"
    ),
    "program:version_pdf": Download(
        pgettext_lazy("file of the trail", "dossier (PDF)"), "program.dossierversion"
    ),
    "program:version_csv": Download(
        pgettext_lazy("file of the trail", "evidence (CSV)"), "program.dossierversion"
    ),
    "program:version_xlsx": Download(
        pgettext_lazy("file of the trail", "evidence (XLSX)"), "program.dossierversion"
    ),
    "program:evidence_csv": Download(
        pgettext_lazy("file of the trail", "evidence (CSV)"), "program.designation"
    ),
    "program:evidence_xlsx": Download(
        pgettext_lazy("file of the trail", "evidence (XLSX)"), "program.designation"
    ),
    "program:evidence_figures_csv": Download(
        pgettext_lazy("file of the trail", "figures from publications (CSV)"), "program.evidencerun"
    ),
    "program:evidence_papers_csv": Download(
        pgettext_lazy("file of the trail", "papers (CSV)"), "program.evidencerun"
    ),
    "program:values_csv": Download(
        pgettext_lazy("file of the trail", "figures of an indicator (CSV)"), "program.indicator"
    ),
    "program:envelope_history_csv": Download(
        pgettext_lazy("file of the trail", "history of the envelopes (CSV)"), "program.programme"
    ),
    "program:agreement_letter": Download(
        pgettext_lazy("file of the trail", "letter of an agency"), "program.callagreement"
    ),
    "proposals:section_file": Download(
        pgettext_lazy("file of the trail", "file of a section"), "proposals.proposal"
    ),
    "proposals:budget_export": Download(pgettext_lazy("file of the trail", "budget"), "proposals.proposal"),
    "proposals:preview": Download(
        pgettext_lazy("file of the trail", "proposal as it stands (PDF)"), "proposals.proposal"
    ),
    "proposals:submission_pdf": Download(
        pgettext_lazy("file of the trail", "proposal as submitted (PDF)"), "proposals.proposal"
    ),
    "proposals:submission_zip": Download(
        pgettext_lazy("file of the trail", "proposal as submitted, with its files (ZIP)"),
        "proposals.proposal",
    ),
    "proposals:submission_file": Download(
        pgettext_lazy("file of the trail", "file beside the proposal"), "proposals.proposal"
    ),
    "proposals:award_periods_csv": Download(
        pgettext_lazy("file of the trail", "periods of the awards (CSV)"), "proposals.proposal"
    ),
    "proposals:award_evidence": Download(
        pgettext_lazy("file of the trail", "evidence of a partner award"), "proposals.proposal"
    ),
    "proposals:attachment_file": Download(
        pgettext_lazy("file of the trail", "attachment"), "proposals.proposal"
    ),
    "proposals:approval_pdf": Download(
        pgettext_lazy("file of the trail", "proposal for approval (PDF)"), "proposals.institutionapproval"
    ),
    "proposals:approval_file": Download(
        pgettext_lazy("file of the trail", "file of a proposal for approval"), "proposals.institutionapproval"
    ),
    "proposals:office_export": Download(pgettext_lazy("file of the trail", "list of proposals")),
    "proposals:notices_export": Download(pgettext_lazy("file of the trail", "list of notices of intent")),
    "proposals:intake_table": Download(
        pgettext_lazy("file of the trail", "table of collected proposals"), "program.call"
    ),
    "proposals:erad_export": Download(pgettext_lazy("file of the trail", "table for e-Rad"), "program.call"),
    "proposals:notice_letter": Download(
        pgettext_lazy("file of the trail", "letter of an agency"), "proposals.noticeofintent"
    ),
    "proposals:eligibility_letter": Download(
        pgettext_lazy("file of the trail", "letter of an agency"), "proposals.proposal"
    ),
    "proposals:award_letter": Download(
        pgettext_lazy("file of the trail", "letter of an agency"), "proposals.proposal"
    ),
    "projects:budget_csv": Download(
        pgettext_lazy("file of the trail", "budget of a project (CSV)"), "projects.project"
    ),
    "projects:ledger_export": Download(pgettext_lazy("file of the trail", "ledger"), "projects.project"),
    "projects:envelopes_csv": Download(
        pgettext_lazy("file of the trail", "envelopes (CSV)"), "program.programme", "programme_id"
    ),
    "review:proposal_pdf": Download(
        pgettext_lazy("file of the trail", "proposal as submitted (PDF)"), "proposals.proposal"
    ),
    "review:offline_all": Download(pgettext_lazy("file of the trail", "forms of reviews (XLSX)")),
    "review:offline_one": Download(
        pgettext_lazy("file of the trail", "forms of reviews (XLSX)"), "review.assignment"
    ),
    "review:pool_letter": Download(
        pgettext_lazy("file of the trail", "letter of an agency"), "review.reviewer"
    ),
    "review:pool_export": Download(pgettext_lazy("file of the trail", "pool of reviewers"), "program.call"),
    "review:board_csv": Download(pgettext_lazy("file of the trail", "ranking (CSV)"), "program.call"),
    "review:statistics_csv": Download(
        pgettext_lazy("file of the trail", "statistics of the scores (CSV)"), "program.call"
    ),
    "review:statistics_spread_csv": Download(
        pgettext_lazy("file of the trail", "spread of the scores (CSV)"), "program.call"
    ),
    "review:own_figures_csv": Download(
        pgettext_lazy("file of the trail", "own scores beside the others’ (CSV)"), "program.call"
    ),
    "review:panel_pdf": Download(
        pgettext_lazy("file of the trail", "minutes of a panel (PDF)"), "review.panel"
    ),
    "review:panel_docx": Download(
        pgettext_lazy("file of the trail", "minutes of a panel (Word)"), "review.panel"
    ),
    "review:board_xlsx": Download(pgettext_lazy("file of the trail", "ranking (XLSX)"), "program.call"),
    "review:run_csv": Download(
        pgettext_lazy("file of the trail", "pairs of a search for an assignment (CSV)"),
        "review.assignmentrun",
    ),
    "review:scenario_csv": Download(pgettext_lazy("file of the trail", "scenario (CSV)"), "review.scenario"),
    "review:lock_letter": Download(
        pgettext_lazy("file of the trail", "letter of an agency"), "review.scorelock"
    ),
    "review:list_letter": Download(
        pgettext_lazy("file of the trail", "letter of an agency"), "review.agencylist"
    ),
    "review:lists_csv": Download(
        pgettext_lazy("file of the trail", "lists of the agencies (CSV)"), "program.call"
    ),
    "review:list_csv": Download(
        pgettext_lazy("file of the trail", "list of an agency (CSV)"), "program.call"
    ),
    "review:letter_pdf": Download(
        pgettext_lazy("file of the trail", "letter of a decision (PDF)"), "review.decisionletter"
    ),
    "review:answer_letter": Download(
        pgettext_lazy("file of the trail", "letter of an agency"), "review.agencyanswer"
    ),
    "reporting:indicator_csv": Download(
        pgettext_lazy("file of the trail", "figures of an indicator (CSV)"), "program.indicator"
    ),
    "reporting:report_document": Download(
        pgettext_lazy("file of the trail", "document of a report"), "reporting.reportdocument"
    ),
}
# What a call publishes, and blank forms.
FOR_EVERYBODY = {
    "program:call_form_pdf",
    "program:call_calendar",
    "review:adopted_csv",
    "program:call_document",
    "program:evidence_template_csv",
    "program:evidence_template_xlsx",
    "registries:award_template",
}
# Told by a verb of their own: which papers they were.
TOLD_BY_THEMSELVES = {"review:own_files", "program:consultation_file", "proposals:office_archive"}
