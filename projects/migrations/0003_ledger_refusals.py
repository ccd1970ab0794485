"""The ways round the accounts are closed too, whoever writes.

What is carried in comes from one entry that carried as much out; an entry against another undoes exactly that one; every
cap of a project has its account for the year of an entry. Accounts begin with what their entries add up to, stay with
their cap, project and envelope, and are not removed.
"""

from django.db import migrations

COMMITTING = "('allocation', 'change')"

# Each: what is refused (a condition on NEW and OLD), and its name. The same text serves both databases.
CORRECTION_DIFFERS = """
    NEW.corrects_id IS NOT NULL AND (
        NOT EXISTS (
            SELECT 1 FROM projects_ledgerentry AS other
            WHERE other.id = NEW.corrects_id AND other.corrects_id IS NULL AND other.amount = -NEW.amount
              AND other.project_id = NEW.project_id AND other.institution_id = NEW.institution_id
              AND other.kind = NEW.kind AND other.category = NEW.category AND other.fiscal_year = NEW.fiscal_year)
        OR EXISTS (
            SELECT 1 FROM projects_ledgerentry AS half
            WHERE half.carried_from_id = NEW.corrects_id
              AND NOT EXISTS (SELECT 1 FROM projects_ledgerentry AS against WHERE against.corrects_id = half.id)))
"""
CARRIED_FROM_NOTHING = """
    (NEW.carried_from_id IS NOT NULL OR (NEW.kind = 'carry_in' AND NEW.corrects_id IS NULL))
    AND NOT EXISTS (
        SELECT 1 FROM projects_ledgerentry AS origin
        WHERE NEW.kind = 'carry_in' AND NEW.corrects_id IS NULL AND origin.id = NEW.carried_from_id
          AND origin.kind = 'carry_out' AND origin.corrects_id IS NULL AND origin.amount = NEW.amount
          AND origin.project_id = NEW.project_id AND origin.institution_id = NEW.institution_id
          AND origin.category = NEW.category AND origin.fiscal_year = NEW.fiscal_year - 1
          AND NOT EXISTS (SELECT 1 FROM projects_ledgerentry AS against WHERE against.corrects_id = origin.id))
"""
WITHOUT_CAP = f"""
    NEW.kind IN {COMMITTING} AND EXISTS (
        SELECT 1 FROM projects_capaccount AS one
        WHERE one.project_id = NEW.project_id AND NOT EXISTS (
            SELECT 1 FROM projects_capaccount AS same
            WHERE same.project_id = one.project_id AND same.cap_id = one.cap_id
              AND same.fiscal_year IN (0, NEW.fiscal_year)))
"""
CAP_BEGINS_WRONG = f"""
    NEW.total <> (
        SELECT COALESCE(SUM(amount), 0) FROM projects_ledgerentry
        WHERE project_id = NEW.project_id AND kind IN {COMMITTING}
          AND (NEW.fiscal_year = 0 OR fiscal_year = NEW.fiscal_year)
          AND (NEW.counts_indirect OR category <> 'indirect'))
"""
SPEND_BEGINS_WRONG = """
    NEW.available <> (
        SELECT COALESCE(SUM(CASE WHEN kind IN ('allocation', 'change', 'carry_in') THEN amount
                                 WHEN kind IN ('carry_out', 'return') THEN -amount ELSE 0 END), 0)
        FROM projects_ledgerentry WHERE project_id = NEW.project_id AND fiscal_year = NEW.fiscal_year)
    OR NEW.paid <> (
        SELECT COALESCE(SUM(amount), 0) FROM projects_ledgerentry
        WHERE project_id = NEW.project_id AND fiscal_year = NEW.fiscal_year AND kind = 'payment')
"""
# trigger, table, time and event, (condition, name of the refusal) in order
REFUSALS = (
    (
        "projects_ledger_admits",
        "projects_ledgerentry",
        "BEFORE INSERT",
        (
            (CORRECTION_DIFFERS, "ledger_correction_differs"),
            (CARRIED_FROM_NOTHING, "ledger_carried_from_nothing"),
            (WITHOUT_CAP, "ledger_without_cap"),
        ),
    ),
    (
        "projects_cap_begins",
        "projects_capaccount",
        "BEFORE INSERT",
        ((CAP_BEGINS_WRONG, "ledger_total_by_entries"),),
    ),
    (
        "projects_spend_begins",
        "projects_spendaccount",
        "BEFORE INSERT",
        ((SPEND_BEGINS_WRONG, "ledger_total_by_entries"),),
    ),
    (
        "projects_envelope_begins",
        "program_envelope",
        "BEFORE INSERT",
        (("NEW.committed <> 0", "ledger_total_by_entries"),),
    ),
    (
        "projects_cap_keeps_its_place",
        "projects_capaccount",
        "BEFORE UPDATE OF cap_id, project_id, fiscal_year, counts_indirect",
        (
            (
                "NEW.cap_id <> OLD.cap_id OR NEW.project_id <> OLD.project_id"
                " OR NEW.fiscal_year <> OLD.fiscal_year OR NEW.counts_indirect <> OLD.counts_indirect",
                "ledger_account_stays",
            ),
        ),
    ),
    (
        "projects_spend_keeps_its_place",
        "projects_spendaccount",
        "BEFORE UPDATE OF project_id, fiscal_year",
        (
            (
                "NEW.project_id <> OLD.project_id OR NEW.fiscal_year <> OLD.fiscal_year",
                "ledger_account_stays",
            ),
        ),
    ),
    (
        "projects_envelope_keeps_its_place",
        "program_envelope",
        "BEFORE UPDATE OF programme_id, agency_id, fiscal_year",
        (
            (
                "OLD.committed <> 0 AND (NEW.programme_id <> OLD.programme_id"
                " OR NEW.agency_id <> OLD.agency_id OR NEW.fiscal_year <> OLD.fiscal_year)",
                "ledger_account_stays",
            ),
        ),
    ),
    (
        "projects_project_keeps_its_envelopes",
        "projects_project",
        "BEFORE UPDATE OF programme_id, agency_id",
        (
            (
                "NEW.programme_id <> OLD.programme_id OR NEW.agency_id <> OLD.agency_id",
                "ledger_account_stays",
            ),
        ),
    ),
    ("projects_cap_stays", "projects_capaccount", "BEFORE DELETE", (("1 = 1", "ledger_account_stays"),)),
    ("projects_spend_stays", "projects_spendaccount", "BEFORE DELETE", (("1 = 1", "ledger_account_stays"),)),
    (
        "projects_envelope_stays",
        "program_envelope",
        "BEFORE DELETE",
        (("OLD.committed <> 0", "ledger_account_stays"),),
    ),
)


def statements(vendor):
    """What makes the triggers, by database."""
    for trigger, table, event, refusals in REFUSALS:
        if vendor == "postgresql":
            body = " ".join(
                f"IF {condition} THEN RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
                for condition, name in refusals
            )
            row = "OLD" if event == "BEFORE DELETE" else "NEW"
            yield (
                f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN {row}; END $$"
            )
            yield f"CREATE TRIGGER {trigger} {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {trigger}()"
        else:
            body = " ".join(f"SELECT RAISE(ABORT, '{name}') WHERE {condition};" for condition, name in refusals)
            yield f"CREATE TRIGGER {trigger} {event} ON {table} BEGIN {body} END"


def make(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def undo(apps, schema_editor):
    for trigger, table, _event, _refusals in reversed(REFUSALS):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {trigger} ON {table}", params=None)
            schema_editor.execute(f"DROP FUNCTION {trigger}()", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER {trigger}", params=None)


class Migration(migrations.Migration):
    # What was made in steps until the first release.
    replaces = [
        ("projects", "0004_cap_exceptions"),
    ]
    dependencies = [("projects", "0002_ledger_adds_up")]
    operations = [migrations.RunPython(make, undo)]
