import Glibc
import Testing

@testable import LimnTensor

/// Every function is compared with the C library's in double precision.
@Suite("Vector math")
struct VectorMathTests {
  /// The largest error of `function`, in units in the last place of the exact result, over floats of both signs
  /// between `range`'s magnitudes, denormal numbers included.
  private func largestError(
    _ function: (Vector) -> Vector, _ exact: (Double) -> Double, _ range: ClosedRange<Float> = 0...Float.infinity,
    signs: [Float] = [1, -1]
  ) -> Double {
    var largest = 0.0
    for sign in signs {
      // A prime step visits every exponent with many different mantissas.
      var bits = range.lowerBound.bitPattern
      while bits <= range.upperBound.bitPattern {
        var inputs = Vector()
        for lane in 0..<8 {
          inputs[lane] = sign * Float(bitPattern: min(bits, range.upperBound.bitPattern))
          bits += 4_999
        }
        let outputs = function(inputs)
        for lane in 0..<8 { largest = max(largest, error(outputs[lane], exact(Double(inputs[lane])))) }
      }
    }
    return largest
  }

  private func error(_ got: Float, _ want: Double) -> Double {
    let rounded = Float(want)
    if want.isNaN { return got.isNaN ? 0 : .infinity }
    if !got.isFinite || !rounded.isFinite { return got == rounded ? 0 : .infinity }
    return abs(Double(got) - want) / Double(max(rounded.ulp, .leastNonzeroMagnitude))
  }

  @Test("exp is within 1.1 ulp, down to denormal results and up to infinity")
  func exponential() {
    #expect(largestError({ VectorMath.exp($0) }, Glibc.exp) < 1.1)
  }

  @Test("expOfLow is within 1.1 ulp up to 40, down to denormal results")
  func exponentialOfLow() {
    #expect(largestError({ VectorMath.expOfLow($0) }, Glibc.exp, signs: [-1]) < 1.1)
    #expect(largestError({ VectorMath.expOfLow($0) }, Glibc.exp, 0...40, signs: [1]) < 1.1)
    #expect(VectorMath.expOfLow(Vector(repeating: .nan))[3].isNaN)
  }

  @Test("expMinusOne is within 2 ulp, near zero too")
  func exponentialMinusOne() {
    #expect(largestError({ VectorMath.expMinusOne($0) }, Glibc.expm1) < 2)
  }

  @Test("log is within 1 ulp, of denormal numbers too")
  func logarithm() {
    #expect(largestError({ VectorMath.log($0) }, Glibc.log) < 1)
  }

  @Test("logOfOnePlus is within 2 ulp, near zero too")
  func logarithmOfOnePlus() {
    #expect(largestError({ VectorMath.logOfOnePlus($0) }, Glibc.log1p) < 2)
  }

  @Test("tanh is within 2 ulp")
  func hyperbolicTangent() {
    #expect(largestError({ VectorMath.tanh($0) }, Glibc.tanh) < 2)
  }

  @Test("sigmoid is within 2.5 ulp on both sides")
  func logistic() {
    #expect(largestError({ VectorMath.sigmoid($0) }, { 1 / (1 + Glibc.exp(-$0)) }) < 2.5)
  }

  @Test("softplus is within 2 ulp")
  func softplus() {
    let exact: (Double) -> Double = { max($0, 0) + log1p(Glibc.exp(-abs($0))) }
    #expect(largestError({ VectorMath.softplus($0) }, exact) < 2)
  }

  @Test("erf is within 1.6 ulp")
  func errorFunction() {
    #expect(largestError({ VectorMath.erf($0) }, Glibc.erf) < 1.6)
  }

  @Test("the normal distribution keeps its digits in the far tail")
  func normalCumulative() {
    // A relative error below 1e-6 is one below 16 ulp.
    let exact: (Double) -> Double = { 0.5 * erfc(-$0 / 2.0.squareRoot()) }
    #expect(largestError({ VectorMath.normalCumulative($0) }, exact, 0...13) < 16)
  }

  @Test("the normal density follows its formula")
  func normalDensity() {
    let exact: (Double) -> Double = { Glibc.exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() }
    #expect(largestError({ VectorMath.normalDensity($0) }, exact, 0...3) < 8)
  }

  @Test("gelu keeps its digits in the far tail, and its slope is right beside it")
  func gelu() {
    let cumulative: (Double) -> Double = { 0.5 * erfc(-$0 / 2.0.squareRoot()) }
    let density: (Double) -> Double = { Glibc.exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() }
    #expect(largestError({ VectorMath.geluAndSlope($0).value }, { $0 * cumulative($0) }, 0...13) < 16)
    for x in stride(from: -13.0, through: 13.0, by: 0.001) {
      let x = Double(Float(x))
      let (first, second) = (cumulative(x), x * density(x))
      let slope = Double(VectorMath.geluAndSlope(Vector(repeating: Float(x))).slope[3])
      #expect(abs(slope - (first + second)) < 1e-6 * (first + abs(second)))
    }
  }

  @Test("gelu and its slope have the limits of their formulas, and NaN where their argument is")
  func geluLimits() {
    let x = Vector(-.infinity, -20, -0.0, 0, 15, 20, .infinity, .nan)
    let (value, slope) = VectorMath.geluAndSlope(x)
    let infinity = Float.infinity
    for (lane, expected) in [(0, 0), (1, 0), (2, 0), (3, 0), (4, 15), (5, 20), (6, infinity)] as [(Int, Float)] {
      #expect(value[lane] == expected)
    }
    for (lane, expected) in [(0, 0), (1, 0), (2, 0.5), (3, 0.5), (4, 1), (5, 1), (6, 1)] as [(Int, Float)] {
      #expect(slope[lane] == expected)
    }
    #expect(value[7].isNaN && slope[7].isNaN)
    for x in [-Double.infinity, -40, -3, 0, 3, 41, .infinity] {
      let (value, slope) = Double.geluAndSlope(x)
      let expected = x < -39 ? 0 : x * 0.5 * erfc(-x / 2.0.squareRoot())
      #expect(value == expected || abs(value - expected) < 1e-14 * abs(expected))
      #expect(x.magnitude < 39 ? slope.isFinite : slope == (x < 0 ? 0 : 1))
    }
  }

  @Test("sine and cosine are within 1.5 ulp of angles of any size")
  func trigonometric() {
    #expect(largestError({ VectorMath.sin($0) }, Glibc.sin) < 1.5)
    #expect(largestError({ VectorMath.cos($0) }, Glibc.cos) < 1.5)
  }

  @Test("limits, signs and what is not a number come out as in the C library")
  func specialValues() {
    func one(_ function: (Vector) -> Vector, _ x: Float) -> Float { function(Vector(repeating: x))[5] }
    let infinity = Float.infinity
    #expect(one({ VectorMath.exp($0) }, -infinity) == 0)
    #expect(one({ VectorMath.exp($0) }, infinity) == infinity)
    #expect(one({ VectorMath.exp($0) }, 0) == 1)
    #expect(one({ VectorMath.log($0) }, 0) == -infinity)
    #expect(one({ VectorMath.log($0) }, -1).isNaN)
    #expect(one({ VectorMath.log($0) }, infinity) == infinity)
    #expect(one({ VectorMath.logOfOnePlus($0) }, -1) == -infinity)
    #expect(one({ VectorMath.tanh($0) }, -infinity) == -1)
    #expect(one({ VectorMath.erf($0) }, infinity) == 1)
    #expect(one({ VectorMath.sigmoid($0) }, -infinity) == 0)
    #expect(one({ VectorMath.sin($0) }, infinity).isNaN)
    for function: (Vector) -> Vector in [
      { VectorMath.sin($0) }, { VectorMath.tanh($0) }, { VectorMath.erf($0) }, { VectorMath.expMinusOne($0) },
      { VectorMath.logOfOnePlus($0) },
    ] {
      #expect(one(function, -0.0).sign == .minus)
      #expect(one(function, 0.0).sign == .plus)
      #expect(one(function, .nan).isNaN)
    }
    for function: (Vector) -> Vector in [
      { VectorMath.exp($0) }, { VectorMath.log($0) }, { VectorMath.cos($0) }, { VectorMath.sigmoid($0) },
      { VectorMath.softplus($0) }, { VectorMath.normalCumulative($0) }, { VectorMath.geluAndSlope($0).value },
    ] {
      #expect(one(function, .nan).isNaN)
    }
  }

  @Test("a part of a vector is read, kept and stored without its rest", arguments: 0...8)
  func parts(count: Int) {
    let values: [Float] = [1, -2, 3, -4, 5, -6, 7, -8]
    var target = [Float](repeating: 9, count: 8)
    target.withUnsafeMutableBufferPointer { target in
      values.withUnsafeBufferPointer { values in
        guard let from = values.baseAddress, let to = target.baseAddress else { return }
        let part = Vector(at: from, count: count)
        #expect(part == Vector(at: from).first(count))
        #expect(part.total == values.prefix(count).reduce(0, +))
        part.store(to: to, count: count)
      }
    }
    #expect(target == Array(values.prefix(count)) + [Float](repeating: 9, count: 8 - count))
    let other = Vector(repeating: 0.5)
    for lane in 0..<8 { #expect(Vector(values).first(count, then: other)[lane] == (lane < count ? values[lane] : 0.5)) }
  }

  @Test("the largest lane is found, wherever it stands", arguments: 0..<8)
  func largest(lane: Int) {
    var x = Vector(-3, -1, -7, -2, -9, -5, -4, -8)
    #expect(x.largest == -1)
    x[lane] = 2
    #expect(x.largest == 2)
    #expect(Vector(repeating: -.infinity).largest == -.infinity)
  }

  @Test("loops over a part of a row take its last vector whole where the row has room", arguments: 0...17, 0...17)
  func loopsWithRoom(count: Int, room: Int) {
    var seen: [Int] = []
    let end = forEachVector(count, of: room) { place, wanted, width in
      #expect(place + width <= max(count, room) && wanted <= width)
      #expect(width == 8 || place + width == max(count, room))
      seen += place..<place + wanted
    }
    #expect(seen == Array(0..<count))
    #expect(end >= count && end <= max(count, room))
  }

  @Test("loops give each element its value and touch nothing beyond the end", arguments: 0...25)
  func loops(count: Int) {
    let input = (0..<count).map { Float($0) - 3 }
    var output = [Float](repeating: 7, count: count + 9)
    output.withUnsafeMutableBufferPointer { output in
      input.withUnsafeBufferPointer { input in
        guard let from = input.baseAddress, let to = output.baseAddress else { return }
        forEachVector(count) { place, width in to.put(from.vector(place, width) * 2, place, width) }
      }
    }
    #expect(output == input.map { $0 * 2 } + [Float](repeating: 7, count: 9))
  }
}
