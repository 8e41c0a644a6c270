/// A part of a tensor: along each axis, every `step`-th index from `start`, `length` of them. Steps may be negative.
struct Region: Sendable {
  var starts: Shape
  var steps: Shape
  var lengths: Shape

  /// All of a tensor.
  init(all shape: Shape) {
    starts = Shape(repeating: 0, rank: shape.rank)
    steps = Shape(repeating: 1, rank: shape.rank)
    lengths = shape
  }

  /// All of a tensor but along one axis, where it is a range.
  init(_ shape: Shape, axis: Int, start: Int, length: Int) {
    self.init(all: shape)
    starts[axis] = start
    lengths[axis] = length
  }

  /// The first element's distance and the strides within a tensor of some strides.
  fileprivate func layout(in strides: Shape) -> (offset: Int, strides: Shape) {
    var offset = 0
    var result = strides
    for axis in 0..<strides.rank {
      if lengths[axis] > 0 { offset += starts[axis] * strides[axis] }
      result[axis] = strides[axis] * steps[axis]
    }
    return (offset, result)
  }
}

extension Tensor {
  /// The part of this tensor in a region, without copying. The caller has made sure that the region lies inside.
  ///
  /// Gradient: `g` in its place, with zeros around it.
  func part(_ region: Region) throws -> Tensor {
    recordPart(try self.region(region), region)
  }

  private func recordPart(_ output: Tensor, _ region: Region) -> Tensor {
    guard node.tape != 0, let tape = Tape.current else { return output }
    let bits = tape.bits(of: self) & tape.recordedBits
    guard bits != 0 else { return output }
    tape.append("slice", bits, Inputs(first: tape.index(of: self)), .part(region, of: shape), output)
    return output
  }

  /// A view of a region, outside of any record.
  func region(_ region: Region) throws -> Tensor {
    let layout = region.layout(in: strides)
    return try view(shape: region.lengths, strides: layout.strides, offset: offset + layout.offset)
  }

  /// This tensor in a region of another that is zero elsewhere: the gradient of ``part(_:)``, whose gradient is that in
  /// turn.
  func placed(_ region: Region, in whole: Shape) throws -> Tensor {
    let output = try Tensor.uninitialized(whole, dtype)
    let start = output.storage.pointer
    Tensor.chunks(output.count * dtype.byteCount, grain: 1 << 17) { range in
      (start + range.lowerBound).initializeMemory(as: UInt8.self, repeating: 0, count: range.count)
    }
    output.write(self, into: region)
    return record("place", output, from: self, { gradient in try gradient.part(region) })
  }

  /// A copy of this tensor in which a region holds `values`, which broadcast to it.
  ///
  /// Gradients: `g` with zeros in the region, and `g` in the region.
  func replacing(_ region: Region, with values: Tensor) throws -> Tensor {
    let values = try values.promoted(to: dtype)
    let stretched = try values.broadcast(to: region.lengths)
    let output = try copied()
    output.write(stretched, into: region)
    return record("set", output, from: self, stretched, { gradient, needs in
      (
        needs(0) ? try gradient.replacing(region, with: try Tensor.scalar(0, gradient.dtype)) : nil,
        needs(1) ? try gradient.part(region) : nil
      )
    })
  }

  /// Fills a region of this tensor, which has just been made and is contiguous, with `values` of the region's shape.
  func write(_ values: Tensor, into region: Region) {
    let layout = region.layout(in: strides)
    let size = dtype.byteCount
    withExtendedLifetime((self, values)) {
      copyElements(
        from: values.storage.pointer + values.offset * size, values.strides,
        to: storage.pointer + (offset + layout.offset) * size, layout.strides, region.lengths, byteCount: size)
    }
  }
}
