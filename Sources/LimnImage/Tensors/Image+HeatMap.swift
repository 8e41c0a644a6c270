import LimnTensor

extension Image {
  /// A matrix as a picture: one pixel an element, its color by a scale.
  ///
  /// - Parameters:
  ///   - matrix: `[height, width]`, of any element type.
  ///   - map: The scale of colors.
  ///   - range: The numbers that have the scale's first and last color; without it, the least and the greatest element.
  /// - Throws: `shape-mismatch` for another number of axes, `bad-image` for an empty matrix, `not-finite` for a NaN
  ///   (or, without a range, an infinity), with its place.
  public static func heatMap(_ matrix: Tensor, map: ColorMap = .viridis, range: ValueRange? = nil) throws -> Image {
    guard matrix.rank == 2 else {
      throw TensorError(
        .shapeMismatch, "a heat map shows a matrix, and a tensor of shape \(matrix.shape) has \(matrix.rank) axes",
        operands: [.init(.index(0), "this is \(matrix.shape)")])
    }
    try checkSize(width: matrix.shape[1], height: matrix.shape[0])
    let values: [Float] = try matrix.converted(to: .float32).elements()
    let fractions = try (range ?? extent(values, matrix.shape)).fractions(of: values, shape: matrix.shape)
    var samples: [UInt8] = []
    samples.reserveCapacity(values.count * 3)
    for fraction in fractions {
      let color = map.color(at: fraction)
      samples.append(color.red)
      samples.append(color.green)
      samples.append(color.blue)
    }
    return try Image(width: matrix.shape[1], height: matrix.shape[0], channels: .rgb, samples: .eight(samples))
  }

  /// From the least value to the greatest; when all are equal, a little less and more, so that they are the middle.
  private static func extent(_ values: [Float], _ shape: Shape) throws(TensorError) -> ValueRange {
    var (low, high) = (Float.infinity, -Float.infinity)
    for (index, value) in values.enumerated() {
      if value.isNaN { throw ValueRange.nan(at: index, shape) }
      low = min(low, value)
      high = max(high, value)
    }
    guard low.isFinite, high.isFinite else {
      throw TensorError(
        .notFinite, "a heat map of infinite values needs a range",
        operands: [.init(.index(0), "values go from \(low) to \(high)")], help: "give one, such as range: [0, 1]")
    }
    let margin = low < high ? 0 : max(1, abs(Double(low)) / 64)
    return try ValueRange(Double(low) - margin, Double(high) + margin)
  }
}
