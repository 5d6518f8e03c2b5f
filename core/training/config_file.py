"""Training configs as TOML files: read and merged with options, written so that they can be given back."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from changeseek.core.errors import TrainingConfigError
from changeseek.core.index.files import write_text_whole
from changeseek.core.training.config import RunConfig

Config = TypeVar("Config", bound=RunConfig)

# Says which command a file is for, so that one stage's file is not given to the other.
_COMMAND = "command"
_NAMES = {
    int: "a whole number",
    float: "a number",
    str: "a text",
    Path: "a path in quotes",
    bool: "true or false",
}


def load_config(kind: type[Config], file: Path | None, options: Mapping[str, Any]) -> Config:
    """The config of a file, with options of the command line before what the file says.

    Args:
        kind: Of which stage.
        file: TOML; paths in it count from its folder. None for options alone.
        options: By field; None stands for an option that was not given.

    Raises:
        TrainingConfigError: The file cannot be read, has an unknown key, or a value that cannot be.
    """
    given = {} if file is None else _read(kind, file)
    return kind(**given | {name: value for name, value in options.items() if value is not None})


def save_config(config: RunConfig, file: Path) -> None:
    """Write all that is set; `load_config` reads it back as it was, paths absolute."""
    lines = [f"{_COMMAND} = {_toml(config.command)}"]
    for one in fields(config):
        value = getattr(config, one.name)
        if value is not None:
            lines.append(f"{one.name} = {_toml(value)}")
    write_text_whole(file, "\n".join(lines) + "\n")


def _read(kind: type[Config], file: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingConfigError(f"{file} cannot be read", "Name a config file in TOML") from error
    except tomllib.TOMLDecodeError as error:
        raise TrainingConfigError(f"{file} is no TOML: {error}", "Mend that line") from error
    command = found.pop(_COMMAND, kind.command)
    if command != kind.command:
        raise TrainingConfigError(
            f"{file} is a config for another command", f"Give it to `changeseek {command}`"
        )
    hints = get_type_hints(kind)
    known = {one.name: hints[one.name] for one in fields(kind)}
    return {key: _value(key, value, known, file) for key, value in found.items()}


def _value(key: str, value: Any, known: Mapping[str, Any], file: Path) -> Any:
    if key not in known:
        near = get_close_matches(key, known, 1)
        advice = f"Did you mean {near[0]!r}" if near else f"Known keys: {', '.join(known)}"
        raise TrainingConfigError(f"{file} has an unknown key {key!r}", advice)
    hint = known[key]
    if get_origin(hint) is UnionType:
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(_path(one, file) for one in value) if Path in get_args(hint) else tuple(value)
        raise TrainingConfigError(f"{key} in {file} is {value!r}", "It must be a list of texts")
    if hint is Path and isinstance(value, str):
        return _path(value, file)
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        raise TrainingConfigError(f"{key} in {file} is {value!r}", f"It must be {_NAMES[hint]}")
    return value


def _path(value: str, file: Path) -> Path:
    return (file.parent / value).resolve()


def _toml(value: Any) -> str:
    if isinstance(value, Path):
        value = str(value.resolve())
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    # A JSON text, number or truth value is one of TOML too.
    return json.dumps(value, ensure_ascii=False)
