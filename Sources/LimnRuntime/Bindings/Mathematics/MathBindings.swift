import Glibc
import LimnLanguage

/// The module `math`: elementary functions of single numbers that the core library leaves out.
enum MathBindings {
  static var all: [Binding] { elementary + special + angles + questions + IntegerBindings.all + StatisticsBindings.all }

  static var constants: [ConstantBinding] {
    [
      ConstantBinding(
        "e", module: "math", .float(M_E), "Euler's number, the base of the natural logarithm, 2.718281828459045."),
      ConstantBinding("tau", module: "math", .float(2 * .pi), "A full turn in radians, `2 * pi`, 6.283185307179586."),
    ]
  }

  private static var elementary: [Binding] {
    [
      function(
        "log2", "The logarithm to base 2; `-inf` of zero, `nan` of a negative number.", "math.log2(8)   # 3.0", log2),
      function(
        "log10", "The logarithm to base 10; `-inf` of zero, `nan` of a negative number.", "math.log10(1000)   # 3.0",
        log10),
      function(
        "log1p", "`log(1 + x)`, exact where `x` is so small that `1 + x` would lose it.",
        "math.log1p(1e-15)   # 9.999999999999995e-16", log1p),
      function(
        "expm1", "`exp(x) - 1`, exact where `x` is so small that `exp(x)` would lose it.",
        "math.expm1(1e-15)   # 1.0000000000000007e-15", expm1),
      function("cbrt", "The cube root, of negative numbers too.", "math.cbrt(-27)   # -3.0", cubeRoot),
      function("sinh", "The hyperbolic sine.", "math.sinh(1)   # 1.1752011936438014", sinh),
      function("cosh", "The hyperbolic cosine.", "math.cosh(1)   # 1.5430806348152437", cosh),
      function("asinh", "The number whose hyperbolic sine is `x`.", "math.asinh(0)   # 0.0", asinh),
      function(
        "acosh", "The number from 0 on whose hyperbolic cosine is `x`; `nan` below 1.", "math.acosh(1)   # 0.0", acosh),
      function(
        "atanh", "The number whose hyperbolic tangent is `x`; `nan` beyond -1 and 1.",
        "math.atanh(0.5)   # 0.5493061443340548",
        atanh),
      Binding(
        "hypot", module: "math", [.required("x", .float), .required("y", .float)],
        "The length of the hypotenuse, `sqrt(x ** 2 + y ** 2)`, without overflow on the way.",
        example: "math.hypot(3, 4)   # 5.0"
      ) { call in .float(hypot(try call.float(0), try call.float(1))) },
      Binding(
        "sign", module: "math", [.required("x", .number)],
        "-1, 0, or 1 by the sign of a number, of its own type; `nan` of `nan`.",
        example: "math.sign(-7)   # -1\nmath.sign(0.5)   # 1.0"
      ) { call in
        if case .int(let value) = call[0] { return .int(value.signum()) }
        let value = try call.float(0)
        return .float(value > 0 ? 1 : value < 0 ? -1 : value)
      },
      Binding(
        "trunc", module: "math", [.required("x", .number)],
        "The int that is left when a number's fraction is cut off, toward zero.",
        example: "math.trunc(2.7)   # 2\nmath.trunc(-2.7)   # -2"
      ) { call in .int(try integer(call.float(0).rounded(.towardZero), call)) },
      Binding(
        "round_to", module: "math", [.required("x", .float), .required("digits", .int)],
        """
        The float nearest to `x` that has so many digits behind the point. `"\\(x:.2f)"` writes one so. An error for \
        more than 17 digits.
        """, example: "math.round_to(3.14159, 2)   # 3.14"
      ) { call in
        let (x, digits) = (try call.float(0), try call.int(1))
        guard (0...17).contains(digits) else {
          throw Fault.unsuitable(1, "digits are from 0 to 17", label: "this is \(digits)")
        }
        return .float(Double(NumberText.fixed(x, digits: digits)) ?? x)
      },
      Binding(
        "lerp", module: "math", [.required("a", .float), .required("b", .float), .required("t", .float)],
        "The number at a part of the way from `a` to `b`: `a` for `t` 0, `b` for 1.",
        example: "math.lerp(10, 20, 0.25)   # 12.5"
      ) { call in
        let (a, b, t) = (try call.float(0), try call.float(1), try call.float(2))
        return .float(a * (1 - t) + b * t)
      },
    ]
  }

  private static var special: [Binding] {
    [
      function(
        "erf", "The error function: the chance that a normal number with variance 1/2 is nearer to 0 than `x`.",
        "math.erf(1)   # 0.8427007929497149", erf),
      function("erfc", "`1 - erf(x)`, exact where that is small.", "math.erfc(5) < 1e-11   # true", erfc),
      function(
        "gamma", "The gamma function: the factorial of `x - 1`, between the ints too.", "math.gamma(5)   # 24.0",
        { tgamma($0) }),
      function(
        "lgamma", "The natural logarithm of the gamma function's magnitude.", "math.lgamma(1)   # 0.0",
        { Glibc.lgamma($0) }),
    ]
  }

  private static var angles: [Binding] {
    [
      function(
        "asin", "The angle in radians whose sine is `x`; `nan` beyond -1 and 1.", "math.asin(1)   # 1.5707963267948966",
        asin),
      function(
        "acos", "The angle in radians whose cosine is `x`; `nan` beyond -1 and 1.", "math.acos(1)   # 0.0", acos),
      function("atan", "The angle in radians whose tangent is `x`.", "math.atan(1)   # 0.7853981633974483", atan),
      Binding(
        "atan2", module: "math", [.required("y", .float), .required("x", .float)],
        "The angle in radians of the point at `x`, `y`, seen from the origin: from `-pi` to `pi`.",
        example: "math.atan2(1, -1)   # 2.356194490192345"
      ) { call in .float(atan2(try call.float(0), try call.float(1))) },
      function("degrees", "An angle in radians as degrees.", "math.degrees(pi)   # 180.0") { $0 * 180 / .pi },
      function("radians", "An angle in degrees as radians.", "math.radians(180)   # 3.141592653589793") {
        $0 / 180 * .pi
      },
    ]
  }

  private static var questions: [Binding] {
    [
      question("is_nan", "Whether a number is `nan`, which `x == nan` does not say.", "math.is_nan(nan)   # true") {
        $0.isNaN
      },
      question("is_inf", "Whether a number is `inf` or `-inf`.", "math.is_inf(-inf)   # true") { $0.isInfinite },
      question("is_finite", "Whether a number is neither infinite nor `nan`.", "math.is_finite(1e308 * 10)   # false") {
        $0.isFinite
      },
    ]
  }

  private static func function(
    _ name: String, _ documentation: String, _ example: String, _ body: @escaping (Double) -> Double
  ) -> Binding {
    Binding(name, module: "math", [.required("x", .float)], documentation, example: example) { call in
      .float(body(try call.float(0)))
    }
  }

  private static func question(
    _ name: String, _ documentation: String, _ example: String, _ body: @escaping (Double) -> Bool
  ) -> Binding {
    Binding(name, module: "math", [.required("x", .float)], documentation, example: example) { call in
      .bool(body(try call.float(0)))
    }
  }

  /// The cube root. The system's may be wrong in the last digit, which a step of Newton's mends: cubes have whole roots.
  private static func cubeRoot(_ x: Double) -> Double {
    let root = cbrt(x)
    let square = root * root
    guard square.isNormal, square.isFinite else { return root }
    let mended = root - (square * root - x) / (3 * square)
    return mended.isFinite ? mended : root
  }

  /// A whole float as an int. Throws `invalid-conversion` for what no int holds.
  private static func integer(_ value: Double, _ call: Call) throws -> Int {
    guard let int = Int(exactly: value) else {
      let text = try call.interpreter.describe(call[0])
      throw Fault(
        "invalid-conversion", "\(text) does not fit in an int", labels: [.init(.argument(0), "this is \(text)")])
    }
    return int
  }
}
