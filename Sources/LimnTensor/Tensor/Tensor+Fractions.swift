extension Tensor {
  /// Bytes as fractions of 255, in float32: a picture's samples as numbers from 0 to 1.
  ///
  /// They are those of `converted(to: .float32) / 255`, to the last bit, but take no more memory than the result while
  /// they are made.
  ///
  /// - Throws: `dtype-mismatch` for any type but uint8; `out-of-memory`.
  package func fractionsOf255() throws -> Tensor {
    guard dtype == .uint8 else {
      throw TensorError(.dtypeMismatch, "a tensor of \(dtype) does not hold bytes")
    }
    let source = try contiguous()
    let storage = try Storage(byteCount: count * MemoryLayout<Float>.stride)
    let fractions = (0..<256).map { Float($0) / 255 }
    withExtendedLifetime((source, storage)) {
      let bytes = source.pointer(UInt8.self)
      let target = storage.pointer.bindMemory(to: Float.self, capacity: count)
      fractions.withUnsafeBufferPointer { fractions in
        for index in 0..<count { target[index] = fractions[Int(bytes[index])] }
      }
    }
    return try Tensor(storage: storage, shape: shape, dtype: .float32)
  }
}
