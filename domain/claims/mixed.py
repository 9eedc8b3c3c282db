"""Mixed worlds as a formula: one variable for each option, and what follows from the choices.

Roles, answered sets, flags and proportions depend on few choices each (an action's own, and its own
side's steps before it), so they are gone through case by case with the measures themselves.
Initiators depend on all that lies before; they are defined from the causes' initiators, one gate
after the other; in strongly connected parts of the graph of options by going through the joint
choices of the part, or, where these are many, by constraints on paths of causes.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final, TypeVar

from domain.causes import ActionCause
from domain.claims.cases import Case, TooManyCasesError, cases
from domain.claims.choices import AllOptions
from domain.claims.formula import FALSE, TRUE, Circuit, Literal, Open
from domain.claims.paths import initiators_by_paths
from domain.claims.ports import go_on
from domain.measures.exchanges import bargains
from domain.measures.roots import Initiators, Standing, standings
from domain.reading import GrievancePolicy
from domain.truth import Truth
from domain.worlds import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.claims.choices import Choices
    from domain.claims.ports import Left

CASES_MAX: Final = 1_024
"""More joint choices than this are not gone through one by one."""

Result = TypeVar("Result")


class MixedWorlds:
    """The formula of mixed worlds under one grievance policy, built as it is asked for."""

    def __init__(
        self,
        choices: Choices,
        policy: GrievancePolicy,
        left: Left,
        joint_max: int = CASES_MAX,
    ) -> None:
        self.choices = choices
        self.policy = policy
        self.joint_max = joint_max
        self.circuit = Circuit(left)
        self._variables: dict[str, tuple[Literal, ...]] = {}
        self._initiators: dict[str, dict[str, Literal]] = {}
        self._options = OptionGraph(choices)

    def chosen(self, action: str, place: int) -> Literal:
        """Return the literal that says that an action has this option."""
        if action not in self._variables:
            count = len(self.choices.options(action))
            if count == 1:
                self._variables[action] = (TRUE,)
            else:
                made = tuple(self.circuit.variable() for _ in range(count))
                self.circuit.exactly_one(made)
                self._variables[action] = made
        return self._variables[action][place]

    def variables(self) -> Mapping[str, tuple[Literal, ...]]:
        """Return the variables of the contested actions that were asked for."""
        return {name: held for name, held in self._variables.items() if held != (TRUE,)}

    def case(self, found: Case[Result]) -> Literal:
        """Return the literal that says that this case is at hand."""
        return self.circuit.all_of(self.chosen(action, place) for action, place in found.chosen)

    def cases(
        self, function: Callable[[World], Result], most: int = CASES_MAX
    ) -> Sequence[Case[Result]]:
        """Return the cases of a function of a world; raise TooManyCasesError, TimedOutError."""

        def in_time(world: World) -> Result:
            go_on(self.circuit.left)
            return function(world)

        return list(cases(self.choices, in_time, most=most))

    def over(self, function: Callable[[World], Truth], most: int = CASES_MAX) -> Open:
        """Return a truth of a world, over all worlds; raise TooManyCasesError."""
        found = self.cases(function, most)
        when = {
            truth: self.circuit.any_of(self.case(one) for one in found if one.value is truth)
            for truth in (Truth.TRUE, Truth.FALSE)
        }
        return Open(when[Truth.TRUE], when[Truth.FALSE])

    def solely(self, action: str, side: str) -> Open:
        """Return when I = {side}: false as soon as another side is in it, whatever is unknown."""
        held = self._held(action)
        others = self.circuit.any_of(
            value for name, value in held.items() if name not in {side, ""}
        )
        unknown = held.get("", FALSE)
        mine = held.get(side, FALSE)
        is_true = self.circuit.all_of((mine, -others, -unknown))
        nobody = self.circuit.all_of((-mine, -others, -unknown))
        return Open(is_true, self.circuit.any_of((others, nobody)))

    def jointly(self, action: str, side: str) -> Open:
        """Return when side is in I."""
        held = self._held(action)
        mine = held.get(side, FALSE)
        return Open(mine, self.circuit.all_of((-mine, -held.get("", FALSE))))

    def _held(self, action: str) -> dict[str, Literal]:
        """Return, for each side, when it is in I(e); under "" when something unknown is."""
        if action not in self._initiators:
            for part in self._options.parts_before(action, self._initiators.__contains__):
                self._define(part)
        return self._initiators[action]

    def _define(self, part: tuple[str, ...]) -> None:
        """Define I of the members of a part: by its joint choices, or by constraints on paths."""
        try:
            self._define_by_cases(part)
        except TooManyCasesError:
            self._initiators |= initiators_by_paths(self, part, self._initiators)

    def _define_by_cases(self, part: tuple[str, ...]) -> None:
        gathered: dict[str, dict[str, list[Literal]]] = {name: {} for name in part}
        for found in self._joint_cases(part):
            at_hand = self.case(found)
            for name in part:
                for side, value in self._put_back(found.value[name].under(self.policy)).items():
                    both = self.circuit.all_of((at_hand, value))
                    gathered[name].setdefault(side, []).append(both)
        for name, sides in gathered.items():
            self._initiators[name] = {
                side: self.circuit.any_of(values) for side, values in sides.items()
            }

    def _joint_cases(self, part: tuple[str, ...]) -> Sequence[Case[dict[str, Standing]]]:
        """Compute I of each member by the measure itself, for each joint choice of the part.

        Actions before the part stand in as sides of their own: what the measure finds of them is
        put back as when they hold which side.
        """
        members = frozenset(part)

        def stand_in(action: str) -> Standing | None:
            if action in members:
                return None
            found = Initiators(frozenset({_stand_in(action)}))
            return Standing(frozenset(), tuple((policy, found) for policy in GrievancePolicy))

        def function(world: World) -> dict[str, Standing]:
            return standings(world, part, stand_in)

        most = self.joint_max if len(part) > 1 else CASES_MAX
        if prod(len(self.choices.options(name)) for name in part) > most:
            raise TooManyCasesError(part[0])
        return self.cases(function, most)

    def _put_back(self, found: Initiators) -> dict[str, Literal]:
        gathered: dict[str, list[Literal]] = {"": [TRUE]} if found.has_unknown else {}
        for side in found.sides:
            before = _stood_in(side)
            defined = {side: TRUE} if before is None else self._initiators[before]
            for name, value in defined.items():
                gathered.setdefault(name, []).append(value)
        return {name: self.circuit.any_of(values) for name, values in gathered.items()}


def _stand_in(action: str) -> str:
    return f"\x00{action}"


def _stood_in(side: str) -> str | None:
    return side[1:] if side.startswith("\x00") else None


class OptionGraph:
    """The graph of all options of all actions: its strongly connected parts, causes first."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices

    def parts_before(
        self, action: str, is_known: Callable[[str], bool]
    ) -> Sequence[tuple[str, ...]]:
        """Return the parts that an action goes back to by any option, its own last."""
        union = AllOptions(self._choices, self._named)
        return [node.members for node in bargains(union, [action], is_known)]

    def _named(self, action: str) -> Sequence[ActionCause]:
        found: dict[ActionCause, None] = {}
        for one in cases(self._choices, lambda world: world.causes(action), most=CASES_MAX):
            found |= {node: None for node in one.value or () if isinstance(node, ActionCause)}
        return tuple(found)
