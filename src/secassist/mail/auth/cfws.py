"""Reading structured header fields: white space, comments, quoted strings (RFC 5322, 3.2).

One pass from left to right; nothing is read twice, so the time is linear in the text. Nothing
raises: what is broken (a comment or a quoted string that never ends) is read to the end of the
text and noted in ``oddities``, for whoever has to decide whether such a field can be believed.
"""

from __future__ import annotations

import re

_SPACE = re.compile(r"\s*+", re.ASCII)  # the same blanks as in _PLAIN, so that each step moves on
_COMMENT_PIECE = re.compile(r"[^()\\]*")
_QUOTED_PIECE = re.compile(r'[^"\\]*')
_INSIDE_WORD = re.compile(r"[\w.-][\w.@-]")
_PLAIN = re.compile(r'[^\s;("]++', re.ASCII)


class Reader:
    """A place in a text, and what was odd on the way there."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.oddities: set[str] = set()

    @property
    def ended(self) -> bool:
        return self.at >= len(self.text)

    @property
    def next(self) -> str:
        """The next character; empty at the end."""
        return self.text[self.at : self.at + 1]

    def take(self, pattern: re.Pattern[str]) -> str:
        """What ``pattern`` matches right here; empty (and no step) if nothing."""
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def skip(self) -> tuple[str, ...]:
        """Pass white space and comments; the comments' texts, outer brackets removed."""
        comments: list[str] = []
        while True:
            self.take(_SPACE)
            if self.next != "(":
                return tuple(comments)
            start = self.at
            comments.append(self._comment())
            # A domain may hold brackets (``bank.example(x).evil.example``); read as a comment, they
            # would make it another one.
            if _INSIDE_WORD.match(self.text[start - 1 : start] + self.next):
                self.oddities.add("comment-in-word")

    def quoted(self) -> str:
        """A quoted string, from its opening quote; its content, quoted pairs resolved."""
        self.at += 1
        pieces: list[str] = []
        while not self.ended:
            pieces.append(self.take(_QUOTED_PIECE))
            if self.next == '"':
                self.at += 1
                return "".join(pieces)
            pieces.append(self.text[self.at + 1 : self.at + 2])
            self.at += 2
        self.oddities.add("unclosed-quote")
        return "".join(pieces)

    def word(self) -> str:
        """A word, a quoted string, or pieces of both side by side (``"a b"@example.com``).

        It ends at white space, a semicolon or a comment; empty if one of these stands here.
        """
        pieces: list[str] = []
        while True:
            if self.next == '"':
                pieces.append(self.quoted())
            elif piece := self.take(_PLAIN):
                pieces.append(piece)
            else:
                return "".join(pieces)

    def _comment(self) -> str:
        self.at += 1
        depth = 1
        quotes = 0
        pieces: list[str] = []
        while depth and not self.ended:
            piece = self.take(_COMMENT_PIECE)
            quotes += piece.count('"')
            pieces.append(piece)
            char = self.next
            self.at += 1
            if char == "\\":
                pieces.append(self.next)
                self.at += 1
                continue
            depth += (char == "(") - (char == ")")
            if depth:
                pieces.append(char)
        if depth:
            self.oddities.add("unclosed-comment")
        # Servers copy the sender's address into comments. Half a quoted string in one means that
        # an address may have closed the comment, and that what follows may be the sender's text.
        if quotes % 2:
            self.oddities.add("half-quote-in-comment")
        return " ".join("".join(pieces).split())
