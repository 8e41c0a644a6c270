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
    normalCumulativeAndPower(x).cumulative
  }

  /// ``normalCumulative(_:)`` and ``normalDensity(_:)``, for one exponential.
  @inline(__always)
  static func normalCumulativeAndDensity(_ x: Vector) -> (cumulative: Vector, density: Vector) {
    let (cumulative, power) = normalCumulativeAndPower(x)
    return (cumulative, power * 0.398942280)
  }

  /// The distribution function, and e^(-x²/2).
  @inline(__always)
  private static func normalCumulativeAndPower(_ x: Vector) -> (cumulative: Vector, power: Vector) {
    let magnitude = x.absolute
    let a = magnitude.replacing(with: 15, where: magnitude .> 15)
    let square = a * a
    let lost = square.adding(a, times: a.negativeMagnitude)
    let power = expOfLow(square * -0.5).corrected(byExponent: lost * 0.5)
    let tail = power * tailRatio(a)
    return ((1 - tail).replacing(with: tail, where: x .< 0), power)
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
}
