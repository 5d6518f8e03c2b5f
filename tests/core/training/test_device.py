"""Where and how precisely a training computes."""

from __future__ import annotations

import pytest
import torch

from changeseek.core.errors import TrainingConfigError, UnknownDeviceError
from changeseek.core.training.config import TrainingConfig
from changeseek.core.training.device import make_accelerator, supply_threads


@pytest.mark.parametrize("precision", ["no", "bf16"])
def test_a_second_training_in_a_process_may_want_another_precision(precision: str) -> None:
    accelerator = make_accelerator(TrainingConfig(device="cpu", precision=precision))
    assert (accelerator.device.type, accelerator.mixed_precision) == ("cpu", precision)


def test_a_cpu_trains_in_bf16_fed_by_one_thread_and_refuses_fp16() -> None:
    accelerator = make_accelerator(TrainingConfig(device="cpu"))
    assert (accelerator.mixed_precision, supply_threads(accelerator)) == ("bf16", 1)
    with pytest.raises(TrainingConfigError, match="fp16"):
        make_accelerator(TrainingConfig(device="cpu", precision="fp16"))


def test_a_device_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownDeviceError, match="cuda:99"):
        make_accelerator(TrainingConfig(device="cuda:99"))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no GPU here")
def test_a_gpu_is_taken_and_fed_by_several_threads() -> None:
    accelerator = make_accelerator(TrainingConfig())
    assert accelerator.device.type == "cuda"
    assert supply_threads(accelerator) > 1
