import LimnLanguage
import LimnTensor

/// Functions that pick, order, and replace elements.
enum IndexingBindings {
  static var all: [Binding] {
    [
      Binding(
        "gather", receivers: [.tensor],
        [.required("x", .tensor), .required("indices", .tensor), .optional("axis", .int, 0)],
        """
        Elements by their place along an axis: `out[i, j] = x[indices[i, j], j]` for axis 0. `indices` has as many axes as `x`,
        and the result its shape.
        """, example: "gather(tensor([[1, 2], [3, 4]]), tensor([[1, 0]])).list()   # [[3, 2]]"
      ) { call in .tensor(try call.tensor(0).gathered(call.tensor(1), axis: call.int(2))) },
      Binding(
        "take", receivers: [.tensor],
        [.required("x", .tensor), .required("indices", .either([.tensor, .list])), .optional("axis", .int, 0)],
        "Whole rows by their index along an axis, as an embedding looks them up.",
        example: "take(tensor([[1, 2], [3, 4]]), [1, 1]).list()   # [[3, 4], [3, 4]]"
      ) { call in
        .tensor(try call.tensor(0).taking(TensorLiteral.tensor(call[1], dtype: .int64), axis: call.int(2)))
      },
      Binding(
        "sort", receivers: [.tensor],
        [.required("x", .tensor), .optional("axis", .int, -1), .optional("descending", .bool, false)],
        "The elements in order along an axis. Equals keep their order.",
        example: "sort(tensor([3, 1, 2])).list()   # [1, 2, 3]"
      ) { call in .tensor(try call.tensor(0).sorted(axis: call.int(1), descending: call.bool(2))) },
      Binding(
        "argsort", receivers: [.tensor],
        [.required("x", .tensor), .optional("axis", .int, -1), .optional("descending", .bool, false)],
        "The places from which `sort` takes its elements, int64.",
        example: "argsort(tensor([3, 1, 2])).list()   # [1, 2, 0]"
      ) { call in .tensor(try call.tensor(0).argsorted(axis: call.int(1), descending: call.bool(2))) },
      Binding(
        "topk", receivers: [.tensor], [.required("x", .tensor), .required("k", .int), .optional("axis", .int, -1)],
        "The `k` largest elements along an axis, largest first, and their places: a list of two tensors.",
        example: "topk(tensor([3, 1, 2]), 2).map(t => t.list())   # [[3, 2], [0, 2]]"
      ) { call in
        let top = try call.tensor(0).top(call.int(1), axis: call.int(2))
        return .list([.tensor(top.values), .tensor(top.indices)])
      },
      Binding(
        "set", receivers: [.tensor], [.required("x", .tensor), .required("index", .any), .required("value", .operand)],
        "A copy with other elements at an index or a list of indices of the first axis, as `x[index] = value` makes it.",
        example: "set(tensor([1, 2, 3]), 0, 9).list()   # [9, 2, 3]"
      ) { call in
        let x = try call.tensor(0)
        guard let value = try call[2].tensorOperand(like: x) else {
          throw Fault.wrongArgument(2, call[2], expected: .operand)
        }
        return .tensor(try x.setting(TensorSubscript.indices([.index(call[1])], of: x), to: value))
      },
    ]
  }
}
