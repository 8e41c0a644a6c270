import LimnImage
import LimnTensor

extension Safetensors {
  /// Writes tensors to a file, whole or not at all; what `tensor(_:)` reads back is equal bit by bit.
  ///
  /// Wider elements come first and names break ties, as in the format's own writer, so that equal tensors with equal
  /// notes become equal bytes, in whatever order they are given.
  ///
  /// - Throws: `bad-argument` for a name that stands twice or is `__metadata__`; `missing-folder`, `permission-denied`
  ///   or `cannot-write`.
  public static func write(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:], to path: String
  ) throws {
    let sorted = tensors.sorted {
      let (a, b) = ($0.tensor.dtype.byteCount, $1.tensor.dtype.byteCount)
      return a == b ? $0.name < $1.name : a > b
    }
    let header = try self.header(sorted, metadata: metadata)
    var file = try AtomicFile(path)
    try withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes in try file.write(bytes) }
    try header.withUnsafeBytes { bytes in try file.write(bytes) }
    for (_, tensor) in sorted {
      try tensor.withElementBytes { bytes in try file.write(bytes) }
    }
    try file.commit()
  }

  /// The header's JSON, padded with spaces so that the elements begin at a multiple of eight bytes.
  private static func header(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String]
  ) throws -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let notes = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\"__metadata__\":{\(notes.joined(separator: ","))}")
    }
    var names: Set<String> = []
    var end = 0
    for (name, tensor) in tensors {
      guard name != "__metadata__", names.insert(name).inserted else {
        throw TensorError(
          .badArgument, "a file of tensors cannot hold \"\(name)\"" + (names.contains(name) ? " twice" : ""))
      }
      let start = end
      end += tensor.count * tensor.dtype.byteCount
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(name)):{\"dtype\":\"\(ElementType(tensor.dtype).rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(start),\(end)]}")
    }
    var bytes = Array("{\(members.joined(separator: ","))}".utf8)
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: (8 - bytes.count % 8) % 8)
    guard bytes.count <= SafetensorsHeader.maximumLength else {
      throw TensorError(.badArgument, "the names and notes take \(bytes.count) bytes, more than a header may have")
    }
    return bytes
  }

  /// A text as a JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
