import LimnTensor

/// Gated linear units: they halve an axis, x = [a, b], and give a · f(b).
///
/// As the activation of a dense layer they make it a gated one, of half as many features as it has units: `dense(2 * n,
/// activation: "swiglu")` is (x W + c) ⊙ silu(x V + d). Shazeer, "GLU variants improve transformer", arXiv:2002.05202.
extension Activation {
  /// a · sigmoid(b) (Dauphin et al., arXiv:1612.08083).
  public static func glu(axis: Int = -1) -> Activation { gated("glu", axis) { try $0.sigmoid() } }

  /// a · max(b, 0).
  public static func reglu(axis: Int = -1) -> Activation { gated("reglu", axis) { try $0.relu() } }

  /// a · gelu(b).
  ///
  /// - Parameter isApproximate: whether gelu is approximated by means of tanh, as T5 v1.1 does.
  public static func geglu(axis: Int = -1, approximate isApproximate: Bool = false) -> Activation {
    let options = isApproximate ? [Argument("approximate", true)] : []
    return gated("geglu", axis, options) { try isApproximate ? $0.geluTanh() : $0.gelu() }
  }

  /// a · silu(b), as LLaMA has it.
  public static func swiglu(axis: Int = -1) -> Activation { gated("swiglu", axis) { try $0.silu() } }

  /// The gated units, with their default arguments.
  static var gatedUnits: [Activation] { [glu(), reglu(), geglu(), swiglu()] }

  private static func gated(
    _ name: String, _ axis: Int, _ options: [Argument] = [], _ function: @escaping (Tensor) throws -> Tensor
  ) -> Activation {
    Activation(name, (axis == -1 ? [] : [Argument("axis", axis)]) + options, isGated: true) {
      try $0.gatedLinearUnit(axis: axis, function)
    }
  }
}
