"""The questions by which papers are counted, in an SQL that DuckDB, SQLite and PostgreSQL answer alike.

They ask `matched` (the field's papers: key, year, kind, is_retracted, is_top10), `affiliations` (key, author, country; each
once) and `partners` (partner, country: a country by its code, a group by all of its countries). Shares are not summed here:
the divisors of authors' shares are counted, and added up exactly by `sum_of_parts`.
"""

from registries.rules.counting import PAPERS

HOME = "JP"
KINDS = ", ".join(f"'{kind.value}'" for kind in sorted(PAPERS))
IS_COUNTED = f"is_retracted = 0 AND kind IN ({KINDS})"
COUNTED = f"counted AS (SELECT * FROM matched WHERE {IS_COUNTED})"
TOP = "SUM(CASE WHEN is_top10 = 1 THEN 1 ELSE 0 END), COUNT(is_top10)"

# year, papers, those in the top 10 %, those of which the source says whether they are
FIELD = f"WITH {COUNTED} SELECT year, COUNT(*), {TOP} FROM counted GROUP BY year ORDER BY year"

# country, year, papers, top, known
BY_COUNTRY = f"""
WITH {COUNTED}, places AS (SELECT DISTINCT key, country FROM affiliations)
SELECT p.country, c.year, COUNT(*), {TOP}
FROM counted c JOIN places p ON p.key = c.key
GROUP BY p.country, c.year ORDER BY p.country, c.year
"""

_JOINT = f"""
WITH {COUNTED},
places AS (SELECT DISTINCT key, country FROM affiliations),
joint AS (
  SELECT DISTINCT t.partner, p.key
  FROM places p JOIN partners t ON t.country = p.country JOIN places h ON h.key = p.key AND h.country = '{HOME}'
)
"""

# partner, year, papers with both, top, known
JOINT = f"""{_JOINT}
SELECT j.partner, c.year, COUNT(*), {TOP}
FROM joint j JOIN counted c ON c.key = j.key
GROUP BY j.partner, c.year ORDER BY j.partner, c.year
"""

# partner, year, whose share ("home" or "partner"), divisor, how often
PARTS = f"""{_JOINT},
breadth AS (SELECT key, author, COUNT(*) AS k FROM affiliations GROUP BY key, author),
crew AS (SELECT key, COUNT(*) AS n FROM breadth GROUP BY key)
SELECT j.partner, c.year, CASE WHEN a.country = '{HOME}' THEN 'home' ELSE 'partner' END AS side,
  crew.n * breadth.k AS divisor, COUNT(*) AS times
FROM joint j
JOIN counted c ON c.key = j.key
JOIN affiliations a ON a.key = j.key
JOIN breadth ON breadth.key = a.key AND breadth.author = a.author
JOIN crew ON crew.key = a.key
LEFT JOIN partners t ON t.partner = j.partner AND t.country = a.country
WHERE a.country = '{HOME}' OR t.country IS NOT NULL
GROUP BY j.partner, c.year, CASE WHEN a.country = '{HOME}' THEN 'home' ELSE 'partner' END, crew.n * breadth.k
ORDER BY 1, 2, 3, 4
"""
