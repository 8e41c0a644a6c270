import LimnLanguage
import LimnTensor

/// Functions that make fewer elements of many: along some axes, or of all.
enum ReductionBindings {
  static var all: [Binding] {
    [
      reduction("sum", "The sum.", "sum(tensor([[1, 2], [3, 4]]), axis: 0).list()   # [4, 6]") {
        try $0.sum(axes: $1, keepsAxes: $2)
      },
      reduction("mean", "The mean.", "mean(tensor([1.0, 2.0, 6.0])).item()   # 3.0") {
        try $0.mean(axes: $1, keepsAxes: $2)
      },
      reduction("prod", "The product.", "prod(tensor([2, 3, 4])).item()   # 24") {
        try $0.product(axes: $1, keepsAxes: $2)
      },
      reduction("max", "The largest element; NaN if there is one.", "max(tensor([3, 1, 2])).item()   # 3") {
        try $0.max(axes: $1, keepsAxes: $2)
      },
      reduction("min", "The smallest element; NaN if there is one.", "min(tensor([3, 1, 2])).item()   # 1") {
        try $0.min(axes: $1, keepsAxes: $2)
      },
      reduction(
        "norm", "The Euclidean length, the root of the sum of squares. Its gradient at 0 is 0.",
        "norm(tensor([3.0, 4.0])).item()   # 5.0"
      ) { try $0.norm(axes: $1, keepsAxes: $2) },
      reduction("any", "Whether any element is true, or not zero.", "any(tensor([false, true])).item()   # true") {
        try $0.any(axes: $1, keepsAxes: $2)
      },
      reduction("all", "Whether all elements are true, or not zero.", "all(tensor([false, true])).item()   # false") {
        try $0.all(axes: $1, keepsAxes: $2)
      },
      spread("var", "The variance", "tensor([1.0, 3.0]).var().item()   # 1.0") {
        try $0.variance(axes: $1, keepsAxes: $2, isUnbiased: $3)
      },
      spread("std", "The standard deviation", "std(tensor([1.0, 3.0])).item()   # 1.0") {
        try $0.standardDeviation(axes: $1, keepsAxes: $2, isUnbiased: $3)
      },
      position(
        "argmax", "The index of the largest element, the first of equals", "argmax(tensor([1, 5, 2])).item()   # 1"
      ) {
        try $0.argmax(axis: $1, keepsAxes: $2)
      },
      position(
        "argmin", "The index of the smallest element, the first of equals", "argmin(tensor([4, 1, 2])).item()   # 1"
      ) {
        try $0.argmin(axis: $1, keepsAxes: $2)
      },
      running(
        "cumsum", "The sum of the elements up to and with each, along an axis.",
        "cumsum(tensor([1, 2, 3])).list()   # [1, 3, 6]"
      ) {
        try $0.cumulativeSum(axis: $1)
      },
      running(
        "cumprod", "The product of the elements up to and with each, along an axis.",
        "cumprod(tensor([2, 3, 4])).list()   # [2, 6, 24]"
      ) {
        try $0.cumulativeProduct(axis: $1)
      },
      Binding(
        "logsumexp", receivers: [.tensor], parameters,
        "The logarithm of the sum of exponentials, computed without overflow.",
        example: "logsumexp(tensor([1000.0, 1000.0])).item()   # 1000.6931762695312"
      ) { call in .tensor(try call.tensor(0).logSumExp(axes: call.axes(1), keepsAxes: call.bool(2))) },
    ]
  }

  private static var axis: Parameter { Parameter.optional("axis", .either([.int, .list, .nil]), .nil) }
  private static var keep: Parameter { Parameter.optional("keep", .bool, false) }
  private static var parameters: [Parameter] { [Parameter.required("x", .tensor), axis, keep] }
  private static let explained =
    " Over the axis or list of axes, or over all; `keep` leaves reduced axes in place with length 1."

  private static func reduction(
    _ name: String, _ documentation: String, _ example: String,
    _ function: @escaping (Tensor, [Int]?, Bool) throws -> Tensor
  ) -> Binding {
    Binding(name, receivers: [.tensor], parameters, documentation + explained, example: example) { call in
      .tensor(try function(call.tensor(0), call.axes(1), call.bool(2)))
    }
  }

  private static func spread(
    _ name: String, _ documentation: String, _ example: String,
    _ function: @escaping (Tensor, [Int]?, Bool, Bool) throws -> Tensor
  ) -> Binding {
    Binding(
      name, receivers: [.tensor], parameters + [.optional("unbiased", .bool, false)],
      documentation + " by the number of elements n, or by n - 1 when `unbiased`." + explained, example: example
    ) { call in
      .tensor(try function(call.tensor(0), call.axes(1), call.bool(2), call.bool(3)))
    }
  }

  private static func position(
    _ name: String, _ documentation: String, _ example: String,
    _ function: @escaping (Tensor, Int?, Bool) throws -> Tensor
  ) -> Binding {
    Binding(
      name, receivers: [.tensor], [.required("x", .tensor), .optional("axis", .optional(.int), .nil), keep],
      documentation + ", along an axis; without one, in the flattened tensor. Gives int64.", example: example
    ) { call in
      .tensor(try function(call.tensor(0), call.optionalInt(1), call.bool(2)))
    }
  }

  private static func running(
    _ name: String, _ documentation: String, _ example: String, _ function: @escaping (Tensor, Int) throws -> Tensor
  ) -> Binding {
    Binding(
      name, receivers: [.tensor], [.required("x", .tensor), .optional("axis", .int, 0)], documentation, example: example
    ) { call in
      .tensor(try function(call.tensor(0), call.int(1)))
    }
  }
}
