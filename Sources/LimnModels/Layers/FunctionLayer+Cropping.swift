import LimnTensor

extension FunctionLayer {
  /// Zeros around each image: `[batch, height, width, channels]` grows by what stands before and after on each axis.
  ///
  /// - Throws: `bad-argument` for a negative number.
  public static func pad2D(rows: (Int, Int), columns: (Int, Int)) throws -> FunctionLayer {
    try requireNotNegative(rows, columns)
    return FunctionLayer("pad2d", [Argument(nil, "[[\(rows.0), \(rows.1)], [\(columns.0), \(columns.1)]]")]) { x in
      try requireImages("pad2d", x)
      return try x.padded([(0, 0), rows, columns, (0, 0)])
    }
  }

  /// Each image without its edges: `[batch, height, width, channels]` shrinks by so many pixels before and after.
  ///
  /// - Throws: `bad-argument` for a negative number; called, `shape-mismatch` for an image that is too small.
  public static func crop2D(rows: (Int, Int), columns: (Int, Int)) throws -> FunctionLayer {
    try requireNotNegative(rows, columns)
    return FunctionLayer("crop2d", [Argument(nil, "[[\(rows.0), \(rows.1)], [\(columns.0), \(columns.1)]]")]) { x in
      try requireImages("crop2d", x)
      guard rows.0 + rows.1 <= x.shape[1], columns.0 + columns.1 <= x.shape[2] else {
        throw TensorError(
          .shapeMismatch, "crop2d takes more away than an image has",
          operands: [.init(.index(0), "input is \(x.shape)")])
      }
      return try x[
        .all, .slice(start: rows.0, stop: x.shape[1] - rows.1), .slice(start: columns.0, stop: x.shape[2] - columns.1)]
    }
  }

  private static func requireNotNegative(_ rows: (Int, Int), _ columns: (Int, Int)) throws {
    guard min(rows.0, rows.1, min(columns.0, columns.1)) < 0 else { return }
    throw TensorError(.badArgument, "the number of pixels cannot be negative")
  }

  private static func requireImages(_ name: String, _ x: Tensor) throws {
    guard x.rank != 4 else { return }
    throw TensorError(
      .shapeMismatch, "\(name) wants [batch, height, width, channels], and got \(x.rank) axes",
      operands: [.init(.index(0), "input is \(x.shape)")])
  }
}
