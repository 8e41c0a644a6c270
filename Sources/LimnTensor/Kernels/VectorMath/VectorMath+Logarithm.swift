extension VectorMath {
  /// Natural logarithm: -∞ at zero, NaN below. Error below 1 ulp.
  ///
  /// With x = 2^e · (1 + f) and f between √½ - 1 and √2 - 1, ln x = e · ln 2 + f - f²/2 + f³ · p(f).
  @inline(__always)
  static func log(_ x: Vector) -> Vector {
    let isTiny = x .< Float.leastNormalMagnitude
    let normal = x.replacing(with: x * 8_388_608, where: isTiny)  // 2²³
    // Counting the exponent from √½ puts the mantissa between √½ and √2.
    let fromRoot = normal.bits &- 0x3f35_04f3
    let exponent = fromRoot &>> 23
    let f = Vector(bits: (fromRoot & 0x007f_ffff) &+ 0x3f35_04f3) - 1
    // Small integers become floats by the bits of the rounding shift.
    let e = Vector(bits: exponent &+ Int32(bitPattern: Vector.roundingShift.bitPattern)) - Vector.roundingShift
    let scale = e.replacing(with: e - 23, where: isTiny)

    let low = polynomial(f, 0.333333105, -0.249999866, 0.200022236, -0.166692495, 0.142187163)
    let high = polynomial(f, -0.12384402, 0.118726194, -0.117893703, 0.0691561252)
    let square = f * f
    let fourth = square * square
    let p = low.adding(high, times: fourth * f)
    let tail = (scale * -2.12194440e-4).adding(f * square, times: p).adding(square, times: Vector(repeating: -0.5))
    let result = (f + tail).adding(scale, times: Vector(repeating: 0.693359375))

    // An infinity and a NaN pass through, zero gives -∞, what is below gives NaN.
    let finite = result.replacing(with: x, where: x .== Float.infinity).replacing(with: x, where: x .!= x)
    return finite.replacing(with: -Float.infinity, where: x .== 0).replacing(with: Float.nan, where: x .< 0)
  }

  /// ln(1 + x) for x above -1, without the loss of digits near zero. Error below 2 ulp.
  ///
  /// The sum s = 1 + x is rounded; ln(1 + x) = ln s + (x - (s - 1)) / s makes up for what that lost.
  @inline(__always)
  static func logOfOnePlus(_ x: Vector) -> Vector {
    let sum = x + 1
    let lost = x - (sum - 1)
    let corrected = log(sum) + lost / sum
    // Where 1 + x is 1, 0 or ∞ the correction is x itself, or 0/0.
    return corrected.replacing(with: x, where: sum .== 1).replacing(with: x, where: x .== Float.infinity)
      .replacing(with: -Float.infinity, where: sum .== 0)
  }

  /// ln(1 + e^x), the smooth form of max(x, 0). Error below 2 ulp.
  @inline(__always)
  static func softplus(_ x: Vector) -> Vector {
    let positive = x.replacing(with: 0, where: x .< 0)
    return positive + logOfOnePlus(expOfLow(x.negativeMagnitude))
  }
}
