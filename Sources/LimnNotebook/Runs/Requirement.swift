import FoundationEssentials
import LimnImage
import LimnLanguage
import LimnModels
import LimnTensor

/// Something from outside that a notebook needs and names under `requires:` in its front matter.
///
/// Requirements are checked before the first cell runs, so that a missing data set does not end a run in its middle.
enum Requirement: String, CaseIterable {
  case fashionMNIST = "fashion-mnist"
  case cifar10 = "cifar-10"
  case oxygenIcons = "oxygen-icon-theme"

  /// Checks all that a notebook requires.
  ///
  /// - Throws: `DiagnosticError` with one diagnostic for each that is missing or unknown.
  static func check(
    _ document: NotebookDocument, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    guard !document.frontMatter.requires.isEmpty,
      let block = try FrontMatterBlock.find(in: document.source, from: NotebookText.startOfText(document.bytes))
    else { return }
    let map = try YAMLMap(block.yaml, code: "invalid-front-matter", subject: "front matter")
    let spans = map["requires"].map(map.itemSpans) ?? []
    var diagnostics: [Diagnostic] = []
    for (name, span) in zip(document.frontMatter.requires, spans) {
      guard let requirement = Requirement(rawValue: name) else {
        let names = allCases.map(\.rawValue)
        diagnostics.append(
          Diagnostic(
            code: "unknown-requirement", message: "no data set or feature is named `\(name)`",
            primary: map.text.mark(span),
            help: Suggestion.closest(to: name, among: names).map { "did you mean `\($0)`?" }
              ?? "these are known: \(names.map { "`\($0)`" }.joined(separator: ", "))"))
        continue
      }
      do {
        try requirement.check(environment)
      } catch let error as TensorError {
        diagnostics.append(
          Diagnostic(
            code: error.code.rawValue, message: error.message, primary: map.text.mark(span), help: requirement.help))
      }
    }
    guard diagnostics.isEmpty else { throw DiagnosticError(diagnostics) }
  }

  /// How to get it.
  private var help: String {
    switch self {
    case .fashionMNIST: "install it with: apt install dataset-fashion-mnist; or name its folder in LIMN_DATA"
    case .cifar10: "unpack cifar-10-binary.tar.gz and name the folder in LIMN_DATA"
    case .oxygenIcons: "install them with: apt install oxygen-icon-theme"
    }
  }

  /// - Throws: `missing-data`.
  private func check(_ environment: [String: String]) throws {
    switch self {
    case .fashionMNIST: try FashionMNIST.requireFiles(environment: environment)
    case .cifar10: try CIFAR10.requireFiles(environment: environment)
    case .oxygenIcons:
      let folder = "/usr/share/icons/oxygen"
      guard FileManager.default.fileExists(atPath: folder) else {
        throw TensorError(.missingData, "the Oxygen icons are not in \(folder)")
      }
    }
  }
}
