import LimnImage
import LimnTensor

/// NumPy's files of one array (NPY) and of several (NPZ).
///
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
public enum NPY {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads a file of one array. Halves become float32, short integers int32, and uint32 int64.
  ///
  /// - Throws: `missing-file`, `permission-denied`, `cannot-read`; `corrupt-file` for a file that is not of the format,
  ///   is cut short, has bytes left over, or holds elements that tensors cannot have.
  public static func read(_ path: String) throws -> Tensor {
    try decode(Files.read(path)[...], name: path)
  }

  /// Reads a file of several arrays, in the archive's order; each name is the array's, without `.npy`.
  ///
  /// - Throws: As `read` does.
  public static func readArchive(_ path: String) throws -> [(name: String, tensor: Tensor)] {
    try ZIPArchive(Files.read(path), name: path).members().map { member in
      let name = member.name.hasSuffix(".npy") ? String(member.name.dropLast(4)) : member.name
      return (name, try decode(member.bytes[...], name: "\(path), \(member.name)"))
    }
  }

  /// Reads an array from memory; `name` is what errors call it.
  static func decode(_ bytes: ArraySlice<UInt8>, name: String) throws -> Tensor {
    var reader = ByteReader(bytes)
    guard reader.take(6)?.elementsEqual(magic) == true, let major = reader.take(1)?.first, reader.take(1) != nil else {
      throw corrupt(name, "it does not begin as such a file does")
    }
    let length = major == 1 ? reader.number(UInt16.self).map(Int.init) : reader.number(UInt32.self).map(Int.init)
    guard (1...3).contains(major), let length, let text = reader.take(length),
      let header = NPYHeader(String(decoding: text, as: UTF8.self))
    else { throw corrupt(name, "its header is not right") }
    guard let type = NPYElementType(header.type) else {
      throw corrupt(name, "its elements are of type '\(header.type)', which Limn does not read")
    }
    var size = type.byteCount
    var overflow = false
    for length in header.shape where !overflow { (size, overflow) = size.multipliedReportingOverflow(by: length) }
    if header.shape.contains(0) { (size, overflow) = (0, false) }
    guard !overflow, size == reader.remaining, let body = reader.take(size) else {
      let claim = overflow ? "more bytes than can be counted" : "\(size) bytes"
      throw corrupt(name, "its shape \(header.shape) needs \(claim), and \(reader.remaining) follow")
    }
    guard header.isColumnMajor else { return try type.tensor(body, Shape(header.shape)) }
    // Columns first is the order of the transposed array.
    let transposed = try type.tensor(body, Shape(header.shape.reversed()))
    return try transposed.permuted(Array((0..<header.shape.count).reversed())).contiguous()
  }

  private static func corrupt(_ name: String, _ reason: String) -> TensorError {
    TensorError(.corruptFile, "\(name) cannot be read as an array of NumPy's: \(reason)")
  }
}

/// An element type as NumPy spells it: byte order, kind, and bytes, such as `<f4`.
struct NPYElementType {
  let byteCount: Int
  private let kind: Character
  private let isBigEndian: Bool

  init?(_ text: String) {
    guard let order = text.first, "<>|=".contains(order), let kind = text.dropFirst().first,
      let byteCount = Int(text.dropFirst(2))
    else { return nil }
    let known: [Character: [Int]] = ["b": [1], "u": [1, 2, 4], "i": [1, 2, 4, 8], "f": [2, 4, 8]]
    guard known[kind]?.contains(byteCount) == true else { return nil }
    self.byteCount = byteCount
    self.kind = kind
    isBigEndian = order == ">"
  }

  /// A tensor of elements in row-major order; the caller has checked their number.
  func tensor(_ bytes: ArraySlice<UInt8>, _ shape: Shape) throws -> Tensor {
    switch (kind, byteCount) {
    case ("b", _): try Tensor(bytes.map { $0 != 0 }, shape)
    case ("u", 1): try Tensor(Array(bytes), shape)
    case ("u", 2): try Tensor(patterns(bytes).map { Int32(truncatingIfNeeded: $0) }, shape)
    case ("u", _): try Tensor(patterns(bytes).map { Int64(truncatingIfNeeded: $0) }, shape)
    case ("i", 1): try Tensor(bytes.map { Int32(Int8(bitPattern: $0)) }, shape)
    case ("i", 2): try Tensor(patterns(bytes).map { Int32(Int16(truncatingIfNeeded: $0)) }, shape)
    case ("i", 4): try Tensor(patterns(bytes).map { Int32(truncatingIfNeeded: $0) }, shape)
    case ("i", _): try Tensor(patterns(bytes).map { Int64(truncatingIfNeeded: $0) }, shape)
    case (_, 2):
      try Tensor(
        patterns(bytes).map { Safetensors.ElementType.float(half: UInt16(truncatingIfNeeded: $0)) }, shape)
    case (_, 4): try Tensor(patterns(bytes).map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }, shape)
    default: try Tensor(patterns(bytes).map { Double(bitPattern: $0) }, shape)
    }
  }

  /// Each element's bits.
  private func patterns(_ bytes: ArraySlice<UInt8>) -> [UInt64] {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: byteCount).map { start in
      let element = bytes[start..<(start + byteCount)]
      return isBigEndian
        ? element.reduce(0) { $0 << 8 | UInt64($1) } : element.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }
}

/// The header: a Python dictionary of three members, such as
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NPYHeader {
  let type: String
  let isColumnMajor: Bool
  let shape: [Int]

  init?(_ text: String) {
    let text = text.filter { !$0.isWhitespace }
    guard text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
    guard let type = Self.value(of: "descr", in: text), type.count >= 2, type.first == "'", type.last == "'",
      let order = Self.value(of: "fortran_order", in: text), order == "True" || order == "False",
      let shape = Self.value(of: "shape", in: text), shape.hasPrefix("("), shape.hasSuffix(")")
    else { return nil }
    var lengths: [Int] = []
    for part in shape.dropFirst().dropLast().split(separator: ",") {
      guard let length = Int(part), length >= 0 else { return nil }
      lengths.append(length)
    }
    self.type = String(type.dropFirst().dropLast())
    isColumnMajor = order == "True"
    self.shape = lengths
  }

  /// The text of a member's value: up to the closing parenthesis of a tuple, else to the next comma or brace.
  private static func value(of member: String, in text: String) -> Substring? {
    guard let name = text.firstRange(of: "'\(member)':") else { return nil }
    let rest = text[name.upperBound...]
    if rest.first == "(" { return rest.firstIndex(of: ")").map { rest[...$0] } }
    return rest.firstIndex { $0 == "," || $0 == "}" }.map { rest[..<$0] }
  }
}
