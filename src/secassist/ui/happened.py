"""Answers to "What happened?" that a person is offered in more than one place."""

from __future__ import annotations

from secassist.ui.look import Look
from secassist.ui.widgets.answers import Answer


def typed(look: Look) -> Answer:
    """Something was given away."""
    return Answer(
        "typed",
        look.tr("I typed a password, a code or card details"),
        look.tr("Or you said yes to a sign-in question on your phone."),
        "keyboard",
        "warn",
    )


def opened(look: Look) -> Answer:
    """Something, or somebody, was let in."""
    return Answer(
        "opened",
        look.tr("I opened a file, or let someone into my computer"),
        look.tr("Also if someone helped you by phone."),
        "folder",
        "warn",
    )


def unsure(look: Look, code: str) -> Answer:
    """Nobody has to know."""
    return Answer(
        code, look.tr("I am not sure"), look.tr("Then we take the careful way."), "q", "slate"
    )
