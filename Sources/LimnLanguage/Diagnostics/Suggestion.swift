/// *Did you mean*: the known name that a misspelt one was probably meant to be.
public enum Suggestion {
  /// The candidate nearest to a word, or nil when none is near enough.
  ///
  /// Distance is Damerau and Levenshtein's (insertions, deletions, substitutions, swaps of neighbors). A third of the
  /// word's characters may differ, and one in the shortest; letter case and underscores count little. Among equals
  /// the first wins.
  ///
  /// - Complexity: O(candidates × word² ), with words longer than 64 characters left alone.
  public static func closest(to word: String, among candidates: some Sequence<String>) -> String? {
    let letters = Array(word)
    guard !letters.isEmpty, letters.count <= 64 else { return nil }
    let plain = plainForm(word)
    // Words of one or two letters are near to everything.
    let limit = letters.count <= 2 ? 0 : max(1, letters.count / 3)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate != word {
      let length = candidate.count
      guard abs(length - letters.count) <= max(limit, 2), length <= 64 else { continue }
      // A difference in case or underscores alone is nearer than any other.
      let distance = plainForm(candidate) == plain ? 0 : editDistance(letters, Array(candidate))
      guard distance <= limit, distance < length, distance < best?.distance ?? .max else { continue }
      best = (candidate, distance)
    }
    return best?.candidate
  }

  /// The help for a name that is unknown where some others are known: *did you mean*, or what Limn calls it, even when
  /// another language's name is misspelt (`lenght`); nil without an idea.
  public static func help(for name: String, among known: some Collection<String>) -> String? {
    if let limns = limnsName(for: name, among: known) { return "in Limn this is `\(limns)`" }
    // Short foreign names are near to everything.
    let foreign = counterparts.keys.filter { $0.count > 4 }.sorted()
    guard let nearest = closest(to: name, among: Array(known) + foreign) else { return nil }
    if known.contains(nearest) { return "did you mean `\(nearest)`?" }
    // A longer word that begins like another language's is no misspelling of it.
    let distance = editDistance(Array(plainForm(name)), Array(plainForm(nearest)))
    if distance <= 2, let limns = limnsName(for: nearest, among: known) { return "in Limn this is `\(limns)`" }
    return closest(to: name, among: known).map { "did you mean `\($0)`?" }
  }

  /// What Limn calls another language's name, where that is known.
  private static func limnsName(for name: String, among known: some Collection<String>) -> String? {
    guard let counterpart = counterpart(of: name) else { return nil }
    let isWord =
      counterpart.allSatisfy { $0.isLetter || $0 == "_" } && Keyword(word: Array(counterpart.utf8)[...]) == nil
    return !isWord || known.contains(counterpart) ? counterpart : nil
  }

  /// The keyword that a word was probably meant to be: near by, or with two letters exchanged.
  static func keyword(for word: String, among keywords: [String]) -> String? {
    if word.count == 2 { return keywords.first { String($0.reversed()) == word } }
    return closest(to: word, among: keywords)
  }

  /// What Limn calls a name that other languages have: `nil` for `None`; nil for a name that it does not know.
  public static func counterpart(of word: String) -> String? { counterparts[word] }

  private static let counterparts: [String: String] = [
    "None": "nil", "null": "nil", "undefined": "nil", "NULL": "nil", "True": "true", "TRUE": "true", "False": "false",
    "FALSE": "false", "this": "self", "println": "print", "printf": "print", "echo": "print", "puts": "print",
    "typeof": "type_of", "isinstance": "type_of", "length": "len", "count": "len", "size": "len", "push": "append",
    "add": "append", "toUpperCase": "upper", "uppercased": "upper", "toLowerCase": "lower", "lowercased": "lower",
    "strip": "trim", "startswith": "starts_with", "endswith": "ends_with", "startsWith": "starts_with",
    "hasPrefix": "starts_with",
    "endsWith": "ends_with", "hasSuffix": "ends_with", "find": "index_of", "indexOf": "index_of", "index": "index_of",
    "forEach": "map", "contains": "in", "includes": "in", "tostring": "str", "toString": "str", "parseInt": "int",
    "parseFloat": "float", "String": "str", "Int": "int", "Float": "float", "Double": "float", "Bool": "bool",
    "raise": "throw",
    "range": "0..<n", "xrange": "0..<n", "Infinity": "inf", "NaN": "nan",
    "deepcopy": "copy", "power": "pow", "ln": "log", "ceiling": "ceil", "update": "merge", "reverse": "reversed",
  ]

  /// The help for an unknown name under which other languages keep tensors, as `np`; nil for any other, and where there
  /// are no tensors.
  static func help(forLibrary name: String, isImported: Bool, among known: some Collection<String>) -> String? {
    guard libraries.contains(name), known.contains("zeros") else { return nil }
    return isImported
      ? "in Limn tensors need no import: write `zeros(2)`"
      : "in Limn tensors need no prefix: write `zeros(2)`, not `\(name).zeros(2)`"
  }

  private static let libraries: Set = ["torch", "np", "numpy", "jnp", "jax", "tf", "tensorflow", "keras", "nn"]

  private static func plainForm(_ word: String) -> String { word.lowercased().filter { $0 != "_" } }

  /// The number of insertions, deletions, substitutions, and swaps of neighbors between two words.
  public static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    var current = previous
    for row in 1...left.count {
      current[0] = row
      for column in 1...right.count {
        let isSame = left[row - 1] == right[column - 1]
        current[column] = min(
          previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          current[column] = min(current[column], beforePrevious[column - 2] + 1)
        }
      }
      (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[right.count]
  }
}
