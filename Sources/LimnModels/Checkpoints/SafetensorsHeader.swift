import LimnImage
import LimnTensor

/// What stands at the front of a safetensors file: the tensors' names, types, shapes and places.
///
/// The format (https://huggingface.co/docs/safetensors): eight bytes with the header's length, little endian; the
/// header, a JSON object; then all elements in one block without gaps. Everything is checked here, once: after it,
/// each entry's bytes lie inside the file and are as many as its shape needs.
struct SafetensorsHeader {
  /// The longest header that is read: the format's own limit.
  static let maximumLength = 100_000_000

  /// The tensors, in the order of their places in the file.
  let entries: [Safetensors.Entry]
  /// The file's `__metadata__`.
  let metadata: [String: String]
  /// Where the elements begin, counted from the start of the file.
  let dataStart: Int

  /// Reads and checks the header of a whole file; `name` is what errors call it.
  ///
  /// - Throws: `corrupt-file`.
  init(_ file: UnsafeRawBufferPointer, name: String) throws(TensorError) {
    guard file.count >= 8 else {
      throw Self.corrupt(name, "it has \(file.count) bytes, and the length of its header takes 8")
    }
    let stored = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
    guard stored <= UInt64(Self.maximumLength) else {
      throw Self.corrupt(name, "it claims a header of \(stored) bytes; the limit is \(Self.maximumLength)")
    }
    let length = Int(stored)
    guard length <= file.count - 8 else {
      throw Self.corrupt(name, "it claims a header of \(length) bytes, and \(file.count - 8) follow")
    }
    var parser = Parser()
    do throws(JSONScanner.Fault) {
      try parser.parse(Array(file[8..<(8 + length)]))
    } catch {
      throw Self.corrupt(name, "its header is not right at byte \(error.position): \(error.reason)")
    }
    dataStart = 8 + length
    metadata = parser.metadata
    entries = try Self.checked(parser.entries, dataCount: file.count - 8 - length, name: name)
  }

  /// The entries in order, when their places fill the data exactly and fit their shapes.
  private static func checked(
    _ entries: [Safetensors.Entry], dataCount: Int, name: String
  ) throws(TensorError) -> [Safetensors.Entry] {
    for entry in entries {
      var size = entry.type.byteCount
      var overflow = false
      for length in entry.shape where !overflow { (size, overflow) = size.multipliedReportingOverflow(by: length) }
      // A zero anywhere makes a shape empty, even when the lengths before it overflow.
      if entry.shape.contains(0) { (size, overflow) = (0, false) }
      guard !overflow else {
        throw corrupt(name, "\(entry.name) has more elements than can be counted: \(entry.shape)")
      }
      guard entry.bytes.count == size else {
        throw corrupt(
          name,
          "\(entry.name), \(entry.type.rawValue) \(entry.shape), takes \(size) bytes, but has \(entry.bytes.count)")
      }
    }
    let sorted = entries.sorted {
      ($0.bytes.lowerBound, $0.bytes.upperBound, $0.name) < ($1.bytes.lowerBound, $1.bytes.upperBound, $1.name)
    }
    var end = 0
    var previous = "the header"
    for entry in sorted {
      guard entry.bytes.lowerBound >= end else { throw corrupt(name, "\(previous) and \(entry.name) overlap") }
      guard entry.bytes.lowerBound == end else {
        throw corrupt(name, "bytes \(end) to \(entry.bytes.lowerBound), before \(entry.name), belong to no tensor")
      }
      end = entry.bytes.upperBound
      previous = entry.name
    }
    guard end <= dataCount else {
      throw corrupt(name, "\(previous) ends at byte \(end) of \(dataCount): the file is cut short")
    }
    guard end == dataCount else { throw corrupt(name, "its last \(dataCount - end) bytes belong to no tensor") }
    return sorted
  }

  static func corrupt(_ name: String, _ reason: String) -> TensorError {
    TensorError(.corruptFile, "\(name) is not a sound safetensors file: \(reason)")
  }
}

/// Collects the header's members, and rejects any that stands twice.
private struct Parser {
  var entries: [Safetensors.Entry] = []
  var metadata: [String: String] = [:]
  private var names: Set<String> = []

  mutating func parse(_ bytes: [UInt8]) throws(JSONScanner.Fault) {
    var scanner = JSONScanner(bytes)
    try scanner.object { scanner, name throws(JSONScanner.Fault) in
      guard names.insert(name).inserted else {
        throw JSONScanner.Fault(reason: "\"\(name)\" stands twice", position: scanner.position)
      }
      if name == "__metadata__" {
        try parseMetadata(&scanner)
      } else {
        entries.append(try parseEntry(&scanner, name: name))
      }
    }
    try scanner.end()
  }

  private mutating func parseMetadata(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
    try scanner.object { scanner, key throws(JSONScanner.Fault) in
      guard metadata[key] == nil else {
        throw JSONScanner.Fault(reason: "\"\(key)\" stands twice in __metadata__", position: scanner.position)
      }
      metadata[key] = try scanner.string()
    }
  }

  private func parseEntry(_ scanner: inout JSONScanner, name: String) throws(JSONScanner.Fault) -> Safetensors.Entry {
    var typeName: String?
    var shape: [Int]?
    var offsets: [Int]?
    var members: Set<String> = []
    try scanner.object { scanner, member throws(JSONScanner.Fault) in
      guard members.insert(member).inserted else {
        throw JSONScanner.Fault(reason: "\"\(member)\" stands twice in \"\(name)\"", position: scanner.position)
      }
      switch member {
      case "dtype": typeName = try scanner.string()
      case "shape": shape = try scanner.counts()
      case "data_offsets": offsets = try scanner.counts()
      default: try scanner.skipValue()
      }
    }
    func fault(_ reason: String) -> JSONScanner.Fault {
      JSONScanner.Fault(reason: "\"\(name)\" \(reason)", position: scanner.position)
    }
    guard let typeName, let shape, let offsets else { throw fault("lacks dtype, shape or data_offsets") }
    guard let type = Safetensors.ElementType(rawValue: typeName) else {
      throw fault("has elements of type \"\(typeName)\", which Limn does not read")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else { throw fault("has data_offsets that are not a range") }
    return Safetensors.Entry(name: name, type: type, shape: shape, bytes: offsets[0]..<offsets[1])
  }
}
