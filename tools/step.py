"""Run one command as one line on the screen: a name, the seconds, a log, and its end if it fails.

    python3 tools/step.py "Building the book" [--hint "what to try"] -- command arguments

Needs the standard library only: it also shows how the environment itself is made.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time

LOGS = os.path.join("build", "logs")
TAIL = 40


def main() -> int:
    """Run the command; the exit code is its exit code."""
    label, hint, command = arguments()
    os.makedirs(LOGS, exist_ok=True)
    path = os.path.join(LOGS, re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") + ".log")
    began = time.monotonic()
    code = run(label, command, path, began)
    if code:
        explain(label, hint, path, code)
    else:
        show(f" ok  {label} ({time.monotonic() - began:.0f} s)", last=True)
    return code


def arguments() -> tuple[str, str, list[str]]:
    """The label, the hint and the command from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("label")
    parser.add_argument("--hint", default="")
    cut = sys.argv.index("--")
    known = parser.parse_args(sys.argv[1:cut])
    return known.label, known.hint, sys.argv[cut + 1 :]


def run(label: str, command: list[str], path: str, began: float) -> int:
    """Run with all output in the log, while the line on the screen counts the seconds."""
    if not sys.stdout.isatty():
        print(f" ... {label}", flush=True)
    with open(path, "wb") as log:
        try:
            process = subprocess.Popen(
                command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
            )
        except OSError as error:
            log.write((f"cannot start {command[0]}: {error}\n").encode())
            return 127
        return wait(process, label, path, began)


def wait(process: subprocess.Popen[bytes], label: str, path: str, began: float) -> int:
    """Wait for the process; on Ctrl-C end it first, and leave as it left."""
    try:
        while process.poll() is None:
            time.sleep(0.1)
            seconds = time.monotonic() - began
            if sys.stdout.isatty() and seconds > 0.5:
                show(f" ... {label} ({seconds:.0f} s) {last_line(path)}")
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        print(f"\n     stopped: {label}")
    return process.returncode


def show(line: str, last: bool = False) -> None:
    """Rewrite the line on a terminal; elsewhere print only last words."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 1
        sys.stdout.write("\r\033[K" + line[:width] + ("\n" if last else ""))
        sys.stdout.flush()
    elif last:
        print(line, flush=True)


def last_line(path: str) -> str:
    """The newest line of the log, without colours, for the eye."""
    with open(path, "rb") as log:
        log.seek(max(0, os.path.getsize(path) - 400))
        lines = [line for line in re.split(r"[\r\n]+", log.read().decode(errors="replace")) if line.strip()]
    return re.sub(r"\033\[[0-9;]*[A-Za-z]", "", lines[-1].strip())[:60] if lines else ""


def explain(label: str, hint: str, path: str, code: int) -> None:
    """Say what failed, show the end of the log, and what to try."""
    show(f"FAIL {label} (exit {code}); the end of {path}:", last=True)
    with open(path, errors="replace") as log:
        for line in log.readlines()[-TAIL:]:
            print("     | " + line.rstrip())
    if hint:
        print("\n     " + hint)


if __name__ == "__main__":
    sys.exit(main())
