"""What the writers of Tests/Fixtures/*.safetensors share: leaves at random, what is kept of them, and the file it is kept in.

Importing it makes float64 the type of PyTorch's numbers, so that formulas can be compared to many digits. A writer sets its own seed.
"""
import pathlib

import torch
from safetensors.torch import save_file

torch.set_default_dtype(torch.float64)
out = {}


def keep(prefix, **tensors):
    """Keeps the tensors' present values as `prefix.NAME`."""
    for name, tensor in tensors.items():
        out[f"{prefix}.{name}"] = tensor.detach().contiguous().clone()


def leaf(*shape, scale=1.0):
    """Normal numbers with a gradient."""
    return (torch.randn(*shape) * scale).requires_grad_()


def gradients(prefix, y, **leaves):
    """Keeps y, a random weighting of it, and the leaves' gradients of the weighted sum."""
    weighting = torch.randn_like(y)
    (y * weighting).sum().backward()
    keep(prefix, y=y, y_gradient=weighting, **leaves)
    keep(prefix, **{f"{name}_gradient": tensor.grad for name, tensor in leaves.items()})


def save(name, **metadata):
    """Writes what has been kept."""
    path = pathlib.Path(__file__).parent.parent / "Fixtures" / f"{name}.safetensors"
    save_file(out, path, metadata=metadata or None)
    print(f"{path}: {len(out)} tensors, {path.stat().st_size} bytes, torch {torch.__version__}")
