"""Judge single mails out of a mailbox with the e-mail check."""

from __future__ import annotations

from secassist.base.errors import SecassistError
from secassist.mail.input_files import Source
from secassist.mail.oddities import UNCERTAIN_SPLIT
from secassist.mail.report import Report
from secassist.usecases.check_mail import Checker
from secassist.usecases.scan_mailbox import Judge


def judge_with(checker: Checker) -> Judge:
    """What ``scan_stores`` asks for each mail."""

    async def judge(name: str, data: bytes, uncertain: bool) -> Report | None:
        noticed = (UNCERTAIN_SPLIT,) if uncertain else ()
        try:
            async for report in checker.judge([Source(name, data, noticed)]):
                return report
        except SecassistError:
            return None  # a mail that cannot be read has no verdict; it stays on the list
        return None

    return judge
