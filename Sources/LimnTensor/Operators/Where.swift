extension Tensor {
  /// `a` where `mask` is true, `b` elsewhere. All three broadcast.
  ///
  /// Gradients: `g` for the one that was taken, 0 for the other.
  ///
  /// - Parameter mask: of any type; not 0 counts as true.
  /// - Throws: `shape-mismatch`.
  public static func choose(_ mask: Tensor, _ a: Tensor, _ b: Tensor) throws -> Tensor {
    let dtype = DType.promote(a.dtype, b.dtype)
    let mask = try mask.promoted(to: .bool)
    let (a, b) = (try a.promoted(to: dtype), try b.promoted(to: dtype))
    let shape = try Shape.broadcast(mask.shape, try Shape.broadcast(a.shape, b.shape, for: "where"), for: "where")
    let output = try uninitialized(shape, dtype)
    withExtendedLifetime((mask, a, b, output)) {
      switch dtype.byteCount {
      case 1: choose(UInt8.self, mask, a, b, output)
      case 4: choose(UInt32.self, mask, a, b, output)
      default: choose(UInt64.self, mask, a, b, output)
      }
    }
    return record("where", output, from: a, b, { gradient, needs in
      let zero = try scalar(0, gradient.dtype)
      return (
        needs(0) ? try choose(mask, gradient, zero).summed(to: a.shape) : nil,
        needs(1) ? try choose(mask, zero, gradient).summed(to: b.shape) : nil
      )
    })
  }

  @inline(never)
  private static func choose<Bits>(_ type: Bits.Type, _ mask: Tensor, _ a: Tensor, _ b: Tensor, _ output: Tensor) {
    let shape = output.shape
    let walk = Walk(
      shape, output.strides, mask.broadcastStrides(to: shape), a.broadcastStrides(to: shape),
      b.broadcastStrides(to: shape))
    let target = output.storage.pointer.assumingMemoryBound(to: Bits.self)
    let maskPointer = mask.pointer(Bool.self)
    let first = a.storage.pointer.assumingMemoryBound(to: Bits.self) + a.offset
    let second = b.storage.pointer.assumingMemoryBound(to: Bits.self) + b.offset
    let (maskStride, aStride, bStride) = (walk.rowStride(1), walk.rowStride(2), walk.rowStride(3))
    walk.rows { row in
      let target = target + row.offsets[0]
      let mask = maskPointer + row.offsets[1]
      let (a, b) = (first + row.offsets[2], second + row.offsets[3])
      if maskStride == 1, aStride == 1, bStride == 1 {
        for i in 0..<row.length {
          let (first, second) = (a[i], b[i])
          target[i] = mask[i] ? first : second
        }
      } else {
        for i in 0..<row.length { target[i] = mask[i &* maskStride] ? a[i &* aStride] : b[i &* bStride] }
      }
    }
  }

  /// Each element, or the bound that it is beyond; nil is no bound.
  ///
  /// Gradient: `g` inside and at the bounds, 0 outside.
  public func clamped(_ lower: Scalar?, _ upper: Scalar?) throws -> Tensor {
    var result = self
    if let lower {
      let bound = try result.operand(lower)
      result = try choose(try result.less(bound), bound, result)
    }
    if let upper {
      let bound = try result.operand(upper)
      result = try choose(try bound.less(result), bound, result)
    }
    return result
  }

  private func choose(_ mask: Tensor, _ a: Tensor, _ b: Tensor) throws -> Tensor { try Tensor.choose(mask, a, b) }
}
