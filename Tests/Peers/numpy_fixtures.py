"""Writes Tests/Fixtures/NPY/: one array of each element type that Limn reads, by NumPy (2.0 or later).

Each array is [[0, 1, 2], [3, 4, 5]] less one in its own type, save where its name says otherwise.

Run: python3 Tests/Peers/numpy_fixtures.py
"""
import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent.parent / "Fixtures" / "NPY"
FOLDER.mkdir(parents=True, exist_ok=True)
base = np.arange(6).reshape(2, 3) - 1

for name in ["<f2", "<f4", "<f8", ">f4", "|i1", "<i2", "<i4", "<i8", ">i2"]:
    np.save(FOLDER / f"{name[1:]}{'-big' if name[0] == '>' else ''}.npy", base.astype(name))
for name in ["u1", "u2", "u4"]:
    top = np.iinfo(name).max
    np.save(FOLDER / f"{name}.npy", np.array([[0, 1, 2], [3, 4, top]], name))
np.save(FOLDER / "bool.npy", base > 1)
np.save(FOLDER / "columns.npy", np.asfortranarray(base.astype("<f4")))
np.save(FOLDER / "number.npy", np.float64(0.1))
np.save(FOLDER / "empty.npy", np.zeros((0, 3), np.float32))
np.save(FOLDER / "complex.npy", np.zeros(2, complex))
np.save(FOLDER / "objects.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
np.savez(FOLDER / "stored.npz", x=base.astype("<f4"), y=np.array([7, 8]))
np.savez_compressed(FOLDER / "deflated.npz", x=np.tile(base.astype("<f4"), (20, 1)), y=np.array([7, 8]))
