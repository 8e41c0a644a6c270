import LimnLanguage

/// The manual as plain text, for a terminal.
extension Manual {
  /// The list of pages.
  public var overview: String {
    func lines(_ pages: [ManualPage]) -> String {
      let width = pages.map(\.name.count).max() ?? 0
      return pages.map { page in
        "  " + page.name + String(repeating: " ", count: width - page.name.count + 2) + page.summary
      }.joined(separator: "\n")
    }
    return """
      Modules, by import:

      \(lines(modulePages))

      Without import:

      \(lines(corePages))

      limn doc PAGE prints one, limn doc NAME what a function does: limn doc math, limn doc relu
      """
  }
}

extension ManualPage {
  /// The whole page.
  public var text: String {
    let head = module.map { "\(title): import \($0)" } ?? title
    return ([head, Manual.indented(documentation)] + (constants + entries).map(\.text)).joined(separator: "\n\n")
  }
}

extension ManualEntry {
  /// Signatures, documentation, parameters, and examples, the form of `?name`.
  public var text: String { forms.map { $0.text }.joined(separator: "\n\n") }
}

extension ManualEntry.Form {
  var text: String {
    var parts = [signature + "\n" + Manual.indented(documentation)]
    if !parameters.isEmpty {
      let width = parameters.map(\.name.count).max() ?? 0
      parts.append(
        parameters.map { parameter in
          "  " + parameter.name + String(repeating: " ", count: width - parameter.name.count + 2) + parameter.words
        }.joined(separator: "\n"))
    }
    if !example.isEmpty { parts.append(Manual.indented(example, by: "    ")) }
    return parts.joined(separator: "\n\n")
  }
}

extension Manual {
  static func indented(_ text: String, by margin: String = "  ") -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : margin + $0 }
      .joined(separator: "\n")
  }
}
