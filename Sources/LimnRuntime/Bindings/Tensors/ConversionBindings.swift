import LimnLanguage
import LimnTensor

/// Tensors to other types, to values of the language, and compared whole.
enum ConversionBindings {
  static var all: [Binding] {
    [
      Binding(
        "to", receivers: [.tensor], [.required("x", .tensor), .required("dtype", .string)],
        "The elements as another type: `bool`, `uint8`, `int32`, `int64`, `float32`, or `float64`. Fractions are cut off.",
        example: "tensor([1.7, -1.7]).to(\"int64\").list()   # [1, -1]"
      ) { call in
        let x = try call.tensor(0)
        return .tensor(try x.converted(to: call.dtype(1) ?? x.dtype))
      },
      Binding(
        "item", receivers: [.tensor], [.required("x", .tensor)], "The only element, as a bool, int, or float.",
        example: "tensor([2.5]).item()   # 2.5"
      ) { call in .number(try call.tensor(0).item()) },
      Binding(
        "list", receivers: [.tensor], [.required("x", .tensor)],
        "The elements as nested lists; a single number as itself.",
        example: "tensor([[1, 2], [3, 4]]).list()   # [[1, 2], [3, 4]]"
      ) { call in try nested(call.tensor(0)) },
      Binding(
        "equal", [.required("a", .tensor), .required("b", .any)],
        "Whether shapes and all elements are the same. `==` compares element by element instead.",
        example: "equal(tensor([1, 2]), tensor([1, 2]))   # true"
      ) { call in
        guard let b = call[1].asTensor else { return false }
        return .bool(try call.tensor(0).isEqual(to: b))
      },
      Binding(
        "close",
        [
          .required("a", .tensor), .required("b", .operand), .optional("relative", .float, 1e-5),
          .optional("absolute", .float, 1e-8),
        ],
        "Whether shapes are the same and all elements near: |a - b| ≤ absolute + relative · |b|.",
        example: "close(tensor([0.1]) + 0.2, tensor([0.3]))   # true"
      ) { call in
        let a = try call.tensor(0)
        guard let b = try call[1].tensorOperand(like: a) else {
          throw Fault.wrongArgument(1, call[1], expected: .operand)
        }
        return .bool(try a.isClose(to: b, relative: call.float(2), absolute: call.float(3)))
      },
    ]
  }

  /// The elements as nested lists; a single number as itself.
  static func nested(_ x: Tensor) throws -> Value {
    if x.rank == 0 { return .number(try x.item()) }
    if x.rank > 1 { return .list(try (0..<x.shape[0]).map { try nested(x.indexed([.at($0)])) }) }
    switch x.dtype {
    case .bool: return .list(try x.elements(Bool.self).map { .bool($0) })
    case .uint8, .int32, .int64: return .list(try x.integers().map { .int($0) })
    case .float32, .float64: return .list(try x.doubles().map { .float($0) })
    }
  }
}
