extension RandomSource {
  /// Numbers from `low` to `high`, without `high`, all equally likely.
  ///
  /// - Throws: `dtype-mismatch` for a type that is no float; `out-of-memory`.
  public func uniform(
    _ shape: Shape, from low: Double = 0, to high: Double = 1, dtype: DType = .float32
  ) throws -> Tensor {
    try requireFloat(dtype)
    let tensor = try Tensor.uninitialized(shape, dtype)
    if dtype == .float64 {
      fill(tensor, Double.self, words: 2) { words in
        let fraction = Double((UInt64(words.x) << 32 | UInt64(words.y)) >> 11) * 0x1p-53
        let other = Double((UInt64(words.z) << 32 | UInt64(words.w)) >> 11) * 0x1p-53
        return SIMD4(low + (high - low) * fraction, low + (high - low) * other, 0, 0)
      }
    } else {
      let (low, width) = (Float(low), Float(high - low))
      fill(tensor, Float.self, words: 1) { words in
        // 24 bits fill a float's fraction.
        let fractions = SIMD4<Float>(truncatingIfNeeded24: words)
        return fractions * width + low
      }
    }
    return tensor
  }

  /// Numbers from a normal distribution.
  ///
  /// By Box and Muller's transform in double precision: two numbers from two.
  ///
  /// - Throws: `dtype-mismatch` for a type that is no float; `out-of-memory`.
  public func normal(
    _ shape: Shape, mean: Double = 0, deviation: Double = 1, dtype: DType = .float32
  ) throws -> Tensor {
    try requireFloat(dtype)
    let tensor = try Tensor.uninitialized(shape, dtype)
    if dtype == .float64 {
      fill(tensor, Double.self, words: 2) { words in
        let u = Double((UInt64(words.x) << 32 | UInt64(words.y)) >> 11) * 0x1p-53
        let v = Double((UInt64(words.z) << 32 | UInt64(words.w)) >> 11) * 0x1p-53
        // 1 - u is never zero.
        let radius = (-2 * Mathematics.log(1 - u)).squareRoot() * deviation
        let angle = 2 * Double.pi * v
        return SIMD4(mean + radius * Mathematics.cos(angle), mean + radius * Mathematics.sin(angle), 0, 0)
      }
    } else {
      normalFloats(tensor, mean: Float(mean), deviation: Float(deviation))
    }
    return tensor
  }

  /// Whole numbers from `low` to `high`, without `high`, all equally likely (to within 2⁻⁶⁴ of their number).
  ///
  /// - Throws: `bad-argument` when there are none.
  public func integers(_ shape: Shape, from low: Int, to high: Int) throws -> Tensor {
    let (width, overflow) = high.subtractingReportingOverflow(low)
    guard high > low, !overflow else {
      throw TensorError(
        .badArgument, "there are no integers from \(low) to \(high)",
        operands: [.init(.named("high"), "low is \(low), high is \(high)")], help: "low must be less than high")
    }
    let tensor = try Tensor.uninitialized(shape, .int64)
    fill(tensor, Int.self, words: 2) { words in
      let first = UInt64(words.x) << 32 | UInt64(words.y)
      let second = UInt64(words.z) << 32 | UInt64(words.w)
      let range = UInt64(width)
      return SIMD4(
        low &+ Int(first.multipliedFullWidth(by: range).high), low &+ Int(second.multipliedFullWidth(by: range).high),
        0, 0)
    }
    return tensor
  }

  /// True with a probability, each element by itself: a dropout mask is `bernoulli(shape, 1 - rate)`.
  ///
  /// - Throws: `bad-argument` for a probability outside 0 to 1.
  public func bernoulli(_ shape: Shape, _ probability: Double) throws -> Tensor {
    guard probability >= 0, probability <= 1 else {
      throw TensorError(.badArgument, "a probability is from 0 to 1, and this is \(probability)")
    }
    return try uniform(shape).less(.float(probability))
  }

  private func requireFloat(_ dtype: DType) throws {
    guard dtype.isFloat else {
      throw TensorError(
        .dtypeMismatch, "random numbers of this kind are float32 or float64, not \(dtype)", help: "use randint")
    }
  }

  /// Fills a fresh tensor; each block of four words gives `4 / words` elements.
  @inline(__always)
  private func fill<Element: TensorElement & SIMDScalar>(
    _ tensor: Tensor, _ type: Element.Type, words: Int, _ make: (SIMD4<UInt32>) -> SIMD4<Element>
  ) {
    let (perBlock, count, key) = (4 / words, tensor.count, state.key)
    let blocks = (count + perBlock - 1) / perBlock
    let start = advance(blocks)
    withExtendedLifetime(tensor) {
      let target = tensor.pointer(Element.self)
      Tensor.chunks(blocks, grain: Walk.grain / 8) { range in
        for block in range {
          let elements = make(Philox.block(start &+ UInt64(block), key: key))
          let first = block * perBlock
          for place in 0..<min(perBlock, count - first) { target[first + place] = elements[place] }
        }
      }
    }
  }

  /// Four blocks make sixteen numbers: eight radii, eight angles, with the vector functions.
  private func normalFloats(_ tensor: Tensor, mean: Float, deviation: Float) {
    let (count, key) = (tensor.count, state.key)
    let groups = (count + 15) / 16
    let start = advance(groups * 4)
    withExtendedLifetime(tensor) {
      let target = tensor.pointer(Float.self)
      Tensor.chunks(groups, grain: Walk.grain / 32) { range in
        for group in range {
          let position = start &+ UInt64(group) &* 4
          let u = SIMD8(
            lowHalf: SIMD4<Float>(truncatingIfNeeded24: Philox.block(position, key: key)),
            highHalf: SIMD4<Float>(truncatingIfNeeded24: Philox.block(position &+ 1, key: key)))
          let v = SIMD8(
            lowHalf: SIMD4<Float>(truncatingIfNeeded24: Philox.block(position &+ 2, key: key)),
            highHalf: SIMD4<Float>(truncatingIfNeeded24: Philox.block(position &+ 3, key: key)))
          let radius = (VectorMath.log(1 - u) * -2).squareRoot() * deviation
          let angle = v * (2 * Float.pi)
          let first = radius * VectorMath.cos(angle) + mean
          let second = radius * VectorMath.sin(angle) + mean
          let place = group * 16
          for lane in 0..<min(8, count - place) { target[place + lane] = first[lane] }
          for lane in 0..<max(0, min(8, count - place - 8)) { target[place + 8 + lane] = second[lane] }
        }
      }
    }
  }
}

extension SIMD4<Float> {
  /// Fractions in [0, 1) from the upper 24 bits of each word.
  @inline(__always)
  fileprivate init(truncatingIfNeeded24 words: SIMD4<UInt32>) {
    let bits = words &>> 8
    self.init(Float(bits.x), Float(bits.y), Float(bits.z), Float(bits.w))
    self *= 0x1p-24
  }
}
