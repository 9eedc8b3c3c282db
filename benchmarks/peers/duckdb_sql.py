"""Hand-written SQL on DuckDB, over a Parquet file of the history: tally and initiators.

The walk along causes goes over numbers: over names it took eight times as long.
"""

from __future__ import annotations

from typing import Any, Final

import duckdb

from benchmarks.measuring import Watch, serve
from benchmarks.peers.questions import BORNE_BY_ACTOR, HOSTILE, NO_CAUSE, SILENT, TALLIED

PLACED: Final = """
CREATE TEMP MACRO placed(file, sides) AS TABLE
    SELECT a.*, coalesce(s.side, a.actors) AS by_side
    FROM read_parquet(file, file_row_number = true) a
    LEFT JOIN read_csv(sides, all_varchar = true) s ON s.dispute = a.dispute AND s.party = a.actors
"""
TALLY: Final = f"""
WITH acts AS (
    SELECT p.dispute, by_side,
           CASE WHEN kind IN {BORNE_BY_ACTOR} THEN by_side
                ELSE coalesce(t.side, split_part(targets, ';', 1)) END AS against,
           kind, coalesce(unit, '') AS unit, coalesce(quantity, '') AS quantity
    FROM placed($file, $sides) p
    LEFT JOIN read_csv($sides, all_varchar = true) t
        ON t.dispute = p.dispute AND t.party = split_part(targets, ';', 1)
    WHERE kind IN {TALLIED} AND coalesce(same_as, '') = ''
)
SELECT dispute, by_side, against, kind, unit, count(*) AS actions,
       coalesce(sum(TRY_CAST(regexp_extract(quantity, '[0-9]+') AS BIGINT)), 0) AS least,
       coalesce(sum(TRY_CAST(regexp_extract(quantity, '^[0-9.]*?([0-9]+)$', 1) AS BIGINT)), 0)
           AS greatest,
       count(*) FILTER (quantity = 'unknown') AS unknown
FROM acts GROUP BY ALL ORDER BY ALL
"""  # noqa: S608  the words are this file's own
SAID: Final = f"""
CREATE TEMP TABLE said AS
    SELECT p.file_row_number AS n, p.id, p.dispute, p.by_side, f.party AS teller,
           kind IN {HOSTILE} AS hostile,
           CASE WHEN f.party <> actors AND list_contains(string_split(targets, ';'), f.party)
                     AND target_basis = 'stated'
                     AND coalesce(target_causes, '') NOT IN {SILENT}
                THEN target_causes ELSE actor_causes END AS causes
    FROM placed($file, $sides) p
    JOIN read_csv($sides, all_varchar = true) f ON f.dispute = p.dispute AND f.is_first = '1'
"""  # noqa: S608
CAUSES: Final = f"""
CREATE TEMP TABLE causes AS
    SELECT n, dispute, by_side, teller, unnest(string_split(causes, ';')) AS cause
    FROM said WHERE causes NOT IN {SILENT + NO_CAUSE}
"""  # noqa: S608
NUMBERED: Final = """
CREATE TEMP TABLE names AS
    SELECT who, row_number() OVER (ORDER BY who) AS w FROM (
        SELECT DISTINCT by_side AS who FROM said UNION SELECT '?'
        UNION SELECT split_part(cause, '@', 2) FROM causes WHERE starts_with(cause, 'act:'))
"""
KEYS: Final = """
CREATE TEMP TABLE keys AS SELECT teller, row_number() OVER () AS t, count(*) OVER () AS many
    FROM (SELECT DISTINCT teller FROM said)
"""
LINKS: Final = """
CREATE TEMP TABLE links AS
    SELECT c.n * many + t AS k, e.n * many + t AS answered
    FROM causes c JOIN keys USING (teller)
    JOIN (SELECT DISTINCT id, n FROM said) e ON e.id = c.cause
"""
BEGUN: Final = f"""
CREATE TEMP TABLE begun AS WITH first AS (
    SELECT n, teller, CASE WHEN causes IN {SILENT} THEN '?' ELSE by_side END AS who
    FROM said WHERE causes IN {SILENT + NO_CAUSE}
    UNION ALL
    SELECT n, teller, any_value(by_side) FROM causes
    GROUP BY n, teller HAVING bool_and(starts_with(cause, 'ext:'))
    UNION ALL
    SELECT c.n, c.teller, coalesce(s.side, split_part(c.cause, '@', 2))
    FROM causes c LEFT JOIN read_csv($sides, all_varchar = true) s
        ON s.dispute = c.dispute AND s.party = split_part(c.cause, '@', 2)
    WHERE starts_with(c.cause, 'act:')
)
SELECT n * many + t AS k, w FROM first JOIN keys USING (teller) JOIN names USING (who)
"""  # noqa: S608
INITIATORS: Final = """
WITH RECURSIVE put_to(k, w) AS (
    SELECT k, w FROM begun
    UNION
    SELECT l.k, p.w FROM put_to p JOIN links l ON l.answered = p.k
), named AS (
    SELECT k, list_sort(list(w)) AS ws FROM put_to GROUP BY k
), counted AS (
    SELECT dispute, teller, ws, count(*) AS actions
    FROM said JOIN keys USING (teller) JOIN named ON named.k = n * many + t
    WHERE hostile GROUP BY ALL
), known AS (SELECT list(who ORDER BY w) AS whos FROM names)
SELECT dispute, teller, list_aggregate(list_select(whos, ws), 'string_agg', '+') AS who, actions
FROM counted, known ORDER BY ALL
"""


def tally(file: str, sides: str) -> list[tuple[Any, ...]]:
    """Return the lines of the tally."""
    connection = _connected()
    return connection.execute(TALLY, {"file": file, "sides": sides}).fetchall()


def initiators(file: str, sides: str) -> list[tuple[Any, ...]]:
    """Return how many hostile actions each account puts to whom."""
    connection = _connected()
    given = {"file": file, "sides": sides}
    connection.execute(SAID, given)
    for step in (CAUSES, NUMBERED, KEYS, LINKS):
        connection.execute(step)
    connection.execute(BEGUN, {"sides": sides})
    return connection.execute(INITIATORS).fetchall()


def _connected() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(PLACED)
    return connection


def timed(what: str, file: str, sides: str) -> dict[str, Any]:
    """Answer one of the questions, reading the files included."""
    watch = Watch()
    with watch.running():
        found = QUESTIONS[what](file, sides)
    return {"seconds": watch.seconds, "lines": len(found)}


QUESTIONS: Final = {"tally": tally, "initiators": initiators}


if __name__ == "__main__":
    serve({"timed": timed})
