"""The MIME tree as leaves: sound, damaged and hostile."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secassist.mail import mime
from secassist.mail.fields import crlf, split
from secassist.mail.mime import Part, Walk


def walk(text: str | bytes) -> Walk:
    data = text.encode() if isinstance(text, str) else text
    return mime.walk(split(crlf(data), lenient=True))


def multipart(*parts: str, kind: str = "mixed", boundary: str = "b", tail: str = "--") -> str:
    inner = "".join(f"--{boundary}\n{part}\n" for part in parts)
    top = f"Content-Type: multipart/{kind}; boundary={boundary}\n\npreamble\n"
    return f"{top}{inner}--{boundary}{tail}\n"


TEXT = "Content-Type: text/plain\n\nHello"
HTML = "Content-Type: text/html; charset=utf-8\n\n<p>Hello"


def test_a_message_without_mime_is_text() -> None:
    (leaf,) = walk("Subject: x\n\nHello\nworld\n").leaves
    assert leaf == Part("text/plain", "", False, b"Hello\r\nworld\r\n", "Hello\nworld\n")


def test_leaves_stand_in_order_and_without_the_line_end_of_the_boundary() -> None:
    inner = multipart(TEXT, HTML, kind="alternative", boundary="i")
    found = walk(multipart(inner, "Content-Type: image/png\n\nxy"))
    assert [(p.content_type, p.payload) for p in found.leaves] == [
        ("text/plain", b"Hello"),
        ("text/html", b"<p>Hello"),
        ("image/png", b"xy"),
    ]
    assert found.oddities == found.unread == ()


@pytest.mark.parametrize("tail", ["", "--", "--  ", "  "])
def test_the_end_boundary_may_be_missing(tail: str) -> None:
    found = walk(multipart(TEXT, HTML, tail=tail))
    assert [p.content_type for p in found.leaves][:2] == ["text/plain", "text/html"]


def test_a_boundary_that_begins_another_is_told_apart() -> None:
    inner = multipart(TEXT, boundary="bb")
    assert [p.payload for p in walk(multipart(inner, HTML)).leaves] == [b"Hello", b"<p>Hello"]


@pytest.mark.parametrize(
    "top",
    [
        "Content-Type: multipart/mixed",
        "Content-Type: multipart/mixed; boundary=",
        'Content-Type: multipart/mixed; boundary="  "',
        "Content-Type: multipart/mixed; boundary=other",
    ],
)
def test_without_its_boundary_a_multipart_is_text(top: str) -> None:
    found = walk(f"{top}\n\n--b\n{TEXT}\n--b--\n")
    assert [p.content_type for p in found.leaves] == ["text/plain"]
    assert "Hello" in found.leaves[0].text
    assert found.oddities == ("boundary-missing",)


@pytest.mark.parametrize(
    ("headers", "body", "payload"),
    [
        ("Content-Transfer-Encoding: base64", "SGVs\nbG8=", b"Hello"),
        ("Content-Transfer-Encoding: BASE64 ", "SGVsbG8", b"Hello"),
        ("Content-Transfer-Encoding: base64", "SGVs*bG8=", b"Hello"),
        ("Content-Transfer-Encoding: quoted-printable", "H=65l=\nlo", b"Hello"),
        ("Content-Transfer-Encoding: quoted-printable", "100=% =zz", b"100=% =zz"),
        ("Content-Transfer-Encoding: x-uuencode", "begin 644 a\n%2&5L;&\\\n`\nend", b"Hello"),
        ("Content-Transfer-Encoding: nonsense", "Hello", b"Hello"),
    ],
)
def test_transfer_encodings(headers: str, body: str, payload: bytes) -> None:
    (leaf,) = walk(f"{headers}\n\n{body}").leaves
    assert leaf.payload == payload


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("iso-8859-1", b"\xe4", "ä"),
        ("utf-8", b"\xe4", "ä"),
        ("nonsense", "ä".encode(), "ä"),
        ('"UTF-8"', "ä".encode(), "ä"),
        ("utf-16", "ä".encode("utf-16"), "ä"),
        ("zlib", b"x", "x"),
    ],
)
def test_charsets(charset: str, data: bytes, text: str) -> None:
    (leaf,) = walk(b"Content-Type: text/plain; charset=" + charset.encode() + b"\n\n" + data).leaves
    assert leaf.text == text


@pytest.mark.parametrize(
    ("headers", "filename", "attachment"),
    [
        ('Content-Disposition: attachment; filename="a b.pdf"', "a b.pdf", True),
        ("Content-Disposition: inline; filename=a.pdf", "a.pdf", False),
        ("Content-Type: application/pdf; name=a.pdf", "a.pdf", False),
        ("Content-Disposition: attachment; filename*=utf-8''%c3%a4.pdf", "ä.pdf", True),
        ("Content-Disposition: attachment; filename*0=a; filename*1=b.exe", "ab.exe", True),
        (
            "Content-Disposition: attachment;\n filename*1=b.exe;\n filename*0*=''%61",
            "ab.exe",
            True,
        ),
        ('Content-Disposition: attachment; filename="=?utf-8?q?=C3=A4?="', "ä", True),
        ('Content-Disposition: attachment; filename="a\\"b"', 'a"b', True),
    ],
)
def test_names_of_attachments(headers: str, filename: str, attachment: bool) -> None:
    (leaf,) = walk(headers + "\n\nx").leaves
    assert (leaf.filename, leaf.attachment) == (filename, attachment)


def test_a_message_inside_is_one_leaf() -> None:
    found = walk(multipart("Content-Type: message/rfc822\n\n" + multipart(TEXT, boundary="x")))
    (leaf,) = found.leaves
    assert (leaf.content_type, leaf.attachment) == ("message/rfc822", True)


def nested(depth: int) -> str:
    tops = (f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return "".join(tops) + TEXT + "\n"


def test_depth_is_limited() -> None:
    assert walk(nested(20)).unread == ()
    assert walk(nested(21)).unread == ("too-deep",)
    assert walk(nested(5_000)).unread == ("too-deep",)


def test_the_number_of_parts_is_limited() -> None:
    found = walk(multipart(*[TEXT] * 1_000))
    assert len(found.leaves) == 200
    assert found.unread == ("too-many-parts",)
    deep = multipart(*[multipart(*[TEXT] * 50, boundary=f"i{n}") for n in range(50)])
    assert len(walk(deep).leaves) <= 200


def test_the_text_is_limited_over_all_parts() -> None:
    part = "Content-Type: text/plain\n\n" + "a" * 1_500_000
    found = walk(multipart(part, part, part))
    assert sum(len(p.payload) for p in found.leaves) == 2 * 1024 * 1024
    assert found.unread == ("text-cut",)


def test_of_an_attachment_only_the_start_is_kept_but_pictures_are_whole() -> None:
    data = base64.encodebytes(b"a" * 300_000).decode()
    other = f"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{data}"
    picture = f"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n{data}"
    found = walk(multipart(other, picture))
    assert [len(p.payload) for p in found.leaves] == [65_536, 300_000]
    assert found.unread == ()


class CountingBytes(bytes):
    """Counts the bytes that ``find`` may have to look at."""

    looked = 0

    def find(self, sub: bytes, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        stop = len(self) if end is None else end
        found = super().find(sub, start, stop)
        type(self).looked += (stop if found < 0 else found) - start
        return found


@pytest.mark.parametrize(
    "unit",
    ["--b\n\nx\n", "--b\nx\n", "--bx\n", "--b", "--b\nContent-Type: multipart/x; boundary=b\n\n"],
)
def test_the_search_for_boundaries_is_linear(unit: str) -> None:
    looked = []
    for times in (5_000, 10_000):
        top = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        parsed = split(top + crlf(unit.encode()) * times)
        CountingBytes.looked = 0
        body = CountingBytes(parsed.body or b"")
        mime.walk(type(parsed)(parsed.fields, body))
        looked.append(CountingBytes.looked)
    assert looked[1] <= 2.2 * looked[0] + 20_000


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["--b", "--", "\n", "Content-Type: multipart/mixed; boundary=b", ";", '"',
                         "Content-Type: message/rfc822", "Content-Transfer-Encoding: x-uuencode",
                         "begin 644 a\n", "Content-Type: text/html; charset=utf-7", "a", "\xe4"]),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_nothing_breaks_the_walker(text: str) -> None:
    walk(text)
