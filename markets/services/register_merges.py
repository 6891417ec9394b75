"""Takes staged rows of a public register in: providers by official number, years by their last day.

What a file does not hold stays as it was, and a row that is as before is not written again.
"""

from django.db import connection

from markets.models import FinancialYear, Provider

_PROVIDERS, _YEARS = Provider._meta.db_table, FinancialYear._meta.db_table
#: How much older than the latest accounts a figure may be to stand beside them: one year's accounts and a month.
_STILL_TOLD = 400
_OWN = (
    "company_org_id", "name", "legal_form", "constitution", "status", "reporting_status", "registered_on",
    "removed_on", "is_distressed",
)  # fmt: skip
_WRITTEN = (
    "register_key", *_OWN, "other_names", "year_end", "income", "expenditure", "reserves", "government_income",
    "employees", "trustees", "served", "areas",
)  # fmt: skip
_FIGURES = (
    "reserves", "unrestricted_funds", "own_use_assets", "cash", "current_assets", "current_creditors",
    "government_contracts", "government_grants", "employees", "volunteers",
)  # fmt: skip
_YEAR = ("year_start", "cycle", "income", "expenditure", *_FIGURES, "is_suppressed")

_BASE = f"""
CREATE TEMPORARY TABLE stage_base AS
SELECT coalesce(known.id, gen_random_uuid()) AS id, staged.* FROM (
    SELECT DISTINCT ON (org_id) key, org_id, {", ".join(_OWN)}, year_end, income, expenditure FROM stage_provider
    ORDER BY org_id, removed_on DESC NULLS FIRST
) staged LEFT JOIN {_PROVIDERS} known ON known.org_id = staged.org_id
UNION ALL
SELECT id, register_key, org_id, {", ".join(_OWN)}, year_end, income, expenditure FROM {_PROVIDERS} known
WHERE register = %(register)s AND register_key IN (
    SELECT key FROM stage_code UNION SELECT key FROM stage_area UNION SELECT key FROM stage_name
    UNION SELECT key FROM stage_trustee UNION SELECT key FROM stage_event UNION SELECT key FROM stage_year
) AND NOT EXISTS (SELECT 1 FROM stage_provider WHERE stage_provider.org_id = known.org_id)
"""


def _told(column: str) -> str:
    """Give a figure by the annual return first, then the list of returns, then the accounts of a group."""
    parts = (f"max({column}) FILTER (WHERE part = '{part}')" for part in ("a", "history", "b"))
    return f"coalesce({', '.join(parts)}) AS {column}"


_MERGED_YEARS = f"""
CREATE TEMPORARY TABLE stage_merged AS
SELECT base.id, year.* FROM (
    SELECT key, year_end, min(year_start) AS year_start, max(cycle) AS cycle, {_told("income")}, {_told("expenditure")},
        {", ".join(f"max({column}) AS {column}" for column in _FIGURES)}, bool_or(is_suppressed) AS is_suppressed
    FROM stage_year GROUP BY key, year_end
) year JOIN stage_base base USING (key)
"""

_PUT_YEARS = f"""
WITH done AS (
    INSERT INTO {_YEARS} AS kept (provider_id, year_end, {", ".join(_YEAR)})
    SELECT id, year_end, {", ".join(_YEAR[:-1])}, coalesce(is_suppressed, false) FROM stage_merged
    ON CONFLICT (provider_id, year_end) DO UPDATE
    SET {", ".join(f"{column} = coalesce(excluded.{column}, kept.{column})" for column in _YEAR)}
    WHERE ({", ".join(f"kept.{column}" for column in _YEAR)})
        IS DISTINCT FROM ({", ".join(f"coalesce(excluded.{column}, kept.{column})" for column in _YEAR)})
    RETURNING (xmax = 0) AS is_new
) SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM done
"""


def _own(column: str) -> str:
    """Give a column of the register's own table; of the days on which a charity can have begun, the earliest."""
    if column != "registered_on":
        return f"incoming.{column}"
    return "least(begun.first, known.registered_on, incoming.registered_on)"


_PUT_PROVIDERS = f"""
WITH codes AS (SELECT key, array_agg(DISTINCT code ORDER BY code) AS all_of FROM stage_code, unnest(codes) code GROUP BY 1),
places AS (SELECT key, array_agg(DISTINCT area ORDER BY area) AS all_of FROM stage_area, unnest(areas) area GROUP BY 1),
called AS (SELECT key, string_agg(DISTINCT name, E'\\n' ORDER BY name) AS all_of FROM stage_name GROUP BY 1),
begun AS (SELECT key, min(happened_on) AS first FROM stage_event GROUP BY 1),
trusted AS (SELECT key, count(*) AS all_of FROM stage_trustee GROUP BY 1),
latest AS (
    SELECT DISTINCT ON (provider_id) provider_id, year_end, income, expenditure, reserves, employees,
        government_contracts + government_grants AS government
    FROM {_YEARS} WHERE income IS NOT NULL AND NOT is_suppressed AND provider_id IN (SELECT id FROM stage_base)
    ORDER BY provider_id, year_end DESC
), incoming AS (
    SELECT base.*, latest.year_end >= coalesce(base.year_end, latest.year_end) AS is_newest,
        latest.year_end + {_STILL_TOLD} >= coalesce(base.year_end, latest.year_end) AS is_told,
        latest.year_end AS told_end, latest.income AS told_income, latest.expenditure AS told_expenditure,
        latest.reserves, latest.government, latest.employees
    FROM stage_base base LEFT JOIN latest ON latest.provider_id = base.id
), done AS (
    INSERT INTO {_PROVIDERS} AS kept (id, org_id, register, {", ".join(_WRITTEN)})
    SELECT incoming.id, incoming.org_id, %(register)s, key, {", ".join(_own(column) for column in _OWN)},
        coalesce(called.all_of, known.other_names, ''),
        CASE WHEN is_newest THEN told_end ELSE incoming.year_end END,
        CASE WHEN is_newest THEN told_income ELSE incoming.income END,
        CASE WHEN is_newest THEN told_expenditure ELSE incoming.expenditure END,
        CASE WHEN is_told THEN incoming.reserves END, CASE WHEN is_told THEN government END,
        CASE WHEN is_told THEN incoming.employees END, coalesce(trusted.all_of, known.trustees),
        coalesce(codes.all_of, known.served, '{{}}'), coalesce(places.all_of, known.areas, '{{}}')
    FROM incoming LEFT JOIN {_PROVIDERS} known ON known.id = incoming.id
    LEFT JOIN begun USING (key) LEFT JOIN codes USING (key) LEFT JOIN places USING (key) LEFT JOIN called USING (key) LEFT JOIN trusted USING (key)
    ON CONFLICT (org_id) DO UPDATE SET {", ".join(f"{column} = excluded.{column}" for column in _WRITTEN)}
    WHERE ({", ".join(f"kept.{column}" for column in _WRITTEN)})
        IS DISTINCT FROM ({", ".join(f"excluded.{column}" for column in _WRITTEN)})
    RETURNING (xmax = 0) AS is_new
) SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM done
"""  # noqa: E501 one statement


def merge(*, register: str) -> dict[str, int]:
    """Take what is staged in; say how many providers and years were added and changed, and what fits nobody."""
    with connection.cursor() as cursor:
        cursor.execute(_BASE, {"register": register})
        cursor.execute("CREATE INDEX ON stage_base (key)")
        cursor.execute("ANALYZE stage_base")
        cursor.execute(_MERGED_YEARS)
        cursor.execute("ANALYZE stage_merged")
        cursor.execute(_PUT_YEARS)
        years_added, years_changed = cursor.fetchone()
        cursor.execute(_PUT_PROVIDERS, {"register": register})
        added, changed = cursor.fetchone()
        cursor.execute("SELECT count(*), (SELECT count(*) FROM stage_base) FROM stage_year WHERE NOT EXISTS"
                       " (SELECT 1 FROM stage_base WHERE stage_base.key = stage_year.key)")  # fmt: skip
        without, of_all = cursor.fetchone()
    return {
        "providers added": added,
        "providers changed": changed,
        "providers as before": of_all - added - changed,
        "financial years added": years_added,
        "financial years changed": years_changed,
        "years of organisations that are not on the register here": without,
    }
