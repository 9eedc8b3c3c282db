"""The page of the shipped claims is current, and says of each whether the compilers agree."""

from __future__ import annotations

import runpy
import tomllib

from tests.house.tree import ROOT

AGREEMENTS = {"agrees", "in part", "differs"}


def test_the_page_is_what_the_script_writes() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_claims_page.py"))["page"]()
    page = (ROOT / "docs" / "claims.md").read_text(encoding="utf-8")
    assert page == made, "run: python scripts/make_claims_page.py"


def test_every_shipped_claim_has_a_reason_and_no_other_has() -> None:
    claims = tomllib.loads((ROOT / "seeds" / "claims.toml").read_text(encoding="utf-8"))["claim"]
    path = ROOT / "docs" / "claims-reasons.toml"
    reasons = tomllib.loads(path.read_text(encoding="utf-8"))
    assert list(reasons) == [claim["id"] for claim in claims]
    assert {given["agreement"] for given in reasons.values()} <= AGREEMENTS
    assert all(given["reason"].endswith(".") for given in reasons.values())
