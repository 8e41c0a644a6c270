import LimnLanguage

/// Why a name cannot be renamed, in words for the user.
struct RenameRefusal: Error, Equatable {
  var message: String
}

extension DocumentAnalysis {
  /// The name at a place, where it can be renamed.
  func renameable(in source: Source, at offset: Int) throws -> Occurrence {
    guard let occurrence = occurrence(in: source, at: offset) else {
      throw RenameRefusal(message: "there is no name here that can be renamed")
    }
    switch occurrence.symbol {
    case .builtin(_, let name), .builtinMethod(let name):
      throw RenameRefusal(message: "`\(name)` is built in, and cannot be renamed")
    case .module(let name):
      throw RenameRefusal(message: "`\(name)` is a module: its name is its file's")
    case .global, .place: break
    }
    guard let declaration = declaration(of: occurrence) else {
      throw RenameRefusal(message: "`\(source.text(of: occurrence.span))` is not declared here, and cannot be renamed")
    }
    if declaration.kind == .module, declaration.name.text == declaration.module?.text {
      throw RenameRefusal(
        message:
          "`\(declaration.name.text)` is a module: write `import \(declaration.name.text) as ...` to call it otherwise")
    }
    guard unit(declaration.source) != nil else {
      throw RenameRefusal(
        message: "`\(declaration.name.text)` is declared in \(declaration.source.name): rename it there")
    }
    return occurrence
  }

  /// The places to write a new name at.
  ///
  /// - Throws: `RenameRefusal` for what is not the document's own, and for a new name that is none, is taken, or would
  ///   change what another name refers to.
  func rename(in source: Source, at offset: Int, to name: String) throws -> [Occurrence] {
    let occurrence = try renameable(in: source, at: offset)
    let old = source.text(of: occurrence.span)
    guard name != old else { return [] }
    guard !CodePlace.keywords.contains(name) else { throw RenameRefusal(message: "`\(name)` is a keyword") }
    guard CodePlace.isName(name) else { throw RenameRefusal(message: "`\(name)` is not a name") }
    guard name != "_" else { throw RenameRefusal(message: "`_` discards, and names nothing") }
    if let unread = units.first(where: { !$0.syntaxFaults.isEmpty }) {
      throw RenameRefusal(
        message: "\(unread.source.describe(line: 1).replacing(/, line 1$/, with: "")) does not parse: mend it first")
    }
    if let declaration = declaration(of: occurrence), [.field, .method, .parameter].contains(declaration.kind),
      let unknown = uncertain.first(where: { $0.text == old })
    {
      let line = unit(containing: unknown)?.source.line(at: unknown.span.start) ?? 1
      throw RenameRefusal(
        message: "`\(old)` may be what line \(line) means, whose value is not known before it runs: rename by hand")
    }
    let places = occurrences(of: occurrence.symbol)
    try checkMeaning(of: places, renamedTo: name)
    return places
  }

  /// The places of this document that name a top-level name of a module.
  func uses(of name: String, inModule module: String) -> [Occurrence] {
    var seen: Set<Place> = []
    return occurrences.filter { occurrence in
      guard let place = occurrence.declaration, place.source.name == module + ".limn", place.source.cell == nil,
        unit(place.source) == nil, !place.source.isLibrary, place.source.text(of: place.span) == name,
        declaration(in: place.source, at: place.span.start)?.isTopLevel == true
      else { return false }
      return seen.insert(Place(occurrence.source, occurrence.span.start)).inserted
    }
  }

  private func unit(containing identifier: Identifier) -> UnitAnalysis? {
    units.first {
      $0.source.bytes.count >= identifier.span.end && $0.source.text(of: identifier.span) == identifier.text
    }
  }

  /// Reads the document as it would be, and compares what each name refers to.
  private func checkMeaning(of places: [Occurrence], renamedTo name: String) throws {
    let sources = units.map { unit in
      let spans = places.filter { $0.source === unit.source }.map(\.span)
      return Source(
        name: unit.source.name, text: unit.source.replacing(spans, with: name), cell: unit.source.cell,
        isLibrary: unit.source.isLibrary)
    }
    let changed = interpreter.analyze(sources)
    for (before, after) in zip(units, changed) {
      guard after.syntaxFaults.isEmpty, after.nameFaults.count <= before.nameFaults.count else {
        let fault = after.nameFaults.first ?? after.syntaxFaults.first
        throw RenameRefusal(message: "`\(name)` is taken: \(fault?.message ?? "the text would not parse")")
      }
    }
    let old = Meaning(units, places)
    let new = Meaning(changed, places, name, units)
    guard old == new else {
      throw RenameRefusal(message: "`\(name)` is taken: another name would come to mean something else")
    }
  }
}

/// What each name of some units refers to, by the number of the reference and of the declaration in the text, so that
/// it can be compared after names have changed their lengths.
private struct Meaning: Equatable {
  /// Declarations of local names and of top-level ones; built-ins by name.
  private enum Target: Hashable {
    case declared(cell: Int, number: Int)
    case field(cell: Int, number: Int)
    case other
  }

  private var targets: [[Target]] = []

  init(_ units: [UnitAnalysis], _ places: [Occurrence]) { self.init(units, shift: { $1 }) }

  /// - Parameter original: The units before names were changed, in whose offsets the result is.
  init(_ units: [UnitAnalysis], _ places: [Occurrence], _ name: String, _ original: [UnitAnalysis]) {
    let shifts = original.map { unit in
      places.filter { $0.source === unit.source }.map(\.span).sorted { $0.start < $1.start }
    }
    self.init(units) { index, offset in
      var moved = 0
      for span in shifts[index] {
        let start = span.start + moved
        if offset <= start { break }
        moved += name.utf8.count - (span.end - span.start)
      }
      return offset - moved
    }
  }

  private init(_ units: [UnitAnalysis], shift: (Int, Int) -> Int) {
    for (index, unit) in units.enumerated() {
      let references = unit.resolution.references.sorted { $0.key < $1.key }
      targets.append(
        references.map { offset, reference in
          switch reference {
          case .variable(let variable):
            guard let place = variable.declaration,
              let cell = units.firstIndex(where: { $0.source === place.source })
            else { return .other }
            return .declared(cell: cell, number: shift(cell, place.span.start))
          case .field:
            return .field(cell: index, number: shift(index, unit.resolution.fields[offset]?.start ?? 0))
          }
        })
    }
  }
}

extension Source {
  /// The text with some spans replaced.
  func replacing(_ spans: [Span], with text: String) -> String {
    var result: [UInt8] = []
    var position = 0
    for span in spans.sorted(by: { $0.start < $1.start }) {
      result += bytes[position..<span.start] + Array(text.utf8)
      position = span.end
    }
    return String(decoding: result + bytes[position...], as: UTF8.self)
  }
}
