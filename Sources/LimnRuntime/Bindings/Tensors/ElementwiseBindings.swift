import LimnLanguage
import LimnTensor

/// Functions of each element of a tensor.
enum ElementwiseBindings {
  static var all: [Binding] {
    unary + [
      pair("maximum", "The larger of each two elements.", "maximum(tensor([1, 5]), 3).list()   # [3, 5]") {
        try $0.maximum($1)
      },
      pair("minimum", "The smaller of each two elements.", "minimum(tensor([1, 5]), 3).list()   # [1, 3]") {
        try $0.minimum($1)
      },
      pair("pow", "Each element to a power, as `x ** y`.", "pow(tensor([2, 3]), 2).list()   # [4, 9]") {
        try $0.power($1)
      },
      Binding(
        "clamp", receivers: [.tensor],
        [
          .required("x", .tensor), .optional("low", .optional(.number), .nil),
          .optional("high", .optional(.number), .nil),
        ],
        "Each element, or the nearer bound when it lies outside of `low` to `high`; a bound may be nil. The gradient is 0 outside.",
        example: "clamp(tensor([-2.0, 0.5, 3.0]), 0, 1).list()   # [0.0, 0.5, 1.0]"
      ) { call in
        .tensor(try call.tensor(0).clamped(call[1].scalar, call[2].scalar))
      },
      Binding(
        "where", [.required("mask", .tensor), .required("a", .operand), .required("b", .operand)],
        "Elements of `a` where the mask is true, and of `b` where it is not. All three broadcast.",
        example: "where(tensor([true, false]), 1, 0).list()   # [1, 0]"
      ) { call in
        .tensor(try Tensor.choose(call.tensor(0), call.tensorOrNumber(1), call.tensorOrNumber(2)))
      },
    ]
  }

  private static var unary: [Binding] {
    [
      map("abs", "The magnitude of each element.", "abs(tensor([-2, 3])).list()   # [2, 3]") { try $0.absolute() },
      map("exp", "e to the power of each element.", "exp(tensor([0.0])).list()   # [1.0]") { try $0.exp() },
      map("log", "The natural logarithm of each element.", "log(tensor([1.0])).list()   # [0.0]") { try $0.log() },
      map(
        "sqrt", "The square root of each element. Its gradient at 0 is 0.",
        "sqrt(tensor([4.0, 9.0])).list()   # [2.0, 3.0]"
      ) { try $0.sqrt() },
      map("square", "The square of each element.", "square(tensor([2, 3])).list()   # [4, 9]") { try $0.square() },
      map("reciprocal", "1 divided by each element.", "reciprocal(tensor([4.0])).list()   # [0.25]") {
        try $0.reciprocal()
      },
      map("sign", "-1, 0, or 1 by the sign of each element.", "sign(tensor([-2, 0, 5])).list()   # [-1, 0, 1]") {
        try $0.sign()
      },
      map("sin", "The sine of each element, in radians.", "sin(tensor([0.0])).list()   # [0.0]") { try $0.sin() },
      map("cos", "The cosine of each element, in radians.", "cos(tensor([0.0])).list()   # [1.0]") { try $0.cos() },
      map("tan", "The tangent of each element, in radians.", "tan(tensor([0.0])).list()   # [0.0]") { try $0.tan() },
      map("floor", "The largest whole number not above each element.", "floor(tensor([1.5])).list()   # [1.0]") {
        try $0.floor()
      },
      map("ceil", "The smallest whole number not below each element.", "ceil(tensor([1.5])).list()   # [2.0]") {
        try $0.ceil()
      },
      map("round", "The nearest whole number, halves to even.", "round(tensor([1.5, 2.5])).list()   # [2.0, 2.0]") {
        try $0.round()
      },
    ]
  }

  private static func map(
    _ name: String, _ documentation: String, _ example: String, _ function: @escaping (Tensor) throws -> Tensor
  ) -> Binding {
    Binding(name, receivers: [.tensor], [.required("x", .tensor)], documentation, example: example) { call in
      .tensor(try function(call.tensor(0)))
    }
  }

  /// A function of two tensors; the second may be a number.
  private static func pair(
    _ name: String, _ documentation: String, _ example: String,
    _ function: @escaping (Tensor, Tensor) throws -> Tensor
  ) -> Binding {
    Binding(
      name, receivers: [.tensor], [.required("x", .tensor), .required("y", .operand)],
      documentation + " They broadcast.",
      example: example
    ) { call in
      let x = try call.tensor(0)
      guard let y = try call[1].tensorOperand(like: x) else {
        throw Fault.wrongArgument(1, call[1], expected: .operand)
      }
      return .tensor(try function(x, y))
    }
  }
}
