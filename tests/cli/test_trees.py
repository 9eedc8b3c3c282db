"""Branches are drawn so that every line hangs on its parent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cli.answers.trees import branches


def test_branches_stop_at_the_last_child() -> None:
    assert branches([0, 1, 2, 2, 1, 2, 0, 1]) == (
        "",
        "├─ ",
        "│  ├─ ",
        "│  └─ ",
        "└─ ",
        "   └─ ",
        "",
        "└─ ",
    )


def test_nothing_has_no_branches() -> None:
    assert branches([]) == ()


@given(st.lists(st.integers(0, 3), max_size=30))
def test_every_branch_is_as_wide_as_its_line_is_deep(steps: list[int]) -> None:
    depths: list[int] = []
    for step in steps:
        depths.append(min(step, depths[-1] + 1) if depths else 0)
    drawn = branches(depths)
    assert [len(branch) for branch in drawn] == [3 * depth for depth in depths]
    for number, branch in enumerate(drawn[:-1]):
        if branch.endswith("├─ "):
            later = depths[number + 1 :]
            assert depths[number] in later
