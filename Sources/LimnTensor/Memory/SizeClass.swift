/// A size that blocks of memory come in: a power of two, or one and a quarter, a half or three quarters of it.
struct SizeClass: Sendable {
  /// Classes from 64 bytes to 2^50 bytes.
  static let count = 4 * 45

  let index: Int

  /// The class of that index.
  @inline(__always)
  init(index: Int) { self.index = index }

  /// The smallest class that holds `byteCount` bytes, or nil when none does.
  @inline(__always)
  init?(holding byteCount: Int) {
    if byteCount <= 64 {
      index = 0
      return
    }
    // The power of two at or below the last byte, and the quarter of it that the last byte falls in.
    let last = byteCount - 1
    let exponent = Int.bitWidth - 1 - last.leadingZeroBitCount
    let quarter = (last >> (exponent - 2)) & 3
    let index = (exponent - 6) * 4 + quarter + 1
    guard index < Self.count else { return nil }
    self.index = index
  }

  @inline(__always)
  var byteCount: Int { Self.byteCount(index) }

  /// The size of a class.
  @inline(__always)
  static func byteCount(_ index: Int) -> Int {
    let exponent = index / 4 + 6
    return (4 + index % 4) << (exponent - 2)
  }
}
