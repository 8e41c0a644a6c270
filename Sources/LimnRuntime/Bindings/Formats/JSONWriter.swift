import LimnLanguage

/// Writes values as JSON.
struct JSONWriter {
  let interpreter: Interpreter
  /// Blanks for each level; nil for one line without any.
  let indent: Int?
  private(set) var text = ""
  /// The way to the value that is being written, for messages: `.layers[2].rate`.
  private var path: [String] = []

  /// Lists and maps within each other beyond this are an error: one may hold itself.
  private static let maximumDepth = 1000

  init(indent: Int?, _ interpreter: Interpreter) {
    self.indent = indent
    self.interpreter = interpreter
  }

  /// Appends a value. Throws `json-unsupported` for one that JSON cannot hold.
  mutating func write(_ value: Value) throws {
    switch value {
    case .nil: text += "null"
    case .bool(let bool): text += bool ? "true" : "false"
    case .int(let int): text += String(int)
    case .float(let float):
      guard float.isFinite else { throw unsupported("\(try interpreter.describe(value)) is no number of JSON") }
      text += try interpreter.describe(value)
    case .object:
      if let string = value.asString {
        write(string: string)
      } else if let list = value.asList {
        try write(elements: list.elements)
      } else if let map = value.asMap {
        try write(map)
      } else if let range = value.asRange {
        guard range.count <= 100_000_000 else { throw unsupported("a range of \(range.count) ints is too long") }
        try write(elements: range.count == 0 ? [] : (0..<range.count).map { .int(range[$0]) })
      } else if let tensor = value.asTensor {
        try write(ConversionBindings.nested(tensor))
      } else {
        throw unsupported("JSON has nothing for \(value.described)")
      }
    }
  }

  private mutating func write(elements: [Value]) throws {
    // Numbers alone stay on one line even when indented, so that a tensor's rows read as rows.
    let isFlat = elements.allSatisfy { $0.asObject == nil }
    try bracketed("[", "]", count: elements.count, isFlat: isFlat) { writer, index in
      writer.path.append("[\(index)]")
      try writer.write(elements[index])
      writer.path.removeLast()
    }
  }

  private mutating func write(_ map: MapObject) throws {
    let (keys, values) = (map.keys, map.values)
    try bracketed("{", "}", count: keys.count, isFlat: false) { writer, index in
      guard let key = keys[index].asString else {
        let text = try writer.interpreter.repr(keys[index])
        throw writer.unsupported("keys are strings in JSON, and \(text) is \(keys[index].described)")
      }
      writer.path.append("." + key)
      writer.write(string: key)
      writer.text += writer.indent == nil ? ":" : ": "
      try writer.write(values[index])
      writer.path.removeLast()
    }
  }

  private mutating func bracketed(
    _ opening: String, _ closing: String, count: Int, isFlat: Bool, _ element: (inout JSONWriter, Int) throws -> Void
  ) throws {
    guard path.count < JSONWriter.maximumDepth else {
      throw Fault(
        "json-unsupported", "the value is nested more than \(JSONWriter.maximumDepth) deep: does it hold itself?")
    }
    text += opening
    for index in 0..<count {
      if index > 0 { text += isFlat && indent != nil ? ", " : "," }
      if !isFlat { breakLine(path.count + 1) }
      try element(&self, index)
    }
    if count > 0, !isFlat { breakLine(path.count) }
    text += closing
  }

  private mutating func breakLine(_ depth: Int) {
    if let indent { text += "\n" + String(repeating: " ", count: indent * depth) }
  }

  private mutating func write(string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar == "\u{2028}" || scalar == "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  private func unsupported(_ message: String) -> Fault {
    let place = path.isEmpty ? "" : "at \(path.joined()): "
    return Fault(
      "json-unsupported", place + message, help: "put into JSON's terms what it has none for, such as `str(x)` or nil")
  }
}
