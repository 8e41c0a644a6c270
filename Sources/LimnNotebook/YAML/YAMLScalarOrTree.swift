import LimnLanguage

/// A YAML value together with the text that a scalar had, before it was read as a number or a bool.
struct YAMLScalarOrTree {
  var value: YAMLValue
  /// Nil for a list or a map.
  var scalarText: String?

  init(value: YAMLValue, scalarText: String?) {
    self.value = value
    self.scalarText = scalarText
  }

  /// Reads a text that is one value; an empty text is null.
  init(_ text: YAMLText, code: String, subject: String) throws {
    guard let root = try YAMLMap.compose(text, code: code, subject: subject) else {
      self.init(value: .null, scalarText: "")
      return
    }
    var conversion = YAMLConversion(text: text, code: code)
    self.init(value: try conversion.value(of: root), scalarText: root.scalar?.text)
  }
}
