from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from ledger import seeds


def test_every_name_listed_is_found() -> None:
    assert [seeds.seed(name).is_file() for name in seeds.seed_names()] == [True] * len(
        seeds.seed_names()
    )


@pytest.mark.parametrize("name", ["no-such.csv", "", ".", "../pyproject.toml", "/etc/hostname"])
def test_what_is_no_seed_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(seeds.SeedMissingError, match="no shipped file") as caught:
        seeds.seed(name)
    assert caught.value.why.startswith("there are: ")


def test_an_installed_package_reads_the_seeds_it_carries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "carried.csv").write_text("id\n", encoding="utf-8")
    monkeypatch.setattr(seeds, "INSTALLED", tmp_path)
    assert seeds.seed("carried.csv").read_text(encoding="utf-8") == "id\n"
    assert seeds.seed_names() == ("carried.csv",)


def test_a_wheel_carries_every_seed(tmp_path: Path) -> None:
    root = str(seeds.CHECKOUT.parent)
    built = next(WheelBuilder(root).build(directory=str(tmp_path), versions=["standard"]))
    with zipfile.ZipFile(built) as wheel:
        carried = {name for name in wheel.namelist() if name.startswith("ledger/_seeds/")}
    assert carried == {f"ledger/_seeds/{name}" for name in seeds.seed_names()}
