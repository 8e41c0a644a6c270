import FoundationEssentials
import LimnImage
import LimnLanguage
import LimnStandardLibrary

/// Finds modules' texts: the standard library's, and `.limn` files beside the importing one.
final class ModuleFiles: ModuleLoader {
  /// Where units that came from no module start looking.
  private let folder: String
  /// The folders of modules that were files.
  private var folders: [ObjectIdentifier: String] = [:]

  /// Modules that are bindings alone.
  private let native: Set<String>

  /// Texts that stand for those of files, by their paths.
  private let openTexts: [String: String]

  init(folder: String, native: Set<String>, openTexts: [String: String] = [:]) {
    self.folder = folder
    self.native = native
    self.openTexts = openTexts
  }

  func source(ofModule name: String, importedFrom importer: Source) throws -> Source? {
    let path = self.folder(of: importer) + "/\(name).limn"
    let isFile = openTexts[path] != nil || FileManager.default.fileExists(atPath: path)
    let text = StandardLibrary.modules[name]
    if text != nil || native.contains(name) {
      guard !isFile else {
        throw Fault(
          "ambiguous-module", "both the standard library and this folder have a module \(name)",
          notes: ["the file is \(path)"], help: "rename the file")
      }
      return text.map { Source(name: "\(name).limn", text: $0, isLibrary: true) }
    }
    guard isFile else { return nil }
    let source = Source(name: "\(name).limn", text: try self.text(at: path))
    folders[ObjectIdentifier(source)] = self.folder(of: importer)
    return source
  }

  private func text(at path: String) throws -> String {
    if let text = openTexts[path] { return text }
    let bytes: [UInt8]
    do { bytes = try Files.read(path) } catch { throw error.fault }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Fault("bad-encoding", "\(path) is not UTF-8 text", help: "save it as UTF-8")
    }
    return text
  }

  func moduleNames(importedFrom importer: Source) -> [String] {
    let folder = folder(of: importer)
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // What is open, and beside, may have no file yet.
    let open = openTexts.keys.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1)) }
    let beside = Set(files + open).filter { $0.hasSuffix(".limn") && !$0.contains("/") }.map { String($0.dropLast(5)) }
    return (StandardLibrary.modules.keys + beside).sorted()
  }

  private func folder(of importer: Source) -> String { folders[ObjectIdentifier(importer)] ?? folder }
}
