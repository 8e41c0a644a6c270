#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The system's mathematical functions, under a name of their own: inside `extension Tensor`, a bare `exp` would
/// mean the tensor's.
enum Mathematics {
  static func pow(_ a: Float, _ b: Float) -> Float { powf(a, b) }
  static func pow(_ a: Double, _ b: Double) -> Double { Glibc.pow(a, b) }
  static func exp(_ x: Double) -> Double { Glibc.exp(x) }
  static func expMinusOne(_ x: Double) -> Double { expm1(x) }
  static func log(_ x: Double) -> Double { Glibc.log(x) }
  static func logOfOnePlus(_ x: Double) -> Double { log1p(x) }
  static func sin(_ x: Double) -> Double { Glibc.sin(x) }
  static func cos(_ x: Double) -> Double { Glibc.cos(x) }
  static func tan(_ x: Double) -> Double { Glibc.tan(x) }
  static func tanh(_ x: Double) -> Double { Glibc.tanh(x) }
  static func erf(_ x: Double) -> Double { Glibc.erf(x) }
  static func erfc(_ x: Double) -> Double { Glibc.erfc(x) }
}
