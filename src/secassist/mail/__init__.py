"""Is this e-mail real?

``await secassist.mail.check(source, resolver=…)`` judges one mail. It is fetched when it is first
used, so that a part of this room can be imported without all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from secassist.mail.conductor import check

__all__ = ["check"]


def __getattr__(name: str) -> Any:
    if name == "check":
        from secassist.mail.conductor import check  # noqa: PLC0415 (see above)

        return check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
