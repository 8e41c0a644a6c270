import LimnImage
import LimnTensor

/// Files of the IDX format, in which MNIST and its successors come: one array, big endian, often packed with gzip.
///
/// Two zero bytes, one for the element type, one for the number of axes; each axis's length in four bytes; then the
/// elements in row-major order.
public enum IDX {
  private enum ElementType: UInt8 {
    case uint8 = 0x08
    case int8 = 0x09
    case int16 = 0x0B
    case int32 = 0x0C
    case float32 = 0x0D
    case float64 = 0x0E

    var byteCount: Int {
      switch self {
      case .uint8, .int8: 1
      case .int16: 2
      case .int32, .float32: 4
      case .float64: 8
      }
    }
  }

  /// Reads a file, packed or not. Unsigned bytes stay uint8, signed integers become int32, and floats keep their width.
  ///
  /// - Throws: `missing-file`, `permission-denied`, `cannot-read`; `corrupt-file` when the file is not of the format,
  ///   is cut short, or has bytes left over.
  public static func read(_ path: String) throws -> Tensor {
    try decode(Files.read(path), name: path)
  }

  /// Reads an array from memory; `name` is what errors call it.
  static func decode(_ bytes: [UInt8], name: String) throws -> Tensor {
    let bytes = Gzip.isCompressed(bytes) ? try Gzip.decompress(bytes, name: name) : bytes
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, let type = ElementType(rawValue: bytes[2]) else {
      throw corrupt(name, "it does not begin as such a file does")
    }
    let rank = Int(bytes[3])
    let start = 4 + 4 * rank
    guard bytes.count >= start else { throw corrupt(name, "it is cut short") }
    let lengths = (0..<rank).map { axis in (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 + 4 * axis + $1]) } }

    var size = type.byteCount
    var overflow = false
    for length in lengths where !overflow { (size, overflow) = size.multipliedReportingOverflow(by: length) }
    if lengths.contains(0) { (size, overflow) = (0, false) }
    guard !overflow, size == bytes.count - start else {
      let claim = overflow ? "more bytes than can be counted" : "\(size) bytes"
      throw corrupt(name, "its shape \(lengths) needs \(claim), and \(bytes.count - start) follow")
    }
    return try tensor(type, bytes[start...], Shape(lengths))
  }

  private static func tensor(_ type: ElementType, _ bytes: ArraySlice<UInt8>, _ shape: Shape) throws -> Tensor {
    switch type {
    case .uint8: try Tensor(Array(bytes), shape)
    case .int8: try Tensor(bytes.map { Int32(Int8(bitPattern: $0)) }, shape)
    case .int16: try Tensor(words(bytes, UInt16.self).map { Int32(Int16(bitPattern: $0)) }, shape)
    case .int32: try Tensor(words(bytes, UInt32.self).map { Int32(bitPattern: $0) }, shape)
    case .float32: try Tensor(words(bytes, UInt32.self).map { Float(bitPattern: $0) }, shape)
    case .float64: try Tensor(words(bytes, UInt64.self).map { Double(bitPattern: $0) }, shape)
    }
  }

  /// Big-endian numbers, one after the other.
  private static func words<Word: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: ArraySlice<UInt8>, _ type: Word.Type
  ) -> [Word] {
    bytes.withUnsafeBytes { buffer in
      stride(from: 0, to: buffer.count, by: MemoryLayout<Word>.size).map {
        Word(bigEndian: buffer.loadUnaligned(fromByteOffset: $0, as: Word.self))
      }
    }
  }

  private static func corrupt(_ name: String, _ reason: String) -> TensorError {
    TensorError(.corruptFile, "\(name) cannot be read as IDX: \(reason)")
  }
}
