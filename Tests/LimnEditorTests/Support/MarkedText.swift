import Foundation
import LimnLanguage
import LimnNotebook

@testable import LimnEditor

/// A document with a place in it, which `‸` marks in the text.
struct MarkedText {
  let document: OpenDocument
  let folder: ImportFolder
  let place: (cell: Cell, offset: Int)

  init(_ text: String, name: String = "a.limn", folder: String = ".") {
    let offset = text.utf8.count - (text.range(of: "‸").map { text[$0.lowerBound...].utf8.count } ?? 0)
    document = OpenDocument(name: name, text: text.replacing("‸", with: ""))
    self.folder = ImportFolder(path: folder)
    place = document.place(at: offset)!
  }

  var analysis: DocumentAnalysis { DocumentAnalysis(document, folder: folder) }

  var hover: String { analysis.hover(in: place.cell.source, at: place.offset)?.markdown ?? "nothing" }

  var labels: [String] {
    Completion.at(place.offset, of: place.cell, document, folder: folder)?.items.map(\.label) ?? ["nothing"]
  }

  /// The line, and the text that is marked.
  var definition: String {
    guard let found = analysis.definition(in: place.cell.source, at: place.offset, .utf8) else { return "nothing" }
    let file = found.path.map { ($0 as NSString).lastPathComponent + ":" } ?? ""
    return "\(file)\(found.range.start.line):\(found.range.start.column)"
  }

  var references: [String] {
    analysis.references(in: place.cell.source, at: place.offset).compactMap { occurrence in
      document.range(of: occurrence.span, in: occurrence.source, .utf8).map { "\($0.start.line):\($0.start.column)" }
    }
  }

  /// The text after a rename, or why there is none.
  func renamed(to name: String) -> String {
    do {
      let places = try analysis.rename(in: place.cell.source, at: place.offset, to: name)
      let spans = places.compactMap { document.span(of: $0.span, in: $0.source) }
      return document.text.replacing(spans, with: name)
    } catch {
      return "refused: \((error as? RenameRefusal)?.message ?? "\(error)")"
    }
  }

  var signature: String {
    guard let help = SignatureHelp(at: place.offset, of: place.cell, document, folder: folder) else { return "nothing" }
    let signature = help.signatures[help.activeSignature]
    return "\(signature.label) \(help.activeParameter.map { signature.parameters[$0].name } ?? "none")"
  }
}
