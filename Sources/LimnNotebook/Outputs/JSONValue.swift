/// A parameter's value as JSON; what JSON cannot spell (`inf`, `nan`) is a string.
struct JSONValue: Codable, Sendable {
  let value: YAMLValue

  init(_ value: YAMLValue) { self.value = value }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      value = .map(
        try container.allKeys.map {
          YAMLValue.Entry(key: $0.stringValue, value: try container.decode(JSONValue.self, forKey: $0).value)
        })
    } else if var container = try? decoder.unkeyedContainer() {
      var values: [YAMLValue] = []
      while !container.isAtEnd { values.append(try container.decode(JSONValue.self).value) }
      value = .list(values)
    } else {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        value = .null
      } else if let bool = try? container.decode(Bool.self) {
        value = .bool(bool)
      } else if let int = try? container.decode(Int.self) {
        value = .int(int)
      } else if let float = try? container.decode(Double.self) {
        value = .float(float)
      } else {
        value = .string(try container.decode(String.self))
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch value {
    case .list(let values):
      var container = encoder.unkeyedContainer()
      for value in values { try container.encode(JSONValue(value)) }
    case .map(let entries):
      var container = encoder.container(keyedBy: Key.self)
      for entry in entries { try container.encode(JSONValue(entry.value), forKey: Key(stringValue: entry.key)) }
    default:
      var container = encoder.singleValueContainer()
      switch value {
      case .bool(let bool): try container.encode(bool)
      case .int(let int): try container.encode(int)
      case .float(let float) where float.isFinite: try container.encode(float)
      case .float: try container.encode(value.description)
      case .string(let string): try container.encode(string)
      default: try container.encodeNil()
      }
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
