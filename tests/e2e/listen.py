"""Plays the person with a screen reader: presses keys, and prints what they would hear.

Runs with the system's Python, which has the bindings of the accessibility bus. Arguments are what
to do, in order: ``key:NAME`` (with ``ctrl+``), ``hear:TEXT`` (wait for an announcement) and
``focus:TEXT`` (wait until the focus is on a control of that name). Prints one line an event, and
``missed …`` for what did not come.
"""

import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - only after the version was chosen

APPLICATION = "secassist"
SECONDS = 20.0
CONTROL = 37  # key codes of X11
KEYS = {"tab": 23, "return": 36, "space": 65, "escape": 9, "1": 10, "2": 11, "v": 55, "f1": 67}

announced: list[str] = []
focused: list[str] = []


def on_event(event):
    if event.type.startswith("object:announcement"):
        announced.append(str(event.any_data))
        print("said", announced[-1], flush=True)
    elif event.detail1:
        focused.append(event.source.get_name())
        print("focus", event.source.get_role_name(), focused[-1], flush=True)


def until(condition):
    """Let events in until ``condition`` holds; False when it takes too long."""
    context = GLib.MainContext.default()
    end = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > end:
            return False
        if not context.iteration(False):
            time.sleep(0.01)
    return True


def window_is_there():
    desktop = Atspi.get_desktop(0)
    names = (desktop.get_child_at_index(i) for i in range(desktop.get_child_count()))
    return any(application and application.get_name() == APPLICATION for application in names)


def press(keys):
    control = keys.startswith("ctrl+")
    synth = Atspi.KeySynthType
    if control:
        Atspi.generate_keyboard_event(CONTROL, None, synth.PRESS)
    Atspi.generate_keyboard_event(KEYS[keys.removeprefix("ctrl+")], None, synth.PRESSRELEASE)
    if control:
        Atspi.generate_keyboard_event(CONTROL, None, synth.RELEASE)


def follow(step):
    kind, _, what = step.partition(":")
    if kind == "key":
        press(what)
        return True
    if kind == "hear":
        return until(lambda: what in announced)
    return until(lambda: bool(focused) and what in focused[-1])


Atspi.init()
listener = Atspi.EventListener.new(on_event)
for event_kind in ("object:announcement", "object:state-changed:focused"):
    listener.register(event_kind)
if not until(window_is_there):
    raise SystemExit("missed the window")
for step in sys.argv[1:]:
    if not follow(step):
        print("missed", step, flush=True)
        break
