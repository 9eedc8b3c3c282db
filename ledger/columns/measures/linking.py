"""Links, coded: which row stands for an act, which package holds it, what a sum must see together.

Few actions have links. Their chains are followed here once, for every measure that asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

_NAMED: Final = """
create or replace temp table linked as
select act.key, act.id, links.how, links.place, coalesce(other.key, -1)::integer as other,
    coalesce(other.id, '') as other_id, coalesce(other.stands, false) as other_stands
from (
    select position, 'same_as' as how, unnest(same_as) as name,
        generate_subscripts(same_as, 1) as place from seen_actions where len(same_as) > 0
    union all select position, 'carries_out', unnest(carries_out), 1 from seen_actions
        where len(carries_out) > 0
    union all select position, 'reverses', unnest(reverses),
        generate_subscripts(reverses, 1) from seen_actions where len(reverses) > 0
    union all select position, 'part_of', part_of, 1 from seen_actions
        where part_of is not null
) links
join coded.act act on act.position = links.position and act.stands
left join coded.act other on other.id = links.name
order by act.key, links.how, links.place
"""

_REVERSED: Final = """
create or replace table coded.reversed as
select linked.key, d.dispute, coalesce(same.row_key, linked.other)::integer as act,
    min(linked.place)::integer as place
from linked join coded.act d on d.key = linked.key
left join coded.same same on same.key = linked.other
where linked.how = 'reverses' and linked.other_stands
group by linked.key, d.dispute, act order by linked.key, place
"""

_REPEATED: Final = """
update coded.act set is_repeated = true where key in (
    select key from linked where how = 'carries_out' and other_stands
    union all select key from coded.same where key <> row_key)
"""

_LINKED: Final = """
update coded.act set is_linked = true where key in (
    select key from coded.package union all select package from coded.package
    union all select act from coded.reversed)
"""


def code_links(connection: duckdb.DuckDBPyConnection) -> None:
    """Code what links say: `same`, `package` and `reversed`, and two flags of an action.

    `same` has the rows that another row stands for, `package` the package around an action,
    `reversed` the acts that an action reverses. An action that is no act of its own is repeated;
    one whose quantity a sum cannot simply add, by whoever's words, is linked.
    """
    connection.execute(_NAMED)
    named = connection.execute(
        "select key, id, other, other_id from linked where how = 'same_as' and other_stands "
        "order by key, place desc"
    ).fetchall()
    ids = {key: name for row in named for key, name in (row[:2], row[2:])}
    same = _ends({key: other for key, _, other, _ in named}, ids)
    _store(connection, "same (key, row_key)", same.items())
    parts = connection.execute(
        "select key, id, other, other_id from linked where how = 'part_of' and other_stands"
    ).fetchall()
    ids |= {key: name for row in parts for key, name in (row[:2], row[2:])}
    links = {key: same.get(other, other) for key, _, other, _ in parts}
    _store(connection, "package (key, package)", _uncircled(links, ids).items())
    for statement in (_REVERSED, _REPEATED, _LINKED):
        connection.execute(statement)
    connection.execute("drop table linked")


def _ends(links: dict[int, int], ids: dict[int, str]) -> dict[int, int]:
    """Follow each link to its end; of rows that name each other the smallest id stands for all."""
    ends: dict[int, int] = {}
    for start in links:
        path: dict[int, None] = {}
        step = start
        while step in links and step not in path and step not in ends:
            path[step] = None
            step = links[step]
        end = ends.get(step, step)
        walked = list(path)
        circle = walked[walked.index(step) :] if step in path else []
        if circle:
            end = min(circle, key=lambda key: ids[key])
        ends.update(dict.fromkeys(walked, end))
    return ends


def _uncircled(links: dict[int, int], ids: dict[int, str]) -> dict[int, int]:
    """Cut links that run in a circle at the smallest id."""
    seen: set[int] = set()
    kept = dict(links)
    for start in links:
        path: dict[int, None] = {}
        step = start
        while step in links and step not in path and step not in seen:
            path[step] = None
            step = links[step]
        walked = list(path)
        if step in path:
            kept.pop(min(walked[walked.index(step) :], key=lambda key: ids[key]))
        seen.update(path)
    return kept


def _store(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[int, int]]
) -> None:
    """Make a table of pairs, `name (first, second)`, ordered."""
    name, _, names = table.partition(" ")
    pairs = sorted(rows)
    connection.execute(
        f"create or replace table coded.{name} as "
        f"select held.* from (select unnest(?::integer[]), unnest(?::integer[])) held{names}",
        [[one for one, _ in pairs], [other for _, other in pairs]],
    )
