"""Nothing in the project speaks of the machine it was written on, or leaves work undone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, plant, project_files

# Put together from pieces, so that this file does not hold what it forbids.
PLACES = "work|home|root|Users|private/var"
FORBIDDEN = {
    "a path of one machine": re.compile(rf"(?<![\w./:~}}-])/(?:{PLACES})/\w|[A-Z]:\\Users\\"),
    "a folder beside the project": re.compile(r"\.\./" + "shared"),
    "a package registry": re.compile(
        "|".join(["py" + r"pi\.org", "python" + "hosted", "index" + "-url", "--find" + "-links"])
    ),
}
UNFINISHED = {
    "work left undone": re.compile(
        "# *(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + ")"
    ),
    "a test that does not run": re.compile(r"mark\.(" + "sk" + "ip|xf" + r"ail)\b"),
    "code hidden from coverage": re.compile("# *prag" + "ma: *no" + " cover"),
}
NO_SUCH_FILES = frozenset({"uv" + ".lock", "poetry" + ".lock"})


def complaints(root: Path) -> list[str]:
    found = []
    for path in project_files(root):
        name = path.relative_to(root).as_posix()
        if path.name in NO_SUCH_FILES:
            found.append(f"{name}: a lock file that names registries")
        text = path.read_text(encoding="utf-8", errors="replace")
        patterns = {**FORBIDDEN, **UNFINISHED} if path.suffix == ".py" else FORBIDDEN
        for what, pattern in patterns.items():
            found += [
                f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {what}"
                for hit in pattern.finditer(text)
            ]
    return found


def test_the_project_speaks_of_no_machine_and_leaves_nothing_undone() -> None:
    assert complaints(ROOT) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("see /wor" + "k/x", "a path of one machine"),
        ("open('/hom" + "e/me/x')", "a path of one machine"),
        (r"C:\Use" + r"rs\me", "a path of one machine"),
        ("../sha" + "red/history", "a folder beside the project"),
        ("--index" + "-url https://example.org", "a package registry"),
        ("https://py" + "pi.org/simple", "a package registry"),
        ("# TO" + "DO later", "work left undone"),
        ("@pytest.mark.sk" + "ip", "a test that does not run"),
        ("x = 1  # prag" + "ma: no" + " cover", "code hidden from coverage"),
    ],
)
def test_each_forbidden_word_is_found_in_its_line(tmp_path: Path, text: str, what: str) -> None:
    plant(tmp_path, "domain/x.py", f"fine\n{text}\n")
    assert complaints(tmp_path) == [f"domain/x.py:2: {what}"]


@pytest.mark.parametrize(
    "text", ["https://example.org/hom" + "e/page", "docs/roo" + "t/x", "$HOME/x"]
)
def test_addresses_and_relative_paths_are_no_machine_paths(tmp_path: Path, text: str) -> None:
    plant(tmp_path, "docs/x.md", text)
    assert complaints(tmp_path) == []


def test_a_lock_file_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "uv" + ".lock", "")
    assert len(complaints(tmp_path)) == 1
