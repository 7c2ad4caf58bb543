"""The table of advice: first match wins.

The order is that of urgency: what was given away comes first, whatever the mail is; then what was
changed in an account; then a flood that may hide something; then what was opened; then the mail
itself.
"""

from __future__ import annotations

from secassist.plans.row import Advice
from secassist.plans.table_mail import MAIL
from secassist.plans.table_person import PERSON

TABLE: tuple[Advice, ...] = (*PERSON, *MAIL)
