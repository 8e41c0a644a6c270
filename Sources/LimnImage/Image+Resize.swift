import LimnTensor

extension Image {
  /// How a picture of another size is made.
  public enum Resampling: String, Sendable, CaseIterable {
    /// The sample whose place is nearest: hard edges, no new colors.
    case nearest
    /// A linear blend of the two nearest samples along each axis. For enlarging; when shrinking it skips samples.
    case bilinear
    /// The average over the area that a new pixel covers. For shrinking.
    case area
    /// `area` along an axis that shrinks, `bilinear` along one that grows.
    case automatic
  }

  /// The picture at another size; pixels are squares whose centers lie at half coordinates, so the corners of
  /// the old and the new picture coincide.
  ///
  /// Colors are weighted by their opacity, so that the unseen color of a transparent pixel does not bleed into
  /// its neighbors.
  ///
  /// - Throws: `bad-image` when a side is not positive or the result would be too large.
  public func resized(
    width newWidth: Int, height newHeight: Int, by method: Resampling = .automatic
  ) throws(TensorError) -> Image {
    try Self.checkSize(width: newWidth, height: newHeight)
    if newWidth == width && newHeight == height { return self }
    let count = channels.count
    var values = unitSamples
    if channels.hasAlpha { Self.multiplyByAlpha(&values, channels: count) }

    let columns = AxisFilter(from: width, to: newWidth, method: method)
    values = columns.applied(to: values, outer: height, inner: count)
    let rows = AxisFilter(from: height, to: newHeight, method: method)
    values = rows.applied(to: values, outer: 1, inner: newWidth * count)

    if channels.hasAlpha { Self.divideByAlpha(&values, channels: count) }
    return Image(width: newWidth, height: newHeight, channels: channels, unitSamples: values, depth: depth)
  }

  private static func multiplyByAlpha(_ values: inout [Float], channels: Int) {
    for start in stride(from: 0, to: values.count, by: channels) {
      let alpha = values[start + channels - 1]
      for channel in 0..<(channels - 1) { values[start + channel] *= alpha }
    }
  }

  private static func divideByAlpha(_ values: inout [Float], channels: Int) {
    for start in stride(from: 0, to: values.count, by: channels) {
      let alpha = values[start + channels - 1]
      guard alpha > 0 else { continue }
      for channel in 0..<(channels - 1) { values[start + channel] /= alpha }
    }
  }
}

/// For each new place along one axis, the run of old places that it blends and their weights, which sum to 1.
struct AxisFilter {
  private struct Tap {
    var first: Int
    var weights: [Float]
  }

  private let oldCount: Int
  private let taps: [Tap]

  init(from oldCount: Int, to newCount: Int, method: Image.Resampling) {
    self.oldCount = oldCount
    let scale = Double(oldCount) / Double(newCount)
    taps = (0..<newCount).map { index in
      switch method {
      case .nearest: Self.nearest(index, scale, oldCount)
      case .bilinear: Self.bilinear(index, scale, oldCount)
      case .area: Self.area(index, oldCount, newCount)
      case .automatic:
        newCount < oldCount ? Self.area(index, oldCount, newCount) : Self.bilinear(index, scale, oldCount)
      }
    }
  }

  private static func nearest(_ index: Int, _ scale: Double, _ oldCount: Int) -> Tap {
    Tap(first: min(Int((Double(index) + 0.5) * scale), oldCount - 1), weights: [1])
  }

  private static func bilinear(_ index: Int, _ scale: Double, _ oldCount: Int) -> Tap {
    let place = min(max((Double(index) + 0.5) * scale - 0.5, 0), Double(oldCount - 1))
    let first = min(Int(place), oldCount - 1)
    let fraction = Float(place - Double(first))
    return fraction == 0 ? Tap(first: first, weights: [1]) : Tap(first: first, weights: [1 - fraction, fraction])
  }

  /// A new place covers [index, index + 1) · oldCount / newCount; whole numbers keep the bounds exact.
  private static func area(_ index: Int, _ oldCount: Int, _ newCount: Int) -> Tap {
    let start = index * oldCount
    let end = start + oldCount
    let first = start / newCount
    let last = (end - 1) / newCount
    let weights = (first...last).map { old in
      Float(min(end, (old + 1) * newCount) - max(start, old * newCount)) / Float(oldCount)
    }
    return Tap(first: first, weights: weights)
  }

  /// Filters the middle axis of values of shape `[outer, oldCount, inner]`.
  func applied(to values: [Float], outer: Int, inner: Int) -> [Float] {
    var result = [Float](repeating: 0, count: outer * taps.count * inner)
    for block in 0..<outer {
      for (index, tap) in taps.enumerated() {
        let target = (block * taps.count + index) * inner
        for (offset, weight) in tap.weights.enumerated() {
          let source = (block * oldCount + tap.first + offset) * inner
          for position in 0..<inner { result[target + position] += weight * values[source + position] }
        }
      }
    }
    return result
  }
}
