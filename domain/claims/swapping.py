"""Swapping names: the same ledger and the same claim with parties called by each other's names."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, TypeAdapter

from domain.claims.language import Test
from domain.claims.verdicts import Question
from domain.dossiers import dump_dossier, restored_dossier
from domain.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.history import Dispute, History

Model = TypeVar("Model", bound=BaseModel)
TEST: TypeAdapter[Test] = TypeAdapter(Test)


def renamed(asked: Question, names: Mapping[str, str]) -> Question:
    """Return a question with party codes replaced everywhere: ledger, sides, reading and claim."""
    return replace(
        asked,
        history=_history(asked.history, names),
        reading=_model(asked.reading, names),
        test=TEST.validate_python(_data(TEST.dump_python(asked.test, mode="json"), names)),
    )


def _history(history: History, names: Mapping[str, str]) -> History:
    return replace(
        history,
        dossiers={
            name: restored_dossier(_mapping(dump_dossier(held), names))
            for name, held in history.dossiers.items()
        },
        disputes={name: _dispute(held, names) for name, held in history.disputes.items()},
        stocks={name: _model(seen, names) for name, seen in history.stocks.items()},
    )


def _dispute(held: Dispute, names: Mapping[str, str]) -> Dispute:
    sides = tuple(_model(side, names) for side in held.sides.sides)
    return replace(held, opened=_model(held.opened, names), sides=Sides(sides=sides))


def _model(held: Model, names: Mapping[str, str]) -> Model:
    return type(held).model_validate(_data(held.model_dump(mode="json"), names))


def _mapping(data: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    return {key: _data(value, names) for key, value in data.items()}


def _data(value: object, names: Mapping[str, str]) -> object:
    """Replace codes in all text, also where one is part of a cause or of an analyst's name."""
    if isinstance(value, dict):
        return _mapping(value, names)
    if isinstance(value, list):
        return [_data(item, names) for item in value]
    if not isinstance(value, str):
        return value
    codes = "|".join(map(re.escape, names))
    return re.sub(
        rf"(?<![A-Za-z0-9])({codes})(?![A-Za-z0-9])", lambda found: names[found[0]], value
    )
