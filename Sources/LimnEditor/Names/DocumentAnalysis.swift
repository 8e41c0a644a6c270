import LimnLanguage
import LimnNotebook
import LimnRuntime

/// What is known of a document without running it: its cells in order, what is wrong with them, and every name.
final class DocumentAnalysis {
  let document: OpenDocument
  let folder: ImportFolder
  let interpreter: Interpreter
  /// The cells' analyses, in order.
  let units: [UnitAnalysis]
  /// Uses of names whose declaration is known, and the declarations themselves.
  private(set) var occurrences: [Occurrence] = []
  /// Members and argument names of values that are not known: `x.size`, `f(size: 1)`.
  private(set) var uncertain: [Identifier] = []
  private var declarations: [Place: Declaration] = [:]
  private var readModules: Set<ObjectIdentifier> = []
  private let session: Session

  /// - Parameters:
  ///   - folder: Where its imports are looked for: the folder that holds the document.
  ///   - replacement: A cell's text that is read instead of the document's own, and the name in it whose place is asked
  ///     about.
  init(
    _ document: OpenDocument, folder: ImportFolder, replacing replacement: (cell: Cell, source: Source, probe: String)? = nil
  ) {
    self.document = document
    self.folder = folder
    var options = Session.Options(folder: folder.path)
    options.openTexts = folder.openTexts
    session = Session(options)
    interpreter = session.interpreter
    interpreter.output = { _ in }
    interpreter.define("params", document.document.map { Parameters($0).value } ?? .map([]))
    let sources = document.cells.map { cell in
      if let replacement, cell.source === replacement.cell.source { replacement.source } else { cell.source }
    }
    units = interpreter.analyze(sources, module: document.libraryModule(in: folder.path), probe: replacement?.probe)
    for unit in units { add(DeclarationCollector.collect(unit.unit)) }
    for unit in units {
      var collector = UseCollector(self, unit)
      collector.run()
      occurrences += collector.occurrences
      uncertain += collector.uncertain
    }
  }

  private func add(_ found: [Declaration]) {
    for declaration in found { declarations[declaration.place] = declaration }
  }

  /// The analysis of the cell that a source is.
  func unit(_ source: Source) -> UnitAnalysis? { units.first { $0.source === source } }

  /// All declarations of the document's own text.
  var ownDeclarations: [Declaration] {
    declarations.values.filter { declaration in units.contains { $0.source === declaration.source } }
      .sorted { ($0.source.cell?.number ?? 0, $0.name.span.start) < ($1.source.cell?.number ?? 0, $1.name.span.start) }
  }

  // MARK: Looking up

  /// The declaration of a variable, in this document or in a module's text.
  func declaration(of variable: Variable) -> Declaration? {
    variable.declaration.flatMap { declaration(in: $0.source, at: $0.span.start) }
  }

  func declaration(in source: Source, at offset: Int) -> Declaration? {
    if let known = declarations[Place(source, offset)] { return known }
    guard unit(source) == nil, readModules.insert(ObjectIdentifier(source)).inserted else { return nil }
    add(DeclarationCollector.collect(Parser.parse(source).unit))
    return declarations[Place(source, offset)]
  }

  /// The symbol that a variable stands for.
  func symbol(of variable: Variable) -> Symbol {
    guard let place = variable.declaration else { return .builtin(module: nil, name: variable.name) }
    return variable.slot.map(Symbol.global) ?? .place(Place(place.source, place.span.start))
  }

  /// What a name that is written at a place refers to.
  func occurrence(in source: Source, at offset: Int) -> Occurrence? {
    occurrences.first { $0.source === source && $0.span.start <= offset && offset <= $0.span.end }
  }

  func declaration(of occurrence: Occurrence) -> Declaration? {
    occurrence.declaration.flatMap { declaration(in: $0.source, at: $0.span.start) }
  }

  /// The bindings behind a built-in name.
  func bindings(module: String?, _ name: String) -> [Binding] {
    interpreter.bindings.filter { $0.name == name && $0.module == module }
  }
}

/// What names refer to, so that all names of one symbol are renamed together.
enum Symbol: Hashable {
  /// A top-level name; cells that declare it anew mean the same one.
  case global(slot: Int)
  /// A name within a function, a field, or a method, by where it is declared.
  case place(Place)
  case builtin(module: String?, name: String)
  /// A method of a built-in type.
  case builtinMethod(String)
  /// A module, by its name.
  case module(String)
}

/// A name where it stands in the document.
struct Occurrence {
  enum Role { case declaration, read, write }

  var source: Source
  var span: Span
  var symbol: Symbol
  var role: Role
  /// Where it is declared; nil for what is built in.
  var declaration: (source: Source, span: Span)?
}
