import LimnTensor

extension Safetensors.ElementType {
  /// Whether elements lie in the file just as they lie in a tensor.
  ///
  /// BOOL is not among them: a Swift Bool is 0 or 1 and nothing else, and a file may hold any byte.
  var isReadInPlace: Bool {
    switch self {
    case .float64, .float32, .int64, .int32, .uint8: true
    case .float16, .bfloat16, .int16, .int8, .bool: false
    }
  }

  /// Reads little-endian elements into a new tensor of this type's `dtype`, which has room for exactly these.
  ///
  /// The bytes may lie at any address: a header's length decides where elements begin.
  func read(_ bytes: UnsafeRawBufferPointer, into tensor: Tensor) {
    switch self {
    case .float64, .float32, .int64, .int32, .uint8: Self.copy(bytes, to: tensor)
    case .float16: Self.convert(bytes, UInt16.self, to: tensor.pointer(Float.self), Self.float(half:))
    case .bfloat16:
      Self.convert(bytes, UInt16.self, to: tensor.pointer(Float.self)) { Float(bitPattern: UInt32($0) << 16) }
    case .int16: Self.convert(bytes, Int16.self, to: tensor.pointer(Int32.self), Int32.init)
    case .int8: Self.convert(bytes, Int8.self, to: tensor.pointer(Int32.self), Int32.init)
    case .bool: Self.convert(bytes, UInt8.self, to: tensor.pointer(Bool.self)) { $0 != 0 }
    }
  }

  /// The type that a tensor's elements are written as: their own.
  init(_ dtype: DType) {
    switch dtype {
    case .bool: self = .bool
    case .uint8: self = .uint8
    case .int32: self = .int32
    case .int64: self = .int64
    case .float32: self = .float32
    case .float64: self = .float64
    }
  }

  private static func copy(_ bytes: UnsafeRawBufferPointer, to tensor: Tensor) {
    guard let source = bytes.baseAddress else { return }
    UnsafeMutableRawPointer(tensor.pointer(UInt8.self)).copyMemory(from: source, byteCount: bytes.count)
  }

  private static func convert<Stored: BitwiseCopyable, Element>(
    _ bytes: UnsafeRawBufferPointer, _ type: Stored.Type, to target: UnsafeMutablePointer<Element>,
    _ body: (Stored) -> Element
  ) {
    let step = MemoryLayout<Stored>.size
    for index in 0..<(bytes.count / step) {
      target[index] = body(bytes.loadUnaligned(fromByteOffset: index * step, as: Stored.self))
    }
  }

  /// The number that IEEE 754's binary16 has this bit pattern for.
  static func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let magnitude = UInt32(bits & 0x7FFF)
    if magnitude >= 0x7C00 {
      // Infinity, or NaN with its payload.
      return Float(bitPattern: sign | 0x7F80_0000 | (magnitude & 0x03FF) << 13)
    }
    // The bits, moved into float32's fields, stand for the number times 2^-112: subnormals come right by themselves.
    let scaled = Float(bitPattern: magnitude << 13) * 0x1p112
    return Float(bitPattern: sign | scaled.bitPattern)
  }
}

extension Tensor {
  /// Calls a body with the bytes of all elements, in row-major order and the host's byte order.
  func withElementBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
    let source = try contiguous()
    return try withExtendedLifetime(source) {
      let start =
        switch dtype {
        case .bool: UnsafeRawPointer(source.pointer(Bool.self))
        case .uint8: UnsafeRawPointer(source.pointer(UInt8.self))
        case .int32: UnsafeRawPointer(source.pointer(Int32.self))
        case .int64: UnsafeRawPointer(source.pointer(Int64.self))
        case .float32: UnsafeRawPointer(source.pointer(Float.self))
        case .float64: UnsafeRawPointer(source.pointer(Double.self))
        }
      return try body(UnsafeRawBufferPointer(start: start, count: count * dtype.byteCount))
    }
  }
}
