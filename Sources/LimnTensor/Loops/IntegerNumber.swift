/// An integer type whose arithmetic says where it does not fit.
///
/// Results come with *doubts*: bits that are all zero where the result surely fits. They are made without a branch, so that a
/// loop stays vector code; it collects them with `|` and looks at them once, at its end. Only where there are any is each
/// result computed again, exactly.
protocol IntegerNumber: Number, FixedWidthInteger {
  static func productWithDoubts(_ a: Self, _ b: Self) -> (Self, Self)
}

extension IntegerNumber {
  /// The highest bit alone.
  @inline(__always) static var highestBit: Self { 1 << (bitWidth - 1) }

  @inline(__always)
  static func sumWithDoubts(_ a: Self, _ b: Self) -> (Self, Self) {
    let sum = a &+ b
    // Signed, the sum has a sign that neither has; unsigned, there is a carry out of the highest bit.
    let doubts = isSigned ? (a ^ sum) & (b ^ sum) : (a & b) | ((a | b) & ~sum)
    return (sum, doubts & highestBit)
  }

  @inline(__always)
  static func differenceWithDoubts(_ a: Self, _ b: Self) -> (Self, Self) {
    let difference = a &- b
    let doubts = isSigned ? (a ^ b) & (a ^ difference) : (~a & b) | ((~a | b) & difference)
    return (difference, doubts & highestBit)
  }
}

extension UInt8 {
  @inline(__always)
  static func productWithDoubts(_ a: UInt8, _ b: UInt8) -> (UInt8, UInt8) {
    let product = UInt16(a) &* UInt16(b)
    return (UInt8(truncatingIfNeeded: product), UInt8(truncatingIfNeeded: product >> 8))
  }
}

extension Int32 {
  @inline(__always)
  static func productWithDoubts(_ a: Int32, _ b: Int32) -> (Int32, Int32) {
    let product = Int64(a) &* Int64(b)
    let low = Int32(truncatingIfNeeded: product)
    return (low, Int32(truncatingIfNeeded: product >> 32) ^ (low >> 31))
  }
}

extension Int64 {
  /// A product is doubted where a factor needs more than 32 bits.
  @inline(__always)
  static func productWithDoubts(_ a: Int64, _ b: Int64) -> (Int64, Int64) {
    let (first, second) = (UInt64(bitPattern: a &+ 0x8000_0000), UInt64(bitPattern: b &+ 0x8000_0000))
    return (a &* b, Int64(bitPattern: (first | second) >> 32))
  }
}
