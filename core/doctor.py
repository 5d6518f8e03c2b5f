"""What this machine has, and what is wrong with it."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from changeseek.core.errors import ChangeSeekError

_PACKAGES = (
    "changeseek",
    "torch",
    "numpy",
    "rasterio",
    "pyarrow",
    "pyogrio",
    "faiss-cpu",
    "transformers",
    "timm",
)
_GPU_TRACES = ("/proc/driver/nvidia/version", "/dev/kfd")
_GPU_TOOLS = ("nvidia-smi", "rocm-smi")
_LITTLE_DISK = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found.

    Attributes:
        versions: Package or library to version, "missing" where it is not there.
        device: What the device `auto` takes.
        gpu_present: The machine shows traces of a GPU, whether torch can use it or not.
        models: Names of the models that are here.
        folders: Where caches and logs go.
        free_bytes: Room on the disk of the current folder.
        problems: What should be mended, each a line with its advice; empty where all is well.
    """

    versions: dict[str, str]
    device: str
    gpu_present: bool
    models: list[str]
    folders: dict[str, str]
    free_bytes: int
    problems: list[str]


def examine() -> Checkup:
    """Look at this machine."""
    from changeseek.core.model.device import choose_device

    device = str(choose_device("auto"))
    gpu_present = has_gpu()
    names, model_problem = _models()
    free = shutil.disk_usage(Path.cwd()).free
    problems = [*model_problem, *device_problems(gpu_present, device, torch_build())]
    if free < _LITTLE_DISK:
        problems.append("little room is left on this disk. Build indexes elsewhere or make room")
    return Checkup(_versions(), device, gpu_present, names, _folders(), free, problems)


def has_gpu() -> bool:
    """Whether the machine shows traces of an NVIDIA or AMD GPU."""
    return any(Path(trace).exists() for trace in _GPU_TRACES) or any(map(shutil.which, _GPU_TOOLS))


def torch_build() -> str:
    """What the installed torch was built for: `CUDA 13.0`, `ROCm 7.0` or `CPU only`."""
    from torch import version

    if version.cuda:
        return f"CUDA {version.cuda}"
    hip = getattr(version, "hip", None)
    return f"ROCm {hip}" if hip else "CPU only"


def device_problems(gpu_present: bool, device: str, build: str) -> list[str]:
    """Why a GPU that is there is not used; empty where it is used or there is none."""
    if not gpu_present or device != "cpu":
        return []
    if build == "CPU only":
        advice = "Install the torch build for your GPU into this environment"
        return [f"a GPU is present but this torch build is CPU-only. {advice}"]
    return [f"a GPU is present but torch ({build}) cannot use it. Check the GPU's driver"]


def _models() -> tuple[list[str], list[str]]:
    from changeseek.core.model.loading import DEFAULT_MODEL, available_models

    try:
        names = [card.name for card in available_models()]
    except ChangeSeekError as error:
        return [], [str(error)]
    if DEFAULT_MODEL in names:
        return names, []
    return names, ["the embedded model is missing. Restore the folder resources/models of the checkout"]


def _versions() -> dict[str, str]:
    import rasterio

    versions = {"python": platform.python_version(), "gdal": str(rasterio.__gdal_version__)}
    return versions | {name: _version(name) for name in _PACKAGES} | {"torch build": torch_build()}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"


def _folders() -> dict[str, str]:
    from platformdirs import user_cache_path, user_log_path

    cache, logs = user_cache_path("changeseek", appauthor=False), user_log_path("changeseek", appauthor=False)
    return {"cache": str(cache), "logs": str(logs)}
