/// Durations in words.
package enum DurationWords {
  /// A duration that is finite and not negative, in its two or three greatest units: `42.1 ms`, `2 h 3 min 4 s`.
  package static func text(_ seconds: Double) -> String {
    if seconds == 0 { return "0 s" }
    if seconds < 0.9995e-3 { return NumberText.general(seconds * 1e6, digits: 3) + " µs" }
    if seconds < 0.9995 { return NumberText.general(seconds * 1e3, digits: 3) + " ms" }
    if seconds < 59.95 {
      let text = NumberText.fixed(seconds, digits: 1)
      return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " s"
    }
    var rest = Int(seconds.rounded())
    var words: [String] = []
    for (unit, length) in [("d", 86400), ("h", 3600), ("min", 60), ("s", 1)] where words.count < 3 {
      let count = rest / length
      rest -= count * length
      if count > 0 { words.append("\(count) \(unit)") }
    }
    return words.joined(separator: " ")
  }
}
