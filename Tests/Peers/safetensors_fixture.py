"""Writes Tests/Fixtures/peer.safetensors with the format's own library (safetensors 0.5 or later, with ml_dtypes).

Run: python3 Tests/Peers/safetensors_fixture.py
"""
import pathlib

import ml_dtypes
import numpy as np
from safetensors.numpy import save_file

save_file(
    {
        "half": np.array([1, -0.5, 65504, 2.0**-24, np.inf], np.float16),
        "brain": np.array([1, -0.5, 3.140625, 2.0**-126], ml_dtypes.bfloat16),
        "single": (np.arange(6, dtype=np.float32) / 8).reshape(2, 3),
        "double": np.array([0.1, -1e300]),
        "long": np.array([-1, 1 << 40]),
        "int": np.array([-1, 1 << 30], np.int32),
        "short": np.array([-32768, 5, 32767], np.int16),
        "tiny": np.array([-128, 127, 0], np.int8),
        "byte": np.array([0, 255, 7], np.uint8),
        "flags": np.array([True, False, True]),
    },
    pathlib.Path(__file__).parent.parent / "Fixtures" / "peer.safetensors",
    metadata={"format": "np", "note": "größer"},
)
