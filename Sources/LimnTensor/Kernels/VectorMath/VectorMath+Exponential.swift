extension VectorMath {
  /// e to the power of `x`. Error below 1.1 ulp.
  ///
  /// With n = round(x / ln 2), e^x = 2^n · e^r where |r| ≤ ln 2 / 2, and e^r = 1 + r + r² · p(r).
  @inline(__always)
  static func exp(_ x: Vector) -> Vector {
    let (shift, remainder) = reduceByLogarithmOfTwo(x.limited(from: -104, to: 89))
    let r = remainder
    let p = polynomial(r, 0.5, 0.166665196, 0.0416664071, 0.00836882088, 0.00139401807)
    let power = Vector(repeating: 1) + r.adding(r * r, times: p)
    return scale(power, byPowerOfTwo: shift)
  }

  /// e to the power of `x`, for `x` up to 40: fewer instructions than ``exp(_:)``. Error below 1.1 ulp.
  ///
  /// What softmax, the logistic function and normal densities need: powers of numbers that are not positive.
  @inline(__always)
  static func expOfLow(_ x: Vector) -> Vector {
    // 2^(n + 64) is a normal number, even where 2^n is not.
    expOfLow(x, from: -104, scaledBy: 64) * 0x1p-64
  }

  /// 2^`more` · e^`x`, where that is a normal number for `x` from `lowest` on; it is taken for what lies below.
  @inline(__always)
  private static func expOfLow(_ x: Vector, from lowest: Float, scaledBy more: Int32) -> Vector {
    let (shifted, r) = reduceByLogarithmOfTwo(x.replacing(with: lowest, where: x .< lowest))
    let p = polynomial(r, 0.5, 0.166665196, 0.0416664071, 0.00836882088, 0.00139401807)
    let power = Vector(repeating: 1) + r.adding(r * r, times: p)
    // The bits of the rounding shift itself lie above those that stay.
    return power * Vector(bits: (shifted.bits &<< 23) &+ ((127 + more) << 23))
  }

  /// e to the power of `x`, minus one, without the loss of digits near zero. Error below 2 ulp.
  @inline(__always)
  static func expMinusOne(_ x: Vector) -> Vector {
    let near = x.adding(
      x * x, times: polynomial(x, 0.50000006, 0.166666672, 0.0416649617, 0.00833319779, 0.00140107016)
        .adding(Vector(repeating: 0.000199540227), times: (x * x) * (x * x) * x))
    let far = exp(x) - 1
    return far.replacing(with: near.withSign(of: x), where: x.absolute .< 0.5)
  }

  /// 1 / (1 + e^-x), the logistic function. Error below 2.5 ulp, for very negative numbers too.
  @inline(__always)
  static func sigmoid(_ x: Vector) -> Vector {
    let small = expOfLow(x.negativeMagnitude)
    let numerator = Vector(repeating: 1).replacing(with: small, where: x .< 0)
    return numerator / (small + 1)
  }

  /// Hyperbolic tangent. Error below 2 ulp.
  ///
  /// Below 0.65 an odd polynomial, x + x³ · p(x²); above, 1 - 2 e / (1 + e) with e = e^-2x.
  @inline(__always)
  static func tanh(_ x: Vector) -> Vector {
    let magnitude = x.absolute
    let square = magnitude * magnitude
    let p = polynomial(square, -0.333332628, 0.133308977, -0.053692814, 0.0204828735, -0.00552819902)
    let near = magnitude.adding(magnitude * square, times: p)
    let power = expOfLow(magnitude * -2, from: -80, scaledBy: 0)
    let far = 1 - (power + power) / (power + 1)
    return far.replacing(with: near, where: magnitude .< 0.65).withSign(of: x)
  }

  /// Splits `x`, of magnitude below 200, into n · ln 2 + r: n as a float of ``Vector/roundingShift`` + n, and r.
  @inline(__always)
  private static func reduceByLogarithmOfTwo(_ x: Vector) -> (shifted: Vector, remainder: Vector) {
    let shifted = Vector(repeating: Vector.roundingShift).adding(x, times: Vector(repeating: 1.44269504))
    let n = shifted - Vector.roundingShift
    // ln 2 in two parts; the first has so few bits that n times it is exact.
    let r = x.adding(n, times: Vector(repeating: -0.693359375)).adding(n, times: Vector(repeating: 2.12194440e-4))
    return (shifted, r)
  }

  /// `x` · 2^n, in two steps, since 2^n alone may be too large or too small for a float.
  @inline(__always)
  private static func scale(_ x: Vector, byPowerOfTwo shifted: Vector) -> Vector {
    let n = shifted.bits &- Int32(bitPattern: Vector.roundingShift.bitPattern)
    let half = n &>> 1
    let first = Vector(bits: (half &+ 127) &<< 23)
    let second = Vector(bits: (n &- half &+ 127) &<< 23)
    return x * first * second
  }
}
