import LimnTensor

/// Takes little-endian numbers and runs of bytes from the front, and never reads beyond the end.
struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The number of bytes that are left.
  var remaining: Int { bytes.endIndex - position }

  /// The next bytes, or nil when there are not so many.
  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= remaining else { return nil }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  /// The next number, or nil at the end.
  mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type) -> Number? {
    take(MemoryLayout<Number>.size).map { $0.reversed().reduce(0) { $0 << 8 | Number($1) } }
  }
}
