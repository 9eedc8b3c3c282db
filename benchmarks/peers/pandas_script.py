"""A script on pandas, as a researcher writes it today: read a table, group it, walk its causes."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, Final

import pandas as pd

from benchmarks.measuring import Watch, serve
from benchmarks.peers.questions import (
    BORNE_BY_ACTOR,
    HOSTILE,
    NO_CAUSE,
    SILENT,
    TALLIED,
    UNDETERMINED,
)

Line = tuple[Any, ...]


def loaded(file: str, sides: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read both tables as text, and put each action and its target to their sides."""
    acts = pd.read_csv(file, dtype=str, keep_default_na=False)
    stands = pd.read_csv(sides, dtype=str, keep_default_na=False)
    side = dict(
        zip(zip(stands["dispute"], stands["party"], strict=True), stands["side"], strict=True)
    )
    acts["by_side"] = [
        side.get(key, key[1]) for key in zip(acts["dispute"], acts["actors"], strict=True)
    ]
    first = acts["targets"].str.split(";").str[0]
    acts["against"] = [side.get(key, key[1]) for key in zip(acts["dispute"], first, strict=True)]
    own = acts["kind"].isin(BORNE_BY_ACTOR)
    acts.loc[own, "against"] = acts.loc[own, "by_side"]
    return acts, stands


def tally(acts: pd.DataFrame, stands: pd.DataFrame) -> list[Line]:
    """Return the lines of the tally."""
    del stands
    counted = acts[acts["kind"].isin(TALLIED) & (acts["same_as"] == "")].copy()
    numbers = counted["quantity"].str.extract(r"^(?:>=)?(?P<lo>[0-9]+)?(?:\.\.)?(?P<hi>[0-9]+)?$")
    lo = pd.to_numeric(numbers["lo"])
    hi = pd.to_numeric(numbers["hi"]).fillna(lo)
    counted["least"] = lo.fillna(0).astype(int)
    counted["greatest"] = hi.where(~counted["quantity"].str.startswith(">=")).fillna(0).astype(int)
    counted["unknown"] = (counted["quantity"] == "unknown").astype(int)
    keys = ["dispute", "by_side", "against", "kind", "unit"]
    found = counted.groupby(keys, as_index=False).agg(
        actions=("id", "size"),
        least=("least", "sum"),
        greatest=("greatest", "sum"),
        unknown=("unknown", "sum"),
    )
    return sorted(found.itertuples(index=False, name=None))


def initiators(acts: pd.DataFrame, stands: pd.DataFrame) -> list[Line]:
    """Return how many hostile actions each account puts to whom, walking the file in order."""
    side = dict(
        zip(zip(stands["dispute"], stands["party"], strict=True), stands["side"], strict=True)
    )
    tellers = defaultdict(list)
    firsts = stands[stands["is_first"] == "1"]
    for dispute, party in zip(firsts["dispute"], firsts["party"], strict=True):
        tellers[dispute].append(party)
    put_to: dict[tuple[str, str], frozenset[str]] = {}
    found: Counter[tuple[str, str, str]] = Counter()
    columns = ("id", "dispute", "kind", "actors", "targets", "by_side", "actor_causes")
    told = ("target_causes", "target_basis")
    for row in zip(*(acts[name] for name in (*columns, *told)), strict=True):
        name, dispute, kind, actor, targets, by_side, own, other, basis = row
        for teller in tellers[dispute]:
            speaks = teller != actor and teller in targets.split(";") and basis == "stated"
            said = other if speaks and other not in SILENT else own
            who = frozenset(_put_to(said, teller, dispute, by_side, side, put_to))
            put_to[teller, name] = who
            if kind in HOSTILE:
                found[dispute, teller, "+".join(sorted(who))] += 1
    return sorted((*key, number) for key, number in found.items())


def _put_to(  # noqa: PLR0913, PLR0917  a script
    said: str,
    teller: str,
    dispute: str,
    by_side: str,
    side: dict[tuple[str, str], str],
    put_to: dict[tuple[str, str], frozenset[str]],
) -> set[str]:
    if said in SILENT:
        return {UNDETERMINED}
    causes = [] if said in NO_CAUSE else said.split(";")
    causes = [cause for cause in causes if not cause.startswith("ext:")]
    if not causes:
        return {by_side}
    found: set[str] = set()
    for cause in causes:
        if cause.startswith("act:"):
            party = cause.partition("@")[2]
            found.add(side.get((dispute, party), party))
        else:
            found |= put_to[teller, cause]
    return found


def timed(what: str, file: str, sides: str) -> dict[str, Any]:
    """Answer one of the questions; `loading` is the time for reading the tables."""
    loading, watch = Watch(), Watch()
    with loading.running():
        acts, stands = loaded(file, sides)
    with watch.running():
        found = QUESTIONS[what](acts, stands)
    return {"seconds": watch.seconds, "loading": loading.seconds, "lines": len(found)}


QUESTIONS: Final = {"tally": tally, "initiators": initiators}


if __name__ == "__main__":
    serve({"timed": timed})
