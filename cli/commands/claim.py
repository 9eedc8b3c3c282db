"""`reciprocity claim`: record what somebody said, and the test that says when it is true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.claim_options import FileOption, TextOption, text_given
from cli.options import DisputeOption, FormatOption, RecordedByOption, StoreOption
from cli.statement_options import ReasonOption
from cli.tables import Cell, Column, Table
from cli.values import (
    date_value,
    given_only,
    id_value,
    party_values,
    require_options,
    some_text,
    source_values,
)

if TYPE_CHECKING:
    from domain.claims.claim import Claim
    from ledger.facade import Ledger

Text = str | None
EXAMPLE = (
    "reciprocity claim add --speaker 'A minister' --on 2021-04-16 --words 'We answered in kind' "
    "--text 'every expulsion by RUS in 2021 answers anything in kind' "
    "--source 'Title | Publisher | date | address'"
)
COLUMNS = (
    Column("id"),
    Column("said_on"),
    Column("side"),
    Column("speaker"),
    Column("tests"),
    Column("withdrawn"),
    Column("words"),
)
ClaimArgument = Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id.")]


@dataclass(frozen=True, slots=True)
class ClaimOptions:
    """Who said what when."""

    speaker: Annotated[Text, typer.Option("--speaker", metavar="NAME", help="Who said it.")] = None
    on: Annotated[Text, typer.Option("--on", metavar="DATE", help="When it was said.")] = None
    words: Annotated[
        Text, typer.Option("--words", metavar="TEXT", help="What was said, in paraphrase.")
    ] = None
    side: Annotated[
        Text, typer.Option("--side", metavar="PARTY", help="For which party it was said.")
    ] = None
    role: Annotated[Text, typer.Option("--role", metavar="TEXT", help="In what office.")] = None
    quotation: Annotated[
        Text, typer.Option("--quotation", metavar="TEXT", help="The words themselves, if short.")
    ] = None
    label: Annotated[
        Text, typer.Option("--label", metavar="TEXT", help="How the test takes the words.")
    ] = None
    source: Annotated[
        list[str] | None,
        typer.Option(
            "--source",
            metavar="'TITLE | PUBLISHER | DATE | ADDRESS'",
            help="Where it stands; repeatable.",
        ),
    ] = None
    assessment: Annotated[
        Text, typer.Option("--assessment", metavar="TEXT", help="What you think of it yourself.")
    ] = None
    note: Annotated[
        Text, typer.Option("--note", metavar="TEXT", help="What a reader should know.")
    ] = None
    id: Annotated[
        Text, typer.Option("--id", metavar="ID", help="Its name; else made from party and date.")
    ] = None


def add(
    options: ClaimOptions,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
    dispute: DisputeOption = None,
    text: TextOption = None,
    file: FileOption = None,
) -> None:
    """Record what somebody said, with the test that says when it is true

    The test is in the claim language, on the command line or in a file. What it names must be
    there: actions, sides, parties, disputes. A sentence that can be taken in several ways comes in
    with all its tests by reciprocity import, from TOML.

    Examples:
        reciprocity claim add --speaker 'A minister' --side RUS --on 2021-04-16 --words 'We answered in kind' --text 'every expulsion by RUS in 2021 answers anything in kind' --source 'A speech | A paper | 2021-04-16'
        reciprocity claim add --help
    """  # noqa: E501 - an example is one line
    from cli.told import tell
    from ledger import open_ledger
    from ledger.adding import add_under
    from ledger.claimtext.parsing import parse_claim
    from ledger.ids import dated
    from ledger.lookups import dispute_meant

    needed = {
        "--speaker": options.speaker,
        "--on": options.on,
        "--words": options.words,
        "--source": options.source,
    }
    require_options("claim add", needed, EXAMPLE)
    test = parse_claim(text_given(text, file), "--file" if file else "--text")
    with open_ledger(store, by=recorded_by) as ledger:
        payload = _payload(ledger, options)
        payload["dispute"] = dispute_meant(ledger, dispute)
        stored = test.model_dump(mode="json", exclude_defaults=True)
        payload["variants"] = [given_only({"label": options.label, "test": stored})]
        base = f"c-{(options.side or 'claim').lower()}-{dated(options.on or '')}"
        tell(add_under(ledger, "claim_recorded", payload, base), format)


def _payload(ledger: Ledger, options: ClaimOptions) -> dict[str, Any]:
    from ledger.context import Context

    why = "a claim is what somebody said"
    side = party_values(
        [options.side] if options.side else [], "option --side", Context(ledger.application)
    )
    return given_only(
        {
            "id": id_value(options.id, "option --id", "reciprocity claim list")
            if options.id is not None
            else None,
            "side": side[0] if side else None,
            "speaker": some_text(options.speaker or "", "option --speaker", why),
            "role": options.role,
            "said_on": date_value(options.on or "", "option --on"),
            "words": some_text(options.words or "", "option --words", why),
            "quotation": options.quotation,
            "sources": source_values(options.source),
            "assessment": options.assessment,
            "note": options.note,
        }
    )


def list_all(store: StoreOption, format: FormatOption, dispute: DisputeOption = None) -> None:
    """List the claims of this ledger

    Withdrawn ones too, with the reason. What becomes of them: reciprocity audit.

    Examples:
        reciprocity claim list
        reciprocity claim list --dispute us-russia --format csv
    """
    from cli.output import emit
    from ledger import open_ledger
    from ledger.lookups import dispute_meant, subjects_of

    with open_ledger(store) as ledger:
        meant = dispute_meant(ledger, dispute) if dispute else None
        held = sorted(subjects_of(ledger).claims.values(), key=lambda claim: claim.position)
    rows = tuple(_row(claim) for claim in held if meant in {None, claim.recorded.dispute})
    emit(Table(COLUMNS, rows), format)


def _row(claim: Claim) -> dict[str, object]:
    recorded = claim.recorded
    return {
        "id": claim.id,
        "said_on": str(recorded.said_on),
        "side": recorded.side,
        "speaker": recorded.speaker,
        "tests": len(recorded.variants),
        "withdrawn": claim.withdrawn,
        "words": recorded.words,
    }


def show(claim: ClaimArgument, store: StoreOption, format: FormatOption) -> None:
    """Show one claim: who said it, where it stands, and its tests

    Examples:
        reciprocity claim show c-a01
        reciprocity claim show c-a02 --format json
    """
    from cli.answers.claim import answer_of
    from cli.parts import emit_answer
    from ledger import open_ledger
    from ledger.answers.audits import claim_of

    with open_ledger(store) as ledger:
        emit_answer(answer_of(claim_of(ledger, claim)), format)


def explain(
    store: StoreOption,
    format: FormatOption,
    claim: Annotated[
        str | None,
        typer.Argument(metavar="[CLAIM|'TEXT']", help="A claim, or a text of the language."),
    ] = None,
    text: TextOption = None,
    file: FileOption = None,
) -> None:
    """Explain a claim: its tests in plain English, and in the claim language

    Of a text, whether it can be read and what it then means; nothing is recorded, and what it names
    need not be there.

    Examples:
        reciprocity claim explain c-a01
        reciprocity claim explain 'not exists expulsion by RUS in 2017'
        reciprocity claim explain 'every hostile action by RUS answers anything within 30 days'
    """
    from cli.output import emit
    from ledger import open_ledger
    from ledger.answers.audits import claim_of
    from ledger.claimtext.parsing import parse_claim

    if claim is None or any(map(str.isspace, claim.strip())):
        said = claim if claim is not None else text_given(text, file)
        tests = [("", parse_claim(said))]
    else:
        with open_ledger(store) as ledger:
            tests = [(one.label, one.test) for one in claim_of(ledger, claim).recorded.variants]
    emit(Table(TESTS, tuple(_test(*one) for one in tests)), format)


TESTS = (Column("label"), Column("plain", "in plain English"), Column("text", "claim language"))


def _test(label: str, test: Any) -> dict[str, object]:  # noqa: ANN401  loaded when it is called
    from domain.claims.plain import in_words
    from ledger.claimtext.printing import claim_text

    return {
        "label": label,
        "plain": in_words(test),
        "text": Cell(claim_text(test), claim_text(test)),
    }


def withdraw(
    claim: ClaimArgument,
    reason: ReasonOption,
    store: StoreOption,
    recorded_by: RecordedByOption,
    format: FormatOption,
) -> None:
    """Withdraw a claim that should not be audited

    It stays in the history with the reason, and its id stays taken. reciprocity undo takes the
    withdrawal back, as long as nothing else was recorded since.

    Examples:
        reciprocity claim withdraw c-a25 --reason 'said by somebody else'
        reciprocity claim withdraw c-a25 --reason 'said by somebody else' --format json
    """
    from cli.told import tell
    from domain.claims.claim import ClaimWithdrawn
    from ledger import open_ledger

    some_text(reason, "option --reason", "those who read the history must know why")
    with open_ledger(store, by=recorded_by) as ledger:
        name = id_value(claim, "argument CLAIM", "reciprocity claim list")
        tell(ledger.record(ClaimWithdrawn(claim=name, reason=reason)), format)
