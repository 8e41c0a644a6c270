import LimnTensor

extension FunctionLayer {
  /// All axes but the first become one: `[batch, height, width, channels]` becomes `[batch, features]`.
  public static func flatten() -> FunctionLayer {
    FunctionLayer("flatten") { x in
      guard let batch = x.shape.first else {
        throw TensorError(
          .shapeMismatch, "flatten keeps the first axis, and a single number has none",
          operands: [.init(.index(0), "input is \(x.shape)")])
      }
      return try x.reshaped([batch, batch == 0 ? x.shape.dropFirst().reduce(1, *) : x.count / batch])
    }
  }

  /// Another shape for the same elements. One length may be -1: it is what the others leave.
  public static func reshape(_ lengths: [Int]) -> FunctionLayer {
    FunctionLayer("reshape", lengths.map { Argument(nil, $0) }) { try $0.reshaped(to: lengths) }
  }
}
