import LimnLanguage

extension ErrorCatalog {
  /// The codes of tensors, models, pictures, and files.
  public static let runtime = ErrorCatalog(
    tensorEntries + linearAlgebraEntries + modelEntries + fileEntries + formatEntries)

  private static let tensorEntries: [Entry] = [
    Entry(
      "shape-mismatch",
      """
      A shape is the list of a tensor's lengths, axis by axis. Elementwise operations stretch an axis of length 1 to fit, and nothing
      else; a matrix product wants the left's last axis as long as the right's next to last; a layer wants the channels that it
      took its shape from; a loss wants exactly one shape. The message names both shapes whole and the axis at odds.
      """, wrong: "zeros(2, 3) @ zeros(2, 3)", right: "zeros(2, 3) @ zeros(3, 2)"),
    Entry(
      "bad-shape",
      "A tensor has at most eight axes, none of them negative, and no more elements than can be counted.",
      wrong: "zeros(-1, 3)", right: "zeros(1, 3)"),
    Entry(
      "dtype-mismatch", "An operation cannot work on elements of this type: bits are for ints and bools, say.",
      wrong: "~tensor([1.5])", right: "~tensor([1])"),
    Entry(
      "unknown-dtype", "Element types are bool, uint8, int32, int64, float32, and float64.",
      wrong: "zeros(2, dtype: \"float16\")", right: "zeros(2, dtype: \"float32\")"),
    Entry(
      "bad-axis",
      "The tensor has no such axis, or the axis is named twice. Axes count from 0; negative ones from the end.",
      wrong: "zeros(2, 3).sum(axis: 2)", right: "zeros(2, 3).sum(axis: 1)"),
    Entry(
      "bad-argument", "An argument is of the right type, but outside of what the function can take.",
      wrong: "dropout(1.5)", right: "dropout(0.5)"),
    Entry(
      "out-of-range", "A number does not fit into the tensor's element type.",
      wrong: "tensor([1], dtype: \"uint8\") + 300", right: "tensor([1]) + 300"),
    Entry(
      "out-of-memory",
      "The result would take more memory than the machine has. Nothing has been computed; what was there is still there.",
      wrong: "zeros(1000000, 1000000) + 1", right: "zeros(1000, 1000) + 1"),
    Entry(
      "not-finite",
      """
      A loss is NaN or infinite, or a picture has a NaN. A step of training then changes nothing, and the note names the first operator
      that made such a number: often a learning rate that is too high, a logarithm of 0, or a division by 0.
      """, wrong: "let w = weight(ones(1))\nminimize(sgd([w])) { log(0 * sum(w)) }",
      right: "let w = weight(ones(1))\nminimize(sgd([w])) { log(sum(w)) }"),
    Entry(
      "no-gradient",
      """
      A gradient is taken of one float number with respect to floats that it depends on. A loss that is a whole tensor is reduced with
      mean() or sum(); one that never reaches the optimizer's weights was computed from something else.
      """, wrong: "let m = dense(1)\nlet opt = sgd(m)\nminimize(opt) { m(ones(4, 2)) }",
      right: "let m = dense(1)\nlet opt = sgd(m)\nminimize(opt) { m(ones(4, 2)).mean() }"),
  ]

  private static let linearAlgebraEntries: [Entry] = [
    Entry(
      "singular-matrix",
      """
      The matrix has no inverse: some of its rows add up to another. Or, for `cholesky`, it is not positive definite: some vector x
      has xᵀ a x of zero or less. A small number on the diagonal often helps, and `lstsq` takes any matrix.
      """, wrong: "solve(ones(2, 2), ones(2))", right: "solve(eye(2), ones(2))"),
    Entry(
      "no-convergence",
      """
      Eigenvalues and singular values are found step by step, and these steps came to no end: the matrix holds a NaN, an
      infinity, or numbers of extremely different sizes.
      """, wrong: "eigh(full([2, 2], nan))", right: "eigh(eye(2))"),
    Entry(
      "missing-library",
      """
      Linear algebra, and matrix products of float64, are done by OpenBLAS, which this system lacks. Install it, or name its file in
      the environment variable `LIMN_OPENBLAS`. Everything else works without it.
      """, wrong: "", right: "solve(eye(2), ones(2))"),
  ]

  private static let modelEntries: [Entry] = [
    Entry(
      "checkpoint-mismatch",
      "A checkpoint does not fit the model that it is loaded into: names are missing, unknown, or have other shapes. Nothing was loaded.",
      wrong:
        "let a = dense(1)\na(ones(1, 2))\nsave(\"a.safetensors\", a)\nlet b = dense(2)\nb(ones(1, 2))\nload(\"a.safetensors\", into: b)",
      right:
        "let a = dense(1)\na(ones(1, 2))\nsave(\"a.safetensors\", a)\nlet b = dense(1)\nload(\"a.safetensors\", into: b)"
    ),
    Entry(
      "missing-data",
      "A data set is not on this machine. Limn downloads nothing: the help says which package to install, or how to name a folder.",
      wrong: "import data\ndata.fashion_mnist(folder: \"nowhere\")", right: "import data\ndata.two_moons(100)"),
    Entry(
      "missing-tensor", "A safetensors file has no tensor of that name.",
      wrong: "", right: "save(\"a.safetensors\", {x: ones(2)})\nload(\"a.safetensors\").x"),
    Entry(
      "unknown-color-map", "Color maps are viridis, magma, inferno, plasma, coolwarm, and gray.",
      wrong: "heatmap(eye(3), \"virdis\")", right: "heatmap(eye(3), \"viridis\")"),
  ]

  private static let fileEntries: [Entry] = [
    Entry(
      "missing-file",
      "There is no such file. Paths start at the notebook's or script's own folder; in the REPL at the current one.",
      wrong: "read_png(\"nowhere.png\")", right: "save_png(\"a.png\", ones(2, 2, 1))\nread_png(\"a.png\")"),
    Entry(
      "missing-folder",
      "There is no such folder. Limn does not make folders for files that it writes, since most such paths are misspelt.",
      wrong: "save_png(\"nowhere/a.png\", ones(2, 2, 1))", right: "save_png(\"a.png\", ones(2, 2, 1))"),
    Entry(
      "corrupt-file", "A file is cut short, damaged, or of another kind than its name says. It was not read in part.",
      wrong: "save_png(\"a.png\", ones(2, 2, 1))\nload(\"a.png\")",
      right: "save_png(\"a.png\", ones(2, 2, 1))\nread_png(\"a.png\")"),
    Entry("permission-denied", "The system does not let this user read or write there.", wrong: "", right: ""),
    Entry("cannot-read", "The system failed to read a file; the message has its reason.", wrong: "", right: ""),
    Entry(
      "cannot-write",
      "The system failed to write a file, such as on a full disk. A file of that name is as it was before.",
      wrong: "", right: ""),
    Entry(
      "bad-image", "A picture would have no pixels, or more than can be handled.",
      wrong: "save_png(\"a.png\", ones(0, 2, 1))",
      right: "save_png(\"a.png\", ones(2, 2, 1))"),
    Entry("bad-text", "A text chunk of a PNG cannot hold this keyword or text.", wrong: "", right: ""),
    Entry(
      "bad-encoding", "Programs and texts are UTF-8, and this file is not.",
      wrong: "import files\nfiles.write_bytes(\"a.txt\", [255])\nfiles.read_text(\"a.txt\")",
      right: "import files\nfiles.write_bytes(\"a.txt\", [76])\nfiles.read_text(\"a.txt\")"),
    Entry(
      "file-exists", "Something has this name already, and `rename` and `copy` write over nothing unless told.",
      wrong: "import files\nfiles.write_text(\"a.txt\", \"\")\nfiles.copy(\"a.txt\", \"a.txt\")",
      right: "import files\nfiles.write_text(\"a.txt\", \"\")\nfiles.copy(\"a.txt\", \"b.txt\")"),
    Entry(
      "ambiguous-module",
      "The standard library has a module of this name, and so has the importing file's folder. Rename the file.",
      wrong: "", right: "import gan"),
  ]
}
