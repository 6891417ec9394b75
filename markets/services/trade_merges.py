"""Takes staged contracts, grants and own lists in; a row that is as before is not written again."""

from uuid import UUID

from django.db import connection

from markets.models import Contract, Grant, ListedProvider
from markets.sources.staged import TABLES

_CONTRACTS, _GRANTS, _LISTED = (model._meta.db_table for model in (Contract, Grant, ListedProvider))
# The newest release of a contracting process stands for it; an older one changes nothing.
_OLDER = f"""
DELETE FROM {_CONTRACTS} kept USING (SELECT ocid, max(released_at) AS newest FROM stage_contract GROUP BY ocid) staged
WHERE kept.ocid = staged.ocid AND kept.organisation_id IS NOT DISTINCT FROM %(owner)s AND kept.released_at < newest
"""


def _put(table: str, stage: str, once: tuple[str, ...], *, where: str = "") -> str:
    """Write the statement that adds staged rows, and changes those that are there and differ."""
    columns = tuple(TABLES[stage])
    changing = [column for column in columns if column not in once]
    return f"""
    WITH done AS (
        INSERT INTO {table} AS kept (id, organisation_id, {", ".join(columns)})
        SELECT DISTINCT ON ({", ".join(once)}) gen_random_uuid(), %(owner)s::uuid, {", ".join(columns)}
        FROM stage_{stage} staged {where} ORDER BY {", ".join(once)}
        ON CONFLICT (organisation_id, {", ".join(once)}) DO UPDATE
        SET {", ".join(f"{column} = excluded.{column}" for column in changing)}
        WHERE ({", ".join(f"kept.{column}" for column in changing)})
            IS DISTINCT FROM ({", ".join(f"excluded.{column}" for column in changing)})
        RETURNING (xmax = 0) AS is_new
    ) SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM done
    """


_NEWEST = f"""WHERE released_at = (SELECT max(released_at) FROM stage_contract other WHERE other.ocid = staged.ocid)
    AND NOT EXISTS (SELECT 1 FROM {_CONTRACTS} later WHERE later.ocid = staged.ocid
        AND later.organisation_id IS NOT DISTINCT FROM %(owner)s AND later.released_at > staged.released_at)"""


def merge_contracts(*, owner: UUID | None) -> dict[str, int]:
    """Take contracts in, of each process those of its newest release."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX ON stage_contract (ocid)")
        cursor.execute(_OLDER, {"owner": owner})
        replaced = cursor.rowcount
        cursor.execute(_put(_CONTRACTS, "contract", ("ocid", "award", "supplier_key"), where=_NEWEST), {"owner": owner})
        added, changed = cursor.fetchone()
    return {"contracts added": added, "contracts changed": changed, "contracts replaced by a newer release": replaced}


def merge_grants(*, owner: UUID | None) -> dict[str, int]:
    """Take grants in."""
    with connection.cursor() as cursor:
        cursor.execute(_put(_GRANTS, "grant_made", ("identifier",)), {"owner": owner})
        added, changed = cursor.fetchone()
    return {"grants added": added, "grants changed": changed}


def merge_list(*, owner: UUID) -> dict[str, int]:
    """Put the new list in the place of the old one."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {_LISTED} WHERE organisation_id = %s AND reference NOT IN"
            " (SELECT reference FROM stage_listed)",
            [owner],
        )
        removed = cursor.rowcount
        cursor.execute(_put(_LISTED, "listed", ("reference",)), {"owner": owner})
        added, changed = cursor.fetchone()
    return {"providers added": added, "providers changed": changed, "providers no longer on the list": removed}
