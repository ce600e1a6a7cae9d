"""Which acts can be done by somebody: what can be reached by name from the addresses, the worker and the followers."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.source import PACKAGE, modules, tree

Place = tuple[str, str]
"""A module and a name in it; the name "" stands for what the module does as it is loaded."""


def module_name(path: Path) -> str:
    """The dotted name of a file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_name(path): path for path in modules()}


@cache
def bindings(module: str) -> dict[str, Place]:
    """What the imports of a module bind, those inside functions too; a module is bound with the name ""."""
    found: dict[str, Place] = {}
    for node in ast.walk(tree(FILES[module])):
        if isinstance(node, ast.Import):
            found |= {(name.asname or name.name): (name.name, "") for name in node.names if name.name in FILES}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                place = (whole, "") if whole in FILES else (node.module, name.name)
                if place[0] in FILES:
                    found[name.asname or name.name] = place
    return found


@cache
def definitions(module: str) -> dict[str, tuple[ast.stmt, ...]]:
    """The statements of a module by the name they define; those that define none stand under ""."""
    found: dict[str, list[ast.stmt]] = {}
    for node in tree(FILES[module]).body:
        for name in _defined(node):
            found.setdefault(name, []).append(node)
    return {name: tuple(nodes) for name, nodes in found.items()}


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)] or [""]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return [] if isinstance(node, ast.Import | ast.ImportFrom) else [""]


def used(place: Place) -> Iterator[Place]:
    """The places that the code of a place names."""
    module, name = place
    imported, own = bindings(module), definitions(module)
    if name and name not in own:
        if name in imported:
            yield imported[name]
        return
    if name:
        yield module, ""
    for node in (part for statement in own.get(name, ()) for part in ast.walk(statement)):
        if isinstance(node, ast.Name):
            if node.id in own:
                yield module, node.id
            elif node.id in imported:
                yield imported[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            at = imported.get(node.value.id)
            if at and not at[1]:
                yield at[0], node.attr


def reached(start: Iterator[str], without: str) -> set[Place]:
    """Every place reached from the modules of `start`; what begins with `without` is not gone into."""
    waiting = [(module, name) for module in start for name in ("", *definitions(module))]
    found = set(waiting)
    while waiting:
        for place in used(waiting.pop()):
            if place not in found and not place[0].startswith(without):
                found.add(place)
                waiting.append(place)
    return found
