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
    let a = magnitude.replacing(with: 11, where: magnitude .> 11)  // erfc is zero there, and ∞ - ∞ is avoided.
    let (ratio, power) = complementary(a, square: a * a, lost: (-(a * a)).adding(a, times: a))
    let far = (1 - power * ratio).withSign(of: x)
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
    // The square is taken before √2 rounds it: its error would be the result's, a hundred times over.
    let square = a * a
    let lost = (-square).adding(a, times: a)
    let (ratio, power) = complementary(a * 0.707106781, square: square * 0.5, lost: lost * 0.5)
    let tail = power * ratio * 0.5
    return ((1 - tail).replacing(with: tail, where: x .< 0), power)
  }

  /// The standard normal density, e^(-x²/2) / √(2π).
  @inline(__always)
  static func normalDensity(_ x: Vector) -> Vector {
    expOfLow(x * x * -0.5) * 0.398942280
  }

  /// erfc(a) = e^-a² · t · p(t) with t = 1 / (1 + a/2), for a ≥ 0: as t · p(t) and the power.
  ///
  /// - Parameters:
  ///   - square: a², rounded.
  ///   - lost: what rounding took from the square; as an exponent it is a factor of about one.
  @inline(__always)
  private static func complementary(
    _ a: Vector, square: Vector, lost: Vector
  ) -> (ratio: Vector, power: Vector) {
    let t = 1 / Vector(repeating: 1).adding(a, times: Vector(repeating: 0.5))
    let low = polynomial(t, 0.282065898, 0.282827616, 0.238906533, 0.224246934, -0.0943793952)
    let high = polynomial(t, 0.413617015, -0.660474241, 0.421542376, -0.120028928, 0.0116761718)
    let second = t * t
    let p = low.adding(high, times: second * second * t)
    let power = expOfLow(-square)
    return (t * p, power.adding(-power, times: lost))
  }
}
