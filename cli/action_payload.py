"""From the options of `add` to the payload of an action, each value checked at its option."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cli.causes_options import CausesOptions, said_of
from cli.values import (
    at,
    date_value,
    given_only,
    id_value,
    party_values,
    quantity_value,
    require_options,
    source_values,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cli.action_options import ActionOptions
    from ledger.context import Context
    from ledger.facade import Ledger

EXAMPLE = (
    "reciprocity add expulsion --by USA --against RUS --on 2016-12-29 --quantity 35 "
    "--grievance election-interference@RUS --source 'Title | Publisher | date | address'"
)
NOT_STATED = "none_stated"
NO_ID = "leave --id out: one is made from actor, date and kind"


def payload_of(
    ledger: Ledger, kind: str, options: ActionOptions, causes: CausesOptions
) -> dict[str, Any]:
    """Return the payload of an action of this kind; `id` only where one was chosen.

    Raises MissingOptionError, the errors of causes, WhichDisputeError and those of single values.
    """
    from domain.kinds import kind as known_kind
    from ledger.context import Context
    from ledger.lookups import dispute_meant

    required = {
        "KIND": kind,
        "--by": options.by,
        "--against": options.against,
        "--on": options.on,
        "--source": options.source,
    }
    require_options("add", required, EXAMPLE)
    with at("argument KIND"):
        row = known_kind(kind)
    with at("option --dispute"):
        dispute = dispute_meant(ledger, options.dispute)
    context = Context(ledger.application)
    silent = {"--cause-not-stated": (options.cause_not_stated, NOT_STATED)}
    payload = {
        **_who_and_when(options, context),
        "cause": said_of(causes, silent, context),
        "sources": source_values(options.source),
        "dispute": dispute,
        **_links(options),
        **_words(options),
    }
    if options.quantity is not None or options.unit is not None:
        payload["quantity"] = quantity_value(options.quantity, options.unit, row.units)
    if options.family is row.family:
        del payload["family"]
    return payload


def _who_and_when(options: ActionOptions, context: Context) -> dict[str, Any]:
    dates = {"occurred": ("--on", options.on), "made_public": ("--public", options.public)}
    dates["effective"] = ("--effective", options.effective)
    return {
        "actors": party_values(options.by or (), "option --by", context),
        "targets": party_values(options.against or (), "option --against", context),
        **{
            field: date_value(text, f"option {flag}")
            for field, (flag, text) in dates.items()
            if text is not None
        },
    }


def _links(options: ActionOptions) -> dict[str, Any]:
    """The links, and the id where one was chosen."""
    chosen = {} if options.id is None else {"id": id_value(options.id, "option --id", NO_ID)}
    several: dict[str, tuple[str, Iterable[str] | None]] = {
        "executes": ("--executes", options.executes),
        "carries_out": ("--carries-out", options.carries_out),
        "same_as": ("--same-as", options.same_as),
        "reverses": ("--reverses", options.reverses),
    }
    return given_only(
        {
            **chosen,
            "part_of": options.part_of and id_value(options.part_of, "option --part-of"),
            **{
                field: [id_value(text, f"option {flag}") for text in texts or ()]
                for field, (flag, texts) in several.items()
            },
        }
    )


def _words(options: ActionOptions) -> dict[str, Any]:
    return given_only(
        {
            "family": options.family and options.family.value,
            "organ": options.organ and options.organ.value,
            "rung": options.rung,
            "description": options.description,
            "note": options.note,
            "confidence": options.confidence,
            "tags": options.tag,
        }
    )
