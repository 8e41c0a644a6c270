/// What a convolution by a ``CookToom`` algorithm costs: the products of its points, and its transforms.
struct ToomCost {
  let rows: ToomAxis
  let columns: ToomAxis
  let batch: Int
  let sourceChannels: Int
  let destinationChannels: Int

  /// Time in multiplications of the direct way. A transform's multiplications take about twice the time of a product's,
  /// as they load and store more, and so does everything a tenth more than the direct way's.
  var total: Double { 1.1 * (products + 2 * transforms) }

  private var products: Double {
    let rowCount = Double((tiles - 1) / MicroKernel.rows + 1) * Double(MicroKernel.rows)
    return Double(rows.points * columns.points) * rowCount * source * destination
  }

  private var transforms: Double {
    let points = (Double(rows.points), Double(columns.points))
    func cost(_ rows: Int, _ columns: Int) -> Double {
      points.0 * Double(rows) * Double(columns) + points.0 * points.1 * Double(columns)
    }
    return Double(tiles)
      * (source * cost(rows.window.columns, columns.window.columns)
        + destination * cost(rows.outputs, columns.outputs))
      + source * destination * cost(rows.kernel.columns, columns.kernel.columns)
  }

  private var tiles: Int { batch * rows.tiles * columns.tiles }
  private var source: Double { Double(rows.sourcePhases * columns.sourcePhases * sourceChannels) }
  private var destination: Double { Double(rows.destinationPhases * columns.destinationPhases * destinationChannels) }
}

extension ConvolutionGeometry {
  /// Multiplications without a fast algorithm: those of ``DirectConvolution``, which leaves out padding but fills the
  /// batch up to whole slivers, or those of ``ColumnConvolution``, whichever are fewer.
  var directCost: Double {
    let images = ((batch - 1) / MicroKernel.rows + 1) * MicroKernel.rows
    let direct = Double(rows.meetings) * Double(columns.meetings) * Double(images)
    let byColumns = Double(taps) * Double(outputPixels) * Double(batch)
    return min(direct, byColumns) * Double(inputChannels) * Double(outputChannels)
  }
}

extension ConvolutionAxis {
  /// Pairs of an input and an output that meet through some tap.
  fileprivate var meetings: Int { (0..<kernel).reduce(0) { $0 + outputs(seenThrough: $1).count } }
}
