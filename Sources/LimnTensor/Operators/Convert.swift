import Synchronization

extension Tensor {
  /// The same numbers in another element type.
  ///
  /// To an integer type, fractions are cut off; to bool, everything but 0 is true. Gradient: `g`, converted back, between
  /// float types.
  ///
  /// - Throws: `out-of-range` for a number that an integer type cannot hold, NaN among them.
  public func converted(to target: DType) throws -> Tensor {
    if target == dtype { return self }
    let output = try Tensor.uninitialized(shape, target)
    let x = try contiguous()
    let fits = withExtendedLifetime((x, output)) { convert(x, output) }
    guard fits else { throw try x.outOfRange(target) }
    guard target.isFloat, dtype.isFloat else { return output }
    let source = dtype
    return record("to", output, from: self, { gradient in try gradient.converted(to: source) })
  }

  /// The error about the first number that `target` cannot hold.
  private func outOfRange(_ target: DType) throws -> TensorError {
    let (low, high): (Double, Double) =
      switch target {
      case .uint8: (0, 255)
      case .int32: (Double(Int32.min), Double(Int32.max))
      default: (Double(Int64.min), Double(Int64.max))
      }
    let wrong = try doubles().first { !($0.rounded(.towardZero) >= low && $0.rounded(.towardZero) <= high) }
    return TensorError(
      .outOfRange, "\(target) cannot hold \(wrong.map { "\($0)" } ?? "all of these numbers")",
      operands: [.init(.index(0), "this is \(shape) \(dtype)")], help: "clamp the numbers first")
  }

  /// This tensor under a promotion: converted when its type is another.
  @inline(__always)
  func promoted(to target: DType) throws -> Tensor { target == dtype ? self : try converted(to: target) }
}

/// An element type that others convert to and from.
private protocol Convertible: TensorElement {
  init(converting value: Double)
  init(converting value: Int64)
  /// Whether the type holds the number, fractions aside.
  static func holds(_ value: Double) -> Bool
  static func holds(_ value: Int64) -> Bool
  /// The value as the wider of the two types that conversions go through.
  static var isInteger: Bool { get }
  var asDouble: Double { get }
  var asInt64: Int64 { get }
}

extension Convertible where Self: FixedWidthInteger {
  @inline(__always) static func holds(_ value: Int64) -> Bool { Self(truncatingIfNeeded: value) == value }
  @inline(__always) static func holds(_ value: Double) -> Bool {
    // One below the least and one above the largest are not reached; the largest of 64 bits is a double that is not held.
    let least = Self.bitWidth == 64 ? Double(Self.min).nextDown : Double(Self.min) - 1
    return value > least && value < Double(Self.max) + (Self.bitWidth == 64 ? 0 : 1)
  }
  @inline(__always) init(converting value: Int64) { self.init(clamping: value) }
  @inline(__always) init(converting value: Double) {
    // The largest integer of 64 bits is rounded up to a double that is too large, hence the equality.
    if value >= Double(Self.max) { self = .max } else if value <= Double(Self.min) { self = .min } else {
      self = value != value ? 0 : Self(truncatingIfNeeded: Int64(value))
    }
  }
  static var isInteger: Bool { true }
  @inline(__always) var asDouble: Double { Double(self) }
  @inline(__always) var asInt64: Int64 { Int64(truncatingIfNeeded: self) }
}
extension UInt8: Convertible {}
extension Int32: Convertible {}
extension Int64: Convertible {}

extension Bool: Convertible {
  @inline(__always) static func holds(_ value: Double) -> Bool { true }
  @inline(__always) static func holds(_ value: Int64) -> Bool { true }
  @inline(__always) init(converting value: Double) { self = value != 0 }
  @inline(__always) init(converting value: Int64) { self = value != 0 }
  static var isInteger: Bool { true }
  @inline(__always) var asDouble: Double { self ? 1 : 0 }
  @inline(__always) var asInt64: Int64 { self ? 1 : 0 }
}

extension Float: Convertible {
  @inline(__always) init(converting value: Int64) { self = Float(value) }
  @inline(__always) init(converting value: Double) { self = Float(value) }
}
extension Double: Convertible {
  @inline(__always) init(converting value: Int64) { self = Double(value) }
  @inline(__always) init(converting value: Double) { self = value }
}

extension Convertible where Self: BinaryFloatingPoint {
  @inline(__always) static func holds(_ value: Double) -> Bool { true }
  @inline(__always) static func holds(_ value: Int64) -> Bool { true }
  static var isInteger: Bool { false }
  @inline(__always) var asInt64: Int64 { Int64(converting: asDouble) }
}
extension Float {
  fileprivate var asDouble: Double { Double(self) }
}
extension Double {
  fileprivate var asDouble: Double { self }
}

/// Says whether every number fits.
private func convert(_ x: Tensor, _ output: Tensor) -> Bool {
  switch x.dtype {
  case .bool: convert(Bool.self, x, output)
  case .uint8: convert(UInt8.self, x, output)
  case .int32: convert(Int32.self, x, output)
  case .int64: convert(Int64.self, x, output)
  case .float32: convert(Float.self, x, output)
  case .float64: convert(Double.self, x, output)
  }
}

private func convert<From: Convertible>(_ from: From.Type, _ x: Tensor, _ output: Tensor) -> Bool {
  switch output.dtype {
  case .bool: convert(from, Bool.self, x, output)
  case .uint8: convert(from, UInt8.self, x, output)
  case .int32: convert(from, Int32.self, x, output)
  case .int64: convert(from, Int64.self, x, output)
  case .float32: convert(from, Float.self, x, output)
  case .float64: convert(from, Double.self, x, output)
  }
}

@inline(never)
private func convert<From: Convertible, To: Convertible>(
  _ from: From.Type, _ to: To.Type, _ x: Tensor, _ output: Tensor
) -> Bool {
  let (source, target) = (x.pointer(From.self), output.pointer(To.self))
  let misfits = Atomic<Int>(0)
  Tensor.chunks(x.count) { range in
    var isWrong = false
    if From.isInteger {
      for i in range {
        let value = source[i].asInt64
        isWrong = isWrong || !To.holds(value)
        target[i] = To(converting: value)
      }
    } else {
      for i in range {
        let value = source[i].asDouble
        isWrong = isWrong || !To.holds(value)
        target[i] = To(converting: value)
      }
    }
    if isWrong { misfits.store(1, ordering: .relaxed) }
  }
  return misfits.load(ordering: .relaxed) == 0
}
