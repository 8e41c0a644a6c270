import LimnLanguage
import LimnTensor

/// What belongs to the session: showing, progress, memory.
enum SessionBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      Binding(
        "progress", [.required("sequence", .any), .optional("label", .optional(.string), .nil, namedOnly: true)],
        "Gives what the sequence gives, and reports how far the loop is: a bar in a terminal, lines elsewhere.",
        example: "for i in progress(1...3) { print(i) }"
      ) { call in
        .object(ProgressObject(call[0], label: try call.optionalString(1), session: session.session))
      },
      Binding(
        "memory", [],
        """
        Bytes of memory for numbers, as a map: `live` in tensors, `cached` kept for the next ones, and `peak`, the most that was ever
        in use at once. What kernels need while they run is counted too.
        """, example: "memory().keys()   # [\"live\", \"cached\", \"peak\"]"
      ) { _ in
        let statistics = Allocator.shared.statistics
        return .map([
          ("live", .int(statistics.live)), ("cached", .int(statistics.cached)), ("peak", .int(statistics.peak)),
        ])
      },
    ]
  }
}
