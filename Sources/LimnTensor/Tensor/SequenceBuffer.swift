/// A sequence that grows at its end, `[batch, time, ...]`: what is there is handed out as a view and never copied again
/// until the memory is full; then it doubles.
///
/// Views that have been handed out do not change: only what lies behind them is written.
public final class SequenceBuffer {
  private var whole: Tensor?
  private var length = 0

  public init() {}

  /// Adds elements at the end, as constants.
  ///
  /// - Returns: all elements.
  /// - Throws: `shape-mismatch` for elements of another shape or type than those before; `out-of-memory`.
  public func append(_ elements: Tensor) throws -> Tensor {
    try noGradient {
      let count = elements.shape[1]
      if let whole {
        var expected = whole.shape
        expected[1] = count
        guard elements.shape == expected, elements.dtype == whole.dtype else {
          throw TensorError(
            .shapeMismatch, "\(elements.shape) \(elements.dtype) cannot follow \(whole.shape) \(whole.dtype)",
            operands: [.init(.index(0), "this goes on from a cache of other shapes")],
            help: "begin a sequence with a cache of its own")
        }
      }
      if whole.map({ length + count > $0.shape[1] }) ?? true {
        var shape = elements.shape
        shape[1] = max(16, 2 * (length + count))
        let larger = try Tensor.uninitialized(shape, elements.dtype)
        if let whole, length > 0 { larger.write(try whole[.all, .slice(stop: length)], into: region(larger, 0, length)) }
        whole = larger
      }
      guard let whole else { return elements }
      if elements.count > 0 { whole.write(elements.detached(), into: region(whole, length, count)) }
      length += count
      return try whole[.all, .slice(stop: length)]
    }
  }

  private func region(_ whole: Tensor, _ start: Int, _ length: Int) -> Region {
    Region(whole.shape, axis: 1, start: start, length: length)
  }
}
