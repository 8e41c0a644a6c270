import Foundation
import LimnLanguage
import LimnTestSupport
import Testing

/// What editors are given agrees with the language.
@Suite struct GrammarTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "editors/vscode/limn")

  private func object(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: Self.folder.appending(path: path))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// Every pattern of a grammar, with what it names.
  private func patterns(_ value: Any) -> [(regex: String, name: String?)] {
    switch value {
    case let object as [String: Any]:
      let own = ["match", "begin", "end", "while"].compactMap { object[$0] as? String }
      return own.map { ($0, object["name"] as? String) } + object.values.flatMap(patterns)
    case let list as [Any]: return list.flatMap(patterns)
    default: return []
    }
  }

  /// Words that stand as alternatives in the grammar's patterns for keywords.
  private func words(_ grammar: [String: Any]) throws -> Set<String> {
    let repository = try #require(grammar["repository"] as? [String: Any])
    let found = patterns(try #require(repository["keywords"])).flatMap { pattern in
      pattern.regex.replacing("\\b", with: " ").matches(of: /[a-z]+/).map { String($0.0) }
    }
    return Set(found)
  }

  @Test func everyKeywordIsHighlightedAndNothingElse() throws {
    let words = try words(object("syntaxes/limn.tmLanguage.json"))
    #expect(words == Set(CodePlace.keywords + ["self"]))
  }

  @Test func wordsOfOnePlaceAreHighlightedThere() throws {
    let all = patterns(try object("syntaxes/limn.tmLanguage.json")).map(\.regex)
    for word in ["test", "from", "as"] { #expect(all.contains { $0.contains("(\(word))") }, "\(word)") }
  }

  @Test func includesLeadToPatternsThatAreThere() throws {
    for file in ["limn", "limn-markdown"] {
      let data = try String(
        contentsOf: Self.folder.appending(path: "syntaxes/\(file).tmLanguage.json"), encoding: .utf8)
      let repository = try #require(try object("syntaxes/\(file).tmLanguage.json")["repository"] as? [String: Any])
      for match in data.matches(of: /"include": "#([a-z-]+)"/) {
        #expect(repository[String(match.1)] != nil, "\(match.1)")
      }
    }
  }

  @Test func theManifestNamesFilesThatAreThere() throws {
    let text = try String(contentsOf: Self.folder.appending(path: "package.json"), encoding: .utf8)
    let paths = text.matches(of: /"\.\/([^"]+)"/).map { String($0.1) }
    #expect(paths.count == 4)
    for path in paths {
      #expect(FileManager.default.fileExists(atPath: Self.folder.appending(path: path).path), "\(path)")
    }
    _ = try object("language-configuration.json")
  }

  /// The extension with a mocked editor against the real binary; Node is what VS Code itself runs it with.
  @Test func theExtensionWorks() throws {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["node", Self.folder.appending(path: "test/drive.js").path]
    process.environment = ProcessInfo.processInfo.environment.merging(["LIMN": Command.executable]) { $1 }
    let output = try folder.write("output", "")
    let handle = try #require(FileHandle(forWritingAtPath: output))
    (process.standardOutput, process.standardError) = (handle, handle)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(folder.text("output"))")
    #expect(folder.text("output") == "the extension works\n")
  }
}
