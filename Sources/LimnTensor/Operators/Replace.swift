extension Tensor {
  /// A copy of this tensor of one axis, in which position `places[i]` holds `values[i]`. Of several values for one
  /// position the last stays.
  ///
  /// Gradients: `g` with zeros at the places; `g` at the places, for the values that stayed.
  func replacing(at places: Tensor, with values: Tensor) throws -> Tensor {
    let values = try values.promoted(to: dtype)
    let output = try copied()
    let source = try values.contiguous()
    let size = dtype.byteCount
    withExtendedLifetime((source, output, places)) {
      let index = places.pointer(Int.self)
      let from = source.storage.pointer + source.offset * size
      for item in 0..<places.count {
        (output.storage.pointer + index[item] * size).copyMemory(from: from + item * size, byteCount: size)
      }
    }
    return record("set", output, from: self, values, { gradient, needs in
      let zeros = try Tensor.zeros([places.count], gradient.dtype)
      return (
        needs(0) ? try gradient.replacing(at: places, with: zeros) : nil,
        needs(1) ? try gradient.taking(places).multiplied(by: try places.lastOccurrences(gradient.dtype)) : nil
      )
    })
  }

  /// 1 where a position occurs for the last time, else 0.
  private func lastOccurrences(_ dtype: DType) throws -> Tensor {
    let places: [Int] = try elements()
    var seen: Set<Int> = []
    let marks = places.reversed().map { seen.insert($0).inserted ? 1.0 : 0.0 }
    return try Tensor(Array(marks.reversed())).converted(to: dtype)
  }
}
