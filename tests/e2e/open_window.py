"""Opens the real window with the text of a file on the clipboard, as if a person had copied it."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    from PySide6.QtGui import QGuiApplication

    from secassist.ui.app import finish, make

    application, window = make()
    QGuiApplication.clipboard().setText(Path(sys.argv[1]).read_text("utf-8"))
    window.go("home")
    window.show()
    window.activateWindow()  # there is no window manager that would do it
    return finish(application, window)


if __name__ == "__main__":
    sys.exit(main())
