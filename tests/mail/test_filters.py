from __future__ import annotations

import pytest

from secassist.mail.filters import findings_of
from secassist.mail.findings import Strength
from secassist.mail.message import read_message


@pytest.mark.parametrize(
    ("field", "strength"),
    [
        ("X-MS-Exchange-Organization-SCL: 1", None),
        ("X-MS-Exchange-Organization-SCL: -1", None),
        ("X-MS-Exchange-Organization-SCL: 5", Strength.WEAK),
        ("X-MS-Exchange-Organization-SCL: 9", Strength.STRONG),
        ("X-MS-Exchange-Organization-SCL: 99999999999", None),
        ("X-Forefront-Antispam-Report: CIP:1.2.3.4;CAT:NONE;SFV:NSPM", None),
        ("X-Forefront-Antispam-Report: CIP:1.2.3.4;CAT:PHSH;SFV:SPM", Strength.STRONG),
        ("X-Spam-Flag: YES", Strength.WEAK),
        ("X-Spam-Status: Yes, score=7.1", Strength.WEAK),
        ("X-Spam-Status: No, hits=-2.3", None),
        ("X-Spam-Flag: NO", None),
    ],
)
def test_marks(field: str, strength: Strength | None) -> None:
    message = read_message(f"{field}\r\nFrom: a@b.example\r\n\r\nx\r\n".encode())
    found = [f.strength for f in findings_of(message)]
    assert found == ([strength] if strength else [])
