import FoundationEssentials

extension Parameters {
  /// Replaces parameters by those of a YAML file.
  ///
  /// - Throws: `UsageError` when the file cannot be read, and as `replace(file:name:)` does.
  public mutating func replace(contentsOf path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UsageError(
        "unreadable-file", "the file of parameters `\(path)` cannot be read", help: "check its name: ls -l \(path)")
    }
    try replace(file: Array(data), name: URL(fileURLWithPath: path).lastPathComponent)
  }
}
