import LimnLanguage

/// Whole numbers in the module `math`: divisors, counting, primes. What does not fit in 64 bits is an error.
enum IntegerBindings {
  static var all: [Binding] { divisors + counting + primes }

  private static var divisors: [Binding] {
    [
      Binding(
        "gcd", module: "math", [.variadic("values", .int)],
        "The greatest int that divides all of several ints; 0 when all are 0.",
        example: "math.gcd(12, 18)   # 6\nmath.gcd(8, 12, 6)   # 2"
      ) { call in
        let divisor = try call.ints(0).reduce(UInt(0)) { gcd($0, $1.magnitude) }
        return .int(try signed(divisor, "gcd"))
      },
      Binding(
        "lcm", module: "math", [.variadic("values", .int)],
        "The least positive int that all of several ints divide; 0 when one is 0.",
        example: "math.lcm(4, 6)   # 12\nmath.lcm(2, 3, 5)   # 30"
      ) { call in
        let multiple = try call.ints(0).reduce(UInt(1)) { total, value in
          guard value != 0, total != 0 else { return 0 }
          return try product(total / gcd(total, value.magnitude), value.magnitude, "lcm")
        }
        return .int(try signed(multiple, "lcm"))
      },
      Binding(
        "divmod", module: "math", [.required("a", .number), .required("b", .number)],
        "A list of the quotient `a // b` and the remainder `a % b`.",
        example: "let minutes, seconds = math.divmod(200, 60)\n[minutes, seconds]   # [3, 20]"
      ) { call in
        .list([
          try call.interpreter.binary(.floorDivide, call[0], call[1]),
          try call.interpreter.binary(.modulo, call[0], call[1]),
        ])
      },
      Binding(
        "isqrt", module: "math", [.required("n", .int)],
        "The greatest int whose square is not greater than `n`. An error for a negative `n`.",
        example: "math.isqrt(17)   # 4"
      ) { call in .int(Int(try squareRoot(of: natural(call, 0)))) },
    ]
  }

  private static var counting: [Binding] {
    [
      Binding(
        "factorial", module: "math", [.required("n", .int)],
        "`1 * 2 * ... * n`: in how many orders `n` things can stand. An error beyond 20, which 64 bits do not hold.",
        example: "math.factorial(5)   # 120"
      ) { call in
        let n = try natural(call, 0)
        guard n <= 20 else { throw overflow("factorial", help: "`math.gamma(n + 1)` gives it as a float") }
        return .int(n < 2 ? 1 : (2...Int(n)).reduce(1, *))
      },
      Binding(
        "comb", module: "math", [.required("n", .int), .required("k", .int)],
        "In how many ways `k` of `n` things can be chosen, whatever their order; 0 when `k` is greater than `n`.",
        example: "math.comb(5, 2)   # 10\nmath.comb(52, 5)   # 2598960"
      ) { call in
        let n = try natural(call, 0)
        var k = try natural(call, 1)
        if k > n { return 0 }
        k = min(k, n - k)
        var total = UInt(1)
        var index = UInt(0)
        while index < k {
          // `total * (n - index)` may need 128 bits, the quotient is the next whole result.
          let (high, low) = total.multipliedFullWidth(by: n - index)
          index += 1
          guard high < index else { throw overflow("comb", help: nil) }
          total = index.dividingFullWidth((high, low)).quotient
        }
        return .int(try signed(total, "comb"))
      },
      Binding(
        "perm", module: "math", [.required("n", .int), .required("k", .int)],
        "In how many ways `k` of `n` things can be set in a row; 0 when `k` is greater than `n`.",
        example: "math.perm(5, 2)   # 20"
      ) { call in
        let (n, k) = (try natural(call, 0), try natural(call, 1))
        if k > n { return 0 }
        var total = UInt(1)
        for index in 0..<k { total = try product(total, n - index, "perm") }
        return .int(try signed(total, "perm"))
      },
    ]
  }

  private static var primes: [Binding] {
    [
      Binding(
        "is_prime", module: "math", [.required("n", .int)], "Whether an int is a prime number.",
        example: "math.is_prime(97)   # true\nmath.is_prime(9_223_372_036_854_775_783)   # true"
      ) { call in
        let n = try call.int(0)
        return .bool(n > 1 && isPrime(UInt(n)))
      },
      Binding(
        "primes", module: "math", [.required("end", .int)],
        "A list of the prime numbers below an end, in order. An error beyond a hundred million.",
        example: "math.primes(20)   # [2, 3, 5, 7, 11, 13, 17, 19]"
      ) { call in
        let end = try call.int(0)
        guard end <= 100_000_000 else { throw Fault.unsuitable(0, "primes are listed up to a hundred million") }
        return .list(sieve(end).map { .int($0) })
      },
      Binding(
        "factors", module: "math", [.required("n", .int)],
        """
        A list of the prime numbers whose product is `n`, in order; empty for 1. An error for ints below 1. The time \
        grows with the second largest of them: seconds where that has nine digits.
        """, example: "math.factors(360)   # [2, 2, 2, 3, 3, 5]"
      ) { call in
        let n = try call.int(0)
        guard n > 0 else { throw Fault.unsuitable(0, "only ints from 1 on have prime factors", label: "this is \(n)") }
        return .list(try factors(n, call.interpreter).map { .int($0) })
      },
    ]
  }

  // MARK: Arithmetic

  private static func gcd(_ a: UInt, _ b: UInt) -> UInt {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  private static func squareRoot(of n: UInt) -> UInt {
    var root = UInt(Double(n).squareRoot())
    while root.multipliedReportingOverflow(by: root).overflow || root * root > n { root -= 1 }
    while case (let square, let overflow) = (root + 1).multipliedReportingOverflow(by: root + 1), !overflow, square <= n
    {
      root += 1
    }
    return root
  }

  /// Miller and Rabin's test with bases that decide every 64-bit number (Jaeschke 1993; Sorenson and Webster 2015).
  private static func isPrime(_ n: UInt) -> Bool {
    let bases: [UInt] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    if let divisor = bases.first(where: { n % $0 == 0 }) { return n == divisor }
    func times(_ a: UInt, _ b: UInt) -> UInt { n.dividingFullWidth(a.multipliedFullWidth(by: b)).remainder }
    let twos = (n - 1).trailingZeroBitCount
    return bases.allSatisfy { base in
      var power = UInt(1)
      var (square, exponent) = (base, (n - 1) >> UInt(twos))
      while exponent > 0 {
        if exponent & 1 == 1 { power = times(power, square) }
        square = times(square, square)
        exponent >>= 1
      }
      if power == 1 || power == n - 1 { return true }
      for _ in 1..<max(1, twos) {
        power = times(power, power)
        if power == n - 1 { return true }
      }
      return false
    }
  }

  /// Eratosthenes' sieve of the odd numbers.
  private static func sieve(_ end: Int) -> [Int] {
    guard end > 2 else { return [] }
    var isComposite = [Bool](repeating: false, count: end / 2)
    var result = [2]
    for half in 1..<max(1, end / 2) where !isComposite[half] {
      let prime = 2 * half + 1
      result.append(prime)
      for multiple in stride(from: prime * prime / 2, to: isComposite.count, by: prime) { isComposite[multiple] = true }
    }
    return result
  }

  private static func factors(_ n: Int, _ interpreter: Interpreter) throws -> [Int] {
    var (rest, divisor, result) = (n, 2, [Int]())
    while divisor <= rest / divisor {
      if rest % divisor == 0 {
        result.append(divisor)
        rest /= divisor
        if isPrime(UInt(rest)) { break }
      } else {
        divisor += divisor == 2 ? 1 : 2
        if divisor & 0xFFFF == 1 { try interpreter.checkInterrupt() }
        if divisor == 3, rest > 1, isPrime(UInt(rest)) { break }
      }
    }
    return rest > 1 ? result + [rest] : result
  }

  // MARK: Faults

  private static func natural(_ call: Call, _ index: Int) throws -> UInt {
    let value = try call.int(index)
    guard value >= 0 else { throw Fault.unsuitable(index, "this must not be negative", label: "this is \(value)") }
    return UInt(value)
  }

  private static func product(_ a: UInt, _ b: UInt, _ name: String) throws -> UInt {
    let (result, overflows) = a.multipliedReportingOverflow(by: b)
    guard !overflows else { throw overflow(name, help: nil) }
    return result
  }

  private static func signed(_ value: UInt, _ name: String) throws -> Int {
    guard let int = Int(exactly: value) else { throw overflow(name, help: nil) }
    return int
  }

  private static func overflow(_ name: String, help: String?) -> Fault {
    Fault(
      "integer-overflow", "the result of `math.\(name)` does not fit in 64 bits",
      labels: [.init(.whole, "too large for an int")], help: help)
  }
}
