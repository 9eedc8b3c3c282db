"""Worlds: what a world makes of what accounts hold, and which options mixed worlds have."""

from __future__ import annotations

from hypothesis import given

from domain.accounts import How
from domain.causes import ActionCause
from domain.history import History
from domain.reading import BasisOf, Reading, Silence
from domain.records.amendments import Retracted
from domain.records.base import Record
from domain.worlds import UnknownCause, World, default_panel, options, whole_account
from tests.making import DISPUTE, act, calls, make_history, said, two_sides
from tests.small_worlds import histories

INFERRED = Reading(bases=(BasisOf.WITH_INFERRED,))
NO_WORDS = Reading(words_as_causes=False)
THEIRS = act("theirs", "RUS", "USA", answers=[])


def world_of(*records: Record, account: str = "USA", reading: Reading | None = None) -> World:
    return whole_account(make_history(*records), DISPUTE, account, reading or Reading())


def causes(world: World, name: str = "own") -> list[str] | None:
    found = world.causes(name)
    return None if found is None else [str(node) for node in found]


def test_a_whole_account_believes_one_teller_throughout() -> None:
    records = (THEIRS, act("own", answers=["theirs"]), said("own", "RUS", "unprovoked"))
    assert causes(world_of(*records)) == ["theirs"]
    assert causes(world_of(*records, account="RUS")) == []


def test_the_first_basis_of_a_reading_counts() -> None:
    records = (THEIRS, act("own", answers=["theirs"]), said("own", "RUS", [], inferred=True))
    assert causes(world_of(*records, account="RUS")) == ["theirs"]
    assert causes(world_of(*records, account="RUS", reading=INFERRED)) == []


def test_an_impossible_option_is_undetermined_in_its_own_account() -> None:
    world = world_of(
        act("later", "RUS", "USA", on="2021"), act("own", answers=["later", "act:x@RUS"])
    )
    assert world.causes("own") is None
    assert world.option("own").impossible


def test_a_retracted_or_missing_cause_is_unknown() -> None:
    world = world_of(
        THEIRS, act("own", answers=["theirs", "nowhere"]), Retracted(action="theirs", reason="x")
    )
    assert world.causes("own") == (UnknownCause("nowhere"), UnknownCause("theirs"))


def test_words_that_cannot_be_causes_give_way_to_their_own() -> None:
    records = (
        THEIRS,
        act("protest", kind="protest", answers=["theirs"]),
        act("threat", kind="threat", answers=["protest", "ext:wrong@RUS"]),
        act("own", answers=["threat"]),
    )
    assert causes(world_of(*records)) == ["threat"]
    assert causes(world_of(*records, reading=NO_WORDS)) == ["theirs", "ext:wrong@RUS"]


def test_silent_words_that_cannot_be_causes_leave_an_unknown() -> None:
    records = (act("threat", kind="threat"), act("own", answers=["threat"]))
    assert world_of(*records, reading=NO_WORDS).causes("own") == (UnknownCause("threat"),)


def test_words_that_answer_nothing_leave_nothing() -> None:
    records = (act("threat", kind="threat", answers=[]), act("own", answers=["threat"]))
    assert causes(world_of(*records, reading=NO_WORDS)) == []


def test_words_that_answer_each_other_come_to_an_end() -> None:
    records = (
        act("one", kind="protest", answers=["two"]),
        act("two", kind="protest", answers=["one", "theirs"]),
        act("own", answers=["one", "two"]),
        THEIRS,
    )
    world = world_of(*records, reading=NO_WORDS)
    assert causes(world) == ["theirs"]
    assert causes(world, "one") == ["theirs"]


def test_ten_thousand_words_in_a_row_are_passed_over_without_going_deep() -> None:
    words = [act("w0", kind="protest", answers=["theirs"])]
    words += [act(f"w{n}", kind="protest", answers=[f"w{n - 1}"]) for n in range(1, 10_000)]
    world = world_of(THEIRS, *words, act("own", answers=["w9999"]), reading=NO_WORDS)
    assert causes(world) == ["theirs"]


def test_whether_something_is_words_is_said_by_the_teller_whose_kinds_count() -> None:
    records = (
        act("step", "RUS", "USA", answers=["act:x@USA"]),
        calls("step", "USA", kind="protest"),
        act("own", answers=["step"]),
    )
    assert causes(world_of(*records, reading=NO_WORDS)) == ["step"]
    theirs = Reading(words_as_causes=False, kinds_by="USA")
    assert causes(world_of(*records, reading=theirs)) == ["act:x@USA"]


def test_the_panel_is_by_default_the_parties_of_the_declared_sides() -> None:
    history = make_history(two_sides(DISPUTE, West=["USA", "GBR"], RUS=["RUS"]), THEIRS)
    assert default_panel(history, DISPUTE) == ("USA", "GBR", "RUS")


def mixed(
    *records: Record, reading: Reading | None = None, panel: tuple[str, ...] = ("USA", "RUS")
) -> list[list[str] | None]:
    history = make_history(*records)
    found = options(history, DISPUTE, history.dossiers["own"], panel, reading or Reading())
    return [
        None if option.causes is None else [str(cause) for cause in option.causes]
        for option in found
    ]


def test_a_mixed_world_may_take_each_cause_from_any_teller() -> None:
    records = (THEIRS, act("own", answers=["theirs"]), said("own", "RUS", "unprovoked"))
    assert mixed(*records) == [["theirs"], []]


def test_equal_options_are_one() -> None:
    own = act("own", answers=["act:x@RUS", "ext:weather"])
    assert mixed(own, said("own", "RUS", ["ext:weather", "act:x@RUS"])) == [
        ["act:x@RUS", "ext:weather"]
    ]


def test_a_silent_actor_adds_undetermined_whoever_else_speaks() -> None:
    records = (act("own"), said("own", "RUS", []))
    assert mixed(*records) == [None, []]
    assert mixed(*records, panel=("RUS",)) == [[], None]


def test_a_silent_partner_of_an_actor_that_speaks_adds_nothing() -> None:
    own = act("own", ["USA", "GBR"], "RUS")
    spoken = said("own", "USA", ["act:a@RUS"])
    assert mixed(own, spoken, panel=("USA", "GBR", "RUS")) == [["act:a@RUS"]]


def test_whoever_is_silent_adds_undetermined_where_the_reading_says_so() -> None:
    reading = Reading(silence=Silence.UNDETERMINED)
    assert mixed(act("own", answers=[]), reading=reading) == [[], None]


def test_impossible_options_are_left_out_of_mixed_worlds() -> None:
    later = act("later", "POL", "USA", on="2021")
    assert mixed(later, act("own", answers=["later"]), said("own", "RUS", [])) == [[]]
    assert mixed(later, act("own", answers=["later"])) == [None]


@given(histories())
def test_each_whole_account_that_speaks_possibly_is_among_the_mixed(history: History) -> None:
    panel = default_panel(history, DISPUTE)
    for basis in BasisOf:
        reading = Reading(bases=(basis,))
        for dossier in history.in_dispute(DISPUTE):
            found = {it.causes for it in options(history, DISPUTE, dossier, panel, reading)}
            for account in panel:
                held = whole_account(history, DISPUTE, account, reading).option(dossier.id)
                assert held.impossible or held.causes in found


@given(histories())
def test_nothing_that_is_named_but_does_not_stand_is_ever_a_recorded_cause(
    history: History,
) -> None:
    world = whole_account(history, DISPUTE, "USA", INFERRED)
    for dossier in world.actions():
        for node in world.causes(dossier.id) or ():
            assert not isinstance(node, ActionCause) or history.standing(node.action)


def test_an_option_is_picked_once_and_remembered() -> None:
    world = world_of(act("own", answers=[]))
    assert world.option("own") is world.option("own")
    assert world.option("own").how is How.OWN
