import FoundationEssentials
import LimnLanguage

extension NotebookDocument {
  /// Reads a file: a notebook when its name ends in `.md` or `.markdown`, a script when it ends in `.limn`.
  ///
  /// - Throws: `UsageError` when the file cannot be read or is of another kind; `DiagnosticError` for faults in a
  ///   notebook.
  public init(contentsOf path: String) throws {
    let url = URL(fileURLWithPath: path)
    let name = url.lastPathComponent
    switch url.pathExtension.lowercased() {
    case "md", "markdown":
      try self.init(parsing: NotebookDocument.read(path), name: name)
    case "limn":
      try self.init(script: NotebookDocument.read(path), name: name)
    default:
      try NotebookDocument.checkKind(of: path)
      throw NotebookDocument.unknownFormat(name)
    }
  }

  /// Checks that a path leads to a file whose name says that it is a notebook or a script.
  static func checkKind(of path: String) throws {
    try checkExists(path)
    let url = URL(fileURLWithPath: path)
    guard ["md", "markdown", "limn"].contains(url.pathExtension.lowercased()) else {
      throw unknownFormat(url.lastPathComponent)
    }
  }

  private static func unknownFormat(_ name: String) -> UsageError {
    UsageError(
      "unknown-format", "`\(name)` is neither a notebook nor a script",
      help: "a notebook's name ends in .md, a script's in .limn")
  }

  private static func checkExists(_ path: String) throws {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw UsageError("missing-file", "there is no file `\(path)`", help: similarFile(to: path))
    }
    if isDirectory {
      throw UsageError("unreadable-file", "`\(path)` is a folder", help: "name the notebook or script in it")
    }
  }

  private static func read(_ path: String) throws -> [UInt8] {
    try checkExists(path)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UsageError("unreadable-file", "`\(path)` cannot be read", help: "check that you may read it: ls -l \(path)")
    }
    return Array(data)
  }

  /// A file beside the missing one that the user may have meant.
  private static func similarFile(to path: String) -> String? {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let candidates = names.filter { [".md", ".limn", ".markdown"].contains(where: $0.hasSuffix) }.sorted()
    return Suggestion.closest(to: url.lastPathComponent, among: candidates).map { "did you mean `\($0)`?" }
  }
}

/// Checks on the bytes of a text before anything is looked for in it.
enum NotebookText {
  /// The text, when it is UTF-8 without NULs and, unless allowed, not blank.
  static func validated(_ bytes: [UInt8], name: String, allowingEmpty: Bool = false) throws -> String {
    if let offset = bytes.firstIndex(of: 0) {
      throw UsageError(
        "not-text", "`\(name)` is not text: line \(line(at: offset, in: bytes)) holds a NUL byte")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let offset = firstInvalidOffset(in: bytes)
      throw UsageError(
        "not-text", "`\(name)` is not UTF-8: line \(line(at: offset, in: bytes)) holds a byte that is no character",
        help: "save the file as UTF-8")
    }
    if !allowingEmpty, bytes[startOfText(bytes)...].allSatisfy({ $0 <= UInt8(ascii: " ") }) {
      throw UsageError(
        "empty-notebook", "`\(name)` is empty",
        help: "a notebook is Markdown; its cells are fences that begin with ```limn")
    }
    return text
  }

  /// 3 behind a byte order mark, else 0.
  static func startOfText(_ bytes: [UInt8]) -> Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  private static func line(at offset: Int, in bytes: [UInt8]) -> Int {
    bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
  }

  private static func firstInvalidOffset(in bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
    return min(offset, bytes.count)
  }
}
