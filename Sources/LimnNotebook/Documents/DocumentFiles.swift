import FoundationEssentials
import LimnLanguage
import LimnRuntime

/// A notebook or script that a command was given, by itself or as part of a folder.
public struct DocumentFile: Sendable, Hashable {
  /// The path, as the user would write it.
  public let path: String
  /// Whether the user named this very file, rather than a folder around it.
  public let isNamed: Bool

  /// The path without the last name; `.` when that is all of it.
  public var folder: String { FilePath(path).parent }

  public var isScript: Bool { path.lowercased().hasSuffix(".limn") }
}

extension DocumentFile {
  /// The notebooks and scripts among some paths: files as they are, and of folders everything below them that ends in
  /// `.limn`, `.md`, or `.markdown`, in alphabetical order.
  ///
  /// Hidden files and folders, and folders of outputs (`NAME.out`), are left out. Each file comes once.
  ///
  /// - Throws: `UsageError` for a path that does not exist, or a file of another kind.
  public static func find(_ paths: [String]) throws -> [DocumentFile] {
    var seen: Set<String> = []
    return try paths.flatMap { path in
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
        try NotebookDocument.checkKind(of: path)
        return [DocumentFile(path: path, isNamed: true)]
      }
      return contents(of: path).map { DocumentFile(path: $0, isNamed: false) }
    }.filter { seen.insert($0.path).inserted }
  }

  private static func contents(of folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().flatMap { name -> [String] in
      guard !name.hasPrefix(".") else { return [] }
      let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : folder + "/" + name
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
      if isFolder { return name.hasSuffix(".out") ? [] : contents(of: path) }
      let endings = [".limn", ".md", ".markdown"]
      return endings.contains(where: name.lowercased().hasSuffix) ? [path] : []
    }
  }
}
