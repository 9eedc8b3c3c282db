"""The tally for people: a table for each pair of sides, or the tellers' figures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.answers.common import WITH_INFERRED, spaced, teller_key
from cli.tables import Align, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.measures.tally import TallyLine
    from domain.quantities import Amount, Net
    from ledger.answers.told import Teller
    from ledger.asking import Asked

FIELD = (Column("family"), Column("kind"), Column("unit"))
PAIR = (Column("by"), Column("against"))
FIGURES = (
    Column("actions", align=Align.RIGHT),
    *(
        Column(name, align=Align.RIGHT)
        for name in ("imposed", "suffered", "net", "reversed", "outstanding")
    ),
)
NO_UNIT = "(no quantity)"
IN_FORCE = {"true": "in force", "undetermined": "perhaps in force", "false": "none in force"}


def people_tables(asked: Asked, lines: Sequence[TallyLine]) -> tuple[Table, ...]:
    """Give a table for what each declared side imposed on each other, then those of third sides."""
    declared = asked.sides.declared
    pairs = [(by, against) for by in declared for against in declared if by != against]
    acted = [line for line in lines if line.actions.hi != 0]
    tables = [
        Table(
            (*FIELD, *FIGURES),
            tuple(_row(line) for line in acted if (line.key.by, line.key.against) == pair),
            title=f"{pair[0]} on {pair[1]}",
        )
        for pair in pairs
    ]
    third = [line for line in acted if _is_third(line, pairs)]
    own = [line for line in acted if line.key.by == line.key.against]
    if third:
        title = "With third sides and joint accounts, in no side's total"
        tables.append(Table((*PAIR, *FIELD, *FIGURES), tuple(map(_row, third)), title=title))
    if own:
        title = "Borne by the side that acted"
        columns = (PAIR[0], *FIELD, *(c for c in FIGURES if c.key not in {"suffered", "net"}))
        tables.append(Table(columns, tuple(map(_row, own)), title=title))
    return tuple(tables)


def _is_third(line: TallyLine, pairs: Iterable[tuple[str, str]]) -> bool:
    key = line.key
    return key.by != key.against and (key.by, key.against) not in pairs


def _row(line: TallyLine) -> dict[str, object]:
    return {
        "by": line.key.by,
        "against": line.key.against,
        **_field(line),
        "actions": line.actions.words(),
        "imposed": _words(line.imposed),
        "suffered": _words(line.suffered),
        "net": _words(line.net),
        "reversed": _words(line.reversed),
        "outstanding": _outstanding(line),
    }


def _field(line: TallyLine) -> dict[str, object]:
    return {
        "family": spaced(line.key.family),
        "kind": spaced(line.key.kind),
        "unit": spaced(line.key.unit) or NO_UNIT,
    }


def _words(value: Amount | Net | None) -> str:
    return "" if value is None else value.words()


def _outstanding(line: TallyLine) -> str:
    """Show what stands; of a value that never adds up, whether it is in force."""
    words = _words(line.outstanding)
    return f"{words} {IN_FORCE[line.in_force]}".strip() if line.in_force is not None else words


def tellers_side_by_side(
    found: Sequence[tuple[Teller, Sequence[TallyLine]]],
) -> tuple[Table, ...]:
    """Give one table of all lines, with what each teller's words come to beside the others'."""
    held = {
        teller: {line.key: line for line in lines if line.actions.hi != 0}
        for teller, lines in found
    }
    keys = dict.fromkeys(line.key for _, lines in found for line in lines)
    rows = []
    for key in keys:
        told = {teller: by_key[key] for teller, by_key in held.items() if key in by_key}
        if told:
            some = next(iter(told.values()))
            figures = {teller_key(t): _imposed(told.get(t)) for t in held}
            is_same = len(set(figures.values())) == 1
            rows.append(
                {
                    "by": key.by,
                    "against": key.against,
                    **_field(some),
                    **figures,
                    "differs": "" if is_same else "differs",
                }
            )
    columns = (
        *PAIR,
        *FIELD,
        *(Column(teller_key(t), _heading(t), Align.RIGHT) for t in held),
        Column("differs", " "),
    )
    return (Table(columns, tuple(rows)),)


def _imposed(line: TallyLine | None) -> str:
    if line is None:
        return ""
    counted = f"{line.actions.words()} {'action' if line.actions.hi == 1 else 'actions'}"
    return _words(line.imposed) or counted


def _heading(teller: Teller) -> str:
    inferred = ", with inferred" if teller.basis == WITH_INFERRED else ""
    return f"imposed, as {teller.account} calls it{inferred}"
