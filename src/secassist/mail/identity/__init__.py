"""Whom does the mail name, and whose domain is it?

``examine`` brings the parts together: owner of the From address, look-alikes, tricks with names,
and whom the mail claims to come from.
"""

from __future__ import annotations

from secassist.mail.identity.examine import Identity, examine
from secassist.mail.identity.lookalikes import Lookalike, LookalikeKind
from secassist.mail.identity.named import Claim, Named, Naming, Place

__all__ = [
    "Claim",
    "Identity",
    "Lookalike",
    "LookalikeKind",
    "Named",
    "Naming",
    "Place",
    "examine",
]
