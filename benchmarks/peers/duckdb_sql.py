"""Hand-written SQL on DuckDB, over a Parquet file of the history: tally and initiators."""

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
LINKS: Final = """
CREATE TEMP TABLE links AS
    SELECT c.n, c.teller, e.n AS answered
    FROM causes c JOIN (SELECT DISTINCT id, n FROM said) e ON e.id = c.cause
"""
INITIATORS: Final = f"""
WITH RECURSIVE put_to(n, teller, who) AS (
    SELECT n, teller, CASE WHEN causes IN {SILENT} THEN '?' ELSE by_side END
    FROM said WHERE causes IN {SILENT + NO_CAUSE}
    UNION
    SELECT n, teller, any_value(by_side) FROM causes
    GROUP BY n, teller HAVING bool_and(starts_with(cause, 'ext:'))
    UNION
    SELECT c.n, c.teller, coalesce(s.side, split_part(c.cause, '@', 2))
    FROM causes c LEFT JOIN read_csv($sides, all_varchar = true) s
        ON s.dispute = c.dispute AND s.party = split_part(c.cause, '@', 2)
    WHERE starts_with(c.cause, 'act:')
    UNION
    SELECT l.n, l.teller, p.who FROM put_to p
    JOIN links l ON l.answered = p.n AND l.teller = p.teller
), named AS (
    SELECT n, teller, string_agg(who, '+' ORDER BY who) AS who
    FROM (SELECT DISTINCT n, teller, who FROM put_to) GROUP BY n, teller
)
SELECT dispute, teller, named.who, count(*) AS actions
FROM said JOIN named USING (n, teller) WHERE hostile GROUP BY ALL ORDER BY ALL
"""  # noqa: S608


def tally(file: str, sides: str) -> list[tuple[Any, ...]]:
    """Return the lines of the tally."""
    connection = _connected()
    return connection.execute(TALLY, {"file": file, "sides": sides}).fetchall()


def initiators(file: str, sides: str) -> list[tuple[Any, ...]]:
    """Return how many hostile actions each account puts to whom."""
    connection = _connected()
    given = {"file": file, "sides": sides}
    connection.execute(SAID, given)
    connection.execute(CAUSES)
    connection.execute(LINKS)
    return connection.execute(INITIATORS, {"sides": sides}).fetchall()


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
