import CPCRE2
import LimnLanguage

/// A regular expression, compiled by PCRE2.
///
/// PCRE2 says at which character a pattern is wrong, has lookbehind, and gives up on a match that would take forever;
/// Swift's `Regex` does not tell the place, and Foundation's tells nothing but that a pattern is wrong.
final class Pattern {
  private let code: OpaquePointer
  private let data: OpaquePointer
  private let context: OpaquePointer
  let groupCount: Int
  /// Groups that have a name, by their number.
  let names: [(name: String, group: Int)]

  /// How many steps a match may take before it is given up.
  private static let stepLimit: UInt32 = 10_000_000

  struct Failure: Error {
    var message: String
    /// The place in the pattern, in bytes.
    var offset: Int
  }

  init(_ text: String, ignoringCase: Bool) throws(Failure) {
    var number: Int32 = 0
    var offset = 0
    var options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C
    if ignoringCase { options |= PCRE2_CASELESS }
    let bytes = Array(text.utf8)
    let compiled = bytes.withUnsafeBufferPointer {
      pcre2_compile_8($0.baseAddress ?? Pattern.empty, $0.count, options, &number, &offset, nil)
    }
    guard let compiled, let data = pcre2_match_data_create_from_pattern_8(compiled, nil),
      let context = pcre2_match_context_create_8(nil)
    else {
      if let compiled { pcre2_code_free_8(compiled) }
      throw Failure(message: Pattern.text(of: number), offset: offset)
    }
    pcre2_set_match_limit_8(context, Pattern.stepLimit)
    code = compiled
    self.data = data
    self.context = context
    groupCount = Int(pcre2_get_ovector_count_8(data)) - 1
    names = Pattern.names(of: compiled)
  }

  deinit {
    pcre2_match_data_free_8(data)
    pcre2_match_context_free_8(context)
    pcre2_code_free_8(code)
  }

  /// Where the whole match and each group stand, in bytes; nil for a group that took no part.
  typealias Match = [Range<Int>?]

  /// The first match from a byte on; nil when there is none.
  ///
  /// - Throws: `Failure` when the search was given up.
  func match(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, whole: Bool = false, notEmpty: Bool = false)
    throws(Failure) -> Match?
  {
    var options = PCRE2_NO_UTF_CHECK
    if whole { options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED }
    if notEmpty { options |= PCRE2_NOTEMPTY_ATSTART | PCRE2_ANCHORED }
    let count = pcre2_match_8(code, bytes.baseAddress ?? Pattern.empty, bytes.count, start, options, data, context)
    if count == PCRE2_ERROR_NOMATCH { return nil }
    guard count > 0, let vector = pcre2_get_ovector_pointer_8(data) else {
      throw Failure(message: Pattern.text(of: count), offset: 0)
    }
    return (0...groupCount).map { group in
      let (lower, upper) = (vector[2 * group], vector[2 * group + 1])
      // Unset is the greatest `size_t`, which Swift sees as -1. A lookaround with \K can end before it begins.
      return lower < 0 ? nil : min(lower, upper)..<max(lower, upper)
    }
  }

  /// All matches, from front to back, that do not overlap; the body gives false to stop.
  func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Match) throws -> Bool) throws {
    var position = 0
    var wasEmpty = false
    while position <= bytes.count {
      // After an empty match a longer one may begin at the same place.
      if wasEmpty, let found = try match(bytes, from: position, notEmpty: true), let whole = found[0] {
        guard try body(found) else { return }
        position = whole.upperBound
        wasEmpty = false
        continue
      }
      if wasEmpty { position = next(after: position, in: bytes) }
      guard position <= bytes.count, let found = try match(bytes, from: position), let whole = found[0] else { return }
      guard try body(found) else { return }
      wasEmpty = whole.isEmpty
      position = whole.upperBound
    }
  }

  /// The byte at which the next Unicode scalar begins.
  private func next(after position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var next = position + 1
    while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  private static func names(of code: OpaquePointer) -> [(name: String, group: Int)] {
    var (count, size): (UInt32, UInt32) = (0, 0)
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [] }
    // Two bytes of the group's number, and then its name, which ends with a zero.
    return (0..<Int(count)).map { index in
      let entry = table + index * Int(size)
      return (String(cString: entry + 2), Int(entry[0]) << 8 | Int(entry[1]))
    }.sorted { $0.1 < $1.1 }
  }

  private static func text(of number: Int32) -> String {
    if number == PCRE2_ERROR_MATCHLIMIT { return "the search was given up after \(stepLimit) steps" }
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(number, &buffer, buffer.count)
    return length > 0 ? String(decoding: buffer[..<Int(length)], as: UTF8.self) : "the pattern cannot be read"
  }

  nonisolated(unsafe) private static let empty = UnsafePointer(UnsafeMutablePointer<UInt8>.allocate(capacity: 1))
}

/// Patterns that were used lately, so that a loop compiles one once.
final class PatternCache {
  private var patterns: [String: Pattern] = [:]

  /// The pattern of an argument. Throws a `Fault` that shows where it is wrong.
  func pattern(_ call: Call, _ index: Int, ignoringCase: Bool) throws -> Pattern {
    let text = try call.string(index)
    let key = (ignoringCase ? "i" : " ") + text
    if let pattern = patterns[key] { return pattern }
    do {
      let pattern = try Pattern(text, ignoringCase: ignoringCase)
      if patterns.count >= 64 { patterns.removeAll() }
      patterns[key] = pattern
      return pattern
    } catch {
      let column = String(decoding: Array(text.utf8)[..<min(error.offset, text.utf8.count)], as: UTF8.self).count + 1
      throw Fault(
        "bad-pattern", "column \(column) of the pattern: \(error.message)", labels: [.init(.argument(index), "")],
        notes: [text, String(repeating: " ", count: column - 1) + "^"].filter { _ in !text.contains("\n") },
        help: text.contains("\\") ? nil : "to look for a text as it stands, write `strings.escape(text)`")
    }
  }
}
