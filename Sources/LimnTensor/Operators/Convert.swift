extension Tensor {
  /// The same numbers in another element type.
  ///
  /// To an integer type, fractions are cut off, what does not fit becomes the nearest number that does, and NaN becomes
  /// 0; to bool, everything but 0 is true. Gradient: `g`, converted back, between float types.
  public func converted(to target: DType) throws -> Tensor {
    if target == dtype { return self }
    let output = try Tensor.uninitialized(shape, target)
    let x = try contiguous()
    withExtendedLifetime((x, output)) { convert(x, output) }
    guard target.isFloat, dtype.isFloat else { return output }
    let source = dtype
    return record("to", output, from: self, { gradient in try gradient.converted(to: source) })
  }

  /// This tensor under a promotion: converted when its type is another.
  @inline(__always)
  func promoted(to target: DType) throws -> Tensor { target == dtype ? self : try converted(to: target) }
}

/// An element type that others convert to and from.
private protocol Convertible: TensorElement {
  init(converting value: Double)
  init(converting value: Int64)
  /// The value as the wider of the two types that conversions go through.
  static var isInteger: Bool { get }
  var asDouble: Double { get }
  var asInt64: Int64 { get }
}

extension Convertible where Self: FixedWidthInteger {
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
  static var isInteger: Bool { false }
  @inline(__always) var asInt64: Int64 { Int64(converting: asDouble) }
}
extension Float {
  fileprivate var asDouble: Double { Double(self) }
}
extension Double {
  fileprivate var asDouble: Double { self }
}

private func convert(_ x: Tensor, _ output: Tensor) {
  switch x.dtype {
  case .bool: convert(Bool.self, x, output)
  case .uint8: convert(UInt8.self, x, output)
  case .int32: convert(Int32.self, x, output)
  case .int64: convert(Int64.self, x, output)
  case .float32: convert(Float.self, x, output)
  case .float64: convert(Double.self, x, output)
  }
}

private func convert<From: Convertible>(_ from: From.Type, _ x: Tensor, _ output: Tensor) {
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
) {
  let (source, target) = (x.pointer(From.self), output.pointer(To.self))
  Tensor.chunks(x.count) { range in
    if From.isInteger {
      for i in range { target[i] = To(converting: source[i].asInt64) }
    } else {
      for i in range { target[i] = To(converting: source[i].asDouble) }
    }
  }
}
