import LimnRuntime
import Testing

/// Where a number has no closed form, it is CPython 3.11's.
@Suite struct MathModuleTests {
  @Test(arguments: [
    ProgramCase("math.gcd()", "0"), ProgramCase("math.gcd(0, 5)", "5"), ProgramCase("math.gcd(-12, 18)", "6"),
    ProgramCase("math.gcd(-9223372036854775807 - 1, 0)", "integer-overflow"),
    ProgramCase("math.lcm()", "1"), ProgramCase("math.lcm(0, 5)", "0"), ProgramCase("math.lcm(-4, 6)", "12"),
    ProgramCase("math.lcm(9223372036854775807, 2)", "integer-overflow"),
    ProgramCase("math.factorial(20)", "2432902008176640000"), ProgramCase("math.factorial(21)", "integer-overflow"),
    ProgramCase("math.factorial(-1)", "invalid-argument"), ProgramCase("math.factorial(0)", "1"),
    ProgramCase("math.comb(66, 33)", "7219428434016265740"), ProgramCase("math.comb(67, 33)", "integer-overflow"),
    ProgramCase("math.comb(3, 5)", "0"), ProgramCase("math.comb(5, 0)", "1"),
    ProgramCase("math.perm(20, 20)", "2432902008176640000"), ProgramCase("math.perm(100, 20)", "integer-overflow"),
    ProgramCase("math.isqrt(9223372036854775807)", "3037000499"), ProgramCase("math.isqrt(0)", "0"),
    ProgramCase("math.isqrt(999950884)", "31622"), ProgramCase("math.isqrt(-1)", "invalid-argument"),
    ProgramCase("math.divmod(-7, 2)", "[-4, 1]"), ProgramCase("math.divmod(1, 0)", "division-by-zero"),
  ])
  func wholeNumbersAreExact(_ program: ProgramCase) throws { try program.check(importing: "math") }

  /// The sieve agrees with the test of single numbers, and with the known counts of primes.
  @Test func primesAgree() throws {
    let session = try TestSession()
    try session.run("import math\nlet primes = math.primes(10000)")
    #expect(try session.run("len(primes)") == "1229")
    #expect(try session.run("(0..<10000).filter(n => math.is_prime(n)) == primes") == "true")
    #expect(try session.run("len(math.primes(1000000))") == "78498")
    // Carmichael numbers, a square of a prime, strong pseudoprimes to bases 2, 3, 5, 7, and the greatest 64-bit prime.
    let composites = "[561, 1729, 3215031751, 3037000493 ** 2, 3825123056546413051]"
    #expect(try session.run("\(composites).any(n => math.is_prime(n))") == "false")
    #expect(try session.run("math.is_prime(9223372036854775783)") == "true")
    #expect(try session.run("math.primes(2) + math.primes(-1)") == "[]")
    #expect(try session.run("math.primes(3)") == "[2]")
  }

  @Test func factorsMultiplyToTheNumber() throws {
    let session = try TestSession()
    try session.run("import math")
    #expect(
      try session.run(
        "(1..<2000).all(n => math.factors(n).all(p => math.is_prime(p)) and math.factors(n).reduce((a, b) => a * b, 1) == n)"
      )
        == "true")
    #expect(try session.run("math.factors(9223372036854775807)") == "[7, 7, 73, 127, 337, 92737, 649657]")
    #expect(try session.run("math.factors(9223372036854775783)") == "[9223372036854775783]")
    #expect(session.failure(of: "math.factors(0)")?.code == "invalid-argument")
  }

  @Test(arguments: [
    ProgramCase("math.sign(-0.0)", "-0.0"), ProgramCase("math.is_nan(math.sign(nan))", "true"),
    ProgramCase("math.trunc(1e300)", "invalid-conversion"), ProgramCase("math.trunc(-0.9)", "0"),
    ProgramCase("math.round_to(2.675, 2)", "2.67"), ProgramCase("math.round_to(-1.5, 0)", "-2.0"),
    ProgramCase("math.round_to(1.0, 18)", "invalid-argument"), ProgramCase("math.is_finite(math.hypot(3e200, 4e200))", "true"),
    ProgramCase("math.is_nan(math.asin(2))", "true"), ProgramCase("math.lerp(1, 3, 1)", "3.0"),
    ProgramCase("math.log2(\"8\")", "type-mismatch"), ProgramCase("math.atan2(0, -1) == pi", "true"),
    ProgramCase("math.lgamma(0.5)", "0.5723649429247001"), ProgramCase("math.erfc(10)", "2.088487583762545e-45"),
    ProgramCase("[math.e, math.tau]", "[2.718281828459045, 6.283185307179586]"),
  ])
  func floatsFollowTheirFunctions(_ program: ProgramCase) throws { try program.check(importing: "math") }

  @Test(arguments: [
    ProgramCase("math.mean([])", "empty-sequence"), ProgramCase("math.mean([1, \"2\"])", "type-mismatch"),
    ProgramCase("math.mean(1...4)", "2.5"), ProgramCase("math.mean([1e16, 1, -1e16])", "0.3333333333333333"),
    ProgramCase("math.median([nan, 1])", "nan"), ProgramCase("math.median([7])", "7.0"),
    ProgramCase("math.variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16], unbiased: true)", "30.0"),
    ProgramCase("math.variance([5])", "0.0"), ProgramCase("math.variance([5], unbiased: true)", "invalid-argument"),
    ProgramCase("math.quantile([1, 2], 0.5)", "1.5"), ProgramCase("math.quantile([1, 2], 1)", "2.0"),
    ProgramCase("math.quantile([1, 2], 1.5)", "invalid-argument"),
    ProgramCase("math.quantile([], 0.5)", "empty-sequence"),
    ProgramCase("math.mode([1, \"a\", \"a\", 1])", "1"), ProgramCase("math.mode([])", "empty-sequence"),
    ProgramCase("math.correlation([1, 2, 3], [3, 2, 1])", "-1.0"),
    ProgramCase("math.is_nan(math.correlation([1, 1], [1, 2]))", "true"),
    ProgramCase("math.correlation([1], [1, 2])", "invalid-argument"),
  ])
  func statisticsAreAccurate(_ program: ProgramCase) throws { try program.check(importing: "math") }
}
