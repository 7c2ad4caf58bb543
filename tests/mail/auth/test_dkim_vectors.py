"""The worked examples of the RFCs, as printed there."""

from __future__ import annotations

import asyncio

import pytest

from secassist.mail.auth import dkim
from secassist.network.dns import ZoneResolver

ZONE = {
    "brisbane._domainkey.example.com": {
        "TXT": [
            (
                "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ"
                "DwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt"
                "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7"
                "od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfV"
                "jH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYck"
                "cQ2QIDAQAB"
            )
        ]
    },
    "brisbane._domainkey.football.example.com": {
        "TXT": ["v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="]
    },
    "test._domainkey.football.example.com": {
        "TXT": [
            (
                "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR"
                "iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC"
                "DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3"
                "Ip3G+2kryOTIKT+l/K4w3QIDAQAB"
            )
        ]
    },
}

FIELDS = """\
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>
"""

BODY = """
Hi.

We lost the game. Are you hungry yet?

Joe.
"""

RFC_6376 = """\
DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
      c=simple/simple; q=dns/txt; i=joe@football.example.com;
      h=Received : From : To : Subject : Date : Message-ID;
      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
      4bmp/YzhwvcubU4=;
Received: from client1.football.example.com  [192.0.2.1]
      by submitserver.example.com with SUBMISSION;
      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
"""

RFC_8463 = """\
DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
"""


def verified(message: str) -> list[tuple[str, str, str]]:
    results = asyncio.run(dkim.verify(message.encode(), ZoneResolver(ZONE)))
    return [(r.selector, r.result.value, r.reason.value) for r in results]


def test_rfc_6376_appendix_a() -> None:
    assert verified(RFC_6376 + FIELDS + BODY) == [("brisbane", "pass", "")]


def test_rfc_8463_appendix_a() -> None:
    assert verified(RFC_8463 + FIELDS + BODY) == [("brisbane", "pass", ""), ("test", "pass", "")]


@pytest.mark.parametrize("top", [RFC_6376, RFC_8463])
def test_another_text_under_them_fails(top: str) -> None:
    results = verified(top + FIELDS + BODY.replace("lost", "won"))
    assert {reason for _, _, reason in results} == {"body-hash"}


@pytest.mark.parametrize("top", [RFC_6376, RFC_8463])
def test_another_subject_over_them_fails(top: str) -> None:
    results = verified(top + FIELDS.replace("dinner", "lunch") + BODY)
    assert {(result, reason) for _, result, reason in results} == {("fail", "signature")}
