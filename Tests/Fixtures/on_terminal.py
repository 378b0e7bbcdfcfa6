"""Runs a command on a terminal of its own until a text is on the screen, then presses q and waits for its end.

usage: on_terminal.py TEXT COMMAND...

Ends with the command's status, and with 3 when the text does not come within a minute.
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

pid, terminal = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm-256color"
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
seen, pressed, deadline = b"", False, time.monotonic() + 60
while time.monotonic() < deadline:
    if select.select([terminal], [], [], 0.1)[0]:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            part = b""
        if not part:
            break
        seen += part
    if not pressed and sys.argv[1].encode() in seen:
        os.write(terminal, b"q")
        pressed = True
if not pressed:
    sys.stderr.write(f"waited in vain for {sys.argv[1]}: {seen[-3000:]!r}\n")
    os.kill(pid, 9)
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.exit(status if pressed else 3)
