import LimnTensor

/// What a checkpoint and the models that it is loaded into do not agree about.
struct CheckpointMismatch {
  /// Names that the models want and the file lacks.
  var missing: [String] = []
  /// Names that the file has and no model knows.
  var unexpected: [String] = []
  /// Sentences about tensors of another shape or type.
  var misshapen: [String] = []
  /// Sentences about anything else.
  var other: [String] = []

  var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty && misshapen.isEmpty && other.isEmpty }

  /// How many names of a kind an error lists.
  private static let listed = 8

  /// One error for all of it.
  func error(_ file: String) -> TensorError {
    let counts = [(missing.count, "missing"), (unexpected.count, "unexpected"), (misshapen.count, "of another shape")]
    let summary = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    var notes: [String] = []
    if !missing.isEmpty { notes.append("missing in the file: \(Self.list(missing))") }
    if !unexpected.isEmpty { notes.append("unexpected in the file: \(Self.list(unexpected))") }
    notes += misshapen.prefix(Self.listed)
    if misshapen.count > Self.listed { notes.append("and \(misshapen.count - Self.listed) more of another shape") }
    notes += other
    return TensorError(
      .checkpointMismatch, "\(file) does not fit the model" + (summary.isEmpty ? "" : ": \(summary)"), notes: notes,
      help: help)
  }

  /// A missing name that is spelled almost like an unexpected one is likely that.
  private var help: String? {
    for name in missing {
      if let near = Spelling.nearest(to: name, among: unexpected) {
        return "did you mean \"\(near)\" in the file by \"\(name)\" in the model?"
      }
    }
    return nil
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(listed).joined(separator: ", ") + (names.count > listed ? " and \(names.count - listed) more" : "")
  }
}
