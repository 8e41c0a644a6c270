import Synchronization

/// Sums and products of int64 elements that say where they do not fit.
extension ReductionLayout {
  /// Checks sums that were made without regard for overflow.
  ///
  /// - Throws: `integer-overflow`.
  func requireSumsThatFit(_ sums: Tensor) throws {
    // Mostly all numbers are so small that no sum of as many can be too large.
    let (elements, totals) = (source.pointer(Int64.self), sums.pointer(Int64.self))
    let (magnitude, isHuge) = magnitudeBits(elements).addingReportingOverflow(1)
    if !isHuge, !magnitude.multipliedReportingOverflow(by: Int64(length)).overflow { return }
    let misfit = Misfit()
    forEachLine { place, start in
      if exactSum(elements + start) != totals[place] { misfit.find() }
    }
    defer { withExtendedLifetime((source, sums)) {} }
    guard misfit.isFound else { return }
    for place in 0..<outer * inner {
      let sum = exactSum(elements + start(place))
      if sum != totals[place] { throw overflow("the sum \(sum)", at: place, of: sums.shape) }
    }
  }

  /// The product of each line.
  ///
  /// - Throws: `integer-overflow`.
  func integerProducts(into products: Tensor) throws {
    let misfit = Misfit()
    let (elements, results) = (source.pointer(Int64.self), products.pointer(Int64.self))
    forEachLine { place, start in
      if let product = exactProduct(elements + start) { results[place] = product } else { misfit.find() }
    }
    defer { withExtendedLifetime((source, products)) {} }
    guard misfit.isFound else { return }
    for place in 0..<outer * inner where exactProduct(elements + start(place)) == nil {
      throw overflow("the product of these \(length) numbers", at: place, of: products.shape)
    }
  }

  /// All bits that some magnitude has: none is larger than this number plus one.
  private func magnitudeBits(_ elements: UnsafeMutablePointer<Int64>) -> Int64 {
    let bits = Atomic<Int64>(0)
    Tensor.chunks(source.count) { range in
      var collected: Int64 = 0
      for index in range { collected |= elements[index] ^ (elements[index] >> 63) }
      bits.bitwiseOr(collected, ordering: .relaxed)
    }
    return bits.load(ordering: .relaxed)
  }

  private func exactSum(_ line: UnsafeMutablePointer<Int64>) -> Int128 {
    var sum: Int128 = 0
    for index in 0..<length { sum &+= Int128(line[index &* inner]) }
    return sum
  }

  /// Nil where it does not fit. What is too large on the way may come back: by a zero, or, from 2⁶³, by a sign.
  private func exactProduct(_ line: UnsafeMutablePointer<Int64>) -> Int64? {
    var (magnitude, isNegative, isTooLarge): (UInt64, Bool, Bool) = (1, false, false)
    for index in 0..<length {
      let factor = line[index &* inner]
      if factor == 0 { return 0 }
      isNegative = isNegative != (factor < 0)
      let product = magnitude.multipliedReportingOverflow(by: factor.magnitude)
      isTooLarge = isTooLarge || product.overflow
      magnitude = product.partialValue
    }
    if isTooLarge { return nil }
    return isNegative ? Int64(exactly: -Int128(magnitude)) : Int64(exactly: magnitude)
  }

  /// Where the line that makes a result begins.
  private func start(_ place: Int) -> Int { place / inner * length * inner + place % inner }

  private func forEachLine(_ body: (_ place: Int, _ start: Int) -> Void) {
    if inner == 0 { return }
    Tensor.chunks(outer * inner, grain: max(1, Walk.grain / max(1, length))) { range in
      for place in range { body(place, start(place)) }
    }
  }

  private func overflow(_ result: String, at place: Int, of shape: Shape) -> TensorError {
    .integerOverflow(
      result, .int64, at: place, of: shape, operands: [.init(.index(0), "this is \(source.shape) int64")])
  }
}
