/// Scaled dot-product attention in memory, a block of queries and of keys at a time, and its gradients.
///
/// Scores of a block live in scratch memory and are never gathered: softmax is taken *online*, by keeping the largest
/// score and the sum of exponentials of each query so far, and scaling what has been added up when a larger score
/// comes. For the way back only log Σ exp(score) of each query is kept, from which a block's probabilities are computed
/// again. Memory grows with the length of the sequence, not with its square.
///
/// A block's keys and values are packed once. Its queries take their turns by slivers of six, with those keys alone that
/// one of the six sees: where attention is causal, half of the products is never made.
///
/// Sources: Milakov and Gimelshein, arXiv:1805.02867; Dao et al., "FlashAttention", arXiv:2205.14135.
struct AttentionPass {
  /// A tensor `[batch, time, heads, size]` whose last axis is contiguous.
  struct Heads {
    let start: UnsafeMutablePointer<Float>
    let batch: Int
    let time: Int
    let head: Int

    func at(_ image: Int, _ head: Int, _ time: Int) -> UnsafeMutablePointer<Float> {
      start + (image * batch + time * self.time + head * self.head)
    }

    func matrix(_ image: Int, _ head: Int, _ time: Int) -> MatrixView<Float> {
      MatrixView(at(image, head, time), rowStride: self.time)
    }
  }

  /// Numbers that are added to scores; strides of axes that it lacks are zero, that of the keys is one.
  struct Mask {
    let start: UnsafePointer<Float>
    let batch: Int
    let head: Int
    let query: Int

    func row(_ image: Int, _ head: Int, _ query: Int) -> UnsafePointer<Float> {
      start + image * batch + head * self.head + query * self.query
    }
  }

  let batch: Int
  let heads: Int
  let queries: Int
  let keys: Int
  let size: Int
  let valueSize: Int
  let scale: Float
  /// Whether query i sees the keys up to i + keys - queries alone.
  let isCausal: Bool
  let query: Heads
  let key: Heads
  let value: Heads
  let mask: Mask?

  static let queryBlock = 64
  static let keyBlock = 256

  /// How many keys of the block that begins at `first` a query sees.
  func visible(_ query: Int, from first: Int, _ count: Int) -> Int {
    isCausal ? max(0, min(count, query + keys - queries - first + 1)) : count
  }

  /// Columns of a block's products for queries of which the last sees `visible` keys: whole panels, as far as there are.
  func width(_ visible: Int, of count: Int) -> Int {
    min(count, (visible + MicroKernel.columns - 1) / MicroKernel.columns * MicroKernel.columns)
  }

  // MARK: Forward

  /// - Parameters:
  ///   - output: receives `[batch, queries, heads, valueSize]`.
  ///   - logSums: receives `[batch, heads, queries]`.
  func forward(into output: UnsafeMutablePointer<Float>, logSums: UnsafeMutablePointer<Float>) throws {
    let blocks = (queries - 1) / Self.queryBlock + 1
    try ThreadPool.shared.run(batch * heads * blocks) { tile in
      let (image, rest) = tile.quotientAndRemainder(dividingBy: heads * blocks)
      let (head, block) = rest.quotientAndRemainder(dividingBy: blocks)
      let first = block * Self.queryBlock
      try forward(
        image, head, first..<min(first + Self.queryBlock, queries),
        into: output + ((image * queries + first) * heads + head) * valueSize,
        logSums: logSums + (image * heads + head) * queries + first)
    }
  }

  private func forward(
    _ image: Int, _ head: Int, _ rows: Range<Int>, into output: UnsafeMutablePointer<Float>,
    logSums: UnsafeMutablePointer<Float>
  ) throws {
    let stride = heads * valueSize
    let longest = min(Self.keyBlock, keys)
    let keyFloats = BlockOperand.count(depth: size, columns: longest)
    let valueFloats = BlockOperand.count(depth: longest, columns: valueSize)
    let scoreFloats = MicroKernel.rows * longest
    let spare = PackedOperand.scratchCount(depth: max(size, longest))
    try Scratch.withFloats(keyFloats + valueFloats + scoreFloats + spare + 2 * Self.queryBlock) { memory in
      let scores = memory + keyFloats + valueFloats
      let scratch = scores + scoreFloats
      let (largest, sums) = (scratch + spare, scratch + spare + Self.queryBlock)
      largest.update(repeating: -.infinity, count: rows.count)
      sums.update(repeating: 0, count: rows.count)
      for first in Swift.stride(from: 0, to: keys, by: Self.keyBlock) {
        let count = min(Self.keyBlock, keys - first)
        guard visible(rows.upperBound - 1, from: first, count) > 0 else { break }
        let blockKeys = BlockOperand(
          key.matrix(image, head, first).transposed, depth: size, columns: count, users: rows.count, into: memory)
        let blockValues = BlockOperand(
          value.matrix(image, head, first), depth: count, columns: valueSize, users: rows.count,
          into: memory + keyFloats)
        // A sliver of queries at a time: what none of them sees is not multiplied.
        for start in Swift.stride(from: 0, to: rows.count, by: MicroKernel.rows) {
          let sliver = start..<min(start + MicroKernel.rows, rows.count)
          let columns = width(visible(rows.lowerBound + sliver.upperBound - 1, from: first, count), of: count)
          if columns > 0 {
            try blockKeys.multiply(
              rows: sliver.count, query.matrix(image, head, rows.lowerBound + start), columns: columns,
              scratch: scratch, into: scores, stride: columns, accumulates: false)
          }
          for row in sliver {
            let rescaled = exponentials(
              scores + (row - start) * columns, visible(rows.lowerBound + row, from: first, count), of: columns,
              mask: mask.map { $0.row(image, head, rows.lowerBound + row) + first }, &largest[row], &sums[row])
            if first > 0, rescaled != 1 { multiply(output + row * stride, by: rescaled, valueSize) }
          }
          try blockValues.multiply(
            rows: sliver.count, MatrixView(scores, rowStride: columns), over: 0..<columns, scratch: scratch,
            into: output + start * stride, stride: stride, accumulates: first > 0)
        }
      }
      for row in 0..<rows.count {
        multiply(output + row * stride, by: 1 / sums[row], valueSize)
        logSums[row] = largest[row] + Float(Mathematics.log(Double(sums[row])))
      }
    }
  }

  /// Turns a row of products into exponentials, and says by what earlier ones of that query have to be multiplied.
  ///
  /// A NaN among the scores is passed over by the largest and ends up in the sum.
  @inline(never)
  private func exponentials(
    _ scores: UnsafeMutablePointer<Float>, _ visible: Int, of count: Int, mask: UnsafePointer<Float>?,
    _ largest: inout Float, _ sum: inout Float
  ) -> Float {
    var lanes = Vector(repeating: largest)
    forEachVector(visible, of: count) { place, seen, width in
      var score = scores.vector(place, width) * scale
      if let mask { score += mask.vector(place, seen) }
      if seen < 8 { score = score.first(seen, then: Vector(repeating: -.infinity)) }
      scores.put(score, place, width)
      lanes = lanes.replacing(with: score, where: score .> lanes)
    }
    let top = lanes.largest
    // Where everything is masked nothing is subtracted, and the sum stays 0.
    let shift = top == -.infinity ? 0 : top
    let rescaled = largest == -.infinity ? 0 : VectorMath.exp(Vector(repeating: largest - shift))[0]
    var total = Vector()
    let end = forEachVector(visible, of: count) { place, seen, width in
      let power = VectorMath.expOfLow(scores.vector(place, width) - shift)
      scores.put(power, place, width)
      total += width == 8 ? power : power.first(width)
    }
    for place in end..<max(count, end) { scores[place] = 0 }
    sum = sum * rescaled + total.total
    largest = top
    return rescaled
  }

  @inline(__always)
  private func multiply(_ row: UnsafeMutablePointer<Float>, by factor: Float, _ count: Int) {
    for place in 0..<count { row[place] *= factor }
  }
}
