"""The inside: runs one student's cells and calls their functions. Started as `python -I -S worker.py`.

It is a plain process with limits, not a security sandbox. It knows the standard library and NumPy (and torch
and Triton's interpreter, for the set that needs them) and nothing of the course: no task, no expected value,
no gradebook. Requests come on one pipe and answers leave on another, as frames of `wire`; standard input,
output and error are empty while student code runs.
"""

import ast
import importlib.util
import linecache
import os
import resource
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

THREADS_AND_CHILDREN = 0
OPEN_FILES = 64


def load(name: str) -> Any:
    """Load a file of this folder by its path: the folder itself stays off the import path."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"_grader_{name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_numpy(folder: str) -> None:
    """Import NumPy from its folder, then take the folder, and all else that is in it, off the path."""
    sys.path.append(folder)
    for name in (
        "numpy",
        "numpy.random",
        "numpy.fft",
        "numpy.linalg",
        "numpy.testing",
        "numpy.lib.stride_tricks",
    ):
        importlib.import_module(name)
    sys.path.remove(folder)


def load_torch(folder: str) -> None:
    """Import torch and Triton, which interprets its kernels here; ready-made convolutions are refused.

    The folder stays on the path: torch imports parts of itself when they are first used.
    """
    os.environ["TRITON_INTERPRET"] = "1"
    sys.path.append(folder)
    torch = importlib.import_module("torch")
    importlib.import_module("triton.language")
    torch.set_num_threads(1)
    for place in (torch, torch.nn.functional):
        for name in [name for name in vars(place) if name.startswith("conv")]:
            setattr(place, name, _refused(name))


def _refused(name: str) -> Callable[..., Any]:
    def refuse(*arguments: Any, **keywords: Any) -> Any:
        raise RuntimeError(f"torch's own {name} is not there when your work is graded: build it yourself")

    return refuse


def set_limits(cpu: int, memory: int, file_size: int) -> list[str]:
    """Set the limits of this process for good; return the names of those that this system refuses."""
    wanted = {
        "RLIMIT_CPU": cpu,
        "RLIMIT_AS": memory,
        "RLIMIT_FSIZE": file_size,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_NPROC": THREADS_AND_CHILDREN,
    }
    return [name for name, value in wanted.items() if not _set_limit(name, value)]


def _set_limit(name: str, value: int) -> bool:
    try:
        resource.setrlimit(getattr(resource, name), (value, value))
    except (AttributeError, ValueError, OSError):
        return False
    return True


class Printed:
    """Stands for stdout and stderr: keeps the first characters, counts the rest."""

    encoding = "utf-8"

    def __init__(self, limit: int) -> None:
        self.limit, self.kept, self.dropped = limit, "", 0

    def write(self, text: str) -> int:
        """Keep what there is room for."""
        room = self.limit - len(self.kept)
        self.kept += text[:room]
        self.dropped += max(0, len(text) - room)
        return len(text)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    def isatty(self) -> bool:
        """Answer that nobody watches."""
        return False

    def text(self) -> str:
        """Return what was kept, and say how much was not."""
        more = f"\n[{self.dropped} more characters were printed]" if self.dropped else ""
        return self.kept + more


class Notebook:
    """The namespace in which a student's cells run."""

    def __init__(self, printed_limit: int) -> None:
        self.printed_limit = printed_limit
        self.sources: dict[str, list[str]] = {}
        self.module = types.ModuleType("__main__")
        sys.modules["__main__"] = self.module
        self.names = self.module.__dict__
        self.names.update(np=sys.modules["numpy"], display=print, check=_no_check)
        self._offer("convcheck", check=_no_check)

    def _offer(self, name: str, **attributes: Any) -> None:
        module = types.ModuleType(name)
        module.__dict__.update(attributes)
        sys.modules[name] = module

    def run(self, label: str, source: str) -> tuple[list[str], list[str]]:
        """Run a cell statement by statement; a statement that fails is told, the next one still runs."""
        python, skipped = magics.skip(source)
        self.sources[label] = python.split("\n")
        lines = [line + "\n" for line in self.sources[label]]
        linecache.cache[label] = (len(python), None, lines, label)  # a kernel's source is read by Triton
        try:
            statements = ast.parse(python, label).body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return [self.describe(error)], skipped
        return [told for told in (self._statement(label, node) for node in statements) if told], skipped

    def _statement(self, label: str, node: ast.stmt) -> str:
        try:
            exec(compile(ast.Module([node], []), label, "exec"), self.names)
        except BaseException as error:  # noqa: BLE001  student code may raise anything, SystemExit too
            return self.describe(error)
        return ""

    def call(self, name: str, arguments: list[Any]) -> Any:
        """Call a function of the student."""
        if name not in self.names:
            raise NameError(f"the notebook defines no function {name}")
        return self.names[name](*map(_own_copy, arguments))

    def call_with_tensors(self, name: str, arguments: list[Any]) -> Any:
        """Call a function that takes torch tensors and gives one, or an array."""
        torch = sys.modules["torch"]
        given = [
            torch.from_numpy(_between_guards(a)) if hasattr(a, "dtype") and a.ndim else a for a in arguments
        ]
        answer = self.call(name, given)
        return answer.detach().cpu().numpy() if isinstance(answer, torch.Tensor) else answer

    def describe(self, error: BaseException) -> str:
        """Say what was raised and in which line of the student's own cell."""
        name, text, line = self.told(error)
        return f"{name}: {text}." + (f" The line: {line}" if line else "")

    def told(self, error: BaseException) -> tuple[str, str, str]:
        """Return the name of what was raised, its text, and the student's own line that raised it."""
        text = error.msg if isinstance(error, SyntaxError) else _text_of(error)
        return _kind(error), text[:500], self._line(error)

    def _line(self, error: BaseException) -> str:
        places = [(error.filename, error.lineno)] if isinstance(error, SyntaxError) else []
        trace = error.__traceback__
        while trace:
            places.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
            trace = trace.tb_next
        own = [(self.sources[label], line) for label, line in places if label in self.sources and line]
        if not own:
            return ""
        lines, line = own[-1]
        return lines[line - 1].strip()[:120] if line <= len(lines) else ""


def _between_guards(array: Any, room: int = 1024, guard: float = 12345.0) -> Any:
    """Return a copy in the middle of a longer stretch of memory: what a kernel reads beside it is seen."""
    numpy = sys.modules["numpy"]
    whole = numpy.full(array.size + 2 * room, guard, array.dtype)
    middle = whole[room : room + array.size].reshape(array.shape)
    middle[...] = array
    return middle


def _own_copy(argument: Any) -> Any:
    """Return a copy that the function may write to, as in the notebook; nobody else reads it."""
    return argument.copy() if hasattr(argument, "copy") and not hasattr(argument, "detach") else argument


def _kind(error: BaseException) -> str:
    """The name of its class; a stub stays a stub when Triton, which ran it, raises an error of its own."""
    inner = error
    while inner.__cause__ is not None:
        inner = inner.__cause__
    return "NotImplementedError" if isinstance(inner, NotImplementedError) else type(error).__name__


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:  # noqa: BLE001  a student's own __str__ may raise
        return "(its text cannot be shown)"


def _no_check(*arguments: Any, **keywords: Any) -> None:
    print("[the visible check does not run here: the grader judges this function itself]")


class Server:
    """Answers requests until the other side closes the pipe."""

    def __init__(self, requests: int, answers: int, notebook: Notebook, limit: int) -> None:
        self.requests, self.answers, self.notebook, self.limit = requests, answers, notebook, limit
        self.pack, self.decode, self.header = wire.pack, wire.decode, wire.HEADER
        self.clock = time.perf_counter  # kept before any student code runs

    def serve(self) -> None:
        """Read, work, answer."""
        while True:
            length, number = self.header.unpack(self._read(self.header.size))
            work = self.decode(self._read(length))
            self._write(self._answer(number, *work))

    def _answer(self, number: int, order: str, *arguments: Any) -> bytes:
        printed = Printed(self.notebook.printed_limit)
        sys.stdout = sys.stderr = printed
        try:
            begin = self.clock()
            result = self._orders()[order](*arguments)
            frame: bytes = self.pack(number, ("ok", result, printed.text(), self.clock() - begin))
            if len(frame) > self.limit:
                raise ValueError(f"the value that was returned is larger than {self.limit >> 20} MiB")
        except BaseException as error:  # noqa: BLE001  student code may raise anything
            told = self.notebook.told(error)
            return bytes(self.pack(number, ("raised", told, printed.text(), 0.0)))
        return frame

    def _orders(self) -> dict[str, Callable[..., Any]]:
        return {
            "run": self.notebook.run,
            "call": self.notebook.call,
            "call with tensors": self.notebook.call_with_tensors,
        }

    def _read(self, count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            piece = os.read(self.requests, count - len(data))
            if not piece:
                os._exit(0)
            data += piece
        return bytes(data)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self.answers, view) :]


def main(
    numpy_folder: str, torch: str, cpu: str, memory: str, file_size: str, printed: str, answer: str
) -> None:
    """Get ready, say which limits this system refused, then serve."""
    global wire, magics
    load_numpy(numpy_folder)
    if torch == "torch":
        load_torch(numpy_folder)
    wire, magics = load("wire"), load("magics")
    requests, answers = os.dup(0), os.dup(1)
    empty = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(empty, standard)
    refused = set_limits(int(cpu), int(memory), int(file_size))
    server = Server(requests, answers, Notebook(int(printed)), int(answer))
    server._write(wire.pack(0, ("ok", refused, "", 0.0)))
    server.serve()


wire: Any = None
magics: Any = None

if __name__ == "__main__":
    main(*sys.argv[1:])
