import LimnLanguage
import LimnTensor

/// Products of matrices.
enum MatrixBindings {
  static var all: [Binding] {
    [
      Binding(
        "matmul", receivers: [.tensor], [.required("a", .tensor), .required("b", .tensor)],
        """
        The matrix product, as `a @ b`: the last axis of `a` against the next to last of `b`. Axes before those broadcast; a
        tensor of one axis is a row on the left and a column on the right.
        """, example: "matmul(tensor([[1, 2], [3, 4]]), tensor([1, 1])).list()   # [3, 7]"
      ) { call in .tensor(try call.tensor(0).matrixProduct(call.tensor(1))) }
    ]
  }
}
