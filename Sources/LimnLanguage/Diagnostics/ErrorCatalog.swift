/// The story of every error code: what `limn explain CODE` tells.
///
/// A catalog is a value. Each module describes its own codes; the program joins them:
///
/// ```swift
/// let catalog = ErrorCatalog(ErrorCatalog.language.entries + tensorErrors)
/// print(catalog["unknown-name"]?.text ?? "")
/// ```
public struct ErrorCatalog: Sendable {
  public struct Entry: Sendable {
    /// The code in an error's brackets.
    public var code: String
    /// What the error means and why the language minds, in a few sentences.
    public var story: String
    /// A program that has the error, and nothing else wrong; empty where no program alone can show it.
    public var wrong: String
    /// The same program without it.
    public var right: String

    public init(_ code: String, _ story: String, wrong: String, right: String) {
      self.code = code
      self.story = story
      self.wrong = wrong
      self.right = right
    }

    /// The whole story, as it is printed.
    public var text: String {
      var text = "\(code)\n\n\(story)"
      if !wrong.isEmpty { text += "\n\nThis has the error:\n\n\(Entry.indented(wrong))" }
      if !right.isEmpty { text += "\n\nThis is right:\n\n\(Entry.indented(right))" }
      return text
    }

    private static func indented(_ text: String) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
        .joined(separator: "\n")
    }
  }

  public let entries: [Entry]
  private let indices: [String: Int]

  /// A catalog of entries; of two with one code the first counts.
  public init(_ entries: [Entry]) {
    self.entries = entries
    indices = Dictionary(entries.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public subscript(code: String) -> Entry? { indices[code].map { entries[$0] } }

  /// Every code, in alphabetical order.
  public var codes: [String] { indices.keys.sorted() }

  /// The code that a misspelt one was probably meant to be.
  public func closest(to code: String) -> String? { Suggestion.closest(to: code, among: codes) }

  /// The codes of the language itself.
  public static let language = ErrorCatalog(syntaxEntries + nameEntries + valueEntries + outsideEntries)
}
