"""Every rule of docs/semantics.md is named by the function behind it, and no other rule is."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.tree import ROOT, docstrings, modules, plant

RULE = re.compile(r"docs/semantics\.md#([A-Za-z0-9_-]*)")
ANCHOR = re.compile(r'<a id="([^"]*)">')


def rules_named(root: Path) -> dict[str, str]:
    """Each anchor that a docstring of domain or ledger names, with the first file naming it."""
    named: dict[str, str] = {}
    for path in modules(root, ("domain", "ledger")):
        for text in docstrings(path):
            for anchor in RULE.findall(text):
                named.setdefault(anchor, str(path.relative_to(root)))
    return named


def anchors(root: Path) -> list[str]:
    return ANCHOR.findall((root / "docs" / "semantics.md").read_text(encoding="utf-8"))


def named_but_missing(root: Path) -> list[str]:
    there = set(anchors(root))
    return sorted(f"{file}: #{a}" for a, file in rules_named(root).items() if a not in there)


def written_but_unnamed(root: Path) -> list[str]:
    return sorted(set(anchors(root)) - set(rules_named(root)))


def written_twice(root: Path) -> list[str]:
    found = anchors(root)
    return sorted({anchor for anchor in found if found.count(anchor) > 1})


def test_every_rule_that_a_docstring_names_is_written() -> None:
    assert named_but_missing(ROOT) == []


def test_every_rule_that_is_written_is_named_by_the_function_behind_it() -> None:
    assert written_but_unnamed(ROOT) == []


def test_no_two_rules_share_an_anchor() -> None:
    assert written_twice(ROOT) == []


def test_the_rules_are_there_at_all() -> None:
    assert len(anchors(ROOT)) >= 20


def test_a_misspelt_rule_and_a_forgotten_one_are_both_found(tmp_path: Path) -> None:
    plant(tmp_path, "docs/semantics.md", '<a id="roles"></a>\n<a id="tally"></a> <a id="tally">\n')
    method = '    """Fold.\n\n    Rule: docs/semantics.md#rolls\n    """\n'
    plant(tmp_path, "domain/measures/a.py", f"class A:\n  def f(self):\n{method}")
    comment = "# Rule: docs/semantics.md#roles is named in a comment, which counts for nothing\n"
    plant(tmp_path, "ledger/b.py", comment)
    plant(tmp_path, "tests/c.py", '"""Rule: docs/semantics.md#tally"""\n')
    assert named_but_missing(tmp_path) == ["domain/measures/a.py: #rolls"]
    assert written_but_unnamed(tmp_path) == ["roles", "tally"]
    assert written_twice(tmp_path) == ["tally"]


def test_a_rule_named_under_a_field_counts(tmp_path: Path) -> None:
    field = 'class Kind:\n  rung: int\n  """Severity.\n\n  Rule: docs/semantics.md#rungs\n  """\n'
    plant(tmp_path, "domain/kinds.py", field)
    assert rules_named(tmp_path) == {"rungs": "domain/kinds.py"}


def test_a_rule_named_in_a_docstring_is_found_with_its_file(tmp_path: Path) -> None:
    plant(tmp_path, "docs/semantics.md", '<a id="two-times"></a>\n')
    plant(tmp_path, "domain/a.py", '"""Dates.\n\nRule: docs/semantics.md#two-times\n"""\n')
    assert rules_named(tmp_path) == {"two-times": "domain/a.py"}
    assert written_but_unnamed(tmp_path) == named_but_missing(tmp_path) == []
