"""Work away from the window's thread: one asyncio loop in one worker thread.

    Job(page, lambda progress: usecases.check_text(text, options, progress)) \\
        .progress(page.advance).success(page.show).failure(page.explain).run(jobs)

All callbacks run in the window's thread. When the parent is gone, or after ``cancel``, none is
called any more. A failure that nobody handles reaches ``Jobs.lost``, so no error disappears.
"""

from __future__ import annotations

import sys
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from secassist.ui.cycles import Cycles

if TYPE_CHECKING:
    import asyncio

_TURN: Final = 0.001
"""Seconds after which a thread that waits gets its turn in Python, from the first job on.

Nearly every call into Qt gives Python away and has to wait to get it back. With Python's own 5 ms
a page that is built while a job computes would hold the window for a tenth of a second and more;
with much less than this, both threads do little else than change places.
"""

END_WITHIN: Final = 10.0
"""Seconds that ``stop`` waits; a call on a thread of its own cannot be broken off."""

Result = TypeVar("Result")
Note = TypeVar("Note")


class Jobs(QObject):
    """The worker thread and the way back from it. Made once, in the window's thread."""

    lost = Signal(Exception)
    """A job failed and had no ``failure`` callback."""

    _wake = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._calls: deque[Callable[[], None]] = deque()
        self._cycles = Cycles(self)
        self._wake.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Coroutine[Any, Any, None]) -> Callable[[], None]:
        """Start ``work`` on the loop; the answer cancels it, from any thread."""
        import asyncio  # with the first job: it brings ssl and logging, which Home can do without

        loop = self._running_loop()
        future = asyncio.run_coroutine_threadsafe(work, loop)

        def cancel() -> None:
            future.cancel()

        return cancel

    def deliver(self, call: Callable[[], None]) -> None:
        """Run ``call`` in the window's thread, soon. May be called from any thread."""
        self._calls.append(call)
        self._wake.emit()

    def stop(self) -> bool:
        """End the loop and wait for its thread; open jobs are cancelled. False: it still runs."""
        if self._loop is None or self._thread is None:
            return True
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(END_WITHIN)
        ended = not self._thread.is_alive()
        self._loop = self._thread = None
        self._cycles.stop()
        self._calls.clear()
        return ended

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        # The thread starts with the first job: a window that only shows Home needs none.
        if self._loop is None:
            import asyncio

            sys.setswitchinterval(_TURN)
            self._cycles.start()
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(
                target=_run, args=(self._loop,), name="secassist-jobs", daemon=True
            )
            self._thread.start()
        return self._loop

    @Slot()
    def _deliver(self) -> None:
        # One call for each signal, so that neither can be lost; none is left after ``stop``.
        if self._calls:
            self._calls.popleft()()


def _run(loop: asyncio.AbstractEventLoop) -> None:
    import asyncio

    asyncio.set_event_loop(loop)
    loop.run_forever()
    open_tasks = asyncio.all_tasks(loop)
    for task in open_tasks:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*open_tasks, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


class Job(Generic[Note, Result]):
    """One piece of work and what shall happen with its news, its result and its failure."""

    def __init__(
        self,
        parent: QObject,
        work: Callable[[Callable[[Note], None]], Coroutine[Any, Any, Result]],
    ) -> None:
        """``work`` is called with a function that takes progress from any thread."""
        self._work = work
        self._progress: Callable[[Note], None] | None = None
        self._success: Callable[[Result], None] | None = None
        self._failure: Callable[[Exception], None] | None = None
        self._cancel: Callable[[], None] | None = None
        self._open = True
        parent.destroyed.connect(self.cancel)

    def progress(self, call: Callable[[Note], None]) -> Job[Note, Result]:
        self._progress = call
        return self

    def success(self, call: Callable[[Result], None]) -> Job[Note, Result]:
        self._success = call
        return self

    def failure(self, call: Callable[[Exception], None]) -> Job[Note, Result]:
        self._failure = call
        return self

    def run(self, jobs: Jobs) -> Job[Note, Result]:
        """Start the work; may be called once."""
        self._cancel = jobs.start(self._guarded(jobs))
        return self

    def cancel(self) -> None:
        """Stop the work and forget its callbacks."""
        self._open = False
        if self._cancel is not None:
            self._cancel()

    @property
    def running(self) -> bool:
        return self._open and self._cancel is not None

    async def _guarded(self, jobs: Jobs) -> None:
        try:
            result = await self._work(lambda note: jobs.deliver(lambda: self._note(note)))
        except Exception as error:  # every failure goes on: to the page, or to Jobs.lost
            failed = error
            jobs.deliver(lambda: self._fail(jobs, failed))
        else:
            jobs.deliver(lambda: self._finish(result))

    def _note(self, note: Note) -> None:
        if self._open and self._progress is not None:
            self._progress(note)

    def _finish(self, result: Result) -> None:
        if self._open:
            self._open = False
            if self._success is not None:
                self._success(result)

    def _fail(self, jobs: Jobs, error: Exception) -> None:
        if self._open:
            self._open = False
            if self._failure is not None:
                self._failure(error)
            else:
                jobs.lost.emit(error)
