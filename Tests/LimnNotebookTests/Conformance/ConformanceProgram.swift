import Foundation
import Testing

/// One program of `Tests/Conformance` with what a run of it must leave; the folder's README has the form.
struct ConformanceProgram: CustomTestStringConvertible, Sendable {
  /// `values/division`.
  let name: String
  /// The program, a script or a notebook.
  let file: URL
  /// What stands in standard output; nothing where there is no `.out` file.
  let output: String
  /// What stands in standard error, nil for a program that succeeds.
  let errors: String?

  var testDescription: String { name }
  var isNotebook: Bool { file.pathExtension == "md" }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Conformance")

  /// Every program, in the order of names. Files that begin with `module_` are what programs import.
  static func all() throws -> [ConformanceProgram] {
    let sections = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter(\.hasDirectoryPath)
    return try sections.flatMap { section in
      try files(of: section).filter(isProgram).map { file in try ConformanceProgram(file) }
    }.sorted { $0.name < $1.name }
  }

  /// Files that belong to no program: an expectation whose program is gone, or a program without one.
  static func strays() throws -> [String] {
    let sections = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter(\.hasDirectoryPath)
    return try sections.flatMap { section in
      let files = try files(of: section)
      let stems = Set(files.filter(isProgram).map(stem))
      let expected = Set(files.filter(isExpectation).map(stem))
      return files.filter { file in
        if isExpectation(file) { return !stems.contains(stem(file)) }
        return isProgram(file) ? !expected.contains(stem(file)) : !file.lastPathComponent.hasPrefix("module_")
      }.map { "\(section.lastPathComponent)/\($0.lastPathComponent)" }
    }
  }

  private init(_ file: URL) throws {
    self.file = file
    let stem = file.deletingPathExtension()
    name = "\(stem.deletingLastPathComponent().lastPathComponent)/\(stem.lastPathComponent)"
    output = try Self.text(stem.appendingPathExtension("out")) ?? ""
    errors = try Self.text(stem.appendingPathExtension("err"))
  }

  private static func text(_ file: URL) throws -> String? {
    FileManager.default.fileExists(atPath: file.path) ? try String(contentsOf: file, encoding: .utf8) : nil
  }

  private static func files(of section: URL) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: section, includingPropertiesForKeys: nil)
  }

  private static func isProgram(_ file: URL) -> Bool {
    ["limn", "md"].contains(file.pathExtension) && !file.lastPathComponent.hasPrefix("module_")
  }

  private static func isExpectation(_ file: URL) -> Bool { ["out", "err"].contains(file.pathExtension) }

  private static func stem(_ file: URL) -> String { file.deletingPathExtension().lastPathComponent }
}
