"""Import and export in the window: which page follows which."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog

from secassist.base.errors import UnusableInput
from secassist.ui import a11y
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.storing import Storing
from secassist.ui.pages.transfer import DryRunPage, ExportPage, FilePasswordPage, ImportPage

if TYPE_CHECKING:
    from secassist.twofactor.importers import Outcome
    from secassist.twofactor.planning import Planned
    from secassist.usecases.keeper import Keeper
    from secassist.usecases.twofactor import Exported

MAX_FILE: Final = 64 * 1024 * 1024
_NAMES: Final = {
    "aegis": "secassist-codes.json",
    "paper": "secassist-codes.pdf",
    "addresses": "secassist-codes.txt",
}


class TransferFlow:
    """Takes codes over and gives copies away."""

    def __init__(
        self, stack: PageStack, keeper: Keeper, storing: Storing, ended: Callable[[], None]
    ) -> None:
        self._stack = stack
        self._look = stack.look
        self._keeper = keeper
        self._storing = storing
        self._ended = ended

    # In

    def start_import(self) -> None:
        """Ask for the files."""
        page = ImportPage(self._look)
        page.open_wanted.connect(self.choose_files)
        page.back.connect(self._ended)
        self._stack.show_page(page)

    def bring(self, outcome: Outcome) -> None:
        """Go on with what was read elsewhere."""
        self.start_import()
        self._came([], outcome)

    @property
    def takes_files(self) -> bool:
        """Whether a file that is dropped now is one to be imported."""
        return isinstance(self._stack.currentWidget(), ImportPage)

    def choose_files(self) -> None:
        """Let the person choose files."""
        chosen, _ = QFileDialog.getOpenFileNames(self._stack, self._look.tr("Open files"))
        if chosen:
            self.read(tuple(map(Path, chosen)))

    def read(self, paths: Sequence[Path]) -> None:
        """Read files; nothing is kept yet."""

        def contents() -> list[bytes]:
            return [self._contents(path) for path in paths]

        async def work() -> tuple[list[bytes], Outcome]:
            files = await asyncio.to_thread(contents)
            return files, await self._keeper.read_files(files)

        self._storing.run(work, lambda came: self._came(*came), self._not_read)

    def _contents(self, path: Path) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(MAX_FILE + 1)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise UnusableInput(
                self._look.tr("The file could not be read: {why}.", why=why)
            ) from error

    def _not_read(self, error: Exception) -> None:
        page = self._stack.currentWidget()
        if isinstance(error, UnusableInput) and isinstance(page, ImportPage):
            page.refuse(self._look.tr(error.sentence))
        else:
            self._stack.show_error(error)

    def _came(self, files: list[bytes], outcome: Outcome) -> None:
        page = self._stack.currentWidget()
        if outcome.batch is not None:
            self._storing.run(
                lambda: self._keeper.plan_import(outcome),
                lambda planned: self._show_plan(outcome, planned),
                self._stack.show_error,
            )
        elif outcome.problem == "password-needed":
            self._ask_password(files, self._look.tr(outcome.sentence))
        elif (
            outcome.problem == "wrong-password" and isinstance(page, FilePasswordPage)
        ) or isinstance(page, ImportPage):
            page.refuse(self._look.tr(outcome.sentence))

    def _ask_password(self, files: list[bytes], sentence: str) -> None:
        page = FilePasswordPage(self._look, sentence)
        page.back.connect(self.start_import)
        page.entered.connect(
            lambda password: self._storing.run(
                lambda: self._keeper.read_files(files, password),
                lambda outcome: self._came(files, outcome),
                self._stack.show_error,
            )
        )
        self._stack.show_page(page)

    def _show_plan(self, outcome: Outcome, planned: Sequence[Planned]) -> None:
        batch = outcome.batch
        if batch is None:
            return
        page = DryRunPage(self._look, planned, batch.format, batch.notes)
        page.back.connect(self.start_import)
        page.import_wanted.connect(
            lambda: self._storing.keep(
                lambda: self._keeper.run_import(outcome), self._imported, self._stack.show_error
            )
        )
        self._stack.show_page(page)

    def _imported(self, planned: Sequence[Planned]) -> None:
        new = sum(step.status.value == "new" for step in planned)
        said = self._look.plural("{count} code came over.", "{count} codes came over.", new)
        a11y.announce(self._stack, said)
        self._ended()

    # Out

    def start_export(self) -> None:
        """Ask in which form."""
        page = ExportPage(self._look)
        page.back.connect(self._ended)
        page.wanted.connect(lambda form, password: self._export(page, form, password))
        self._stack.show_page(page)

    def _export(self, page: ExportPage, form: str, password: str) -> None:
        self._storing.run(
            lambda: self._keeper.export(form, password),
            lambda exported: self._exported(page, form, exported),
            self._stack.show_error,
        )

    def _exported(self, page: ExportPage, form: str, exported: Exported) -> None:
        left_out = [entry.issuer or entry.name for entry in exported.left_out]
        if form != "google":
            self._write(page, form, exported, left_out)
        elif exported.data:
            from secassist.ui.pages.series import SeriesPage

            series = SeriesPage(self._look, exported.data.decode().split(), left_out)
            series.back.connect(self.start_export)
            self._stack.show_page(series)
        else:
            page.say_none_fits(left_out)

    def _write(
        self, page: ExportPage, form: str, exported: Exported, left_out: Sequence[str]
    ) -> None:
        from secassist.ui.saving import save_new

        try:
            saved = save_new(page, self._look.tr("Save a copy"), _NAMES[form], exported.data)
        except OSError as error:
            self._stack.show_error(error)
            return
        if saved is not None:
            page.say_saved(left_out)
