"""Initiators in strongly connected parts of the graph of options, by constraints on paths.

Whoever is in I of a cause is in I of its effect; and whoever is in I of an action is put there by
one of its causes, which is nearer to where it comes from: every action has a level for each side,
and draws only on lower ones, so that a circle never supports itself. Where paths end in actions
that lead nowhere else, these are an opening, or an exchange of which each member reaches the head
and is reached from it; both again by levels. An action is in such an end, or it has a path to
something else: one of the two must be shown, so the choices leave nothing open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.causes import ActionCause, Grievance, OutsideCause
from domain.claims.formula import FALSE, Circuit, Literal
from domain.claims.ports import go_on
from domain.measures.roots import blamed_for
from domain.reading import GrievancePolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from domain.claims.mixed import MixedWorlds
    from domain.claims.ports import Number
    from domain.worlds import Node

UNKNOWN = ""
"""Stands among sides for what is not known."""

Held = dict[str, Literal]


@dataclass(slots=True)
class _Member:
    """An action of a part: which members it names, whom other causes put it to, when it has none.

    `is_quiet` holds where nothing but other members, or what changes nothing, is among its causes.
    """

    causes: dict[str, Literal] = field(default_factory=dict)
    put_to: Held = field(default_factory=dict)
    is_quiet: Literal = FALSE


def initiators_by_paths(
    mixed: MixedWorlds, part: tuple[str, ...], before: Mapping[str, Held]
) -> dict[str, Held]:
    """Return, for each member of a part and each side, when the side is in its I.

    `before` says so of actions before the part. Raises TooManyCasesError, TimedOutError.

    Rule: docs/semantics.md#mixed-worlds
    """
    members = {name: _member(mixed, name, frozenset(part), before) for name in part}
    circuit = mixed.circuit
    ends = _Ends(circuit, members).literals()
    world = mixed.choices.world({})
    for name, is_end in ends.items():
        put_to = members[name].put_to
        for side in world.acting(name):
            put_to[side] = circuit.any_of((put_to.get(side, FALSE), is_end))
    sides = dict.fromkeys(side for member in members.values() for side in member.put_to)
    found: dict[str, Held] = {name: {} for name in part}
    for side in sides:
        for name, literal in _reached(circuit, members, side).items():
            found[name][side] = literal
    return found


def _member(
    mixed: MixedWorlds, name: str, part: frozenset[str], before: Mapping[str, Held]
) -> _Member:
    """Gather, over the cases of an action's own causes, what each of them leads to."""
    circuit = mixed.circuit
    causes: dict[str, list[Literal]] = {}
    put_to: dict[str, list[Literal]] = {}
    quiet: list[Literal] = []
    for case in mixed.cases(lambda world: world.causes(name)):
        at_hand = mixed.case(case)
        nodes = None if case.value is None else _counting(mixed.policy, case.value)
        inside = [
            node.action
            for node in nodes or ()
            if isinstance(node, ActionCause) and node.action in part
        ]
        for cause in inside:
            if cause != name:
                causes.setdefault(cause, []).append(at_hand)
        if nodes is not None and len(inside) == len(nodes):
            quiet.append(at_hand)
        for side, when in _put_to(mixed, nodes, part, before):
            put_to.setdefault(side, []).append(circuit.all_of((at_hand, when)))
    return _Member(
        {cause: circuit.any_of(held) for cause, held in causes.items()},
        {side: circuit.any_of(held) for side, held in put_to.items()},
        circuit.any_of(quiet),
    )


def _counting(policy: GrievancePolicy, nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return the causes that decide: under `actor` a grievance never does."""
    is_actor = policy is GrievancePolicy.ACTOR
    return tuple(node for node in nodes if not (is_actor and isinstance(node, Grievance)))


def _put_to(
    mixed: MixedWorlds,
    nodes: Sequence[Node] | None,
    part: frozenset[str],
    before: Mapping[str, Held],
) -> Iterable[tuple[str, Literal]]:
    """Go through the sides to which causes outside the part are put, with when."""
    sides = mixed.choices.history.sides(mixed.choices.dispute)
    always = -FALSE
    if nodes is None:
        yield UNKNOWN, always
        return
    for node in nodes:
        if isinstance(node, ActionCause):
            if node.action not in part:
                yield from before[node.action].items()
        elif isinstance(node, OutsideCause):
            yield sides.side_of(node.party), always
        elif isinstance(node, Grievance):
            yield blamed_for(sides, node, mixed.policy), always
        else:
            yield UNKNOWN, always


def _reached(circuit: Circuit, members: Mapping[str, _Member], side: str) -> Held:
    """Return from which members a path leads to something that is put to a side."""
    found = {name: circuit.variable() for name in members}
    levels = _levels(circuit, members)
    for name, member in members.items():
        go_on(circuit.left)
        here = member.put_to.get(side, FALSE)
        circuit.clause(-here, found[name])
        supports = [here]
        for cause, when in member.causes.items():
            circuit.clause(-when, -found[cause], found[name])
            supports.append(_step(circuit, (when, found[cause]), levels[cause], levels[name]))
        circuit.clause(-found[name], *supports)
    return found


def _levels(circuit: Circuit, members: Iterable[str]) -> dict[str, Number]:
    names = tuple(members)
    return {name: circuit.number(len(names) - 1) for name in names}


def _step(circuit: Circuit, held: Iterable[Literal], lower: Number, upper: Number) -> Literal:
    """Return a literal that can hold only where all of these do, on a step up."""
    step = circuit.variable()
    for one in held:
        circuit.clause(-step, one)
    circuit.demand([(1, upper), (-1, lower)], 1, step)
    return step


class _Ends:
    """Which members are in an end: an opening, or an exchange that leads nowhere else."""

    def __init__(self, circuit: Circuit, members: Mapping[str, _Member]) -> None:
        self.circuit = circuit
        self.members = members
        self.is_end = {name: circuit.variable() for name in members}
        self.is_head = {name: circuit.variable() for name in members}
        self.effects: dict[str, dict[str, Literal]] = {name: {} for name in members}
        for name, member in members.items():
            for cause, when in member.causes.items():
                self.effects[cause][name] = when

    def literals(self) -> Held:
        """Return when each member is in an end."""
        self._one_head_each()
        down, up = _levels(self.circuit, self.members), _levels(self.circuit, self.members)
        for name, member in self.members.items():
            go_on(self.circuit.left)
            is_end, is_head = self.is_end[name], self.is_head[name]
            self.circuit.clause(-is_head, is_end)
            self.circuit.clause(-is_end, member.is_quiet)
            for cause, when in member.causes.items():
                self.circuit.clause(-is_end, -when, self.is_end[cause])
            self._reaches(name, down)
            from_head = [
                _step(self.circuit, (when, self.is_end[effect]), up[effect], up[name])
                for effect, when in self.effects[name].items()
            ]
            self.circuit.clause(-is_end, is_head, *from_head)
        return self.is_end

    def _reaches(self, name: str, down: Mapping[str, Number]) -> None:
        """Demand of a member in an end a path to a head, and of others one to anything else."""
        circuit, member = self.circuit, self.members[name]
        is_end, is_head = self.is_end[name], self.is_head[name]
        steps, ends = [], []
        for cause, when in member.causes.items():
            steps.append(_step(circuit, (when,), down[cause], down[name]))
            ends.append(circuit.all_of((when, self.is_end[cause])))
        circuit.clause(-is_end, is_head, *steps)
        circuit.clause(is_end, -member.is_quiet, *steps, *ends)

    def _one_head_each(self) -> None:
        """Let the members of an end name the same head, which so is the only one."""
        circuit = self.circuit
        head = _levels(circuit, self.members)
        for place, (name, member) in enumerate(self.members.items()):
            circuit.demand([(1, head[name])], place, self.is_head[name])
            circuit.demand([(-1, head[name])], -place, self.is_head[name])
            for cause, when in member.causes.items():
                both = (self.is_end[name], when)
                circuit.demand([(1, head[name]), (-1, head[cause])], 0, *both)
                circuit.demand([(1, head[cause]), (-1, head[name])], 0, *both)
