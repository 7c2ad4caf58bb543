"""The list that was read last: it lies there in the clear, has codes, or lacks accounts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from secassist.ui.pages.passwords_report import LastList, ReportPage
from secassist.ui.pages.stack import PageStack
from secassist.ui.pages.storing import Storing
from secassist.ui.part import Errand

if TYPE_CHECKING:
    from secassist.twofactor.importers import Outcome
    from secassist.usecases.exported_list import ExportedList
    from secassist.usecases.passwords_desk import PasswordsDesk
    from secassist.usecases.passwords_known import Desk, Draft


@dataclass
class Begun:
    """What was begun and must not be lost when the window changes its dress."""

    draft: Draft | None = None
    """A list that was judged and is not remembered yet."""
    files: tuple[ExportedList, ...] = ()
    """Lists that were read, and of which the person has not said whether they stay."""
    skipped: Mapping[str, int] = field(default_factory=dict)
    codes: int = 0
    """Secrets for codes in them, of which the person has not said whether to bring them over."""
    gone: tuple[tuple[str, str], ...] = ()
    """Ids and titles of accounts that do not stand in the new list any more."""
    then: Errand | None = None
    """What to do when the account that was asked for is put right."""
    password: str | None = field(default=None, repr=False)
    """Of the lists, until the codes in them are brought over."""

    def came(self, draft: Draft, files: tuple[ExportedList, ...], password: str | None) -> None:
        """Another list was judged."""
        self.draft, self.files = draft, files
        self.skipped, self.codes = draft.judgement.skipped, draft.judgement.codes_found
        self.password = password if self.codes else None
        self.gone = tuple((one.id, one.title) for one in draft.judgement.gone)

    def forget(self) -> bool:
        """Forget what was judged and not kept; whether there was something."""
        unkept = self.draft is not None
        self.draft, self.password = None, None
        return unkept

    def last(self) -> LastList:
        """What the report says about it."""
        titles = tuple(title for _, title in self.gone)
        names = tuple(one.path.name for one in self.files)
        return LastList(names, self.skipped, self.codes, titles)


class LastListFlow:
    """Does what the report offers about the last list."""

    def __init__(
        self,
        stack: PageStack,
        desk: PasswordsDesk,
        storing: Storing,
        begun: Begun,
        *,
        look: Callable[[Callable[[Desk], None]], None],
        shown: Callable[[Desk], None],
        errand: Callable[[Errand], None],
    ) -> None:
        """``look``: look at the store anew and give what is there to a function; ``shown``: show
        it."""
        self._stack = stack
        self._desk = desk
        self._storing = storing
        self._begun = begun
        self._look = look
        self._shown = shown
        self._errand = errand

    def serve(self, page: ReportPage) -> None:
        """Be there for what a report offers."""
        page.delete_wanted.connect(self._delete)
        page.list_stays.connect(lambda: self._settled(files=()))
        page.codes_wanted.connect(self._bring_codes)
        page.codes_stay.connect(lambda: self._settled(codes=0, password=None))
        page.forget_wanted.connect(self._forget_gone)
        page.gone_stay.connect(lambda: self._settled(gone=()))

    def _settled(self, **answers: object) -> None:
        """The person answered: the report asks no more."""
        for name, value in answers.items():
            setattr(self._begun, name, value)
        self._look(self._shown)

    def _delete(self) -> None:
        files = self._begun.files

        async def delete() -> None:
            for file in files:
                await asyncio.to_thread(file.delete)

        self._storing.run(delete, self._deleted, self._storing.show_error)

    def _deleted(self, _: object) -> None:
        tr = self._stack.look.tr
        self._begun.files = ()

        def say(desk: Desk) -> None:
            self._shown(desk)
            self._stack.page().tell(
                tr("The list is deleted."),
                tr("Is it in a cloud folder or a copy of your disk? Delete it there."),
                icon="check",
                tone="good",
            )

        self._look(say)

    def _bring_codes(self) -> None:
        begun = self._begun
        paths, password = [file.path for file in begun.files], begun.password

        def brought(outcome: Outcome) -> None:
            self._settled(codes=0, password=None)
            self._errand(Errand("two-factor", "import", outcome))

        self._storing.run(
            lambda: self._desk.codes_in(paths, password), brought, self._storing.show_error
        )

    def _forget_gone(self) -> None:
        ids = [id_ for id_, _ in self._begun.gone]
        self._begun.gone = ()
        self._storing.run(lambda: self._desk.forget(ids), self._shown, self._storing.show_error)
