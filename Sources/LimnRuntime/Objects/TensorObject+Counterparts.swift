extension TensorObject {
  /// What Limn writes for members that tensors have in NumPy and PyTorch, and here have not.
  static let counterparts: [String: String] = [
    "T": "x.transpose()", "mT": "x.transpose()", "t": "x.transpose()", "swapaxes": "x.transpose(0, 1)",
    "moveaxis": "x.permute(1, 0)", "view": "x.reshape(-1)", "ravel": "x.reshape(-1)", "unsqueeze": "x[nil]",
    "expand_dims": "x[nil]", "size": "x.shape", "ndim": "len(x.shape)", "dim": "len(x.shape)", "rank": "len(x.shape)",
    "numel": "len(x.reshape(-1))", "nelement": "len(x.reshape(-1))", "astype": "x.to(\"float32\")",
    "type": "x.to(\"float32\")", "float": "x.to(\"float32\")", "double": "x.to(\"float64\")", "long": "x.to(\"int64\")",
    "int": "x.to(\"int32\")", "byte": "x.to(\"uint8\")", "bool": "x.to(\"bool\")", "numpy": "x.list()",
    "tolist": "x.list()", "dot": "x @ y", "mm": "x @ y", "bmm": "x @ y", "clip": "x.clamp(0, 1)",
    "masked_fill": "where(mask, 0, x)", "index_select": "x.take([0])", "chunk": "x.split(2)", "tile": "x.repeat(2)",
    "cat": "concat([x, y])", "concatenate": "concat([x, y])", "concat": "concat([x, y])", "stack": "stack([x, y])",
    "detach": "no_grad { x }", "grad": "grad(x => sum(x), x)", "backward": "grad(x => sum(x), x)",
    // A tensor never changes, and lies where the processor reads it.
    "clone": "x", "contiguous": "x", "cpu": "x",
    "add": "x + y", "sub": "x - y", "mul": "x * y", "div": "x / y", "neg": "-x", "eq": "x == y", "ne": "x != y",
    "lt": "x < y", "le": "x <= y", "gt": "x > y", "ge": "x >= y",
  ]
}
