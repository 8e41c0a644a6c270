extension Tensor {
  /// Images enlarged by whole factors, each pixel repeated: `[batch, height, width, channels]` gives `[batch,
  /// height · rows, width · columns, channels]`. Gradient: the sum of `g` over each pixel's copies.
  ///
  /// - Throws: `shape-mismatch` for another number of axes; `bad-argument` for a factor below 1; `bad-shape` for a
  ///   result that is too large.
  public func upSampled(rows: Int, columns: Int) throws -> Tensor {
    guard rank == 4 else {
      throw TensorError(
        .shapeMismatch, "up_sample takes images, [batch, height, width, channels], and this has \(rank) axes",
        operands: [.init(.index(0), "input is \(shape)")])
    }
    guard rows >= 1, columns >= 1 else {
      throw TensorError(
        .badArgument, "up_sample needs factors of at least 1",
        operands: [.init(.named("factor"), "factors are \(rows) and \(columns)")])
    }
    let (batch, height, width, channels) = (shape[0], shape[1], shape[2], shape[3])
    let stretched = try Shape([batch, height, rows, width, columns, channels])
    let (tall, overTall) = height.multipliedReportingOverflow(by: rows)
    let (wide, overWide) = width.multipliedReportingOverflow(by: columns)
    guard !overTall, !overWide else {
      throw TensorError(.badShape, "up_sample by \(rows) and \(columns) of \(shape) is too large")
    }
    return try reshaped([batch, height, 1, width, 1, channels]).broadcast(to: stretched)
      .reshaped(try Shape([batch, tall, wide, channels]))
  }
}
