"""Sentences about what the body holds: links, files, codes, wordings."""

from __future__ import annotations

from collections.abc import Mapping

from secassist.base.language import mark as _

_TRICK = _("A link is written so that it hides where it goes: {host}.")

CONTENT: Mapping[str, tuple[str, str]] = {
    "link.userinfo": (_TRICK, _("Link with user information before @; host {host}.")),
    "link.control": (_TRICK, _("Link with control characters or blanks; host {host}.")),
    "link.backslash": (_TRICK, _("Link with backslashes; host {host}.")),
    "link.escaped-host": (_TRICK, _("Link with an escaped host name; host {host}.")),
    "link.odd-number": (_TRICK, _("Link whose host is an oddly written number; host {host}.")),
    "link.data": (
        _("A link holds a whole page in itself."),
        _("Link with the scheme data:."),
    ),
    "link.script": (_("A link would run a program."), _("Link with a scripting scheme.")),
    "link.file": (_("A link leads to a file."), _("Link with the scheme file:.")),
    "link.ip-address": (
        _("A link leads to a bare number instead of a name: {host}."),
        _("Link whose host is an IP address: {host}."),
    ),
    "link.port": (_("A link uses an unusual door."), _("Link with an unusual port; host {host}.")),
    "link.punycode": (
        _("A link's name has letters of other alphabets: {host}."),
        _("Link with an internationalised host: {host}."),
    ),
    "link.lookalike": (
        _("A link leads to {host}, made to look like {real}."),
        _("Link host {host} is a look-alike of {real}."),
    ),
    "link.text-differs": (
        _("A link says “{shown_host}”, but leads to {host}."),
        _("Shown: {shown}; host of href: {host}."),
    ),
    "link.hidden-characters": (
        _("The words of a link have hidden signs in them."),
        _("Invisible or direction-changing characters in the text of a link to {host}."),
    ),
    "link.none-to-claimed": (
        _("None of its links leads to whom it names. They lead to {host}."),
        _("No link to the claimed organisation; first foreign host: {host}."),
    ),
    "link.elsewhere-under-pressure": (
        _("It hurries you, and its links lead to a different place than the sender: {host}."),
        _("Pressing words, and most links lead away from sender and claim; first: {host}."),
    ),
    "link.elsewhere-for-prize": (
        _("It promises a gift, and its links lead to a different place: {host}."),
        _("Prize wording, and links lead away from sender and claim; first: {host}."),
    ),
    "link.free-hosting": (
        _("A link leads to a place where anyone can put up a page: {host}."),
        _("Link to free hosting: {host}."),
    ),
    "qr.link": (
        _("A picture in it hides a link to {host}."),
        _("QR code with a link to {host}."),
    ),
    "content.password-form": (
        _("The mail itself asks for a password."),
        _("HTML form with a password field."),
    ),
    "content.form": (_("The mail itself has a form to fill in."), _("HTML form.")),
    "content.active": (
        _("The mail brings things that a mail does not need."),
        _("Active elements: {elements}."),
    ),
    "content.seed-phrase": (
        _("It asks for the secret words of a wallet. Nobody honest ever does."),
        _("Asks for a wallet's seed phrase."),
    ),
    "content.extortion": (
        _("It threatens you and wants money. Such threats are sent to everybody."),
        _("Extortion wording; coin address {address}."),
    ),
    "content.advance-fee": (
        _("It promises a lot of money. That is how such tricks begin."),
        _("Advance-fee wording."),
    ),
    "link.names-another": (
        _("“{shown}” does not lead to {organisation}, but to {host}."),
        _("Link text names {organisation}; target {host} is not theirs."),
    ),
    "link.elsewhere-for-lure": (
        _("It has something for you to open, and the link leads to {host}, not to the sender."),
        _("Document or voice message wording; most links lead to unrelated hosts ({host})."),
    ),
    "content.favour": (
        _("It wants a favour in a hurry. Anyone can have an address like that."),
        _("Wordings of a forged superior; From is a mailbox for anybody."),
    ),
    "content.call-us": (
        _("It wants you to call {number}. Look up the number yourself instead."),
        _("Asks to call a number: {number}."),
    ),
    "content.nobody-named": (
        _("It wants something from you, but does not say who it is from."),
        _("Nothing in the mail gives the name of its sender, {domain}."),
    ),
    "content.pressure": (_("It hurries you."), _("Pressing words.")),
    "content.prize": (_("It promises a gift or a prize."), _("Prize wording.")),
    "content.bait-from-rented-name": (
        _("It makes a promise, from an address that anyone can rent."),
        _("Bait wording from a name below a domain that is rented to everybody."),
    ),
    "content.money-waiting": (
        _("It says that money waits for you."),
        _("Wording of money to be claimed."),
    ),
    "content.picture-only": (
        _("It is one big picture. That hides its words from checks."),
        _("A picture with a link instead of text."),
    ),
    "content.names-under-pressure": (
        _("It hurries you in the name of others."),
        _("Mentions {organisation} with pressing words."),
    ),
    "attachment.name-turned-round": (
        _("A file's name is turned round to hide what it is: {name}."),
        _("Direction-changing character in the file name {name}."),
    ),
    "attachment.two-endings": (
        _("A file pretends to be a document: {name}."),
        _("Two endings: {name}."),
    ),
    "attachment.program": (
        _("It brings a program: {name}. Do not open it."),
        _("Attachment that runs: {name} {kind}{inside}."),
    ),
    "attachment.macros": (
        _("It brings a document that can run programs: {name}."),
        _("Document with macros: {name}."),
    ),
    "attachment.locked-archive": (
        _("It brings a locked parcel that nobody could check: {name}."),
        _("Encrypted archive: {name}."),
    ),
    "attachment.archive": (_("It brings a parcel of files: {name}."), _("Archive: {name}.")),
    "attachment.page-with-form": (
        _("It brings a page that asks you for something: {name}. Do not open it."),
        _("Attached page with a form: {name}."),
    ),
    "attachment.page-with-script": (
        _("It brings a page that runs a program: {name}. Do not open it."),
        _("Attached page with a script or redirect: {name}."),
    ),
    "attachment.page": (_("It brings a page: {name}."), _("Attached page: {name}.")),
}
