/// The type of a tensor's elements.
public enum DType: UInt8, Sendable, CaseIterable, Hashable {
  case bool, uint8, int32, int64, float32, float64

  /// What an element type counts as in arithmetic: `bool < int < float`.
  public enum Kind: UInt8, Sendable, Comparable {
    case bool, int, float

    public static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }
  }

  /// The name that users read and write: `float32`.
  public var name: String {
    switch self {
    case .bool: "bool"
    case .uint8: "uint8"
    case .int32: "int32"
    case .int64: "int64"
    case .float32: "float32"
    case .float64: "float64"
    }
  }

  /// The type of that name, or nil.
  public init?(name: String) {
    guard let dtype = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = dtype
  }

  /// Bytes of one element.
  @inline(__always)
  public var byteCount: Int {
    switch self {
    case .bool, .uint8: 1
    case .int32, .float32: 4
    case .int64, .float64: 8
    }
  }

  @inline(__always)
  public var kind: Kind {
    switch self {
    case .bool: .bool
    case .uint8, .int32, .int64: .int
    case .float32, .float64: .float
    }
  }

  @inline(__always)
  public var isFloat: Bool { self == .float32 || self == .float64 }

  /// The type of a result of two tensors: the higher kind wins, and within a kind the wider type.
  ///
  /// The cases are declared in that order, so it is simply the later one.
  @inline(__always)
  public static func promote(_ a: DType, _ b: DType) -> DType { a.rawValue >= b.rawValue ? a : b }
}

extension DType: CustomStringConvertible {
  public var description: String { name }
}
