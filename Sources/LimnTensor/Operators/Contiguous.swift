extension Tensor {
  /// This tensor, with its elements in order and without gaps: itself if they are, else a copy.
  ///
  /// It is for kernels that want order, and keeps no place in a record: gradients do not flow through it.
  public func contiguous() throws -> Tensor { isContiguous ? self : try copied() }

  /// A copy with memory of its own, as a constant.
  public func copied() throws -> Tensor {
    let output = try Tensor.uninitialized(shape, dtype)
    withExtendedLifetime((self, output)) {
      let size = dtype.byteCount
      copyElements(
        from: storage.pointer + offset * size, strides, to: output.storage.pointer, output.strides, shape,
        byteCount: size)
    }
    return output
  }
}
