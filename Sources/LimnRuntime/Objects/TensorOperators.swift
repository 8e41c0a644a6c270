import LimnLanguage
import LimnTensor

/// The language's operators on tensors.
enum TensorOperators {
  /// An operator with a tensor, or a weight, on at least one side; nil when the other side is no tensor and no number.
  static func binary(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Tensor? {
    switch (left.asTensor, right.asTensor) {
    case (let a?, let b?): return try apply(operation, a, b)
    case (let a?, nil):
      guard let number = right.scalar else { return nil }
      return try apply(operation, a, number)
    case (nil, let b?):
      guard let number = left.scalar else { return nil }
      return try apply(operation, try b.operand(number), b)
    case (nil, nil): return nil
    }
  }

  static func unary(_ operation: UnaryOperator, _ x: Tensor) throws -> Tensor? {
    switch operation {
    case .negate: try x.negated()
    case .invert: try x.complement()
    case .not: nil
    }
  }

  private static func apply(_ operation: BinaryOperator, _ a: Tensor, _ b: Tensor) throws -> Tensor? {
    switch operation {
    case .add: try a.adding(b)
    case .subtract: try a.subtracting(b)
    case .multiply: try a.multiplied(by: b)
    case .divide: try a.divided(by: b)
    case .floorDivide: try a.flooredDivided(by: b)
    case .modulo: try a.modulo(b)
    case .power: try a.power(b)
    case .matrixProduct: try a.matrixProduct(b)
    case .equal: try a.equal(b)
    case .notEqual: try a.notEqual(b)
    case .less: try a.less(b)
    case .lessOrEqual: try a.lessOrEqual(b)
    case .greater: try a.greater(b)
    case .greaterOrEqual: try a.greaterOrEqual(b)
    case .bitAnd: try a.and(b)
    case .bitOr: try a.or(b)
    case .bitXor: try a.xor(b)
    case .contained: nil
    }
  }

  private static func apply(_ operation: BinaryOperator, _ a: Tensor, _ b: Scalar) throws -> Tensor? {
    switch operation {
    case .add: try a.adding(b)
    case .subtract: try a.subtracting(b)
    case .multiply: try a.multiplied(by: b)
    case .divide: try a.divided(by: b)
    case .floorDivide: try a.flooredDivided(by: b)
    case .modulo: try a.modulo(b)
    case .power: try a.power(b)
    case .matrixProduct: try a.matrixProduct(a.operand(b))
    case .equal: try a.equal(b)
    case .notEqual: try a.notEqual(b)
    case .less: try a.less(b)
    case .lessOrEqual: try a.lessOrEqual(b)
    case .greater: try a.greater(b)
    case .greaterOrEqual: try a.greaterOrEqual(b)
    case .bitAnd: try a.and(b)
    case .bitOr: try a.or(b)
    case .bitXor: try a.xor(b)
    case .contained: nil
    }
  }
}
