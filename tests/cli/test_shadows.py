"""A module of the same name that hides one of our packages is found, and so is one that we hide."""

from __future__ import annotations

from pathlib import Path

from cli.shadows import HOME, PACKAGES, Standing, advice, shadowed, standing

OURS = str(HOME)


def package(folder: Path, name: str) -> str:
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").touch()
    return str(folder / name)


def test_a_checkout_shadows_none_of_its_own() -> None:
    assert shadowed() == ()
    assert all(standing(name).used == str(HOME / name) for name in PACKAGES)


def test_a_package_earlier_on_the_path_hides_ours(tmp_path: Path) -> None:
    other = package(tmp_path, "ledger")
    path = [str(tmp_path), OURS]
    assert shadowed(path) == (Standing("ledger", other, (str(HOME / "ledger"),)),)


def test_a_plain_module_hides_ours_too(tmp_path: Path) -> None:
    (tmp_path / "cli.py").touch()
    (found,) = shadowed([str(tmp_path), OURS])
    assert (found.name, found.used) == ("cli", str(tmp_path / "cli.py"))


def test_one_that_we_hide_is_named_and_does_no_harm(tmp_path: Path) -> None:
    other = package(tmp_path, "domain")
    path = [OURS, str(tmp_path)]
    assert shadowed(path) == ()
    assert standing("domain", path) == Standing("domain", str(HOME / "domain"), (other,))


def test_a_package_that_is_nowhere_is_missing(tmp_path: Path) -> None:
    assert {found.used for found in shadowed([str(tmp_path)])} == {""}


def test_the_advice_names_the_culprit_and_a_command(tmp_path: Path) -> None:
    what, cure = advice(Standing("ledger", str(tmp_path / "ledger"), ()))
    assert str(tmp_path / "ledger") in what
    assert "python -m venv" in cure
    what, cure = advice(Standing("ledger", "", ()))
    assert "missing" in what
    assert "pip install" in cure
