import CJansson
import LimnLanguage

/// Reads JSON with Jansson.
///
/// Foundation's parsers do not do: `JSONSerialization` and `JSONDecoder` lose the order of keys, let the last of two
/// equal keys win, and tell no line. Jansson keeps order, tells ints from reals, and says where a text is wrong.
enum JSONReader {
  /// The value of a text. `name` is the file's, for messages; nil for a text in the program.
  ///
  /// - Throws: a `bad-json` fault with the line and the column.
  static func value(of text: [UInt8], name: String?) throws -> Value {
    var error = json_error_t()
    // A byte order mark is no part of the text.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = text.starts(with: mark) ? mark.count : 0
    let flags = size_t(JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL)
    let root = (text + [0]).withUnsafeBytes { bytes in
      bytes.baseAddress.flatMap { json_loadb($0 + start, text.count - start, flags, &error) }
    }
    guard let root else { throw fault(error, name) }
    defer { json_decref(root) }
    return value(root)
  }

  private static func value(_ node: UnsafeMutablePointer<json_t>) -> Value {
    switch node.pointee.type {
    case JSON_OBJECT:
      let map = MapObject()
      var entry = json_object_iter(node)
      while let current = entry {
        if let key = json_object_iter_key(current), let element = json_object_iter_value(current) {
          let bytes = UnsafeRawBufferPointer(start: key, count: json_object_iter_key_len(current))
          map[String(decoding: bytes, as: UTF8.self)] = value(element)
        }
        entry = json_object_iter_next(node, current)
      }
      return .object(map)
    case JSON_ARRAY:
      let list = ListObject(reservingCapacity: json_array_size(node))
      for index in 0..<json_array_size(node) {
        if let element = json_array_get(node, index) { list.append(value(element)) }
      }
      return .object(list)
    case JSON_STRING:
      let bytes = UnsafeRawBufferPointer(start: json_string_value(node), count: json_string_length(node))
      return .string(String(decoding: bytes, as: UTF8.self))
    case JSON_INTEGER: return .int(Int(json_integer_value(node)))
    case JSON_REAL: return .float(json_real_value(node))
    case JSON_TRUE: return true
    case JSON_FALSE: return false
    default: return .nil
    }
  }

  private static func fault(_ error: json_error_t, _ name: String?) -> Fault {
    let text = withUnsafeBytes(of: error.text) { bytes in
      // The last byte is the error's number, the text ends before with a zero.
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let place = "line \(max(1, error.line)), column \(max(1, error.column))"
    return Fault(
      "bad-json", "\(name.map { $0 + ", " } ?? "")\(place): \(text)", labels: [.init(.argument(0), "")],
      help: help(text))
  }

  private static func help(_ text: String) -> String? {
    if text.contains("too big integer") { return "ints have 64 bits; with a point, `1e30` or `1.0`, it is a float" }
    if text.contains("near ''") || text.contains("near '''") { return "JSON's strings stand between double quotes" }
    return nil
  }
}
