import Synchronization

/// Arithmetic whose integer results may not fit into their type.
protocol CheckedFunction: NumberFunction {
  /// The result, and bits that are all zero where it surely fits.
  static func valueWithDoubts<N: IntegerNumber>(_ a: N, _ b: N) -> (N, N)
  /// Whether the result does not fit.
  static func overflows<N: IntegerNumber>(_ a: N, _ b: N) -> Bool
  /// How the operation is written: `3 + 4`.
  static func text<N: IntegerNumber>(_ a: N, _ b: N) -> String
}

/// Whether some task of a loop has met a number that does not fit.
final class Misfit: Sendable {
  private let found = Atomic<Bool>(false)
  var isFound: Bool { found.load(ordering: .relaxed) }
  func find() { found.store(true, ordering: .relaxed) }
}

/// An arithmetic function of two tensors of one number type, which broadcast.
///
/// - Parameter operands: what an error says of the operands; by default, which elements do not go together.
/// - Throws: `shape-mismatch`, `integer-overflow`.
@inline(__always)
func checkedArithmetic<F: CheckedFunction>(
  _ function: F.Type, _ name: StaticString, _ a: Tensor, _ b: Tensor, operands: [TensorError.Operand]? = nil
) throws -> Tensor {
  let shape = try Shape.broadcast(a.shape, b.shape, for: name)
  switch a.dtype {
  case .float32: return try mapPairs(Arithmetic<F, Float>.self, a, b, shape)
  case .float64: return try mapPairs(Arithmetic<F, Double>.self, a, b, shape)
  case .int64: return try integerPairs(F.self, Int64.self, a, b, shape, operands)
  case .int32: return try integerPairs(F.self, Int32.self, a, b, shape, operands)
  case .bool, .uint8: return try integerPairs(F.self, UInt8.self, a, b, shape, operands)
  }
}

@inline(never)
private func integerPairs<F: CheckedFunction, N: IntegerNumber>(
  _ function: F.Type, _ type: N.Type, _ a: Tensor, _ b: Tensor, _ shape: Shape, _ operands: [TensorError.Operand]?
) throws -> Tensor {
  let misfit = Misfit()
  let output = try mapPairRows(
    hidden { a, aStride, b, bStride, target, count in
      let (a, b, target) = (a.of(N.self), b.of(N.self), target.of(N.self))
      if checkedRow(function, a, aStride, b, bStride, target, count) != 0,
        (0..<count).contains(where: { F.overflows(a[$0 &* aStride], b[$0 &* bStride]) })
      {
        misfit.find()
      }
    }, a, b, try Tensor.uninitialized(shape, N.dtype))
  guard misfit.isFound else { return output }
  let (x, y) = (try a.broadcast(to: shape).elements(N.self), try b.broadcast(to: shape).elements(N.self))
  guard let place = x.indices.first(where: { F.overflows(x[$0], y[$0]) }) else { return output }
  throw TensorError.integerOverflow(
    F.text(x[place], y[place]), N.dtype, at: place, of: shape,
    operands: operands ?? [.init(.index(0), "this holds \(x[place])"), .init(.index(1), "this holds \(y[place])")])
}

/// One row, and the doubts about its results. The common strides have loops of their own, which the compiler turns into
/// vector code.
@inline(__always)
private func checkedRow<F: CheckedFunction, N: IntegerNumber>(
  _ function: F.Type, _ a: UnsafeMutablePointer<N>, _ aStride: Int, _ b: UnsafeMutablePointer<N>, _ bStride: Int,
  _ target: UnsafeMutablePointer<N>, _ count: Int
) -> N {
  var doubts: N = 0
  switch (aStride, bStride) {
  case (1, 1):
    for i in 0..<count {
      let (value, doubt) = F.valueWithDoubts(a[i], b[i])
      target[i] = value
      doubts |= doubt
    }
  case (1, 0):
    let b = b.pointee
    for i in 0..<count {
      let (value, doubt) = F.valueWithDoubts(a[i], b)
      target[i] = value
      doubts |= doubt
    }
  case (0, 1):
    let a = a.pointee
    for i in 0..<count {
      let (value, doubt) = F.valueWithDoubts(a, b[i])
      target[i] = value
      doubts |= doubt
    }
  default:
    for i in 0..<count {
      let (value, doubt) = F.valueWithDoubts(a[i &* aStride], b[i &* bStride])
      target[i] = value
      doubts |= doubt
    }
  }
  return doubts
}

extension TensorError {
  /// The error about an integer that does not fit into its type.
  ///
  /// - Parameters:
  ///   - result: what makes it: `9223372036854775807 + 1`.
  ///   - place: the result's place among the elements of `shape`, in order.
  static func integerOverflow(
    _ result: String, _ dtype: DType, at place: Int, of shape: Shape, operands: [Operand]
  ) -> TensorError {
    var (coordinates, rest) = ([Int](), place)
    for length in shape.reversed() {
      coordinates.insert(rest % length, at: 0)
      rest /= length
    }
    return TensorError(
      .integerOverflow, "\(dtype) cannot hold \(result)\(shape.rank == 0 ? "" : ", which stands at \(coordinates)")",
      operands: operands, help: "convert first: `x.to(\"\(dtype == .int64 ? "float64" : "int64")\")`")
  }
}
