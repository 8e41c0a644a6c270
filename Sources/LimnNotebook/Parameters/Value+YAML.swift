import LimnLanguage

extension Value {
  /// A parameter as a value of the language.
  init(_ value: YAMLValue) {
    switch value {
    case .null: self = .nil
    case .bool(let bool): self = .bool(bool)
    case .int(let int): self = .int(int)
    case .float(let float): self = .float(float)
    case .string(let string): self = .string(string)
    case .list(let values): self = .list(values.map { Value($0) })
    case .map(let entries): self = .map(entries.map { ($0.key, Value($0.value)) })
    }
  }
}
