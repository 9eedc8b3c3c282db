"""Coding: the history as known at a position, with whole numbers in the place of names.

Actions are numbered by dispute and then by position, so that those of a dispute stand together and
causes mostly come before their effects. What a measure asks then needs no text. The coded tables
stand in the schema `coded` of a connection that sees the tables of `ledger.columns.schema`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.columns.measures.linking import code_links
from ledger.columns.measures.packages import code_trees
from ledger.columns.measures.tables import load_tables

if TYPE_CHECKING:
    from datetime import date

    import duckdb

_SEEN: Final = "create or replace temp view seen_{table} as from {table} where {condition}"
_PUBLIC: Final = "coalesce(public_hi, occurred_hi) <= date '{day}'"
_STATED: Final = "(stated_on_hi is null or stated_on_hi <= date '{day}')"
_TABLES: Final = {"actions": _PUBLIC, "options": _STATED, "called": _STATED}

_DISPUTES: Final = """
create or replace table coded.dispute as
select (row_number() over (order by id) - 1)::integer as no, id
from (select dispute as id from seen_actions union select dispute from sides)
"""

_CASTS: Final = """
create or replace temp table casts as
select (row_number() over (order by d.no, parties) - 1)::integer as no,
    d.no as dispute, d.id as dispute_id, parties
from (
    select dispute, actors as parties from seen_actions
    union select dispute, targets from seen_actions
) held join coded.dispute d on d.id = held.dispute
"""

_PARTIES: Final = """
create or replace table coded.party as
select (row_number() over (order by name) - 1)::integer as no, name
from (
    select unnest(parties) as name from casts
    union select teller from seen_options
    union select teller from seen_called
    union select cause.party from (select unnest(causes) as cause from seen_options)
    union select unnest(side.parties) from (select unnest(sides) as side from sides)
) where name is not null
"""

_ANALYSTS: Final = """
create or replace table coded.analyst as
select party.no as party, analyst.no as analyst
from coded.party party join coded.party analyst
on analyst.name = 'analyst:compilers-for-' || party.name
where not contains(party.name, ':')
"""

_CASTINGS: Final = """
create or replace table coded.casting as
select held.no, held.dispute, party.no as party, held.place::integer as place
from (
    select no, dispute, unnest(parties) as name, generate_subscripts(parties, 1) - 1 as place
    from casts
) held join coded.party party on party.name = held.name
order by held.no, place
"""

_SIDES: Final = """
create or replace table coded.side as
select d.no as dispute, drawn.place::integer as place, drawn.side.name as name,
    drawn.seat::integer as seat, party.no as party
from (
    select dispute, place, side, unnest(side.parties) as party_name,
        generate_subscripts(side.parties, 1) - 1 as seat from (
        select dispute, unnest(sides) as side, generate_subscripts(sides, 1) - 1 as place
        from sides)
) drawn
join coded.dispute d on d.id = drawn.dispute join coded.party party on party.name = party_name
order by d.no, drawn.place, drawn.seat
"""

_ACCOUNTS: Final = """
create or replace temp table account_names as
select no, dispute, string_agg(name, '+' order by place, name) as name from (
    select distinct held.no, held.dispute, coalesce(side.name, party.name) as name,
        coalesce(side.place, 1000000) as place
    from coded.casting held join coded.party party on party.no = held.party
    left join coded.side side on side.dispute = held.dispute and side.party = held.party
) group by no, dispute
"""

_COMPANIES: Final = """
create or replace table coded.company as
select named.no, named.dispute, named.name,
    (dense_rank() over (order by named.dispute, named.name) - 1)::integer as account,
    (dense_rank() over (order by held.parties) - 1)::integer as company
from account_names named join (
    select no, list_sort(list(distinct party)) as parties from coded.casting group by no
) held on held.no = named.no order by named.no
"""
"""What a casting is to a sum: the account it stands under in its dispute, and who is in it."""

_DAY: Final = "coalesce({name} - date '1970-01-01', {instead})::integer"

_ACTIONS: Final = f"""
create or replace table coded.act as
select (row_number() over (order by d.no, held.position) - 1)::integer as key,
    d.no as dispute, held.position, held.action as id, held.stands,
    kind.no as kind, family.no as family, coalesce(held.rung, -1)::tinyint as rung,
    actors.no as acting, targets.no as targeted,
    {_DAY.format(name="occurred_lo", instead=0)} as occurred_lo,
    {_DAY.format(name="occurred_hi", instead=0)} as occurred_hi,
    {_DAY.format(name="public_lo", instead="occurred_lo - date '1970-01-01'")} as public_lo,
    {_DAY.format(name="public_hi", instead="occurred_hi - date '1970-01-01'")} as public_hi,
    {_DAY.format(name="effective_lo", instead="occurred_lo - date '1970-01-01'")} as effective_lo,
    {_DAY.format(name="effective_hi", instead="occurred_hi - date '1970-01-01'")} as effective_hi,
    coalesce(unit.no, -1)::tinyint as unit, coalesce(quantity_lo, 0) as lo,
    coalesce(quantity_hi, 0) as hi, (unit.no is not null and quantity_hi is null) as is_open,
    coalesce(quantity_unknown, 0)::integer as unknown, false as denied,
    false as is_tangled, false as is_linked, false as is_repeated
from seen_actions held
join coded.dispute d on d.id = held.dispute
join casts actors on actors.dispute_id = held.dispute and actors.parties = held.actors
join casts targets on targets.dispute_id = held.dispute and targets.parties = held.targets
join coded.kind kind on kind.name = held.kind
join coded.family family on family.name = held.family
left join coded.unit unit on unit.name = held.unit
order by key
"""

_STATEMENTS: Final = """
create or replace temp table spoken as
select (row_number() over (order by act.key, said.seq, said.teller) - 1)::integer as no,
    act.key, act.dispute, party.no as teller, said.seq::integer as seq, said.unprovoked,
    said.inferred, said.causes
from seen_options said
join coded.act act on act.position = said.position and act.stands
join coded.party party on party.name = said.teller
order by no
"""

_NAMED: Final = """
create or replace temp table named as
select said.no as statement, said.key, said.dispute,
    case cause.nature when 'action' then 0 when 'outside' then 1 else 2 end::tinyint as nature,
    coalesce(named.key, -1)::integer as cause,
    case when named.key is null then cause.name end as name,
    case when named.key is null then coalesce(party.no, -1) end::integer as party,
    coalesce(named.dispute <> said.dispute, false) as is_foreign,
    coalesce(named.stands and effect.occurred_hi < named.occurred_lo, false) as is_late
from (select no, key, dispute, unnest(causes) as cause from spoken) said
join coded.act effect on effect.key = said.key
left join coded.act named on cause.nature = 'action' and named.id = cause.name
left join coded.party party on party.name = cause.party
"""

_ENDINGS: Final = """
create or replace table coded.ending as
select (row_number() over (order by nature, name, party) - 1)::integer as no, nature, name, party
from (select distinct nature, name, party from named where name is not null)
"""

_CAUSES: Final = """
create or replace table coded.cause as
select held.statement, held.key, held.dispute, held.nature, held.cause,
    coalesce(ending.no, -1)::integer as ending, coalesce(ending.party, -1)::integer as party,
    held.is_foreign, held.is_late
from named held left join coded.ending ending using (nature, name, party)
order by held.statement, held.cause, ending
"""

_CALLED: Final = """
create or replace table coded.called as
select act.key, act.dispute, party.no as teller, said.seq::integer as seq, said.inferred,
    coalesce(kind.no, -1)::tinyint as kind, coalesce(unit.no, -1)::tinyint as unit,
    coalesce(quantity_lo, 0) as lo, coalesce(quantity_hi, 0) as hi,
    (unit.no is not null and quantity_hi is null) as is_open,
    coalesce(quantity_unknown, 0)::integer as unknown, said.denied
from seen_called said
join coded.act act on act.position = said.position and act.stands
join coded.party party on party.name = said.teller
left join coded.kind kind on kind.name = said.kind
left join coded.unit unit on unit.name = said.unit
order by act.key, said.seq
"""


def code_history(connection: duckdb.DuckDBPyConnection, as_of: date | None = None) -> None:
    """Code what `actions`, `options`, `called` and `sides` hold; what was coded before is replaced.

    These are the rows that are current at the position that is asked about. As of the day of a
    claim only actions public, and statements made, by then are seen; what is only possibly so is
    not.

    Rule: docs/semantics.md#two-times
    """
    connection.execute("create schema if not exists coded")
    load_tables(connection)
    for table, by_then in _TABLES.items():
        condition = "true" if as_of is None else by_then.format(day=as_of.isoformat())
        connection.execute(_SEEN.format(table=table, condition=condition))
    for statement in (_DISPUTES, _CASTS, _PARTIES, _ANALYSTS, _CASTINGS, _SIDES):
        connection.execute(statement)
    for statement in (_ACCOUNTS, _COMPANIES, _ACTIONS, _STATEMENTS):
        connection.execute(statement)
    connection.execute(
        "create or replace table coded.statement as "
        "select * exclude (causes) from spoken order by no"
    )
    for statement in (_NAMED, _ENDINGS, _CAUSES, _CALLED):
        connection.execute(statement)
    code_links(connection)
    code_trees(connection)
    for table in ("spoken", "named", "casts", "account_names"):
        connection.execute(f"drop table {table}")
