import LimnTensor

/// Which number is black and which is white: `[0, 1]` unless said otherwise, `[-1, 1]` for what ends in a tanh.
public struct ValueRange: Equatable, Sendable {
  public let low: Float
  public let high: Float

  /// From 0 to 1.
  public static let unit = ValueRange(checkedLow: 0, high: 1)

  /// A range.
  ///
  /// - Throws: `bad-argument` unless both are finite and `low` is less than `high`.
  public init(_ low: Double, _ high: Double) throws(TensorError) {
    let (narrowLow, narrowHigh) = (Float(low), Float(high))
    guard narrowLow.isFinite, narrowHigh.isFinite, narrowLow < narrowHigh, (narrowHigh - narrowLow).isFinite else {
      throw TensorError(
        .badArgument, "a range goes from a number to a greater one, not from \(low) to \(high)",
        operands: [.init(.named("range"), "range is [\(low), \(high)]")], help: "for example range: [-1, 1]")
    }
    self.init(checkedLow: narrowLow, high: narrowHigh)
  }

  private init(checkedLow low: Float, high: Float) {
    self.low = low
    self.high = high
  }

  /// Where each value lies in the range, from 0 at `low` to 1 at `high`; values outside are clamped.
  ///
  /// - Throws: `not-finite` for a NaN; the message says at which index of `shape` it is.
  func fractions(of values: [Float], shape: Shape) throws(TensorError) -> [Float] {
    var fractions = values
    let width = high - low
    for (index, value) in values.enumerated() {
      if value.isNaN { throw Self.nan(at: index, shape) }
      fractions[index] = min(max((value - low) / width, 0), 1)
    }
    return fractions
  }

  /// The error for a NaN at a place in row-major order.
  static func nan(at index: Int, _ shape: Shape) -> TensorError {
    var rest = index
    var place: [Int] = []
    for length in shape.reversed() {
      place.append(rest % length)
      rest /= length
    }
    let indices = place.reversed().map(String.init).joined(separator: ", ")
    return TensorError(
      .notFinite, "a picture cannot show a NaN: there is one at [\(indices)]",
      operands: [.init(.index(0), "this is \(shape)")])
  }
}
