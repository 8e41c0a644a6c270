import LimnLanguage
import LimnStandardLibrary
import LimnTensor

/// The reference manual, read from the binding table and from the doc comments of the standard library.
///
/// `limn doc` prints it, `limn doc -o FOLDER` writes it as Markdown, and `?name` shows an entry.
public struct Manual: Sendable {
  public let pages: [ManualPage]

  public init() {
    // The table is only read here: nothing of it is called.
    let sections = Bindings.sections(in: SessionReference(random: RandomSource(seed: 0)))
    let texts = StandardLibrary.modules.map { ModuleText(name: $0.key, text: $0.value) }.sorted { $0.name < $1.name }
    let core = sections.filter { $0.module == nil }.map { ManualPage($0, text: nil) }
    let native = sections.filter { $0.module != nil }
    let modules = native.map { section in ManualPage(section, text: texts.first { $0.name == section.module }) }
    let written = texts.filter { text in !native.contains { $0.module == text.name } }.map { ManualPage($0) }
    pages = core + (modules + written).sorted { $0.name < $1.name }
  }

  /// The pages of what is there without import, and of modules.
  public var corePages: [ManualPage] { pages.filter { $0.module == nil } }
  public var modulePages: [ManualPage] { pages.filter { $0.module != nil } }

  public func page(named name: String) -> ManualPage? { pages.first { $0.name == name } }

  /// What a name means, as a program writes it, `relu` or `math.gcd`: an entry for each page that has it. A module's
  /// function is also found without its module where nothing else has the name.
  public func entries(named name: String) -> [ManualEntry] {
    let all = pages.flatMap { $0.constants + $0.entries }
    let exact = all.filter { $0.qualifiedName == name }
    return exact.isEmpty ? all.filter { $0.name == name } : exact
  }

  /// Every name that `limn doc` knows, for *did you mean*.
  public var names: [String] { pages.map(\.name) + pages.flatMap { $0.constants + $0.entries }.map(\.qualifiedName) }

  /// A text up to the end of its first sentence, on one line.
  static func firstSentence(_ text: String) -> String {
    let paragraph = text.split(separator: "\n\n").first.map { String($0.replacing("\n", with: " ")) } ?? ""
    guard let end = paragraph.firstRange(of: ". ") else { return paragraph }
    return String(paragraph[..<end.lowerBound]) + "."
  }
}
