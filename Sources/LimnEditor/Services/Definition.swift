import FoundationEssentials
import LimnLanguage

/// A stretch of a file: of the document itself, or of a module beside it.
struct FileLocation: Hashable {
  /// Nil for the document.
  var path: String?
  var range: TextRange
}

extension DocumentAnalysis {
  /// Where the name at a place is declared; nil for what is built in or belongs to the library.
  func definition(in source: Source, at offset: Int, _ encoding: PositionEncoding) -> FileLocation? {
    guard let occurrence = occurrence(in: source, at: offset) else { return nil }
    // An import leads to the file.
    if let declaration = declaration(of: occurrence), declaration.kind == .module, occurrence.role == .declaration,
      let module = declaration.module
    {
      return fileLocation(ofModule: module.text)
    }
    if case .module(let name) = occurrence.symbol { return fileLocation(ofModule: name) }
    guard let place = occurrence.declaration else { return nil }
    return location(of: place.span, in: place.source, encoding)
  }

  func location(of span: Span, in source: Source, _ encoding: PositionEncoding) -> FileLocation? {
    if let own = document.range(of: span, in: source, encoding) { return FileLocation(path: nil, range: own) }
    guard !source.isLibrary else { return nil }
    let path = folder.path + "/" + source.name
    guard isFile(path) else { return nil }
    return FileLocation(path: path, range: source.range(of: span, encoding))
  }

  private func fileLocation(ofModule name: String) -> FileLocation? {
    let path = folder.path + "/\(name).limn"
    guard isFile(path) else { return nil }
    let start = TextPosition(line: 0, column: 0)
    return FileLocation(path: path, range: TextRange(start, start))
  }

  /// Whether there is a file, or a text that is going to be one.
  private func isFile(_ path: String) -> Bool {
    folder.openTexts[path] != nil || FileManager.default.fileExists(atPath: path)
  }

  /// Every place of the document where the symbol at a place is named.
  func references(in source: Source, at offset: Int, includingDeclarations: Bool = true) -> [Occurrence] {
    guard let occurrence = occurrence(in: source, at: offset) else { return [] }
    return occurrences(of: occurrence.symbol).filter { includingDeclarations || $0.role != .declaration }
  }

  /// The occurrences of a symbol in the order of the text, each place once.
  func occurrences(of symbol: Symbol) -> [Occurrence] {
    var seen: Set<Place> = []
    return occurrences.filter { $0.symbol == symbol && seen.insert(Place($0.source, $0.span.start)).inserted }
      .sorted { ($0.source.cell?.number ?? 0, $0.span.start) < ($1.source.cell?.number ?? 0, $1.span.start) }
  }
}
