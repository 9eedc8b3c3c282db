"""Reading a claim: from its text to its data form, or to an error that points at the place."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from domain.claims.nesting import NESTING_MAX, ClaimTooDeepError, too_deep
from domain.errors import LedgerError
from domain.kinds import UnknownKindError
from domain.quoting import quoted
from ledger.claimtext.errors import ClaimSyntaxError, MisreadError, Place, placed
from ledger.claimtext.expecting import expected, meant
from ledger.claimtext.grammar import parser
from ledger.claimtext.words import KIND_WORDS

if TYPE_CHECKING:
    from lark.exceptions import UnexpectedInput

    from domain.claims.language import Test

FOUND: Final = re.compile(r'"(?:[^"\\]|\\.)*"?|[\w.:@-]*[\w-]|.', re.DOTALL)
"""What is shown as found: a quoted text, a word, or a single character."""


def parse_claim(text: str, where: str = "") -> Test:
    """Read a claim in its text form.

    `where` says what the text is, such as "claim c-a01"; line and column are added to it.
    Raises ClaimSyntaxError, ClaimTooDeepError, ClaimNameError, UnknownKindError,
    UnknownFamilyError, UnknownUnitError, UnknownPartyError, CauseSyntaxError and what a date
    raises, each with the place, and with an excerpt that points at it.
    Rule: docs/semantics.md#claim-language
    """
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415 - takes a tenth of a second

    try:
        return _parsed(text)
    except MisreadError as misread:
        start = misread.token.start_pos or 0
        place = Place(text, start, misread.token.end_pos or start)
        raise placed(misread.error, place, where) from misread
    except UnexpectedInput as unexpected:
        raise _explained(text, unexpected, where) from unexpected
    except ClaimTooDeepError as error:
        raise error.located(where) from error


def _parsed(text: str) -> Test:
    """Parse token by token, so that too many brackets are refused where they stand."""
    reading = parser().parse_interactive(text)
    depth = 0
    last = None
    for last in reading.iter_parse():
        depth += {"_OPEN": 1, "_CLOSE": -1}.get(last.type, 0)
        if depth > NESTING_MAX:
            raise MisreadError(last, too_deep())
    made: Test = reading.feed_eof(last)  # type: ignore[no-untyped-call]
    return made


def _explained(text: str, unexpected: UnexpectedInput, where: str) -> LedgerError:
    """Say what was found where, and what was expected there."""
    start: int | None = unexpected.pos_in_stream
    if start is None or _is_at_end(unexpected):
        start = len(text.rstrip())
    accepted = _accepted_before(text, start)
    likely = meant(text[start:], accepted)
    word = FOUND.match(text, start)
    found = quoted(word[0]) if word else ""
    why = _why(likely, expected(accepted))
    error: LedgerError = ClaimSyntaxError(
        f"{found} cannot stand here" if word else "the claim breaks off", why=why
    )
    if likely and likely[0] in KIND_WORDS:
        error = UnknownKindError(f"there is no kind {found}", why=why)
    return placed(error, Place(text, start, word.end() if word else start), where)


def _is_at_end(unexpected: UnexpectedInput) -> bool:
    token: Any = getattr(unexpected, "token", None)
    return token is not None and token.type == "$END"


def _accepted_before(text: str, start: int) -> set[str]:
    """Return the terminals that may stand at a place: read again, and stop before it."""
    from lark.exceptions import UnexpectedInput  # noqa: PLC0415 - takes a tenth of a second

    reading = parser().parse_interactive(text)
    with suppress(UnexpectedInput):
        for token in reading.iter_parse():
            if (token.start_pos or 0) >= start:
                break
    accepted: set[str] = reading.accepts()  # type: ignore[no-untyped-call]
    return accepted


def _why(likely: tuple[str, ...], wanted: str) -> str:
    suggested = f"did you mean {' or '.join(likely)}? " if likely else ""
    return f"{suggested}expected here: {wanted}"
