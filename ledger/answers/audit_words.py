"""An audit in words: each line of the matrix, what is conceded, and the crux in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from domain.causes import Grievance, OutsideCause
from domain.claims.plain_names import either, everyday_name, speaker_name
from domain.claims.verdicts import MIXED, Verdict
from domain.reading import BasisOf, GrievancePolicy
from domain.records.accounts import compilers_for
from domain.truth import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.accounts import Option
    from domain.causes import Cause
    from domain.claims.audit import AuditedTest, Cell, Concession, CruxUnder
    from domain.claims.crux import Change, Crux
    from domain.claims.verdicts import Finding

PUT_TO: Final = {
    GrievancePolicy.ACTOR: "who acts",
    GrievancePolicy.BLAMED: "who is blamed",
    GrievancePolicy.EXTERNAL: "nobody",
}
NO_MATTER: Final = "no matter"
NAMED_MAX: Final = 5
NOTHING_DECIDES: Final = "No recorded disagreement decides it."
NAMES_DECIDE: Final = (
    "No recorded disagreement over causes decides it; what the actions are called does."
)
MIXES: Final = {
    Verdict.SUPPORTED: "in every mix of accounts",
    Verdict.REFUTED: "in no mix of accounts",
    Verdict.CONTESTED: "in some mixes of accounts, not in others",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the matrix: an account on a basis, the policies under which it says the same."""

    account: str
    basis: BasisOf
    policies: tuple[GrievancePolicy, ...]
    finding: Finding


def lines_of(found: AuditedTest) -> tuple[Line, ...]:
    """Return the matrix, equal policies in one line, and with inferred only where it differs."""
    lines: list[Line] = []
    for account in dict.fromkeys(cell.account for cell in found.cells):
        mine = [cell for cell in found.cells if cell.account == account]
        bases = tuple(dict.fromkeys(cell.basis for cell in mine))
        for basis in bases if found.differs_by_basis(account) else bases[:1]:
            lines += _merged([cell for cell in mine if cell.basis is basis])
    return tuple(lines)


def _merged(cells: Sequence[Cell]) -> Iterator[Line]:
    outcomes: dict[tuple[object, ...], list[Cell]] = {}
    for cell in cells:
        outcomes.setdefault(cell.outcome(), []).append(cell)
    for same in outcomes.values():
        first = same[0]
        yield Line(first.account, first.basis, tuple(c.policy for c in same), first.finding)


def account_words(account: str, basis: BasisOf, bases: Iterable[BasisOf]) -> str:
    """Name an account for the matrix: "USA's account", "USA's, with inferred", "mixed"."""
    owner = MIXED if account == MIXED else f"{account}'s account"
    is_plain = basis is BasisOf.STATED_ONLY or len(tuple(bases)) == 1
    return owner if is_plain else f"{owner.removesuffix(' account')}, with inferred"


def policies_words(policies: Sequence[GrievancePolicy], every: Sequence[GrievancePolicy]) -> str:
    """Say to whom a grievance is put: "who acts", "who is blamed or nobody", "no matter"."""
    if len(policies) == len(every):
        return NO_MATTER
    return either(PUT_TO[policy] for policy in policies)


def stands_on(finding: Finding, most: int | None = NAMED_MAX) -> str:
    """Say on what a verdict stands: "fails on 5 of 15 steps: a, b, c"; `most` ids are named."""
    if finding.judged is None:
        return _of_mixes(finding)
    judged = finding.judged
    if judged.is_vacuous:
        return "nothing is selected, so there is nothing to hold or fail"
    said = []
    by_value = {
        value: [item.action for item in judged.items if item.value is value] for value in Truth
    }
    total = len(judged.items)
    if finding.verdict is Verdict.SUPPORTED and total:
        held = by_value[Truth.TRUE]
        is_all = len(held) == total
        said.append(
            f"holds on {of_words(len(held), total)}"
            if is_all
            else f"shown by {named(held, most)[2:]}"
        )
    failing, unknown = by_value[Truth.FALSE], by_value[Truth.UNDETERMINED]
    if finding.verdict is Verdict.REFUTED and failing:
        said.append(f"fails on {of_words(len(failing), total)}{named(failing, most)}")
    if finding.verdict is Verdict.UNSUPPORTED and unknown:
        said.append(f"not known on {of_words(len(unknown), total)}{named(unknown, most)}")
    return "; ".join([*said, *dict.fromkeys(finding.why)])


def of_words(count: int, total: int) -> str:
    """Say how many of how many steps: "2 of 5 steps", "all 5 steps", "the one step"."""
    if count == total:
        return f"all {total} steps" if total > 1 else "the one step"
    return f"{count} of {total} steps"


def named(ids: Sequence[str], most: int | None) -> str:
    """Name the first of some ids, after a colon."""
    kept = list(ids) if most is None or len(ids) <= most else list(ids[:most])
    more = len(ids) - len(kept)
    return f": {', '.join(kept)}" + (f" and {more} more" if more else "")


def _of_mixes(finding: Finding) -> str:
    possible = finding.possible
    if possible is None:
        return "; ".join(finding.why)
    said = MIXES.get(finding.verdict, "")
    if finding.verdict is Verdict.UNSUPPORTED:
        never = [
            word
            for word, is_so in (("true", possible.is_true), ("false", possible.is_false))
            if not is_so
        ]
        said = f"never {' and never '.join(never)}; not known in some mixes"
        if not possible.is_true and not possible.is_false:
            said = "not known in any mix"
    if finding.verdict is Verdict.NOT_DECIDED:
        said = _bounds(possible.is_true, possible.is_false)
    return "; ".join([part for part in (said, *finding.why) if part])


def _bounds(is_true: bool | None, is_false: bool | None) -> str:  # noqa: FBT001  two bounds
    words = {True: "found {} in some mix", False: "{} in none", None: "not known whether ever {}"}
    return ", ".join((words[is_true].format("true"), words[is_false].format("false")))


def conceded_words(found: AuditedTest, every: Sequence[GrievancePolicy]) -> tuple[str, ...]:
    """Say who concedes the claim, and whose own words refute it."""
    said = [_conceded("Conceded: {} holds{}.", held, every) for held in found.conceded]
    said += [_conceded("Self-refuted: {} fails{}.", held, every) for held in found.self_refuted]
    return tuple(said)


def _conceded(form: str, held: Concession, every: Sequence[GrievancePolicy]) -> str:
    """Say it of one account; silence of its own is told, for who is silent said nothing."""
    silent = ""
    if held.silent:
        silent = f", on {of_words(len(held.silent), len(held.steps))} by silence"
    where = _where_put(held.policies, every)
    return form.format(f"in {held.account}'s own account, as stated, it", f"{where}{silent}")


def _where_put(policies: Sequence[GrievancePolicy], every: Sequence[GrievancePolicy]) -> str:
    put = policies_words(policies, every)
    if put == NO_MATTER:
        return "" if len(every) == 1 else ", no matter to whom a grievance is put"
    return f" if a grievance is put to {put}"


@dataclass(frozen=True, slots=True)
class CruxWords:
    """One crux in words, with every (basis, policy) under which it is the same."""

    crux: Crux
    under: tuple[CruxUnder, ...]
    sentences: tuple[str, ...]


def crux_words(
    found: AuditedTest, bases: Sequence[BasisOf], every: Sequence[GrievancePolicy]
) -> tuple[CruxWords, ...]:
    """Return what the claim turns on, equal cruxes told once, the smallest first.

    Rule: docs/semantics.md#crux
    """
    if found.cruxes and not any(held.crux.ties or held.crux.why for held in found.cruxes):
        said = NAMES_DECIDE if _names_flip(found) else NOTHING_DECIDES
        return (CruxWords(found.cruxes[0].crux, found.cruxes, (said,)),)
    gathered: dict[tuple[object, ...], list[CruxUnder]] = {}
    for held in sorted(found.cruxes, key=_smallest_first):
        crux = held.crux
        after = crux.after if crux.ties else None
        key = (crux.account, crux.before, after, _ties_key(crux), crux.why)
        gathered.setdefault(key, []).append(held)
    return tuple(
        CruxWords(
            same[0].crux,
            tuple(same),
            _sentences(same, bases, every, _names_flip(found, same[0].crux.account)),
        )
        for same in gathered.values()
    )


def _names_flip(found: AuditedTest, account: str | None = None) -> bool:
    """Whether the other side's words for an action give another verdict."""
    return found.renamed is not None and found.renamed.flips(account)


def _smallest_first(held: CruxUnder) -> tuple[bool, int]:
    """Order cruxes: what is stated before what is inferred, what turns on least first."""
    robustness = held.crux.robustness
    return (robustness is None, robustness or 0)


def _ties_key(crux: Crux) -> tuple[object, ...]:
    return tuple(
        tuple((change.action, change.held.causes, change.instead.causes) for change in tie)
        for tie in crux.ties
    )


def _sentences(
    same: Sequence[CruxUnder],
    bases: Sequence[BasisOf],
    every: Sequence[GrievancePolicy],
    is_by_names: bool,  # noqa: FBT001  handed on as it was found
) -> tuple[str, ...]:
    crux = same[0].crux
    begins = (
        f"In {crux.account}'s account{under_words(same, bases, every)} it {_stands(crux.before)}"
    )
    if crux.why and not crux.ties:
        return (f"{begins}. What it turns on was not found: {crux.why}.",)
    if not crux.ties:
        return (f"{begins}. {_undecided(same, is_by_names)}",)
    first, *others = crux.ties
    if len(first) == 1:
        turns = "It turns" if crux.before is not Truth.UNDETERMINED else _whether_turns(crux.after)
        said = f"{turns} on one thing: {whether(first[0])}."
        return (f"{begins}. {said}", *_other_ones(others, crux))
    actions = [change.action for change in first]
    value = "hold" if crux.after is Truth.TRUE else "fail"
    said = f"It would {value} only if {len(first)} things were otherwise at once"
    return (f"{begins}. {said}{named(actions, None)}.", *_other_sets(others, crux))


def _whether_turns(after: Truth) -> str:
    return f"Whether it {'holds' if after is Truth.TRUE else 'fails'} turns"


def under_words(
    same: Sequence[CruxUnder | Cell], bases: Sequence[BasisOf], every: Sequence[GrievancePolicy]
) -> str:
    """Say under which basis and policies: nothing where it is the same under all."""
    by_basis: dict[BasisOf, list[GrievancePolicy]] = {}
    for held in same:
        policies = by_basis.setdefault(held.basis, [])
        policies += [held.policy] if held.policy not in policies else []
    sets = {tuple(policies) for policies in by_basis.values()}
    if len(sets) == 1:
        words = [_basis_words(tuple(by_basis), bases), _put_words(next(iter(sets)), every)]
        kept = ", ".join(word for word in words if word)
        return f" ({kept})" if kept else ""
    each = (
        ", ".join(filter(None, (_basis_words((basis,), bases), _put_words(policies, every))))
        for basis, policies in by_basis.items()
    )
    return f" ({'; '.join(each)})"


def _basis_words(held: Sequence[BasisOf], bases: Sequence[BasisOf]) -> str:
    if len(held) == len(bases):
        return ""
    return "as stated" if held[0] is BasisOf.STATED_ONLY else "with inferred words"


def _put_words(policies: Sequence[GrievancePolicy], every: Sequence[GrievancePolicy]) -> str:
    put = policies_words(policies, every)
    return "" if put == NO_MATTER else f"grievances put to {put}"


def _stands(value: Truth) -> str:
    return {Truth.TRUE: "holds", Truth.FALSE: "fails"}.get(value, "is undetermined")


def _undecided(same: Sequence[CruxUnder], is_by_names: bool) -> str:  # noqa: FBT001  as found
    """Say that nothing on record gives the claim another value, or one of two.

    Where what an action is called does, only disagreements over causes are spoken of.
    """
    afters = {held.crux.after for held in same}
    values = [
        word for value, word in ((Truth.TRUE, "hold"), (Truth.FALSE, "fail")) if value in afters
    ]
    about = " over causes" if is_by_names else ""
    return f"No recorded disagreement{about} makes it {either(values)}."


def _other_ones(others: Sequence[Sequence[Change]], crux: Crux) -> tuple[str, ...]:
    if not others:
        return ()
    ids = list(dict.fromkeys(change.action for tie in others for change in tie))
    more = "" if crux.is_complete else ", and more"
    them = f"Any one of {len(ids)} others" if len(ids) > 1 else "One other"
    return (f"{them} would do as well{named(ids, NAMED_MAX)}{more}.",)


def _other_sets(others: Sequence[Sequence[Change]], crux: Crux) -> tuple[str, ...]:
    if not others:
        return ()
    more = "" if crux.is_complete else " at least"
    return (f"There are{more} {len(others)} other sets of as many.",)


def whether(change: Change) -> str:
    """Say of one change: "whether X answered nothing, as Moscow says, or answered Y, as ..."."""
    return f"whether {change.action} {option_words(change.held)}, or {option_words(change.instead)}"


def option_words(held: Option) -> str:
    """Say what an option answers and on whose word: "answered nothing, as Moscow says".

    A party's own words are put in its capital's mouth; what analysts infer, and what follows from
    a silence alone, never are.
    """
    if held.causes is None:
        return f"answered what {_silent_words(held)}"
    said = either((_cause_words(cause) for cause in held.causes), "and") if held.causes else ""
    return f"answered {said or 'nothing'}, {_on_whose_word(held)}"


def _silent_words(held: Option) -> str:
    analysts_party = _analysts_party(held)
    if analysts_party is not None:
        return f"analysts leave open for {everyday_name(analysts_party)}"
    return f"{speaker_name(held.teller)} leaves open"


def _on_whose_word(held: Option) -> str:
    if held.silent:
        party = _compilers_party(held.silent)
        return f"if {speaker_name(party)}'s silence is no confession"
    analysts_party = _analysts_party(held)
    if analysts_party is not None:
        return f"as analysts infer for {everyday_name(analysts_party)}"
    return f"as {speaker_name(held.teller)} says"


def _analysts_party(held: Option) -> str | None:
    """Return the party that analysts infer for, where the words are theirs and not its own."""
    is_theirs = held.inferred or held.teller.startswith(compilers_for(""))
    return _compilers_party(held.teller) if is_theirs else None


def _compilers_party(account: str) -> str:
    return account.removeprefix(compilers_for(""))


def _cause_words(cause: Cause) -> str:
    if isinstance(cause, Grievance):
        blamed = f" (put to {everyday_name(cause.blamed)})" if cause.blamed else ""
        return f"{cause.slug.replace('-', ' ')}{blamed}"
    if isinstance(cause, OutsideCause):
        return f"{cause.slug.replace('-', ' ')} by {everyday_name(cause.party)}"
    return cause.action
