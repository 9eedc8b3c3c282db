"""The pins fit the ranges of pyproject.toml, carry hashes, and are the same in both files."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT, plant

Pins = dict[str, set[str]]


def pins(path: Path) -> Pins:
    """Name -> the versions pinned: more than one where they differ by platform or Python."""
    found: Pins = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line[:1].isalnum():
            name, _, version = line.split()[0].partition("==")
            found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def without_hash(path: Path) -> list[str]:
    """Pins that are not followed by a hash: pip would refuse the whole file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    following = [*lines[1:], ""]
    pairs = zip(lines, following, strict=True)
    return [line for line, after in pairs if line[:1].isalnum() and "--hash=" not in after]


def misfits(ranges: list[str], pinned: Pins) -> list[str]:
    """Ranges without a pin, or with one outside them."""
    bad = []
    for text in ranges:
        wanted = Requirement(text)
        versions = pinned.get(canonicalize_name(wanted.name), set())
        if not versions or not all(wanted.specifier.contains(version) for version in versions):
            bad.append(text)
    return bad


def ranges() -> tuple[list[str], list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["project"]["dependencies"], settings["dependency-groups"]["dev"]


def test_every_range_has_a_pin_inside_it() -> None:
    product, development = ranges()
    assert misfits(product, pins(ROOT / "requirements.txt")) == []
    assert misfits(product + development, pins(ROOT / "requirements-dev.txt")) == []


def test_development_runs_on_the_versions_of_the_product() -> None:
    development = pins(ROOT / "requirements-dev.txt")
    product = pins(ROOT / "requirements.txt")
    assert {name: development.get(name) for name in product} == product


def test_every_pin_has_a_hash() -> None:
    assert without_hash(ROOT / "requirements.txt") == []
    assert without_hash(ROOT / "requirements-dev.txt") == []


def test_a_stale_or_missing_pin_and_one_without_hash_are_named(tmp_path: Path) -> None:
    text = "a-b==1.0 \\\n    --hash=sha256:00\nc==2 ; sys_platform == 'win32'\n"
    path = plant(tmp_path, "requirements.txt", text)
    assert pins(path) == {"a-b": {"1.0"}, "c": {"2"}}
    assert misfits(["A_b>=1", "c<2", "d"], pins(path)) == ["c<2", "d"]
    assert without_hash(path) == ["c==2 ; sys_platform == 'win32'"]
