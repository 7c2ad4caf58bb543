"""A signal ends the loop though nothing else happens in the window."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from secassist.ui.signals import closing_on_signals

TOO_LATE = 7


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot send itself these signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_loop(number: signal.Signals, qapp: QApplication) -> None:
    before = signal.getsignal(number)
    late = QTimer()
    late.setSingleShot(True)
    late.timeout.connect(lambda: qapp.exit(TOO_LATE))
    late.start(10_000)
    sender = threading.Timer(0.1, os.kill, (os.getpid(), number))
    with closing_on_signals(qapp):
        sender.start()
        assert qapp.exec() == 0
    sender.join()
    late.stop()
    assert signal.getsignal(number) == before
