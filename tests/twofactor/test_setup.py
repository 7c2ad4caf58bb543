"""The guided set-up: its order, its promises, and that nothing leads astray."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secassist.base.errors import SecassistError, UnusableCall, UnusableInput
from secassist.twofactor import setup as guide
from secassist.twofactor.account import Account, Kind
from secassist.twofactor.setup import Cause, Remark, Setup, Step

ACCOUNT = Account(secret=b"12345678901234567890", issuer="GitHub", name="anna")
OTHER = Account(secret=b"another-secret-here!", issuer="GitHub", name="anna")


def at_picture() -> Setup:
    return guide.found_it(guide.choose_site(guide.start(), "GitHub", "github.com"))


def at_try() -> Setup:
    return guide.saved(guide.read_in(at_picture(), ACCOUNT, fits_site=True))


def test_the_straight_way() -> None:
    setup = at_try()
    assert (setup.step, setup.account_id, setup.account) == (Step.TRY, ACCOUNT.id, None)
    setup = guide.spare_codes_kept(guide.taken(setup))
    assert setup.step is Step.PRIVATE_WINDOW
    assert guide.finish(setup).step is Step.DONE


def test_no_code_before_it_is_saved() -> None:
    for setup in (
        guide.start(),
        at_picture(),
        guide.read_in(at_picture(), ACCOUNT, fits_site=True),
    ):
        assert not setup.is_saved
        with pytest.raises(UnusableCall):
            guide.taken(setup)
    with pytest.raises(UnusableCall):
        guide.saved(at_picture())


def test_the_tree_of_causes_ends_with_a_new_start() -> None:
    setup = at_try()
    causes = []
    for _ in range(5):
        setup = guide.refused(setup)
        causes.append(setup.cause)
        setup = guide.try_again(setup)
    assert causes == [*Cause, Cause.START_AGAIN]


def test_a_new_picture_keeps_the_old_account_until_the_new_one_is_taken() -> None:
    setup = guide.new_picture(guide.refused(at_try()))
    assert (setup.step, setup.account_id) == (Step.PICTURE, ACCOUNT.id)
    setup = guide.saved(guide.read_in(setup, OTHER, fits_site=True))
    assert (setup.account_id, setup.replaced) == (OTHER.id, (ACCOUNT.id,))
    assert guide.taken(setup).replaced == ()


@pytest.mark.parametrize(
    ("account", "oddities", "fits", "existing", "remark"),
    [
        (ACCOUNT, (), False, (), Remark.OTHER_ISSUER),
        (ACCOUNT, ("issuer-differs",), True, (), Remark.LABEL_DIFFERS),
        (ACCOUNT, ("no-issuer",), True, (), Remark.NO_ISSUER),
        (ACCOUNT, (), True, (ACCOUNT,), Remark.DUPLICATE),
        (ACCOUNT, (), True, (Account(secret=ACCOUNT.secret),), Remark.SAME_CODES),
        (Account(secret=b"short"), (), True, (), Remark.WEAK),
        (Account(secret=b"x" * 20, kind=Kind.HOTP), (), True, (), Remark.COUNTER),
        (Account(secret=b"x" * 20, digits=7), (), True, (), Remark.UNUSUAL),
        (Account(secret=b"x" * 20, period=15), (), True, (), Remark.UNUSUAL),
    ],
)
def test_remarks(
    account: Account,
    oddities: tuple[str, ...],
    fits: bool,
    existing: tuple[Account, ...],
    remark: Remark,
) -> None:
    setup = guide.read_in(
        at_picture(), account, oddities=oddities, fits_site=fits, existing=existing
    )
    assert setup.remarks == (remark,)
    assert guide.saved(setup).step is Step.TRY


def test_the_same_picture_once_more_replaces_nothing() -> None:
    setup = guide.new_picture(guide.refused(at_try()))
    setup = guide.saved(guide.read_in(setup, ACCOUNT, fits_site=True))
    assert (setup.account_id, setup.replaced) == (ACCOUNT.id, ())


def test_an_account_without_issuer_is_called_after_the_site() -> None:
    setup = guide.read_in(at_picture(), Account(secret=b"x" * 20), fits_site=True)
    assert setup.account is not None
    assert setup.account.issuer == "GitHub"


MOVES: list[Callable[[Setup], Setup]] = [
    lambda s: guide.choose_site(s, "GitHub", "github.com"),
    lambda s: guide.choose_site(s, "My club"),
    guide.found_it,
    lambda s: guide.read_in(s, ACCOUNT, fits_site=True),
    lambda s: guide.read_in(s, OTHER, fits_site=False),
    guide.saved,
    guide.taken,
    guide.refused,
    guide.try_again,
    guide.new_picture,
    guide.spare_codes_kept,
    guide.finish,
    guide.back,
    lambda s: guide.from_data(s.id, json.loads(json.dumps(guide.to_data(s)))),
]


@given(st.lists(st.integers(0, len(MOVES) - 1), max_size=40))
def test_any_order_of_moves(moves: list[int]) -> None:
    """A move fits or is refused in a sentence; promises hold at every moment."""
    setup = guide.start()
    for number in moves:
        try:
            setup = MOVES[number](setup)
        except SecassistError as error:
            assert error.sentence  # noqa: PT017 (the move was refused; the moment stays)
        late = setup.step in (Step.TRY, Step.TROUBLE, Step.SPARE, Step.PRIVATE_WINDOW, Step.DONE)
        assert setup.is_saved or not late
        assert (setup.account is not None) == (setup.step is Step.CHECK)
        assert setup.account_id not in setup.replaced
        written = json.dumps(guide.to_data(setup))
        assert "GEZDGNBV" not in written
        back = guide.from_data(setup.id, json.loads(written))
        assert back.step is setup.step or setup.step is Step.CHECK
        assert any(_fits(move, setup) for move in MOVES[:-1]) or setup.step is Step.DONE


def _fits(move: Callable[[Setup], Setup], setup: Setup) -> bool:
    try:
        move(setup)
    except SecassistError:
        return False
    return True


@given(st.dictionaries(st.sampled_from(list(guide.to_data(guide.start()))), st.none() | st.text()
                       | st.integers() | st.lists(st.integers(), max_size=3)))  # fmt: skip
def test_rows_that_make_no_sense(data: dict[str, object]) -> None:
    whole = {**guide.to_data(at_try()), **data}
    try:
        setup = guide.from_data("x", whole)
    except UnusableInput:
        return
    assert setup.is_saved or setup.step in (Step.SITE, Step.WHERE, Step.PICTURE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234 5678\n2345 6789\n", ("1234 5678", "2345 6789")),
        ("1234 5678  2345 6789", ("1234 5678", "2345 6789")),
        ("a1b2c-3d4e5\nf6g7h-8i9j0", ("a1b2c-3d4e5", "f6g7h-8i9j0")),
        ("1. 482193\n2. 930114\n", ("482193", "930114")),
        ("• abcd-efgh\n• ijkl-mnop", ("abcd-efgh", "ijkl-mnop")),
        ("Keep these codes in a safe place!\n\n12345678 87654321\n", ("12345678", "87654321")),
        ("Code: 8f3a99bc", ("8f3a99bc",)),
        ("12345678\n12345678", ("12345678",)),
    ],
)
def test_spare_codes(text: str, expected: tuple[str, ...]) -> None:
    assert guide.parse_spare_codes(text) == expected


@pytest.mark.parametrize("text", ["", "hello", "Here are your codes for signing in", "a " * 10_000])
def test_no_spare_codes(text: str) -> None:
    with pytest.raises(UnusableInput):
        guide.parse_spare_codes(text)


@given(st.text())
def test_any_text_for_spare_codes(text: str) -> None:
    with suppress(UnusableInput):
        assert all(guide.parse_spare_codes(text))
