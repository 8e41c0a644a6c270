import FoundationEssentials
import LimnLanguage
import LimnNotebook
import LimnRuntime

/// A document that the editor has open.
final class ServerDocument {
  let uri: String
  let version: Int?
  let open: OpenDocument
  /// The folder that holds it; `.` for a text that is no file yet.
  let folder: String
  /// Whether its diagnostics have changed since they were published.
  var isUnpublished = true
  private var known: DocumentAnalysis?
  private let openTexts: OpenTexts

  /// - Parameter openTexts: The texts of all open documents, which it may import.
  init(uri: String, languageID: String?, version: Int?, text: String, _ openTexts: OpenTexts) {
    self.openTexts = openTexts
    self.uri = uri
    self.version = version
    let path = ServerDocument.path(of: uri)
    folder = path.map { FilePath($0).parent } ?? "."
    let name =
      path.map { String(FilePath($0).name) } ?? (languageID == "markdown" ? "untitled.md" : "untitled.limn")
    let isKnown = [".md", ".markdown", ".limn"].contains(where: name.lowercased().hasSuffix)
    // A name without the ending is told by the language that the editor gave it.
    open = OpenDocument(name: isKnown ? name : name + (languageID == "markdown" ? ".md" : ".limn"), text: text)
  }

  private init(_ other: ServerDocument, version: Int?, text: String) {
    uri = other.uri
    openTexts = other.openTexts
    self.version = version
    folder = other.folder
    open = OpenDocument(name: other.open.text.name, text: text)
  }

  /// A file that is not open; nil when it cannot be read.
  convenience init?(savedAt path: String, _ openTexts: OpenTexts) {
    guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
      return nil
    }
    self.init(uri: ServerDocument.uri(of: path), languageID: nil, version: nil, text: text, openTexts)
  }

  /// The document with another text.
  func changed(to text: String, version: Int?) -> ServerDocument {
    ServerDocument(self, version: version ?? self.version, text: text)
  }

  /// What an `import` calls a script.
  var moduleName: String { String(FilePath(open.text.name).stem) }

  /// Scripts and notebooks in the folder of a script that is a file, without itself: those that are saved there, and
  /// those of the open documents that will be.
  func neighbors(_ documents: some Sequence<ServerDocument>) -> [String] {
    guard open.text.name.hasSuffix(".limn"), ServerDocument.path(of: uri) != nil else { return [] }
    let saved = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let beside = documents.filter { $0.folder == folder && ServerDocument.path(of: $0.uri) != nil }
    return Set(saved + beside.map { $0.open.text.name }).filter { name in
      name != open.text.name && [".limn", ".md", ".markdown"].contains(where: name.lowercased().hasSuffix)
    }.sorted().map { folder + "/" + $0 }
  }

  /// Where its imports are looked for at present.
  var importFolder: ImportFolder { ImportFolder(path: folder, openTexts: openTexts.scripts) }

  /// Whether something may be imported.
  var hasImports: Bool { open.text.text.contains("import") }

  /// What is known of the text; made when it is first asked for.
  var analysis: DocumentAnalysis {
    if let known { return known }
    let analysis = DocumentAnalysis(open, folder: importFolder)
    known = analysis
    return analysis
  }

  /// Forgets what is known, for a file that it imports may have changed.
  func invalidate() {
    known = nil
    isUnpublished = true
  }

  /// The path of a `file:` address.
  static func path(of uri: String) -> String? {
    guard let url = URL(string: uri), url.isFileURL, !url.path.isEmpty else { return nil }
    return url.path
  }

  static func uri(of path: String) -> String { URL(fileURLWithPath: path).absoluteString }
}

/// The texts of the scripts that the editor has open, as they are there.
final class OpenTexts {
  /// By path.
  private(set) var scripts: [String: String] = [:]

  /// Follows a document; nil when it is closed. Gives the folder whose other documents may import it: none where it is no
  /// script, or no file's.
  func set(_ text: String?, at uri: String) -> String? {
    guard let path = ServerDocument.path(of: uri), path.hasSuffix(".limn") else { return nil }
    let folder = FilePath(path).parent
    scripts[folder + "/" + String(FilePath(path).name)] = text
    return folder
  }
}
