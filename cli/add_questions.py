"""The questions of `add`, in the order they are asked, one row a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cli.action_options import RUNG_MAX, RUNG_MIN, ActionOptions, Organ
from cli.asking import Answers, Question, agree
from cli.causes_options import CausesOptions, said_of
from cli.values import date_value, id_value, party_values, quantity_value, source_values
from domain.errors import InputError, require
from domain.kinds import KINDS, Family, Kind, kind
from domain.nearest import did_you_mean

if TYPE_CHECKING:
    from ledger.context import Context

NOTHING = "nothing"
NOT_STATED = "not-stated"
NOT_STATED_SPELLINGS = frozenset({NOT_STATED, "not stated", "none_stated"})
BETWEEN_SOURCES = " || "
MORE = "more"
RUNGS = tuple(str(number) for number in range(RUNG_MIN, RUNG_MAX + 1))

FURTHER = (
    ("public", "When it was made public"),
    ("effective", "When it took effect"),
    ("part-of", "The bigger package it is a step of, its id"),
    ("executes", "The actor's own threats it carries out, their ids"),
    ("carries-out", "The other party's measures it implements, their ids"),
    ("same-as", "Other records of the same act, their ids"),
    ("reverses", "What it undoes, the ids"),
    ("tag", "Words to find it by"),
    ("organ", "Which organ acted"),
    ("family", "The field it belongs to, where not its kind's"),
    ("confidence", "How sure the record is, a word"),
    ("note", "What a reader should know"),
)
"""Fields that most actions do without, each with its question."""

DATES = frozenset({"public", "effective"})
LINKS = frozenset({"part-of", "executes", "carries-out", "same-as", "reverses"})
SEVERAL = frozenset({"executes", "carries-out", "same-as", "reverses", "tag"})
CHOICES = {"organ": tuple(Organ), "family": tuple(Family)}


class NoSuchChoiceError(InputError):
    """The answer is none of those that fit."""


class Known:
    """What the ledger holds that an answer may name."""

    def __init__(
        self,
        context: Context,
        *,
        actions: Sequence[str],
        parties: Sequence[str],
        disputes: Sequence[str],
    ) -> None:
        self.context = context
        self.actions = actions
        self.parties = parties
        self.disputes = disputes

    def check_party(self, text: str, _answers: Answers) -> None:
        """Refuse a list with an unknown party."""
        party_values(several(text), "this answer", self.context)

    def check_action(self, text: str, _answers: Answers) -> None:
        """Refuse a list with an action that is not recorded."""
        for action in several(text):
            among(id_value(action, "this answer"), self.actions)

    def check_cause(self, text: str, _answers: Answers) -> None:
        """Refuse what does not say what an action answers."""
        causes, is_silent = causes_in(text)
        said_of(causes, {NOT_STATED: (is_silent, NOT_STATED)}, self.context)
        for action in causes.answers or ():
            among(action, self.actions)


def several(text: str) -> list[str]:
    """Part a list of words, with spaces, commas or semicolons between them."""
    return text.replace(",", " ").replace(";", " ").split()


def among(answer: str, choices: Sequence[str]) -> None:
    """Refuse an answer that is none of the choices; raise NoSuchChoiceError."""
    require(
        answer in choices,
        NoSuchChoiceError(
            f"there is no {answer!r} to choose", why=did_you_mean(answer, choices), hint="? lists"
        ),
    )


def row_of(answers: Answers) -> Kind:
    """Give the row of the kind that was answered."""
    return kind(answers["kind"])


def must_be_counted(answers: Answers) -> bool:
    """Say whether an action of this kind has a number, known or not."""
    from domain.records.registry import action_class

    return action_class(answers["kind"]).model_fields["quantity"].is_required()


def check_quantity(text: str, answers: Answers) -> None:
    """Refuse what is no number; how many are too many depends on the unit, asked next."""
    from domain.quantities import parse_amount

    parse_amount(text)
    if len(row_of(answers).units) == 1:
        quantity_value(text, None, row_of(answers).units)


def check_unit(text: str, answers: Answers) -> None:
    """Refuse a unit in which the kind is not counted, and a number absurd in it."""
    among(text, row_of(answers).units)
    quantity_value(answers["quantity"], text, ())


def check_kind(text: str, _answers: Answers) -> None:
    """Refuse an unknown kind."""
    kind(text)


def check_id(text: str, _answers: Answers) -> None:
    """Refuse what cannot be an id."""
    id_value(text, "this answer")


def check_more(text: str, _answers: Answers) -> None:
    """Refuse a list with what is no further field."""
    for name in several(text):
        among(name, FURTHER_NAMES)


def check_date(text: str, _answers: Answers) -> None:
    """Refuse what is no date of the ledger."""
    date_value(text, "this answer")


def check_source(text: str, _answers: Answers) -> None:
    """Refuse a source without a title."""
    source_values(text.split(BETWEEN_SOURCES), "this answer")


def causes_in(text: str) -> tuple[CausesOptions, bool]:
    """Read an answer about causes: the options it stands for, and whether nothing was stated."""
    if text in NOT_STATED_SPELLINGS:
        return CausesOptions(), True
    if text == NOTHING:
        return CausesOptions(answers_nothing=True), False
    parts = several(text)
    return CausesOptions(
        answers=[part for part in parts if ":" not in part],
        answers_outside=[part for part in parts if part.startswith("act:")],
        grievance=[part for part in parts if ":" in part and not part.startswith("act:")],
    ), False


def of(choices: Sequence[str]) -> Callable[[Answers], Sequence[str]]:
    """Offer these choices whatever was answered before."""
    return lambda _answers: choices


def one_of(choices: Sequence[str]) -> Callable[[str, Answers], None]:
    """Take only an answer that is among these."""
    return lambda text, _answers: among(text, choices)


def optional(_answers: Answers) -> bool:
    """Let a question be left open."""
    return False


def questions(known: Known, *, ask_dispute: bool) -> tuple[Question, ...]:
    """Give the questions of `add` for a ledger that holds what is known."""
    causes = (*known.actions, NOTHING, NOT_STATED)
    parties = of(known.parties)
    return (
        Question("kind", "What sort of action", check_kind, of(KIND_NAMES)),
        Question("by", "Who acted, by party code", known.check_party, parties),
        Question("against", "On whom", known.check_party, parties),
        Question("on", "When (2016-12-29, 2020-12, 2022-01~, a/b)", check_date),
        *counting(),
        Question(
            "rung",
            "How severe, 3 (a refusal) to 8 (breaking relations)",
            one_of(RUNGS),
            of(RUNGS),
            applies=lambda answers: answers["kind"] == "retaliation",
        ),
        Question(
            "cause",
            f"Causes are ids, act:SLUG@PARTY, ext:SLUG[@PARTY]; or {NOTHING}, or {NOT_STATED}.\n"
            "What it answers, as the actor said",
            known.check_cause,
            of(causes),
        ),
        Question("source", "Where it stands (Title | Publisher | date | address)", check_source),
        Question("description", "What was done, in a sentence", required=optional),
        Question(
            "dispute",
            "In which dispute",
            one_of(known.disputes),
            of(known.disputes),
            applies=lambda _: ask_dispute,
        ),
        Question(
            MORE, "More fields, or Enter for none", check_more, of(FURTHER_NAMES), required=optional
        ),
        *(further(name, text, known) for name, text in FURTHER),
        Question("id", "Its id, or Enter for one made from the rest", check_id, required=optional),
    )


def counting() -> tuple[Question, Question]:
    """Give the questions how many, and of what."""
    return (
        Question(
            "quantity",
            "How many (35, 24..55, >=79, unknown)",
            check_quantity,
            applies=lambda answers: bool(row_of(answers).units),
            required=must_be_counted,
        ),
        Question(
            "unit",
            "Of what",
            check_unit,
            lambda answers: row_of(answers).units,
            proposed=lambda answers: row_of(answers).units[0],
            applies=lambda answers: "quantity" in answers and len(row_of(answers).units) > 1,
        ),
    )


def further(name: str, text: str, known: Known) -> Question:
    """Make the question for a field that is asked only where it was named before."""
    check: Callable[[str, Answers], object] = agree
    choices: Sequence[str] = CHOICES.get(name, ())
    if name in DATES:
        check = check_date
    elif name in LINKS:
        check, choices = known.check_action, known.actions
    elif choices:
        check = one_of(choices)
    return Question(
        name,
        text,
        check,
        of(choices),
        applies=lambda answers: name in several(answers.get(MORE, "")),
        required=optional,
    )


KIND_NAMES = tuple(row.name for row in KINDS)
FURTHER_NAMES = tuple(name for name, _ in FURTHER)


def options_of(answers: Answers, dispute: str | None) -> tuple[ActionOptions, CausesOptions]:
    """Give the options that the answers stand for."""
    causes, is_silent = causes_in(answers["cause"])
    rest: dict[str, Any] = {
        name.replace("-", "_"): several(answers[name]) if name in SEVERAL else answers[name]
        for name in FURTHER_NAMES
        if name in answers and name not in CHOICES
    }
    options = ActionOptions(
        by=several(answers["by"]),
        against=several(answers["against"]),
        on=answers["on"],
        quantity=answers.get("quantity"),
        unit=answers.get("unit"),
        source=answers["source"].split(BETWEEN_SOURCES),
        cause_not_stated=is_silent,
        rung=int(answers["rung"]) if "rung" in answers else None,
        description=answers.get("description"),
        organ=Organ(answers["organ"]) if "organ" in answers else None,
        family=Family(answers["family"]) if "family" in answers else None,
        dispute=answers.get("dispute", dispute),
        id=answers.get("id"),
        **rest,
    )
    return options, causes
