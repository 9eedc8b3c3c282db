"""A row of the CSV of accounts: one statement of one teller."""

from __future__ import annotations

import pytest

from domain.dates import parse_date
from domain.errors import LedgerError
from domain.records.accounts import Attributed, Basis, Stance
from ledger.imports.accounts_csv import COLUMNS, records_of_row
from tests.ledger.imports.desk import Desk, accounts, actions, cells, problem

pytestmark = pytest.mark.usefixtures("way")

STATED = {"account": "RUS", "action": "a", "causes": "unprovoked", "basis": "stated"}


def statement(**given: str) -> Attributed:
    row = {**STATED, **given}
    [found] = records_of_row({column: row.get(column, "") for column in COLUMNS}, "x.csv, line 2")
    assert isinstance(found, Attributed)
    return found


def test_a_row_holds_all_that_its_columns_say() -> None:
    found = statement(
        causes="b;ext:c@USA",
        stance="unjustified",
        stated_on="2020-01-02",
        quotation="«слова»",
        source="A page | A paper | 2020-01-02 | https://example.org || Another",
    )
    assert [str(cause) for cause in found.causes.causes] == ["b", "ext:c@USA"]
    assert (found.account, found.basis, found.stance) == ("RUS", Basis.STATED, Stance.UNJUSTIFIED)
    assert (found.stated_on, found.quotation) == (parse_date("2020-01-02"), "«слова»")
    assert [source.title for source in found.sources] == ["A page", "Another"]


@pytest.mark.parametrize("account", ["analyst:ada", "press:reuters", "rule:nearest", "CHN"])
def test_any_teller_may_have_an_account(account: str) -> None:
    assert statement(account=account).account == account


@pytest.mark.parametrize(
    ("given", "name", "column"),
    [
        ({"account": ""}, "TellerMissingError", "column account"),
        ({"action": ""}, "TellerMissingError", "column action"),
        ({"account": "Russia"}, "RecordInvalidError", ""),
        ({"causes": ""}, "CauseNotSaidError", "column causes"),
        ({"causes": "because"}, "BasisMissingError", ""),
        ({"basis": "inferred"}, "InferredIsNobodysWordError", ""),
        ({"basis": "heard"}, "WordNotKnownError", "column basis"),
        ({"stance": "cross"}, "WordNotKnownError", "column stance"),
        ({"stated_on": "2020-13"}, "DateDoesNotExistError", ""),
    ],
)
def test_what_is_wrong_with_a_row_is_named(given: dict[str, str], name: str, column: str) -> None:
    basis = {"basis": ""} if name == "BasisMissingError" else {}
    with pytest.raises(LedgerError) as caught:
        statement(**{**given, **basis})
    assert type(caught.value).__name__ == name
    assert column in caught.value.where


def test_an_account_of_an_action_that_nobody_recorded_is_refused(desk: Desk) -> None:
    report = desk.bring(desk.file("x.csv", accounts(STATED)))
    assert "x.csv, line 2" in problem(report, "UnknownActionError")


def test_any_number_of_tellers_come_in_and_come_in_again_as_the_same(desk: Desk) -> None:
    desk.bring(desk.file("a.csv", actions(cells("a"))))
    told = [{**STATED, "account": name} for name in ("RUS", "USA", "press:tass", "analyst:ada")]
    file = desk.file("x.csv", accounts(*told))
    assert [desk.bring(file).new, desk.bring(file).same] == [4, 4]
