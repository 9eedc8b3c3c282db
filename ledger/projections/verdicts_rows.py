"""Rows of stored verdicts: their keys, and what stands in them.

    DISPUTE/CLAIM/TEST/BASIS/ACCOUNT                    the verdict under each policy, and counts
    DISPUTE/CLAIM/TEST/BASIS/ACCOUNT/LEAF/ACTION        one item: how far selected, its values
    .../LEAF/left|right/BUNDLE                          what a bundle adds to a count or a sum
    .../LEAF/answers|open/ACTION                        what a possible answer answers, if known
    DISPUTE/CLAIM/TEST/BASIS/mixed[/1/ACTION]           the same over mixed worlds, by ranks

LEAF numbers the tests that are made of no others, from 1, in the order in which they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from domain.amounts import Amount
from domain.claims.itemwise import FORMS, ORDER, Tallied, concluded
from domain.claims.judging import Item, Judged, compared_values, composed
from domain.claims.language import Budgeted, Compare, NotTestable, RootOf
from domain.claims.mentions import leaves, predicate_of
from domain.claims.predicates import Initiated
from domain.claims.terms import Value
from domain.claims.verdicts import OF_TRUTH, Finding, Method, Possible, Verdict
from domain.reading import GrievancePolicy
from domain.truth import Truth
from ledger.projections import bundles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from domain.claims.language import Test

NAME: Final = "verdicts"
POLICIES: Final = tuple(GrievancePolicy)
ANSWERS: Final = "answers"
OPEN: Final = "open"
TERMS: Final = ("left", "right")

Stored = dict[str, Any]


def row_key(dispute: str, claim: str, number: int, basis: str, account: str) -> str:
    """Return the key of a test's row in an account."""
    return f"{dispute}/{claim}/{number}/{basis}/{account}"


def asks_who_began(form: Test) -> bool:
    """Whether the grievance policy can matter to a test that is made of no others."""
    return isinstance(form, RootOf) or isinstance(predicate_of(form), Initiated)


def policies_of(form: Test) -> tuple[GrievancePolicy, ...]:
    """Return the policies under which a test is looked at: one, where none can matter to it."""
    return POLICIES if asks_who_began(form) else POLICIES[:1]


def place_of(policy: GrievancePolicy, among: Sequence[object]) -> int:
    """Return where what holds under a policy stands among values of `policies_of`."""
    return POLICIES.index(policy) if len(among) > 1 else 0


def stored_items(items: Sequence[Tallied]) -> Stored:
    """Return the state of a test that goes item by item: counts under each policy."""
    counts = [[one.true, one.false, one.undetermined] for one in items]
    return {"certain": items[0].certain, "items": counts}


def restored_items(state: Stored) -> list[Tallied]:
    """Make the counts under each policy again."""
    certain = state["certain"]
    return [
        Tallied(true, false, undetermined, certain) for true, false, undetermined in state["items"]
    ]


def stored_whole(found: Sequence[Judged]) -> Stored:
    """Return the state of a test that is judged as a whole, under each policy."""
    return {
        "whole": [
            {
                "value": one.value,
                "items": [[item.action, item.value] for item in one.items],
                "why": list(one.why),
            }
            for one in found
        ]
    }


def leaf_judged(form: Test, state: Stored, policy: GrievancePolicy) -> Judged:
    """Say what a test comes to by its stored state; without the items that have their own rows."""
    if isinstance(form, FORMS):
        counts = restored_items(state)
        return Judged(*concluded(form, counts[place_of(policy, counts)]))
    if isinstance(form, Compare):
        return compared_values(form, *(_value(state[name]) for name in TERMS))
    whole = state["whole"][place_of(policy, state["whole"])]
    items = tuple(Item(action, Truth(value)) for action, value in whole["items"])
    return Judged(Truth(whole["value"]), items=items, why=tuple(whole["why"]))


def _value(state: Stored) -> Value:
    lo, hi, unknown = state["amount"] or (None, None, 0)
    return Value(None if lo is None else Amount(lo, hi, unknown), state["why"])


def extent_amount(extent: bundles.Sum) -> Amount:
    """Return what extents of bundles come to, their least parts and their most parts summed."""
    hi = None if extent.open_ends else extent.hi
    return Amount(extent.lo, hi, 0 if extent.lo == hi else extent.unknown)


def stored_value(value: Value) -> Stored:
    """Return what a term comes to as plain data."""
    held = value.amount
    amount = None if held is None else [held.lo, held.hi, held.unknown_parts]
    return {"amount": amount, "why": value.why}


def summary_row(test: Test, states: Sequence[Stored]) -> Stored:
    """Return the row of a test in one account: what its states come to, under each policy."""
    return {"leaves": list(states), "findings": findings_of(test, states)}


def findings_of(test: Test, states: Sequence[Stored]) -> Stored:
    """Return what the states of its leaves make of a test, under each policy."""
    forms = tuple(leaves(test))

    def under(policy: GrievancePolicy) -> Stored:
        pairs = zip(forms, states, strict=True)
        given = iter([leaf_judged(form, state, policy) for form, state in pairs])
        return stored_finding(test, composed(test, lambda _: next(given)))

    if any(map(asks_who_began, forms)):
        return {policy: under(policy) for policy in POLICIES}
    return dict.fromkeys(POLICIES, under(POLICIES[0]))


def stored_finding(test: Test, judged: Judged) -> Stored:
    """Return what a test comes to in one account as plain data, apart from its items."""
    if isinstance(test, NotTestable):
        verdict, method = Verdict.NOT_TESTABLE, Method.DECLARED
    else:
        verdict = OF_TRUTH[judged.value]
        method = Method.FLOW if isinstance(test, Budgeted) else Method.TRAVERSAL
    return {
        "verdict": verdict,
        "method": method,
        "value": judged.value,
        "vacuous": judged.is_vacuous,
        "why": list(judged.why),
    }


def restored_finding(
    test: Test,
    summary: Stored,
    policy: GrievancePolicy,
    items: Mapping[int, Sequence[tuple[str, Stored]]],
) -> Finding:
    """Make a finding again from its row, and from the items of each leaf in order of time."""
    found = summary["findings"][policy]
    why = tuple(found["why"])
    verdict, method = Verdict(found["verdict"]), Method(found["method"])
    if verdict is Verdict.NOT_TESTABLE:
        return Finding(verdict, method, why=why)
    forms = enumerate(zip(leaves(test), summary["leaves"], strict=True), start=1)
    given = iter(
        [_with_items(form, state, policy, items.get(leaf, ())) for leaf, (form, state) in forms]
    )
    shown = composed(test, lambda _: next(given)).items
    judged = Judged(Truth(found["value"]), found["vacuous"], shown, why)
    return Finding(verdict, method, judged, why=why)


def _with_items(
    form: Test, state: Stored, policy: GrievancePolicy, items: Iterable[tuple[str, Stored]]
) -> Judged:
    judged = leaf_judged(form, state, policy)
    if not isinstance(form, FORMS):
        return judged
    held = tuple(
        Item(action, Truth(row["is"][place_of(policy, row["is"])])) for action, row in items
    )
    return Judged(judged.value, judged.is_vacuous, held)


def restored_possible(summary: Stored, policy: GrievancePolicy) -> Finding | None:
    """Make a finding over mixed worlds again; None where ranks do not decide it."""
    found = summary["findings"][policy]
    if found is None:
        return None
    possible = Possible(*(truth in found["values"] for truth in Truth))
    return Finding(Verdict(found["verdict"]), Method(found["method"]), possible=possible)


def stored_possible(values: Iterable[Truth] | None) -> Stored | None:
    """Return the values that a test takes in some mixed world, and the verdict, as plain data."""
    if values is None:
        return None
    held = frozenset(values)
    possible = Possible(*(truth in held for truth in Truth))
    return {
        "verdict": possible.verdict(),
        "method": Method.EXTREMAL,
        "values": [truth for truth in ORDER if truth in held],
    }
