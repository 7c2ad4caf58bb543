"""A set-up that was begun and not finished, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from secassist.ui.look import Look
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.strip import Strip

if TYPE_CHECKING:
    from secassist.twofactor.setup import Setup


def unfinished_strip(look: Look, setup: Setup, go_on: Callable[[Setup], None]) -> Strip:
    """The strip that says so."""
    button = Button(look, look.tr("Go on"), Kind.OUTLINED)
    button.activated.connect(lambda: go_on(setup))
    return Strip(
        look,
        look.tr("{site} is not finished yet.", site=setup.site_name),
        look.tr("You left the set-up half way. Nothing is lost."),
        icon="plan",
        buttons=(button,),
    )
