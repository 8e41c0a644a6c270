import LimnTensor

extension FunctionLayer {
  /// More elements around each sequence, image or volume: `[batch, height, width, channels]` grows by what stands before
  /// and after on each axis between the batch and the channels.
  ///
  /// - Parameter mode: zeros, or what the edges suggest.
  /// - Throws: `bad-argument` for a negative number or another number of axes than one to three.
  public static func pad(_ widths: [(before: Int, after: Int)], mode: PaddingMode = .constant) throws -> FunctionLayer {
    var arguments = try arguments(widths)
    if mode != .constant { arguments.append(Argument("mode", "\"\(mode.rawValue)\"")) }
    return FunctionLayer("pad\(widths.count)d", arguments) { x in
      try requireLayout("pad", widths.count, x)
      return try x.padded([(0, 0)] + widths + [(0, 0)], by: mode)
    }
  }

  /// Each sequence, image or volume without its edges: what ``pad(_:mode:)`` adds is taken away.
  ///
  /// - Throws: `bad-argument` for a negative number; called, `shape-mismatch` for what is too small.
  public static func crop(_ widths: [(before: Int, after: Int)]) throws -> FunctionLayer {
    FunctionLayer("crop\(widths.count)d", try arguments(widths)) { x in
      try requireLayout("crop", widths.count, x)
      for (axis, width) in widths.enumerated() {
        let (sum, overflow) = width.before.addingReportingOverflow(width.after)
        guard overflow || sum > x.shape[axis + 1] else { continue }
        throw TensorError(
          .shapeMismatch, "crop\(widths.count)d takes more away than axis \(axis + 1) has",
          operands: [.init(.index(0), "input is \(x.shape)")])
      }
      let parts: [Index] = widths.enumerated().map { axis, width in
        .slice(start: width.before, stop: x.shape[axis + 1] - width.after)
      }
      return try x.indexed([.all] + parts)
    }
  }

  private static func arguments(_ widths: [(before: Int, after: Int)]) throws -> [Argument] {
    guard (1...3).contains(widths.count) else {
      throw TensorError(.badArgument, "there are pairs for one to three axes, and these are \(widths.count)")
    }
    guard widths.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      throw TensorError(.badArgument, "the number of pixels cannot be negative")
    }
    let pairs = widths.map { "[\($0.before), \($0.after)]" }
    return [Argument(nil, "[\(pairs.joined(separator: ", "))]")]
  }

  /// Makes sure that an input has a batch, so many axes, and channels.
  private static func requireLayout(_ name: String, _ axes: Int, _ x: Tensor) throws {
    guard x.rank != axes + 2 else { return }
    let layout = [["time"], ["height", "width"], ["depth", "height", "width"]][axes - 1].joined(separator: ", ")
    throw TensorError(
      .shapeMismatch, "\(name)\(axes)d wants [batch, \(layout), channels], and got \(x.rank) axes",
      operands: [.init(.index(0), "input is \(x.shape)")])
  }
}
