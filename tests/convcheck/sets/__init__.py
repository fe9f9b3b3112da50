"""What the tests know of each problem set, one module a set, gathered.

POINTS      what each task is worth
TORCH       for each task, a function of its signature that asks torch
UNUSUAL     for each task, right answers as no course teaches them: each must pass, and no idea be named
LAZY        for some tasks, answers that do no work: each scores nothing, whatever the seed
"""

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

MODULES = [importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]


def _gathered(name: str) -> dict[str, Any]:
    return {key: value for module in MODULES for key, value in getattr(module, name, {}).items()}


POINTS: dict[str, int] = _gathered("POINTS")
TORCH: dict[str, Callable[..., Any]] = _gathered("TORCH")
UNUSUAL: dict[str, list[Callable[..., Any]]] = _gathered("UNUSUAL")
LAZY: dict[str, list[Callable[..., Any]]] = _gathered("LAZY")
