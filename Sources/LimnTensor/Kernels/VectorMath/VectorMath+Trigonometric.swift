import Glibc

extension VectorMath {
  /// Sine of an angle in radians. Error below 1.5 ulp.
  @inline(__always)
  static func sin(_ x: Vector) -> Vector {
    if x.hasMagnitude(above: reductionLimit) { return eachLane(x, Glibc.sin) }
    let (quadrant, r) = reduceByQuarterTurn(x)
    return sineOfReduced(r, quadrant: quadrant, x)
  }

  /// Cosine of an angle in radians. Error below 1.5 ulp.
  @inline(__always)
  static func cos(_ x: Vector) -> Vector {
    if x.hasMagnitude(above: reductionLimit) { return eachLane(x, Glibc.cos) }
    let (quadrant, r) = reduceByQuarterTurn(x)
    return sineOfReduced(r, quadrant: quadrant &+ 1, Vector(repeating: 1))
  }

  /// Larger angles lose digits in the three-part reduction, and go to the C library in double precision.
  private static let reductionLimit: Float = 30_000

  /// x - n · π/2 with n = round(x / (π/2)), π/2 in three parts.
  @inline(__always)
  private static func reduceByQuarterTurn(_ x: Vector) -> (quadrant: VectorBits, remainder: Vector) {
    let shifted = Vector(repeating: Vector.roundingShift).adding(x, times: Vector(repeating: 0.636619747))
    let n = shifted - Vector.roundingShift
    let r = x.adding(n, times: Vector(repeating: -1.57079637))
      .adding(n, times: Vector(repeating: 4.37113883e-8))
      .adding(n, times: Vector(repeating: 1.71512489e-15))
    return (shifted.bits, r)
  }

  /// sin(r + quadrant · π/2): sine's or cosine's polynomial, with the sign of the quadrant.
  ///
  /// - Parameter zeroSign: gives a result of zero its sign, as sin(-0) = -0.
  @inline(__always)
  private static func sineOfReduced(_ r: Vector, quadrant: VectorBits, _ zeroSign: Vector) -> Vector {
    let square = r * r
    let sine = r.adding(r * square, times: polynomial(square, -0.166666552, 0.0083321901, -0.000195184082))
    let cosine = Vector(repeating: 1).adding(square, times: Vector(repeating: -0.5)).adding(
      square * square, times: polynomial(square, 0.0416666456, -0.00138873013, 2.44306611e-05))
    let isOdd = VectorBits() &- (quadrant & 1)  // All bits of a lane, or none.
    let value = (cosine.bits & isOdd) | (sine.bits & ~isOdd)
    let signed = Vector(bits: value ^ ((quadrant & 2) &<< 30))
    return signed.replacing(with: signed.withSign(of: zeroSign), where: signed .== 0)
  }

  @inline(never)
  private static func eachLane(_ x: Vector, _ function: (Double) -> Double) -> Vector {
    var result = Vector()
    for lane in 0..<Vector.scalarCount { result[lane] = Float(function(Double(x[lane]))) }
    return result
  }
}
