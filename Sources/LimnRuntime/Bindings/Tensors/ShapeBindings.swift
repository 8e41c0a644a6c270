import LimnLanguage
import LimnModels
import LimnTensor

/// Functions that move elements to other places, under another shape.
enum ShapeBindings {
  static var all: [Binding] {
    [
      Binding(
        "reshape", receivers: [.tensor], [.required("x", .tensor), .variadic("shape", .either([.int, .list]))],
        "The same elements in order under another shape; one length may be -1, which is then worked out.",
        example: "reshape(arange(6), 2, -1).list()   # [[0, 1, 2], [3, 4, 5]]"
      ) { call in .tensor(try call.tensor(0).reshaped(to: call.ints(1))) },
      Binding(
        "flatten", receivers: [.tensor], [.required("x", .tensor)],
        "All axes but the first as one: `[n, h, w, c]` gives `[n, h * w * c]`.",
        example: "flatten(zeros(4, 2, 3)).shape   # [4, 6]"
      ) { call in .tensor(try FunctionLayer.flatten()(call.tensor(0))) },
      Binding(
        "permute", receivers: [.tensor], [.required("x", .tensor), .variadic("axes", .either([.int, .list]))],
        "The axes in another order: axis i of the result is axis `axes[i]` of `x`.",
        example: "permute(zeros(2, 3, 4), 2, 0, 1).shape   # [4, 2, 3]"
      ) { call in .tensor(try call.tensor(0).permuted(call.ints(1))) },
      Binding(
        "transpose", receivers: [.tensor],
        [.required("x", .tensor), .optional("first", .int, -2), .optional("second", .int, -1)],
        "Two axes exchanged, the last two unless others are given.", example: "transpose(zeros(2, 3)).shape   # [3, 2]"
      ) { call in .tensor(try call.tensor(0).transposed(call.int(1), call.int(2))) },
      Binding(
        "concat", [.required("tensors", .list), axis(0)], "Tensors joined end to end along an axis.",
        example: "concat([tensor([1, 2]), tensor([3])]).list()   # [1, 2, 3]"
      ) { call in .tensor(try Tensor.concatenated(call.tensors(0), axis: call.int(1))) },
      Binding(
        "stack", [.required("tensors", .list), axis(0)], "Tensors of one shape side by side along a new axis.",
        example: "stack([tensor([1, 2]), tensor([3, 4])]).list()   # [[1, 2], [3, 4]]"
      ) { call in .tensor(try Tensor.stacked(call.tensors(0), axis: call.int(1))) },
      Binding(
        "split", receivers: [.tensor], [.required("x", .tensor), .required("parts", .either([.int, .list])), axis(0)],
        "A list of pieces along an axis: so many equal parts, or parts of the lengths in a list.",
        example: "split(arange(6), 3).map(p => p.list())   # [[0, 1], [2, 3], [4, 5]]"
      ) { call in
        let x = try call.tensor(0)
        let parts =
          if let count = call[1].asInt { try x.split(into: count, axis: call.int(2)) } else {
            try x.split(call.axes(1) ?? [], axis: call.int(2))
          }
        return .list(parts.map { .tensor($0) })
      },
      Binding(
        "repeat", receivers: [.tensor],
        [.required("x", .tensor), .required("count", .int), .optional("axis", .int, 0)],
        "The tensor end to end with itself, `count` times along an axis.",
        example: "repeat(tensor([1, 2]), 2).list()   # [1, 2, 1, 2]"
      ) { call in .tensor(try call.tensor(0).repeated(call.int(1), axis: call.int(2), isInterleaved: false)) },
      Binding(
        "pad", receivers: [.tensor],
        [
          .required("x", .tensor), .required("widths", .list), .optional("value", .number, 0),
          .optional("mode", .string, "constant", namedOnly: true),
        ],
        """
        More elements before and after each axis: `widths` has a pair `[before, after]` for each axis. They are `value`, or with
        `mode` \"reflect\" the elements next to the edge, mirrored in it, with \"replicate\" the one at the edge, with
        \"circular\" those of the other end.
        """, example: "pad(tensor([1, 2, 3]), [[2, 1]], mode: \"reflect\").list()   # [3, 2, 1, 2, 3, 2]"
      ) { call in
        let mode = try call.choice(3, "mode", PaddingMode.self)
        guard mode == .constant else {
          return .tensor(try call.tensor(0).padded(call.pairs(1), by: mode))
        }
        return .tensor(try call.tensor(0).padded(call.pairs(1), value: call[2].scalar ?? 0))
      },
      Binding(
        "flip", receivers: [.tensor],
        [.required("x", .tensor), .optional("axis", .either([.int, .list, .nil]), .nil)],
        "The elements in reverse order along an axis, a list of axes, or all.",
        example: "flip(tensor([1, 2, 3])).list()   # [3, 2, 1]"
      ) { call in .tensor(try call.tensor(0).flipped(axes: call.axes(1))) },
      Binding(
        "squeeze", receivers: [.tensor],
        [.required("x", .tensor), .optional("axis", .either([.int, .list, .nil]), .nil)],
        "Without axes of length 1: those given, or all.", example: "squeeze(zeros(1, 3, 1)).shape   # [3]"
      ) { call in .tensor(try call.tensor(0).squeezed(call.axes(1))) },
      Binding(
        "expand", receivers: [.tensor], [.required("x", .tensor), .variadic("shape", .either([.int, .list]))],
        "Stretched to a shape by repeating axes of length 1, without copying.",
        example: "expand(tensor([[1], [2]]), 2, 3).list()   # [[1, 1, 1], [2, 2, 2]]"
      ) { call in .tensor(try call.tensor(0).broadcast(to: call.shape(1))) },
    ]
  }

  private static func axis(_ value: Int) -> Parameter { .optional("axis", .int, .int(value)) }
}

extension Call {
  /// A list of tensors.
  func tensors(_ index: Int) throws -> [Tensor] {
    try list(index).map { element in
      guard let tensor = element.asTensor else {
        throw Fault(
          "type-mismatch", "a list of tensors was expected, and it has \(element.described)",
          labels: [.init(.argument(index), "not all of these are tensors")])
      }
      return tensor
    }
  }

  /// A list of pairs of ints.
  func pairs(_ index: Int) throws -> [(before: Int, after: Int)] {
    try list(index).map { element in
      guard let pair = element.asList, pair.count == 2, let first = pair[0].asInt, let second = pair[1].asInt else {
        throw Fault(
          "type-mismatch", "a list of pairs of ints was expected",
          labels: [.init(.argument(index), "each element is [before, after]")])
      }
      return (first, second)
    }
  }
}
