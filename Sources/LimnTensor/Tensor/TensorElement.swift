/// A Swift type that can be a tensor's element.
public protocol TensorElement: Sendable, BitwiseCopyable, Equatable {
  static var dtype: DType { get }
  /// Zero, or false.
  static var zeroElement: Self { get }
}

extension Bool: TensorElement {
  public static var dtype: DType { .bool }
  public static var zeroElement: Bool { false }
}
extension UInt8: TensorElement {
  public static var dtype: DType { .uint8 }
  public static var zeroElement: UInt8 { 0 }
}
extension Int32: TensorElement {
  public static var dtype: DType { .int32 }
  public static var zeroElement: Int32 { 0 }
}
extension Int64: TensorElement {
  public static var dtype: DType { .int64 }
  public static var zeroElement: Int64 { 0 }
}
extension Int: TensorElement {
  public static var dtype: DType { .int64 }
  public static var zeroElement: Int { 0 }
}
extension Float: TensorElement {
  public static var dtype: DType { .float32 }
  public static var zeroElement: Float { 0 }
}
extension Double: TensorElement {
  public static var dtype: DType { .float64 }
  public static var zeroElement: Double { 0 }
}

/// A plain number beside a tensor: it takes the tensor's element type unless its own kind ranks higher.
public enum Scalar: Sendable, Hashable {
  case bool(Bool)
  case int(Int64)
  case float(Double)

  public var kind: DType.Kind {
    switch self {
    case .bool: .bool
    case .int: .int
    case .float: .float
    }
  }

  /// The type that a result of this number and a tensor of `dtype` has.
  public func promoted(with dtype: DType) -> DType {
    if kind <= dtype.kind { return dtype }
    return kind == .float ? .float32 : .int64
  }

  public var double: Double {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): Double(value)
    case .float(let value): value
    }
  }
}

extension Scalar: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral {
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .float(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(_ value: Int) { self = .int(Int64(value)) }
  public init(_ value: Double) { self = .float(value) }
}

extension Scalar: CustomStringConvertible {
  public var description: String {
    switch self {
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    }
  }
}
