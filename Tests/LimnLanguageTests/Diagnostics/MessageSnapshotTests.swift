import Foundation
import Testing

@testable import LimnLanguage

/// Every message that the module's sources write stands in a snapshot: the code, and the words around its values.
@Suite struct MessageSnapshotTests {
  /// Messages that no program of one text can show, with the reason.
  private static let unreachable: [String: String] = [
    "there are too many top-level names": "65,536 names, which no snapshot holds",
    "... is not valid UTF-8": "front ends that read bytes, which LexerTests has",
    "`...` would not ... in the one style, and stays as it is": "a fault of the formatter itself",
    "a module has errors": "a front end that reports a failure without a diagnostic",
    "module `...` cannot be read: ...": "a loader that throws an error of its own",
    "`...` of ... cannot be assigned to": "host objects, which HostObjectTests has",
    "the run took more steps than it may": "a limit of a host program, which ProgramLimitTests has",
    "the program holds more than the ... bytes that it may": "a limit of a host program, which ProgramLimitTests has",
    "this program has more than 32 million bytes": "a program of that size, which LimitTests has",
    "the changed copy would be lost": "host objects, which HostObjectTests has",
  ]

  @Test func everyMessageStandsInASnapshot() throws {
    let snapshots = try recorded()
    let messages = try written()
    #expect(messages.count > 150)
    for message in messages where Self.unreachable[message.text] == nil {
      let pattern = try Regex(message.pattern)
      #expect(
        snapshots[message.code, default: []].contains { $0.wholeMatch(of: pattern) != nil },
        "no snapshot of \(message.code) has: \(message.text)")
    }
    let texts = Set(messages.map(\.text))
    #expect(Self.unreachable.keys.filter { !texts.contains($0) } == [], "no source writes these any more")
  }

  // MARK: Recorded

  /// The first lines of errors in all snapshots, by code, wrapped lines joined.
  private func recorded() throws -> [String: [String]] {
    var messages: [String: [String]] = [:]
    let files = FileManager.default.enumerator(at: Snapshot.folder, includingPropertiesForKeys: nil)
    for case let file as URL in files ?? FileManager.DirectoryEnumerator() where file.pathExtension == "txt" {
      let text = try String(contentsOf: file, encoding: .utf8)
      let expected = text.components(separatedBy: Snapshot.separator).dropFirst().joined(separator: "\n")
      var open: (code: String, text: String)?
      for line in expected.split(separator: "\n", omittingEmptySubsequences: false) {
        if let head = line.wholeMatch(of: #/error\[([a-z-]+)\]: (.*)/#) {
          open = (String(head.1), String(head.2))
        } else if let present = open {
          if line.hasPrefix("  "), !line.contains("-->"), !line.hasPrefix("  =") {
            open?.text += " " + line.trimmingPrefix(while: { $0 == " " })
          } else {
            messages[present.code, default: []].append(present.text)
            open = nil
          }
        }
      }
      if let open { messages[open.code, default: []].append(open.text) }
    }
    return messages
  }

  // MARK: Written

  private struct Message {
    var code: String
    /// The message with `...` for each value.
    var text: String
    var pattern: String
  }

  /// The messages behind `Fault("code", "...")`, `fault(.code, "...")`, `report(.code, "...")` and
  /// `code: ..., message: "..."`.
  private func written() throws -> [Message] {
    let sources = Snapshot.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/LimnLanguage")
    var messages: [Message] = []
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    for case let file as URL in files ?? FileManager.DirectoryEnumerator() where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      let call = #/
        (?: (?: Fault\(\s* | code:\s )"([a-z-]+)" | (?: (?:fault|report)\(\s* | code:\s\w+ )\.(\w+)(?:\.rawValue)? )
        ,\s* (?:message:\s)? "
        /#
      for match in text.matches(of: call) {
        let code = match.1.map(String.init) ?? kebab(String(match.2 ?? ""))
        let parts = literal(text[match.range.upperBound...])
        messages.append(
          Message(
            code: code, text: parts.joined(separator: "..."),
            pattern: "(?s)" + parts.map { NSRegularExpression.escapedPattern(for: $0) }.joined(separator: ".*?")))
      }
    }
    return messages
  }

  /// `unknownName` as `unknown-name`.
  private func kebab(_ name: String) -> String {
    name.map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()
  }

  /// The text of a Swift literal up to its closing quote, cut where it puts in a value.
  private func literal(_ text: Substring) -> [String] {
    var parts = [""]
    var characters = text.makeIterator()
    while let character = characters.next(), character != "\"" {
      guard character == "\\" else {
        parts[parts.count - 1].append(character)
        continue
      }
      switch characters.next() {
      case "(":
        skipValue(&characters)
        parts.append("")
      case "n": parts[parts.count - 1].append("\n")
      case let escaped?: parts[parts.count - 1].append(escaped)
      case nil: break
      }
    }
    return parts
  }

  /// Passes an interpolated value, which may hold literals itself, up to its closing parenthesis.
  private func skipValue(_ characters: inout Substring.Iterator) {
    var depth = 1
    while depth > 0, let character = characters.next() {
      switch character {
      case "(": depth += 1
      case ")": depth -= 1
      case "\"":
        while let inner = characters.next(), inner != "\"" {
          if inner == "\\", characters.next() == "(" { skipValue(&characters) }
        }
      default: break
      }
    }
  }
}
