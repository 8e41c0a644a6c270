extension VectorMath {
  /// The error function, 2/√π · ∫₀ˣ e^-t² dt. Error below 1.6 ulp.
  ///
  /// Up to 1 an odd polynomial, x + x · p(x²); above, 1 - erfc |x|.
  @inline(__always)
  static func erf(_ x: Vector) -> Vector {
    let magnitude = x.absolute
    let square = x * x
    let low = polynomial(square, 0.128379107, -0.376122028, 0.112786412, -0.0266424231, 0.00477987248)
    let p = low.adding(
      Vector(repeating: -0.000437357987).adding(Vector(repeating: -4.28488711e-05), times: square),
      times: (square * square) * (square * square) * square)
    let near = x.adding(x, times: p)
    let a = magnitude.replacing(with: 10.5, where: magnitude .> 10.5)  // erfc is zero there.
    let high = a * a
    let power = expOfLow(-high).corrected(byExponent: high.adding(a, times: a.negativeMagnitude))
    let far = (1 - (power + power) * tailRatio(a * 1.41421356)).withSign(of: x)
    return far.replacing(with: near, where: magnitude .< 1)
  }

  /// The standard normal distribution function, ½ · erfc(-x/√2). Relative error below 1e-6, even where it is tiny.
  @inline(__always)
  static func normalCumulative(_ x: Vector) -> Vector {
    let (minusTail, _) = normalTail(x.absolute.limited(to: largestTailArgument))
    return (minusTail + 1).replacing(with: 0 - minusTail, where: x .< 0)
  }

  /// x Φ(x), and its slope Φ(x) + x φ(x), for one exponential. Relative error of the value below 1e-6.
  ///
  /// With t = Φ(-|x|) the value is max(x, 0) - |x| t; the slope is 1 - t + |x| φ(x), or t - |x| φ(x) where x is
  /// negative.
  @inline(__always)
  static func geluAndSlope(_ x: Vector) -> (value: Vector, slope: Vector) {
    let a = x.absolute.limited(to: largestTailArgument)
    let (minusTail, power) = normalTail(a)
    let isNegative = x .< 0
    let value = x.replacing(with: 0, where: isNegative).adding(a, times: minusTail)
    let rise = minusTail.adding(a * (0.398942280 * tailUnit), times: power)
    return (value, (rise + 1).replacing(with: 0 - rise, where: isNegative))
  }

  /// From here on Φ(-a) is zero.
  private static let largestTailArgument: Float = 15
  private static let tailUnit: Float = 0x1p-64

  /// -Φ(-a), and e^(-a²/2) in units of 2^-64, which keep it a normal number, for 0 ≤ a ≤ 15.
  ///
  /// Written for a short chain: a polynomial by pairs of terms, and powers of two added to the exponent's bits.
  @inline(__always)
  private static func normalTail(_ a: Vector) -> (minusTail: Vector, power: Vector) {
    let square = a * a
    let exponent = square * -0.5
    // -n, where e^(-a²/2) = 2^n · e^r; the shift makes it 64 less.
    let shift = Vector.roundingShift - 64
    let shifted = Vector(repeating: shift).adding(square, times: Vector(repeating: 0.5 * 1.44269504))
    let minusN = shifted - shift
    // What rounding made a² / 2 smaller by belongs to r.
    let lost = exponent.adding(a * 0.5, times: a)
    let r =
      exponent.adding(minusN, times: Vector(repeating: 0.693359375))
      - lost.adding(minusN, times: Vector(repeating: 2.12194440e-4))
    let rr = r * r
    let low = Vector(repeating: 0.5).adding(r, times: Vector(repeating: 0.166665196))
    let high = Vector(repeating: 0.0416664071).adding(r, times: Vector(repeating: 0.00836882088))
      .adding(rr, times: Vector(repeating: 0.00139401807))
    let fraction = (r + 1).adding(rr, times: low.adding(rr, times: high))
    let power = Vector(bits: fraction.bits &- (shifted.bits &<< 23))
    return (power * (tailRatio(a) * -tailUnit), power)
  }

  /// The standard normal density, e^(-x²/2) / √(2π).
  @inline(__always)
  static func normalDensity(_ x: Vector) -> Vector {
    expOfLow(x * x * -0.5) * 0.398942280
  }

  /// Φ(-a) / e^(-a²/2) for 0 ≤ a ≤ 15, which is Mills' ratio over √(2π): a quotient of two polynomials.
  @inline(__always)
  private static func tailRatio(_ a: Vector) -> Vector {
    polynomial(a, 0.5, 0.439263523, 0.183953434, 0.0408755653, 0.00415233057)
      / polynomial(a, 1, 1.67641199, 1.20548511, 0.471367031, 0.102465972, 0.0104082376)
  }
}

extension Vector {
  /// This power of e, where rounding made its exponent larger by `lost`, a small number.
  @inline(__always)
  fileprivate func corrected(byExponent lost: Vector) -> Vector {
    adding(self, times: lost)
  }

  /// Lowers to the bound; a NaN stays.
  @inline(__always)
  fileprivate func limited(to upper: Float) -> Vector { replacing(with: upper, where: self .> upper) }
}
