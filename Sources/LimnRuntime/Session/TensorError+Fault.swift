import LimnLanguage
import LimnTensor

/// An error of the tensor engine, of models, or of pictures, as the language tells it.
extension TensorError: FaultConvertible {
  public var fault: Fault {
    Fault(
      code.rawValue, message,
      labels: operands.map { operand in
        switch operand.place {
        case .index(let index): Fault.Label(.argument(index), operand.label)
        case .named(let name): Fault.Label(.named(name), operand.label)
        }
      },
      notes: notes, help: help)
  }
}
