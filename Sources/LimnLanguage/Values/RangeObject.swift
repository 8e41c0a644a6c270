/// A range of ints: `0..<n`, `1...n`, `(0..<10).step(3)`, `(10..<0).step(-1)`.
public final class RangeObject: Object {
  public let lower: Int
  public let upper: Int
  public let isClosed: Bool
  /// What each element adds to the one before; never zero.
  public let step: Int
  /// The number of elements; at most `Int.max`.
  public let count: Int

  public init(lower: Int, upper: Int, isClosed: Bool, step: Int = 1) {
    self.lower = lower
    self.upper = upper
    self.isClosed = isClosed
    let step = step == 0 ? 1 : step
    self.step = step
    let ascending = step > 0
    if ascending ? lower > upper : lower < upper {
      count = 0
    } else {
      let distance =
        ascending
        ? UInt(bitPattern: upper) &- UInt(bitPattern: lower) : UInt(bitPattern: lower) &- UInt(bitPattern: upper)
      let (steps, rest) = distance.quotientAndRemainder(dividingBy: step.magnitude)
      let total = isClosed || rest != 0 ? steps == .max ? steps : steps + 1 : steps
      count = Int(clamping: total)
    }
    super.init(kind: .range)
  }

  /// The element at a position in `0..<count`.
  public subscript(position: Int) -> Int { lower &+ position &* step }

  public func contains(_ value: Int) -> Bool {
    guard count > 0 else { return false }
    let last = self[count - 1]
    guard step > 0 ? value >= lower && value <= last : value <= lower && value >= last else { return false }
    let distance =
      step > 0 ? UInt(bitPattern: value) &- UInt(bitPattern: lower) : UInt(bitPattern: lower) &- UInt(bitPattern: value)
    return distance % step.magnitude == 0
  }
}
