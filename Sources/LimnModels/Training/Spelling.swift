/// Finds what somebody may have meant by a misspelt name.
enum Spelling {
  /// `did you mean "kernel"?`, or nil when nothing known is near.
  static func suggestion(for name: String, among known: some Collection<String>) -> String? {
    nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }
  }

  /// The known name with the fewest edits from `name`, if a third of its letters or fewer are at odds; the first of
  /// equals.
  static func nearest(to name: String, among known: some Collection<String>) -> String? {
    let letters = Array(name.utf8)
    var best: (name: String, distance: Int)?
    for candidate in known {
      let limit = min(best?.distance ?? .max, max(1, max(letters.count, candidate.utf8.count) / 3) + 1)
      guard abs(letters.count - candidate.utf8.count) < limit else { continue }
      let distance = distance(letters, Array(candidate.utf8))
      if distance < limit { best = (candidate, distance) }
    }
    return best?.name
  }

  /// The edits between two texts: letters inserted, removed, replaced, or swapped with a neighbor (optimal string
  /// alignment distance).
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in 0..<b.count {
        var edits = min(previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { edits = min(edits, beforePrevious[j - 1] + 1) }
        row.append(edits)
      }
      beforePrevious = previous
      previous = row
    }
    return previous[b.count]
  }
}
