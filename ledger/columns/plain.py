"""What the engine of the columns says, as plain data, keyed as the row engine keys its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.reading import EscalationFlag
from ledger.columns.measures.replies import CAME_FIRST, UNBOUNDED
from ledger.columns.measures.tally import tally_of
from ledger.columns.measures.truths import FALSE, TRUE, UNDETERMINED, truth

if TYPE_CHECKING:
    import duckdb

    from domain.reading import Reading
    from ledger.columns.measures.arrays import Ints
    from ledger.columns.measures.asking import Measured
    from ledger.columns.measures.replies import Answers
    from ledger.columns.measures.tally_lines import Line

Plain = dict[str, Any]
SIDE_FIELDS: Final = ("imposed", "suffered", "net", "reversed", "outstanding")


def standing_rows(of: Measured) -> Plain:
    """Return where each action stands, by id."""
    is_hostile = of.facts.is_hostile
    return {
        found.action: {
            "role": str(found.role),
            "hostile": bool(is_hostile[node]),
            "answered": list(found.answered),
            "answers_more": found.answers_more,
            "roots": [list(root) for root in found.roots],
            "initiators": {
                str(put.policy): {"sides": list(put.sides), "unknown": put.is_open}
                for put in found.initiators
            },
        }
        for node, found in of.standings().items()
    }


def escalation_rows(of: Measured, reading: Reading) -> Plain:
    """Return the flags of each hostile action, by id."""
    found, names = of.escalations(reading), of.asked.names
    against: dict[int, list[str]] = {}
    pairs = found.pairs
    for place, node, ending in zip(
        pairs.place.tolist(), pairs.node.tolist(), pairs.ending.tolist(), strict=True
    ):
        against.setdefault(place, []).append(names.cause(node, ending))
    return {
        names.node(node): {
            "flags": {str(flag): truth(int(found.flag(flag)[place])) for flag in EscalationFlag},
            "stepping_up": bool(found.stepping_up[place]),
            "against": sorted(against.get(place, ())),
        }
        for place, node in enumerate(found.node.tolist())
    }


def reply_rows(of: Measured) -> Plain:
    """Return each reply, and each action that nobody answered, by id."""
    found, names = of.replies(), of.asked.names
    answers = found.answers
    lags = _lags(of, answers)
    rows: Plain = {
        names.node(node): {
            "role": "response" if answers.is_response[place] else "joining",
            "hostile": bool(answers.is_hostile[place]),
            "in_kind": truth(int(answers.in_kind[place])),
            "mirrored": truth(int(answers.mirrored[place])),
            "other_currency": truth(int(answers.other_currency[place])),
            "lags": sorted(lags.get(place, ())),
        }
        for place, node in enumerate(answers.node.tolist())
    }
    for node, is_certain in zip(found.unanswered.tolist(), found.is_certain.tolist(), strict=True):
        rows[f"{names.node(node)}/unanswered"] = "certain" if is_certain else "perhaps"
    return rows


def rate_rows(of: Measured) -> Plain:
    """Return how many replies each side gave, and of which kind."""
    found, acting = of.replies(), of.asked.ground.acting
    answers = found.answers
    rows: Plain = {}
    for number, side in enumerate(of.asked.ground.sides.names[0]):
        mask = 1 << number
        theirs = answers.is_hostile & ((acting[answers.node] & mask) != 0).astype(bool)
        responses = theirs & answers.is_response
        undetermined = int(((acting[found.undetermined] & mask) != 0).sum())
        if theirs.any() or undetermined:
            rows[side] = {
                "responses": int(responses.sum()),
                "joinings": int(theirs.sum() - responses.sum()),
                "undetermined": undetermined,
                "in_kind": _rate(answers.in_kind[responses]),
                "mirrored": _rate(answers.mirrored[responses]),
                "other_currency": _rate(answers.other_currency[responses]),
            }
    return rows


def _rate(values: Ints) -> list[int]:
    """How many are true, false, undetermined."""
    return [int((values == value).sum()) for value in (TRUE, FALSE, UNDETERMINED)]


def _lags(of: Measured, answers: Answers) -> dict[int, list[list[Any]]]:
    found: dict[int, list[list[Any]]] = {}
    held = answers.lags
    for place, member, shortest, longest in zip(
        held.place.tolist(),
        held.member.tolist(),
        held.shortest.tolist(),
        held.longest.tolist(),
        strict=True,
    ):
        bounds: list[int | None] = [shortest, None if longest == UNBOUNDED else longest]
        days = None if shortest == CAME_FIRST else bounds
        found.setdefault(place, []).append([of.asked.names.node(member), days])
    return found


def tally_rows(connection: duckdb.DuckDBPyConnection, number: int, reading: Reading) -> Plain:
    """Return every line and total, by what it is about."""
    found = tally_of(connection, number, reading)
    rows = {"/".join(key): _line_row(line) for key, line in found.lines.items()}
    sides = {
        f"{side}//{unit}": {name: list(getattr(held, name)) for name in SIDE_FIELDS}
        for (side, unit), held in found.side_totals.items()
    }
    beside = {"exceeded": list(found.exceeded), "unclassified": list(found.unclassified)}
    return {**rows, **sides, **beside}


def _line_row(line: Line) -> Plain:
    return {
        "actions": list(line.actions),
        "imposed": line.imposed and list(line.imposed),
        "suffered": line.suffered and list(line.suffered),
        "net": line.net and list(line.net),
        "reversed": line.reversed and list(line.reversed),
        "outstanding": line.outstanding and list(line.outstanding),
        "in_force": None if line.in_force is None else str(line.in_force),
    }
