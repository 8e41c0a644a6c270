import LimnTensor

/// A function of each element that stands between linear layers, under the name that users know it by.
///
/// A layer with weights takes one as its `activation`; alone it is a layer too: ``layer``.
public struct Activation {
  public let name: String
  public let arguments: [Argument]
  /// Whether it halves the features: see ``glu(axis:)``.
  public let isGated: Bool
  /// The same function for the engine's fused pass, if it has one.
  let fused: FusedActivation?
  private let function: (Tensor) throws -> Tensor

  /// An activation of one's own.
  public init(
    _ name: String, _ arguments: [Argument] = [], isGated: Bool = false,
    _ function: @escaping (Tensor) throws -> Tensor
  ) {
    self.init(name, arguments, isGated: isGated, fused: nil, function)
  }

  private init(
    _ name: String, _ arguments: [Argument] = [], isGated: Bool = false, fused: FusedActivation?,
    _ function: @escaping (Tensor) throws -> Tensor
  ) {
    self.name = name
    self.arguments = arguments
    self.isGated = isGated
    self.fused = fused
    self.function = function
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor { try function(x) }

  /// A layer that applies this function.
  public var layer: FunctionLayer { FunctionLayer(name, arguments, function) }
}

extension Activation {
  /// max(x, 0).
  public static var relu: Activation { Activation("relu", fused: .relu) { try $0.relu() } }

  /// x where it is positive, else `slope` · x (Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network
  /// acoustic models", 2013).
  public static func leakyRelu(_ slope: Double = 0.01) -> Activation {
    Activation("leaky_relu", [Argument(nil, slope)], fused: slope > 0 ? .leakyRelu(slope) : nil) { try $0.leakyRelu(slope: slope) }
  }

  /// x where it is positive, else `alpha` · (exp(x) − 1) (Clevert, Unterthiner and Hochreiter, arXiv:1511.07289).
  public static func elu(_ alpha: Double = 1) -> Activation {
    Activation("elu", [Argument(nil, alpha)]) { try $0.elu(alpha: alpha) }
  }

  /// x · Φ(x), with Φ the normal distribution function (Hendrycks and Gimpel, arXiv:1606.08415).
  ///
  /// - Parameter isApproximate: whether Φ is approximated by means of tanh, as GPT-2 and T5 v1.1 do.
  public static func gelu(approximate isApproximate: Bool = false) -> Activation {
    guard isApproximate else { return Activation("gelu", fused: .gelu) { try $0.gelu() } }
    return Activation("gelu", [Argument("approximate", true)]) { try $0.geluTanh() }
  }

  /// x · sigmoid(x), also known as swish.
  public static var silu: Activation { Activation("silu") { try $0.silu() } }

  /// x where it is positive, else α (exp(x) − 1), times a number that keeps mean 0 and variance 1 where they are
  /// (Klambauer et al., arXiv:1706.02515).
  public static var selu: Activation {
    Activation("selu") { try $0.elu(alpha: 1.6732632423543772) * 1.0507009873554805 }
  }

  /// log(1 + exp(x)).
  public static var softplus: Activation { Activation("softplus") { try $0.softplus() } }

  public static var tanh: Activation { Activation("tanh", fused: .tanh) { try $0.tanh() } }

  /// 1 / (1 + exp(−x)).
  public static var sigmoid: Activation { Activation("sigmoid", fused: .sigmoid) { try $0.sigmoid() } }

  /// exp(x) over its sum along an axis, the last by default.
  public static func softmax(axis: Int = -1) -> Activation {
    Activation("softmax", axis == -1 ? [] : [Argument("axis", axis)]) { try $0.softmax(axis: axis) }
  }

  /// The logarithm of ``softmax(axis:)``, computed without overflow.
  public static func logSoftmax(axis: Int = -1) -> Activation {
    Activation("log_softmax", axis == -1 ? [] : [Argument("axis", axis)]) { try $0.logSoftmax(axis: axis) }
  }

  /// The activations that go by a name alone.
  public static var named: [Activation] {
    [relu, leakyRelu(), elu(), selu, gelu(), silu, softplus, tanh, sigmoid, softmax(), logSoftmax()] + gatedUnits
  }

  /// The activation of that name, with its default arguments.
  ///
  /// - Throws: `unknown-name`, with the nearest names.
  public init(named name: String) throws {
    guard let known = Self.named.first(where: { $0.name == name }) else {
      throw TensorError(
        .unknownName, "there is no activation \"\(name)\"", operands: [.init(.named("activation"), "not known")],
        notes: ["there are " + Self.named.map(\.name).joined(separator: ", ")],
        help: Spelling.suggestion(for: name, among: Self.named.map(\.name)))
    }
    self = known
  }
}

extension TensorError.Code {
  /// A name, given as a string, that stands for nothing here.
  public static let unknownName = Self("unknown-name")
}

extension Activation {
  /// How a layer prints that it was made with this: `activation: "relu"`.
  var argument: Argument {
    Argument("activation", arguments.isEmpty ? "\"\(name)\"" : Argument.call(name, arguments))
  }
}

/// What stands behind a layer's product: the bias and the activation, in one pass where there is one.
func finish(_ product: Tensor, _ bias: Weight?, _ activation: Activation?) throws -> Tensor {
  if let bias {
    if let fused = activation == nil ? FusedActivation.none : activation?.fused {
      return try product.activated(bias: bias.tensor, fused)
    }
    let y = try product + bias.tensor
    return try activation?(y) ?? y
  }
  return try activation?(product) ?? product
}
