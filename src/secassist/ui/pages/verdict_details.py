"""Under the verdict: why we think so, the links, what left this computer, sharing the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from secassist.mail.findings import Weighs
from secassist.mail.report import Hop, Report
from secassist.ui import a11y
from secassist.ui.look import Look
from secassist.ui.questions import plain_outcome, plain_question
from secassist.ui.theme import Role
from secassist.ui.widgets.button import Button, Kind
from secassist.ui.widgets.card import Card, Picture, Rule
from secassist.ui.widgets.disclosure import Disclosure
from secassist.ui.widgets.evidence import EvidenceLine, Sunken
from secassist.ui.widgets.flow import FlowRow
from secassist.ui.widgets.label import Label

if TYPE_CHECKING:
    from secassist.ui.widgets.choice import Switch

_MOST_LINKS = 30
_MOST_NAMES = 60
_MOST_HOPS = 20


class Details(Card):
    """A card of rows that open."""

    copy_wanted = Signal(object)
    save_wanted = Signal(object)
    changed = Signal()
    """A row was opened: there are new buttons."""

    def __init__(self, look: Look, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=(20, 0), parent=parent)
        self._report = report
        self._technical: list[QWidget] = []
        self._lines: list[EvidenceLine] = []
        self.why = self._row(look.tr("Why we think so"), _weighed(look, report), "info", self._why)
        self.left = self._row(
            look.tr("What left this computer"), _asked(look, report), "net", self._left
        )
        self.share = self._row(look.tr("Share this report"), "", "copy", self._share)

    def _row(
        self, title: str, note: str, icon: str, build: Callable[[QVBoxLayout], None]
    ) -> Disclosure:
        if self.column.count():
            self.column.addWidget(Rule(self._look))
        row = Disclosure(
            self._look,
            title,
            note,
            icon=icon,
            build=build,
            indent=0,
        )
        row.row.clicked.connect(self.changed)
        self.column.addWidget(row)
        return row

    # Why

    def _why(self, column: QVBoxLayout) -> None:
        from secassist.ui.widgets.compare import AddressCompare  # most mails need none

        look, report = self._look, self._report
        compared = report.compare is None
        for evidence in report.evidence:
            line = EvidenceLine(look, evidence)
            self._lines.append(line)
            column.addWidget(line)
            if not compared and evidence.weighs is Weighs.AGAINST and report.compare is not None:
                column.addWidget(self._indented(AddressCompare(look, report.compare)))
                compared = True
        if not compared and report.compare is not None:
            column.addWidget(AddressCompare(look, report.compare))
        if report.links:
            self._links(column)
        if report.limits:
            column.addWidget(Label(look, look.tr("What was not checked"), Role.SMALL_STRONG))
            for limit in report.limits:
                column.addWidget(Label(look, limit, Role.SMALL, "text2"))
        technical = "\n".join([*_authentication(report), *map(_hop, report.hops[:_MOST_HOPS])])
        if technical:
            block = Sunken(look, technical)
            block.hide()
            self._technical.append(block)
            column.addWidget(block)
        self._toggle = Button(look, look.tr("Technical details"), Kind.LINK)
        self._toggle.activated.connect(self._toggle_technical)
        row = FlowRow(look, 28)
        row.add(self._toggle)
        column.addWidget(row)
        self._toggle_row = row

    def _indented(self, widget: QWidget) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        indent = self._look.px(24) + 12
        row.setContentsMargins(
            0 if self._look.rtl else indent, 0, indent if self._look.rtl else 0, 0
        )
        row.addWidget(widget)
        return box

    def _toggle_technical(self) -> None:
        shown = self._toggle.label == self._look.tr("Technical details")
        for line in self._lines:
            line.show_technical(shown)
        for block in self._technical:
            block.setVisible(shown)
        self._toggle.set_label(
            self._look.tr("Hide technical details") if shown else self._look.tr("Technical details")
        )
        self._toggle_row.refresh()
        self.changed.emit()

    # Links

    def _links(self, column: QVBoxLayout) -> None:
        look, links = self._look, self._report.links
        column.addSpacing(6)
        column.addWidget(Label(look, look.tr("Where its links lead"), Role.SMALL_STRONG))
        column.addWidget(
            Label(
                look,
                look.tr("These are only shown. Nothing here can be opened."),
                Role.SMALL,
                "text2",
            )
        )
        for link in links[:_MOST_LINKS]:
            words = look.tr("“{words}” leads to {host}", words=link.shown[:200], host=link.host)
            column.addWidget(
                Label(look, words if link.shown else link.host, Role.BODY, address=True)
            )
            if link.note:
                column.addWidget(Label(look, link.note, Role.SMALL, "text2", address=True))
        self._more(column, len(links) - _MOST_LINKS)

    # What left

    def _left(self, column: QVBoxLayout) -> None:
        look, asked = self._look, self._report.network
        column.addWidget(
            Label(
                look,
                look.tr("Only these names were asked. No part of the mail left this computer.")
                if asked
                else look.tr("Nothing was asked."),
                Role.SMALL,
                "text2",
            )
        )
        for entry in asked[:_MOST_NAMES]:
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(Picture(look, "q", 16), 0, Qt.AlignmentFlag.AlignVCenter)
            name = Label(look, entry.question.partition(" ")[0], Role.SMALL, address=True)
            a11y.name(
                name, f"{name.accessibleName()}: {plain_question(look, entry.kind, entry.question)}"
            )
            line.addWidget(name, 2)
            outcome = plain_outcome(look, entry.outcome)
            if entry.cached:
                outcome = look.tr("{outcome}, asked before", outcome=outcome)
            came = Label(look, outcome, Role.SMALL, "text2")
            came.setAlignment(look.trailing | Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(came, 1)
            column.addLayout(line)
        self._more(column, len(asked) - _MOST_NAMES)

    def _more(self, column: QVBoxLayout, count: int) -> None:
        if count > 0:
            text = self._look.plural("and {count} more", "and {count} more", count)
            column.addWidget(Label(self._look, text, Role.SMALL, "text2"))

    # Sharing

    def _share(self, column: QVBoxLayout) -> None:
        from secassist.ui.widgets.choice import Switch

        look = self._look
        column.addWidget(
            Label(
                look,
                look.tr(
                    "For someone who helps you. Private things are left out,"
                    " unless you add them here."
                ),
                Role.SMALL,
                "text2",
            )
        )
        self._private: dict[str, Switch] = {}
        for kind, text in (
            ("recipients", look.tr("Add who it was sent to")),
            ("codes", look.tr("Add codes from the text")),
            ("links", look.tr("Add the whole addresses of links")),
        ):
            switch = self._private[kind] = Switch(look, text, False)
            line = QHBoxLayout()
            line.addWidget(Label(look, text), 1)
            line.addWidget(switch)
            column.addLayout(line)
        row = FlowRow(look)
        copy = Button(look, look.tr("Copy this report"), Kind.OUTLINED, "copy")
        copy.activated.connect(lambda: self.copy_wanted.emit(self._chosen()))
        save = Button(look, look.tr("Save report…"), Kind.OUTLINED, "save")
        save.activated.connect(lambda: self.save_wanted.emit(self._chosen()))
        row.add(copy)
        row.add(save)
        column.addWidget(row)

    def _chosen(self) -> frozenset[str]:
        return frozenset(kind for kind, switch in self._private.items() if switch.isChecked())


def _weighed(look: Look, report: Report) -> str:
    """ "5 checks, none against"; never that all is fine."""
    checks = look.plural("{count} check", "{count} checks", len(report.evidence))
    against = sum(evidence.weighs is Weighs.AGAINST for evidence in report.evidence)
    if against:
        return look.tr("{checks}, {count} against", checks=checks, count=against)
    return look.tr("{checks}, none against", checks=checks)


def _asked(look: Look, report: Report) -> str:
    asked = [entry for entry in report.network if not entry.cached]
    if not asked:
        return look.tr("nothing asked")
    seconds = max(entry.ms for entry in asked) / 1000
    return look.plural(
        "{count} name asked, {seconds} s",
        "{count} names asked, {seconds} s",
        len(asked),
        seconds=look.locale.toString(seconds, "f", 1),
    )


def _authentication(report: Report) -> list[str]:
    """The protocol results, a line each; these words appear nowhere but here."""
    found = report.authentication
    lines = [f"SPF: {found.spf.result} {found.spf.domain} {found.spf.ip}".strip()]
    for seal in found.dkim:
        reason = f" ({seal.reason})" if seal.reason else ""
        lines.append(
            f"DKIM: {seal.result} d={seal.domain} s={seal.selector} {seal.algorithm}"
            f" {seal.scope}{reason}"
        )
    if found.arc.result != "none":
        lines.append(f"ARC: {found.arc.result} {', '.join(found.arc.sealers)}".strip())
    policy = f" p={found.dmarc.policy}" if found.dmarc.policy else ""
    lines.append(f"DMARC: {found.dmarc.result} {found.dmarc.domain}{policy}".strip())
    receiver = found.receiver
    if receiver.authserv_id or receiver.dmarc:
        trusted = "trusted" if receiver.trusted else "not trusted"
        lines.append(
            f"Authentication-Results ({trusted}): {receiver.authserv_id or '-'}"
            f" spf={receiver.spf or '-'} dkim={receiver.dkim or '-'} dmarc={receiver.dmarc or '-'}"
        )
    return lines


def _hop(hop: Hop) -> str:
    when = hop.time.isoformat() if hop.time else "-"
    delay = f" +{hop.delay_seconds} s" if hop.delay_seconds is not None else ""
    ip = f" [{hop.ip}]" if hop.ip else ""
    note = f" {hop.note}" if hop.note else ""
    return f"Received: {when}{delay} {hop.from_ or '-'}{ip} → {hop.by or '-'}{note}"
