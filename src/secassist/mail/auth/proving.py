"""From the name of a key to the word on each seal: one round of questions, one of cryptography."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from secassist.mail.auth import seals
from secassist.mail.auth.reasons import Reason
from secassist.mail.auth.seals import Asked, Key, Proved, Seal
from secassist.network.dns import Answer, Resolver
from secassist.network.dns.once import query_all

Prove = Callable[[tuple[Asked, ...]], Awaitable[tuple[Proved, ...]]]
"""Has ``seals.prove`` done, here or in another process."""


async def prove_here(asked: tuple[Asked, ...]) -> tuple[Proved, ...]:
    """Do the cryptography in this process."""
    return seals.prove(asked)


async def proved(
    asked_about: Sequence[Seal], resolver: Resolver, prove: Prove = prove_here
) -> tuple[Proved, ...]:
    """What comes of each seal; all keys are asked for at the same time, each name once."""
    names = list(dict.fromkeys(seal.key_name for seal in asked_about))
    answers = dict(zip(names, await query_all(resolver, names, "TXT"), strict=True))
    there = tuple(
        Asked(answers[seal.key_name].texts, seal)
        for seal in asked_about
        if answers[seal.key_name].found
    )
    done = iter(await prove(there) if there else ())
    return tuple(
        next(done) if answer.found else Proved(_without_record(answer))
        for answer in (answers[seal.key_name] for seal in asked_about)
    )


def _without_record(answer: Answer) -> Key:
    return Key(Reason.DNS_FAILED if answer.failed else Reason.KEY_ABSENT, answer.why)
