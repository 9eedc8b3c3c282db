"""Invariant 5: double entry, and packages that count once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from domain.checks.broken import hold
from domain.measures.packages import AS_RECORDED, counted_of, package_total, package_trees
from domain.nets import Net
from domain.quantities import difference, total

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.history import History
    from domain.measures.tally import Tally, TallyLine
    from domain.reading import Reading


def check_double_entry(found: Tally, where: str) -> None:
    """5: each line has its mirror, nets are zero over all, no more stands than was imposed."""
    for lines in (found.lines, found.totals):
        by_key = {line.key: line for line in lines}
        cells: defaultdict[tuple[str, str, str], list[TallyLine]] = defaultdict(list)
        for line in lines:
            _check_line(line, by_key.get(line.key.mirrored()), where)
            cells[line.key.family, line.key.kind, line.key.unit].append(line)
        for cell, members in cells.items():
            _check_zero(members, f"{where}, {' '.join(cell)}")


def _check_line(line: TallyLine, mirror: TallyLine | None, where: str) -> None:
    key = line.key
    place = f"{where}, {key.by} against {key.against}, {key.family} {key.kind} {key.unit}"
    if mirror is None:
        hold(condition=False, number=5, what="a line has no mirror", where=place)
        return
    hold(line.imposed == mirror.suffered, 5, "a posting has one leg only", place)
    if line.imposed is None or line.suffered is None or line.in_force is not None:
        return
    is_own = key.by == key.against
    expected = Net(0, 0) if is_own else difference(line.imposed, line.suffered)
    hold(line.net == expected, 5, "net is not imposed less suffered", place)
    stands = line.outstanding
    if stands is not None:
        most = line.imposed.hi
        bounded = most is None or (stands.hi is not None and stands.hi <= most)
        hold(stands.lo >= 0, 5, "outstanding is below zero", place)
        hold(bounded, 5, "more is outstanding than was imposed", place)


def _check_zero(lines: Sequence[TallyLine], where: str) -> None:
    nets = [line.net for line in lines if line.net is not None]
    over_all = sum(nets, Net(0, 0))
    hold(over_all.contains(0), 5, "net over all sides is not zero", where, over_all.words())
    imposed = total(line.imposed for line in lines if line.imposed is not None)
    suffered = total(line.suffered for line in lines if line.suffered is not None)
    hold(imposed == suffered, 5, "imposed is not what was suffered", where)


def check_packages(
    history: History, sum_of: Callable[..., Any] = package_total, reading: Reading = AS_RECORDED
) -> None:
    """5: a package and all its parts that are like it never come to more than its known whole."""
    members = {}
    for name, dossier in history.dossiers.items():
        member = counted_of(dossier, reading) if dossier.stands else None
        if member is not None:
            members[name] = member
    trees: defaultdict[str, list[str]] = defaultdict(list)
    for name, outermost in package_trees(history, members.values(), reading).items():
        trees[outermost].append(name)
    for outermost, names in trees.items():
        whole = members[outermost].amount if outermost in members else None
        if whole is None or whole.hi is None:
            continue
        held = [members[name] for name in names]
        for counted in (held, [member for member in held if member.id != outermost]):
            sums = sum_of(history, counted, reading).amount
            hold(
                sums.hi is not None and sums.hi <= whole.hi,
                5,
                f"the package counts {sums.words()}, its whole is {whole.words()}",
                f"package {outermost}",
            )
