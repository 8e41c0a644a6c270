import LimnLanguage
import LimnModels
import LimnTensor

/// Recurrent layers, and what goes through a sequence a step at a time.
enum RecurrentBindings {
  static func all(in session: SessionReference) -> [Binding] {
    [
      recurrent(
        .plain, "A plain recurrent layer: h ← f(x W + h U + b), with f tanh or relu (Elman, 1990).", session),
      recurrent(
        .lstm,
        """
        A long short-term memory: gates i, f, g, o = x W + h U + b; c ← σ(f) c + σ(i) φ(g), h ← σ(o) φ(c) (Hochreiter and
        Schmidhuber, 1997). The forget gate's bias begins as 1. φ is `activation`; with `"relu"` candidate and output change
        alone.
        """, session),
      recurrent(
        .gru,
        """
        A gated recurrent unit: gates r, z; m = φ(x Wₙ + bₙ + σ(r) (h Uₙ + cₙ)), h ← (1 - σ(z)) m + σ(z) h (Cho et al.,
        arXiv:1406.1078, with the reset gate behind the product).
        """, session),
      Binding(
        "bidirectional", [.required("layer", .layer)],
        """
        A recurrent layer beside another one like it that reads from the end: features are twice its units (Schuster and
        Paliwal, 1997).
        """, example: "bidirectional(lstm(4))(zeros(2, 5, 3)).shape   # [2, 5, 8]"
      ) { call in
        guard let layer = call.layer(0) as? Recurrent else {
          throw Fault.wrongLayer(0, "bidirectional takes an rnn, lstm or gru", call[0])
        }
        return .object(LayerObject(try Bidirectional(layer, random: session.random)))
      },
      Binding(
        "step", receivers: [.layer], [.required("cell", .layer), .required("x", .tensor), state],
        """
        One step of a recurrent layer: `[batch, features]` gives the output `[batch, units]` and the state behind it, a
        list. `state` is nil to begin with zeros.
        """,
        example: """
          let cell = lstm(4)
          var y, state = cell.step(ones(1, 3))
          y, state = cell.step(ones(1, 3), state)
          y.shape   # [1, 4]
          """
      ) { call in
        let (layer, x, state) = (try recurrent(call), try call.tensor(1), try states(call))
        let result = try CallSite.describing(call) { try layer.step(x, state: state) }
        return .list([.tensor(result.output), .list(result.state.map { .tensor($0) })])
      },
      Binding(
        "run", receivers: [.layer], [.required("cell", .layer), .required("x", .tensor), state],
        """
        All steps of a recurrent layer: `[batch, time, features]` gives the outputs `[batch, time, units]` and the state
        after the last, a list. `state` is nil to begin with zeros.
        """,
        example: """
          let y, state = gru(4).run(ones(2, 5, 3))
          y.shape   # [2, 5, 4]
          """
      ) { call in
        let (layer, x, state) = (try recurrent(call), try call.tensor(1), try states(call))
        let result = try CallSite.describing(call) { try layer.run(x, state: state) }
        return .list([.tensor(result.outputs), .list(result.state.map { .tensor($0) })])
      },
    ]
  }

  private static var state: Parameter { .optional("state", .either([.list, .nil]), .nil) }

  private static func recurrent(_ cell: RecurrentCell, _ what: String, _ session: SessionReference) -> Binding {
    Binding(
      cell.rawValue,
      [
        .required("units", .int), .optional("steps", .string, "all", namedOnly: true),
        .optional("activation", .string, "tanh", namedOnly: true), .optional("bias", .bool, true, namedOnly: true),
      ],
      what + """
        \n\n`[batch, time, features]` gives `[batch, time, units]`, or with `steps: "last"` `[batch, units]`. Layers stack by
        `>>`. The kernel begins Glorot uniform, the recurrent one orthogonal.
        """, example: "\(cell.rawValue)(4)(zeros(2, 5, 3)).shape   # [2, 5, 4]"
    ) { call in
      .object(
        LayerObject(
          try Recurrent(
            cell, call.int(0), steps: call.choice(1, RecurrentSteps.self),
            activation: call.choice(2, CellActivation.self), bias: call.bool(3), random: session.random)))
    }
  }

  private static func recurrent(_ call: Call) throws -> Recurrent {
    guard let layer = call.layer(0) as? Recurrent else {
      throw Fault.wrongLayer(0, "this goes a step at a time with an rnn, lstm or gru", call[0])
    }
    return layer
  }

  private static func states(_ call: Call) throws -> [Tensor] { call.isGiven(2) ? try call.tensors(2) : [] }
}

extension Call {
  /// The layer that an argument is; nil for anything else.
  func layer(_ index: Int) -> (any Layer)? { (self[index].asHost as? LayerObject)?.layer }

  /// One of a few names.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ index: Int, _ type: Choice.Type) throws -> Choice {
    let name = try string(index)
    if let choice = Choice(rawValue: name) { return choice }
    let known = Choice.allCases.map(\.rawValue)
    throw Fault(
      "bad-argument", "\"\(name)\" is not one of \(known.map { "\"\($0)\"" }.joined(separator: ", "))",
      labels: [.init(.argument(index), "not one of them")],
      help: Suggestion.closest(to: name, among: known).map { "did you mean \"\($0)\"?" })
  }
}

extension Fault {
  static func wrongLayer(_ index: Int, _ message: String, _ value: Value) -> Fault {
    Fault("type-mismatch", message, labels: [.init(.argument(index), "this is \(value.described)")])
  }
}
