import LimnLanguage
import LimnModels
import LimnTensor

/// Activations: given a tensor they apply, otherwise they give a layer for a chain.
enum ActivationBindings {
  static var all: [Binding] {
    [
      plain("relu", "max(x, 0)", "relu(tensor([-1.0, 2.0])).list()   # [0.0, 2.0]", .relu),
      plain("tanh", "The hyperbolic tangent", "tanh(tensor([0.0])).list()   # [0.0]", .tanh),
      plain("sigmoid", "1 / (1 + exp(-x))", "sigmoid(tensor([0.0])).list()   # [0.5]", .sigmoid),
      plain(
        "selu", "elu times a number that keeps mean 0 and variance 1 (Klambauer et al., arXiv:1706.02515)",
        "selu(tensor([0.0])).list()   # [0.0]", .selu),
      plain("silu", "x · sigmoid(x), also known as swish", "silu(tensor([0.0])).list()   # [0.0]", .silu),
      plain(
        "softplus", "log(1 + exp(x)), a smooth relu", "softplus(tensor([0.0])).list()   # [0.6931471824645996]",
        .softplus),
      with(
        "leaky_relu", .optional("slope", .float, 0.01),
        "x where it is positive, else `slope` · x (Maas et al., 2013)",
        "leaky_relu(tensor([-1.0, 2.0]), 0.5).list()   # [-0.5, 2.0]"
      ) { .leakyRelu(try $0.float($1)) },
      with(
        "elu", .optional("alpha", .float, 1.0),
        "x where it is positive, else `alpha` · (exp(x) - 1) (Clevert et al., arXiv:1511.07289)",
        "elu(tensor([2.0])).list()   # [2.0]"
      ) { .elu(try $0.float($1)) },
      with(
        "gelu", .optional("approximate", .bool, false, namedOnly: true),
        "x · Φ(x) with Φ the normal distribution function, or its approximation by tanh (Hendrycks and Gimpel, arXiv:1606.08415)",
        "gelu(tensor([0.0])).list()   # [0.0]"
      ) { .gelu(approximate: try $0.bool($1)) },
      with(
        "softmax", .optional("axis", .int, -1), "exp(x) over its sum along an axis: probabilities from logits",
        "softmax(tensor([0.0, 0.0])).list()   # [0.5, 0.5]"
      ) { .softmax(axis: try $0.int($1)) },
      with(
        "log_softmax", .optional("axis", .int, -1), "The logarithm of `softmax`, computed without overflow",
        "log_softmax(tensor([0.0])).list()   # [0.0]"
      ) { .logSoftmax(axis: try $0.int($1)) },
    ].flatMap { $0 } + gated
  }

  /// Gated linear units.
  private static var gated: [Binding] {
    func unit(_ name: String, _ gate: String, _ source: String, _ make: @escaping (Int) -> Activation) -> [Binding] {
      with(
        name, [.optional("axis", .int, -1, namedOnly: true)], formula(gate, source),
        "\(name)(ones(3, 8)).shape   # [3, 4]"
      ) { make(try $0.int($1)) }
    }
    func formula(_ gate: String, _ source: String) -> String {
      """
      A gated linear unit, a · \(gate) for x = [a, b], the halves of an axis (\(source)). As a dense layer's `activation:` it \
      halves the layer's units, as a transformer block's it doubles those of the first layer
      """
    }
    return [
      unit("glu", "sigmoid(b)", "Dauphin et al., arXiv:1612.08083") { .glu(axis: $0) },
      unit("reglu", "relu(b)", "Shazeer, arXiv:2002.05202") { .reglu(axis: $0) },
      with(
        "geglu",
        [.optional("axis", .int, -1, namedOnly: true), .optional("approximate", .bool, false, namedOnly: true)],
        formula("gelu(b)", "Shazeer, arXiv:2002.05202; `approximate` as of `gelu`, which T5 uses"),
        "geglu(ones(3, 8)).shape   # [3, 4]"
      ) { .geglu(axis: try $0.int($1), approximate: try $0.bool($1 + 1)) },
      unit("swiglu", "silu(b)", "Shazeer, arXiv:2002.05202; LLaMA uses it") { .swiglu(axis: $0) },
    ].flatMap { $0 }
  }

  private static let note = ". Given a tensor it applies to each element, otherwise it gives a layer."

  private static func plain(
    _ name: String, _ formula: String, _ example: String, _ activation: Activation
  ) -> [Binding] {
    [
      Binding(name, receivers: [.tensor], [.required("x", .tensor)], formula + note, example: example) { call in
        .tensor(try activation(call.tensor(0)))
      },
      Binding(name, [], formula + ", as a layer.", example: "\(name)()   # \(name)") { _ in
        .object(LayerObject(activation.layer))
      },
    ]
  }

  private static func with(
    _ name: String, _ option: Parameter, _ formula: String, _ example: String,
    _ make: @escaping (Call, Int) throws -> Activation
  ) -> [Binding] { with(name, [option], formula, example, make) }

  /// An activation with options; `make` reads them from the arguments that begin at an index.
  private static func with(
    _ name: String, _ options: [Parameter], _ formula: String, _ example: String,
    _ make: @escaping (Call, Int) throws -> Activation
  ) -> [Binding] {
    [
      Binding(name, receivers: [.tensor], [.required("x", .tensor)] + options, formula + note, example: example) { call in
        .tensor(try make(call, 1)(call.tensor(0)))
      },
      Binding(name, options, formula + ", as a layer.", example: "ones(2) |> (\(name)())") { call in
        .object(LayerObject(try make(call, 0).layer))
      },
    ]
  }
}
