/// The parts of a path as text; nothing is looked up. Slashes at the end do not count.
public struct FilePath {
  let text: Substring

  public init(_ path: String) {
    var text = path[...]
    while text.count > 1, text.hasSuffix("/") { text = text.dropLast() }
    self.text = text
  }

  /// What stands behind the last slash.
  public var name: Substring { text == "/" ? "" : text.lastIndex(of: "/").map { text[$0...].dropFirst() } ?? text }

  /// What stands before the last slash; `.` when there is none.
  public var parent: String {
    guard let slash = text.lastIndex(of: "/") else { return "." }
    return slash == text.startIndex ? "/" : String(FilePath(String(text[..<slash])).text)
  }

  /// The last point of the name, unless the name begins with it.
  private var point: Substring.Index? {
    guard let point = name.lastIndex(of: "."), point > name.startIndex else { return nil }
    return name[..<point].allSatisfy { $0 == "." } ? nil : point
  }

  /// The name without its extension.
  public var stem: Substring { point.map { name[..<$0] } ?? name }

  /// What stands behind the name's last point, with it; empty when there is none.
  var pathExtension: Substring { point.map { name[$0...] } ?? "" }

  /// Parts with single slashes between them; one that begins with a slash begins anew.
  static func join(_ parts: [String]) -> String {
    parts.reduce("") { path, part in
      if part.hasPrefix("/") || path.isEmpty { return part }
      if part.isEmpty { return path }
      return path.hasSuffix("/") ? path + part : path + "/" + part
    }
  }

  /// Without `.` and `..` as far as the text tells.
  package static func normalized(_ path: String) -> String {
    let isAbsolute = path.hasPrefix("/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    let text = parts.joined(separator: "/")
    return isAbsolute ? "/" + text : text.isEmpty ? "." : text
  }
}
