"""The database itself keeps the accounts on which caps, envelopes and payments are checked, whoever writes an entry.

Each entry changes, in its own statement and in this order, its envelope, the caps' accounts and the year's account; the
CHECK constraints on those rows refuse what goes too far. An entry without its accounts is refused, for it would escape
them. Entries stay as they are, and totals change by entries alone (docs/adr/0012-caps-and-envelopes.md).
"""

from django.db import migrations

COMMITTING = "('allocation', 'change')"

POSTGRESQL = (
    f"""
    CREATE FUNCTION projects_ledger_counts() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE touched integer;
    BEGIN
        IF NEW.kind IN {COMMITTING} THEN
            UPDATE program_envelope SET committed = committed + NEW.amount
            FROM projects_project AS project
            WHERE project.id = NEW.project_id AND program_envelope.programme_id = project.programme_id
              AND program_envelope.agency_id = project.agency_id AND program_envelope.fiscal_year = NEW.fiscal_year;
            GET DIAGNOSTICS touched = ROW_COUNT;
            IF touched = 0 THEN
                RAISE EXCEPTION 'ledger_without_envelope' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            PERFORM 1 FROM projects_capaccount
            WHERE project_id = NEW.project_id AND fiscal_year IN (0, NEW.fiscal_year) ORDER BY id FOR UPDATE;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'ledger_without_cap' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            UPDATE projects_capaccount SET total = total + NEW.amount
            WHERE project_id = NEW.project_id AND fiscal_year IN (0, NEW.fiscal_year)
              AND (counts_indirect OR NEW.category <> 'indirect');
        END IF;
        UPDATE projects_spendaccount SET
            available = available + CASE
                WHEN NEW.kind IN ('allocation', 'change', 'carry_in') THEN NEW.amount
                WHEN NEW.kind IN ('carry_out', 'return') THEN -NEW.amount
                ELSE 0 END,
            paid = paid + CASE WHEN NEW.kind = 'payment' THEN NEW.amount ELSE 0 END
        WHERE project_id = NEW.project_id AND fiscal_year = NEW.fiscal_year;
        GET DIAGNOSTICS touched = ROW_COUNT;
        IF touched = 0 THEN
            RAISE EXCEPTION 'ledger_without_year' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER projects_ledger_counts AFTER INSERT ON projects_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION projects_ledger_counts()
    """,
    """
    CREATE FUNCTION projects_ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'ledger_entry_stays' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER projects_ledger_stays BEFORE UPDATE OR DELETE ON projects_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION projects_ledger_stays()
    """,
    """
    CREATE FUNCTION projects_total_by_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF pg_trigger_depth() < 2 THEN
            RAISE EXCEPTION 'ledger_total_by_entries' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER projects_cap_total_by_entries BEFORE UPDATE OF total, fiscal_year, project_id, counts_indirect
    ON projects_capaccount FOR EACH ROW WHEN (NEW.total <> OLD.total OR NEW.fiscal_year <> OLD.fiscal_year
        OR NEW.project_id <> OLD.project_id OR NEW.counts_indirect <> OLD.counts_indirect)
    EXECUTE FUNCTION projects_total_by_entries()
    """,
    """
    CREATE TRIGGER projects_spend_total_by_entries BEFORE UPDATE ON projects_spendaccount
    FOR EACH ROW WHEN (NEW.available <> OLD.available OR NEW.paid <> OLD.paid)
    EXECUTE FUNCTION projects_total_by_entries()
    """,
    """
    CREATE TRIGGER projects_envelope_total_by_entries BEFORE UPDATE OF committed ON program_envelope
    FOR EACH ROW WHEN (NEW.committed <> OLD.committed) EXECUTE FUNCTION projects_total_by_entries()
    """,
)
POSTGRESQL_UNDO = (
    "DROP TRIGGER projects_envelope_total_by_entries ON program_envelope",
    "DROP TRIGGER projects_spend_total_by_entries ON projects_spendaccount",
    "DROP TRIGGER projects_cap_total_by_entries ON projects_capaccount",
    "DROP TRIGGER projects_ledger_stays ON projects_ledgerentry",
    "DROP TRIGGER projects_ledger_counts ON projects_ledgerentry",
    "DROP FUNCTION projects_total_by_entries()",
    "DROP FUNCTION projects_ledger_stays()",
    "DROP FUNCTION projects_ledger_counts()",
)

# SQLite cannot tell a trigger's update from a person's, so there a total must equal the sum of its entries.
SUM_OF_CAP = f"""
    (SELECT COALESCE(SUM(amount), 0) FROM projects_ledgerentry
     WHERE project_id = NEW.project_id AND kind IN {COMMITTING}
       AND (NEW.fiscal_year = 0 OR fiscal_year = NEW.fiscal_year)
       AND (NEW.counts_indirect OR category <> 'indirect'))
"""
SUM_OF_ENVELOPE = f"""
    (SELECT COALESCE(SUM(entry.amount), 0) FROM projects_ledgerentry AS entry
     JOIN projects_project AS project ON project.id = entry.project_id
     WHERE project.programme_id = NEW.programme_id AND project.agency_id = NEW.agency_id
       AND entry.fiscal_year = NEW.fiscal_year AND entry.kind IN {COMMITTING})
"""
AVAILABLE = """
    (SELECT COALESCE(SUM(CASE WHEN kind IN ('allocation', 'change', 'carry_in') THEN amount
                              WHEN kind IN ('carry_out', 'return') THEN -amount ELSE 0 END), 0)
     FROM projects_ledgerentry WHERE project_id = NEW.project_id AND fiscal_year = NEW.fiscal_year)
"""
PAID = """
    (SELECT COALESCE(SUM(amount), 0) FROM projects_ledgerentry
     WHERE project_id = NEW.project_id AND fiscal_year = NEW.fiscal_year AND kind = 'payment')
"""
SQLITE = (
    f"""
    CREATE TRIGGER projects_ledger_counts AFTER INSERT ON projects_ledgerentry
    BEGIN
        SELECT RAISE(ABORT, 'ledger_without_envelope') WHERE NEW.kind IN {COMMITTING} AND NOT EXISTS (
            SELECT 1 FROM program_envelope AS envelope JOIN projects_project AS project ON project.id = NEW.project_id
            WHERE envelope.programme_id = project.programme_id AND envelope.agency_id = project.agency_id
              AND envelope.fiscal_year = NEW.fiscal_year);
        SELECT RAISE(ABORT, 'ledger_without_cap') WHERE NEW.kind IN {COMMITTING} AND NOT EXISTS (
            SELECT 1 FROM projects_capaccount
            WHERE project_id = NEW.project_id AND fiscal_year IN (0, NEW.fiscal_year));
        SELECT RAISE(ABORT, 'ledger_without_year') WHERE NOT EXISTS (
            SELECT 1 FROM projects_spendaccount
            WHERE project_id = NEW.project_id AND fiscal_year = NEW.fiscal_year);
        UPDATE program_envelope SET committed = committed + NEW.amount
        WHERE NEW.kind IN {COMMITTING} AND fiscal_year = NEW.fiscal_year
          AND programme_id = (SELECT programme_id FROM projects_project WHERE id = NEW.project_id)
          AND agency_id = (SELECT agency_id FROM projects_project WHERE id = NEW.project_id);
        UPDATE projects_capaccount SET total = total + NEW.amount
        WHERE NEW.kind IN {COMMITTING} AND project_id = NEW.project_id AND fiscal_year IN (0, NEW.fiscal_year)
          AND (counts_indirect OR NEW.category <> 'indirect');
        UPDATE projects_spendaccount SET
            available = available + CASE
                WHEN NEW.kind IN ('allocation', 'change', 'carry_in') THEN NEW.amount
                WHEN NEW.kind IN ('carry_out', 'return') THEN -NEW.amount
                ELSE 0 END,
            paid = paid + CASE WHEN NEW.kind = 'payment' THEN NEW.amount ELSE 0 END
        WHERE project_id = NEW.project_id AND fiscal_year = NEW.fiscal_year;
    END
    """,
    """
    CREATE TRIGGER projects_ledger_stays_unchanged BEFORE UPDATE ON projects_ledgerentry
    BEGIN
        SELECT RAISE(ABORT, 'ledger_entry_stays');
    END
    """,
    """
    CREATE TRIGGER projects_ledger_stays BEFORE DELETE ON projects_ledgerentry
    BEGIN
        SELECT RAISE(ABORT, 'ledger_entry_stays');
    END
    """,
    f"""
    CREATE TRIGGER projects_cap_total_by_entries AFTER UPDATE OF total, fiscal_year, project_id, counts_indirect
    ON projects_capaccount WHEN NEW.total <> {SUM_OF_CAP}
    BEGIN
        SELECT RAISE(ABORT, 'ledger_total_by_entries');
    END
    """,
    f"""
    CREATE TRIGGER projects_spend_total_by_entries AFTER UPDATE ON projects_spendaccount
    WHEN NEW.available <> {AVAILABLE} OR NEW.paid <> {PAID}
    BEGIN
        SELECT RAISE(ABORT, 'ledger_total_by_entries');
    END
    """,
    f"""
    CREATE TRIGGER projects_envelope_total_by_entries AFTER UPDATE OF committed ON program_envelope
    WHEN NEW.committed <> {SUM_OF_ENVELOPE}
    BEGIN
        SELECT RAISE(ABORT, 'ledger_total_by_entries');
    END
    """,
)
SQLITE_UNDO = (
    "DROP TRIGGER projects_envelope_total_by_entries",
    "DROP TRIGGER projects_spend_total_by_entries",
    "DROP TRIGGER projects_cap_total_by_entries",
    "DROP TRIGGER projects_ledger_stays",
    "DROP TRIGGER projects_ledger_stays_unchanged",
    "DROP TRIGGER projects_ledger_counts",
)


def make(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def undo(apps, schema_editor):
    for statement in POSTGRESQL_UNDO if schema_editor.connection.vendor == "postgresql" else SQLITE_UNDO:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    # What was made in steps until the first release.
    replaces = [
        ("projects", "0003_carry_overs_and_accounts"),
    ]
    dependencies = [("projects", "0001_tables"), ("program", "0003_envelopes_change_by_entries")]
    operations = [migrations.RunPython(make, undo)]
