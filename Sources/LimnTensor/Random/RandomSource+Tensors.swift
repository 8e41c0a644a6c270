extension RandomSource {
  /// Numbers from `low` to `high`, without `high`, all equally likely.
  ///
  /// float32 has 24 random bits, float64 has 53.
  ///
  /// - Throws: `dtype-mismatch` for a type that is no float; `bad-argument` for bounds that are not finite;
  ///   `out-of-memory`.
  public func uniform(
    _ shape: Shape, from low: Double = 0, to high: Double = 1, dtype: DType = .float32
  ) throws -> Tensor {
    try requireFloat(dtype)
    guard low.isFinite, high.isFinite else {
      throw TensorError(.badArgument, "random numbers cannot range from \(low) to \(high)")
    }
    let tensor = try Tensor.uninitialized(shape, dtype)
    let count = tensor.count
    withExtendedLifetime(tensor) {
      if dtype == .float64 {
        let target = tensor.pointer(Double.self)
        draw(count, perGroup: 8) { group, words in
          let (first, second) = (fractions(words.x, words.y), fractions(words.z, words.w))
          store(first * (high - low) + low, second * (high - low) + low, target, group * 8, count)
        }
      } else {
        let target = tensor.pointer(Float.self)
        let (low, width) = (Float(low), Float(high - low))
        draw(count, perGroup: 16) { group, words in
          let first = fractions(SIMD8(lowHalf: words.x, highHalf: words.y)) * width + low
          let second = fractions(SIMD8(lowHalf: words.z, highHalf: words.w)) * width + low
          store(first, second, target, group * 16, count)
        }
      }
    }
    return tensor
  }

  /// Numbers from a normal distribution.
  ///
  /// By Box and Muller's transform: two numbers from two.
  ///
  /// - Throws: `dtype-mismatch` for a type that is no float; `out-of-memory`.
  public func normal(
    _ shape: Shape, mean: Double = 0, deviation: Double = 1, dtype: DType = .float32
  ) throws -> Tensor {
    try requireFloat(dtype)
    let tensor = try Tensor.uninitialized(shape, dtype)
    let count = tensor.count
    withExtendedLifetime(tensor) {
      // The logarithm's argument is in (0, 1].
      if dtype == .float64 {
        let target = tensor.pointer(Double.self)
        draw(count, perGroup: 8) { group, words in
          let (u, v) = (1 - fractions(words.x, words.y), 2 * Double.pi * fractions(words.z, words.w))
          var (first, second) = (u, v)
          for lane in 0..<4 {
            let radius = (-2 * Mathematics.log(u[lane])).squareRoot() * deviation
            first[lane] = mean + radius * Mathematics.cos(v[lane])
            second[lane] = mean + radius * Mathematics.sin(v[lane])
          }
          store(first, second, target, group * 8, count)
        }
      } else {
        let target = tensor.pointer(Float.self)
        let (mean, deviation) = (Float(mean), Float(deviation))
        draw(count, perGroup: 16) { group, words in
          let u = 1 - fractions(SIMD8(lowHalf: words.x, highHalf: words.y))
          let angle = fractions(SIMD8(lowHalf: words.z, highHalf: words.w)) * (2 * Float.pi)
          let radius = (VectorMath.log(u) * -2).squareRoot() * deviation
          store(
            radius * VectorMath.cos(angle) + mean, radius * VectorMath.sin(angle) + mean, target, group * 16, count)
        }
      }
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
    let (count, range) = (tensor.count, UInt64(width))
    withExtendedLifetime(tensor) {
      let target = tensor.pointer(Int.self)
      draw(count, perGroup: 8) { group, words in
        for lane in 0..<min(8, count - group * 8) {
          let half = lane % 4
          let bits =
            lane < 4
            ? UInt64(words.x[half]) << 32 | UInt64(words.y[half]) : UInt64(words.z[half]) << 32 | UInt64(words.w[half])
          target[group * 8 + lane] = low &+ Int(bits.multipliedFullWidth(by: range).high)
        }
      }
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

  /// Dropout's factors in one pass: 1 / (1 - rate) where ``uniform(_:from:to:dtype:)`` draws less than 1 - rate, else 0.
  func dropoutFactors(_ shape: Shape, rate: Double, dtype: DType) throws -> Tensor {
    let tensor = try Tensor.uninitialized(shape, .float32)
    let (count, limit) = (tensor.count, SIMD8<Float>(repeating: Float(1 - rate)))
    let factor = SIMD8<Float>(repeating: dtype == .float64 ? 1 : Float(1 / (1 - rate)))
    withExtendedLifetime(tensor) {
      let target = tensor.pointer(Float.self)
      draw(count, perGroup: 16) { group, words in
        let first = fractions(SIMD8(lowHalf: words.x, highHalf: words.y))
        let second = fractions(SIMD8(lowHalf: words.z, highHalf: words.w))
        store(
          SIMD8<Float>().replacing(with: factor, where: first .< limit),
          SIMD8<Float>().replacing(with: factor, where: second .< limit), target, group * 16, count)
      }
    }
    guard dtype == .float64 else { return tensor }
    return try tensor.converted(to: .float64).multiplied(by: .float(1 / (1 - rate)))
  }

  private func requireFloat(_ dtype: DType) throws {
    guard dtype.isFloat else {
      throw TensorError(
        .dtypeMismatch, "random numbers of this kind are float32 or float64, not \(dtype)", help: "use randint")
    }
  }
}

/// Fractions in [0, 1) from the upper 24 bits of each word.
@inline(__always)
private func fractions(_ words: SIMD8<UInt32>) -> SIMD8<Float> {
  // Signed integers convert in one instruction, and 24 bits fit in either.
  var result = SIMD8<Float>()
  for lane in 0..<8 { result[lane] = Float(Int32(bitPattern: words[lane] &>> 8)) }
  return result * 0x1p-24
}

/// Fractions in [0, 1) from the upper 53 bits of two words.
@inline(__always)
private func fractions(_ high: SIMD4<UInt32>, _ low: SIMD4<UInt32>) -> SIMD4<Double> {
  var result = SIMD4<Double>()
  for lane in 0..<4 { result[lane] = Double(Int64(UInt64(high[lane]) << 21 | UInt64(low[lane] &>> 11))) }
  return result * 0x1p-53
}

/// Stores two vectors side by side, as far as there is room.
@inline(__always)
private func store<V: SIMD>(
  _ first: V, _ second: V, _ target: UnsafeMutablePointer<V.Scalar>, _ place: Int, _ count: Int
) {
  let width = V.scalarCount
  if place + 2 * width <= count {
    UnsafeMutableRawPointer(target + place).storeBytes(of: first, as: V.self)
    UnsafeMutableRawPointer(target + place + width).storeBytes(of: second, as: V.self)
  } else {
    for lane in 0..<min(width, count - place) { target[place + lane] = first[lane] }
    for lane in 0..<max(0, min(width, count - place - width)) { target[place + width + lane] = second[lane] }
  }
}
