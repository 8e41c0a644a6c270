import LimnLanguage
import LimnTensor

/// Tensors made from nothing, from values, and from ranges.
enum CreationBindings {
  static var all: [Binding] {
    [
      Binding(
        "tensor", [.required("x", .any), dtype],
        """
        A tensor of a number, of nested lists of numbers or tensors of one shape, or of another tensor's elements.
        Ints give int64, floats float32, and bools bool, unless `dtype` says otherwise.
        """, example: "tensor([[1, 2], [3, 4]]).shape   # [2, 2]"
      ) { call in .tensor(try TensorLiteral.tensor(call[0], dtype: call.dtype(1))) },
      filled("zeros", "zeros", "zeros(2, 3).shape   # [2, 3]", 0),
      filled("ones", "ones", "ones(3).list()   # [1.0, 1.0, 1.0]", 1),
      Binding(
        "full", [.required("shape", .either([.int, .list])), .required("value", .either([.number, .bool])), dtype],
        "A tensor of one repeated number. Its type is float32 for a float, int64 for an int, bool for a bool, unless given.",
        example: "full([2], 7).list()   # [7, 7]"
      ) { call in
        guard let value = call[1].scalar else { throw Fault.wrongArgument(1, call[1], expected: .number) }
        return .tensor(try Tensor.full(Shape(call.axes(0) ?? []), value, call.dtype(2) ?? value.dtype))
      },
      Binding(
        "arange",
        [
          .required("start", .number), .optional("stop", .optional(.number), .nil), .optional("step", .number, 1),
          dtype,
        ],
        """
        The numbers from `start`, `step` apart, up to and without `stop`; with one number, from 0 up to it. Gives int64
        for ints and float32 for floats, unless `dtype` says otherwise.
        """, example: "arange(4).list()   # [0, 1, 2, 3]"
      ) { call in
        let first = call[0].scalar ?? 0
        let (start, stop) = call[1].scalar.map { (first, $0) } ?? (0, first)
        return .tensor(try Tensor.arange(start, stop, step: call[2].scalar ?? 1, dtype: call.dtype(3)))
      },
      Binding(
        "linspace", [.required("start", .float), .required("stop", .float), .required("count", .int), dtype],
        "`count` numbers from `start` to `stop`, both included, at equal distances.",
        example: "linspace(0, 1, 5).list()   # [0.0, 0.25, 0.5, 0.75, 1.0]"
      ) { call in
        .tensor(
          try Tensor.linspace(call.float(0), call.float(1), count: call.int(2), dtype: call.dtype(3) ?? .float32))
      },
      Binding(
        "eye", [.required("size", .int), dtype], "The identity matrix of that size.",
        example: "eye(2).list()   # [[1.0, 0.0], [0.0, 1.0]]"
      ) { call in .tensor(try Tensor.eye(call.int(0), call.dtype(1) ?? .float32)) },
      Binding(
        "one_hot", receivers: [.tensor], [.required("classes", .tensor), .required("count", .int)],
        "For each class number, `count` float32 numbers of which the one of that class is 1. `[...]` gives `[..., count]`.",
        example: "one_hot(tensor([2, 0]), 3).list()   # [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]"
      ) { call in .tensor(try call.tensor(0).oneHot(classes: call.int(1))) },
    ]
  }

  private static var dtype: Parameter { Parameter.optional("dtype", .optional(.string), .nil, namedOnly: true) }

  private static func filled(_ name: String, _ what: String, _ example: String, _ value: Scalar) -> Binding {
    Binding(
      name, [.variadic("shape", .either([.int, .list])), dtype],
      "A tensor of \(what), float32 unless `dtype` says otherwise. The shape is ints or one list of them.",
      example: example
    ) { call in .tensor(try Tensor.full(call.shape(0), value, call.dtype(1) ?? .float32)) }
  }
}
