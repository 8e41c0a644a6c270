/// Loops over contiguous floats, eight at a time.
///
/// The closures are inlined, so that a loop costs what its body does:
///
///     VectorLoop.map(input, into: output, count) { VectorMath.exp($0) }
///
/// The last, partial vector is padded with zeros for reading and cut for writing. `output` may be `input`.
enum VectorLoop {
  @inline(__always)
  static func map(
    _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ count: Int,
    _ body: (Vector) -> Vector
  ) {
    var index = 0
    while index + 8 <= count {
      body(Vector(at: input + index)).store(to: output + index)
      index += 8
    }
    if index < count {
      body(Vector(at: input + index, count: count - index)).store(to: output + index, count: count - index)
    }
  }
}
