extension AttentionPass {
  /// What the way back is given, `[batch, time, heads, size]` without gaps, and what it fills.
  struct Gradients {
    let output: UnsafePointer<Float>
    /// What the forward pass gave.
    let values: UnsafePointer<Float>
    let logSums: UnsafePointer<Float>
    let query: Heads
    let key: Heads
    let value: Heads
  }

  func backward(_ gradients: Gradients) throws {
    try ThreadPool.shared.run(batch * heads) { tile in
      let (image, head) = tile.quotientAndRemainder(dividingBy: heads)
      // The first block of queries writes the gradients of those keys that it sees, and later blocks add to them.
      let seen = visible(min(Self.queryBlock, queries) - 1, from: 0, keys)
      for time in seen..<keys {
        gradients.key.at(image, head, time).update(repeating: 0, count: size)
        gradients.value.at(image, head, time).update(repeating: 0, count: valueSize)
      }
      try withBlock { block in
        for first in Swift.stride(from: 0, to: queries, by: Self.queryBlock) {
          let rows = first..<min(first + Self.queryBlock, queries)
          for row in rows {
            let place = ((image * queries + row) * heads + head) * valueSize
            block.deltas[row - first] = ThinProduct.dot(gradients.output + place, gradients.values + place, valueSize)
          }
          for firstKey in Swift.stride(from: 0, to: keys, by: Self.keyBlock) {
            let count = min(Self.keyBlock, keys - firstKey)
            guard visible(rows.upperBound - 1, from: firstKey, count) > 0 else { break }
            try backward(image, head, rows, firstKey, count, gradients, block)
          }
        }
      }
    }
  }

  /// Scratch memory of a block on the way back.
  private struct Block {
    /// `[queries of the block, keys of the block]`: probabilities, and the gradients of the products.
    var scores: UnsafeMutablePointer<Float>
    var slopes: UnsafeMutablePointer<Float>
    /// Of each query, output · its gradient.
    var deltas: UnsafeMutablePointer<Float>
    /// Room for packed operands.
    var turnedKeys: UnsafeMutablePointer<Float>
    var turnedValues: UnsafeMutablePointer<Float>
    var keys: UnsafeMutablePointer<Float>
    var queries: UnsafeMutablePointer<Float>
    var output: UnsafeMutablePointer<Float>
    /// Room for a sliver.
    var scratch: UnsafeMutablePointer<Float>
  }

  private func withBlock(_ body: (Block) throws -> Void) throws {
    let (rows, longest) = (min(Self.queryBlock, queries), min(Self.keyBlock, keys))
    let sizes = [
      rows * longest, rows * longest, rows,
      BlockOperand.count(depth: size, columns: longest), BlockOperand.count(depth: valueSize, columns: longest),
      BlockOperand.count(depth: longest, columns: size), BlockOperand.count(depth: rows, columns: size),
      BlockOperand.count(depth: rows, columns: valueSize),
      PackedOperand.scratchCount(depth: max(size, valueSize, longest, rows)),
    ]
    try Scratch.withFloats(sizes.reduce(0, +)) { memory in
      var next = memory
      let parts = sizes.map { size in
        defer { next += size }
        return next
      }
      try body(
        Block(
          scores: parts[0], slopes: parts[1], deltas: parts[2], turnedKeys: parts[3], turnedValues: parts[4],
          keys: parts[5], queries: parts[6], output: parts[7], scratch: parts[8]))
    }
  }

  private func backward(
    _ image: Int, _ head: Int, _ rows: Range<Int>, _ firstKey: Int, _ count: Int, _ gradients: Gradients,
    _ block: Block
  ) throws {
    let first = rows.lowerBound
    let blockKeys = key.matrix(image, head, firstKey)
    let blockQueries = query.matrix(image, head, first)
    let output = MatrixView(
      gradients.output + ((image * queries + first) * heads + head) * valueSize, rowStride: heads * valueSize)
    let turnedKeys = BlockOperand(
      blockKeys.transposed, depth: size, columns: count, users: rows.count, into: block.turnedKeys)
    let turnedValues = BlockOperand(
      value.matrix(image, head, firstKey).transposed, depth: valueSize, columns: count, users: rows.count,
      into: block.turnedValues)
    let plainKeys = BlockOperand(blockKeys, depth: count, columns: size, users: rows.count, into: block.keys)
    for start in Swift.stride(from: 0, to: rows.count, by: MicroKernel.rows) {
      let sliver = start..<min(start + MicroKernel.rows, rows.count)
      let columns = width(visible(first + sliver.upperBound - 1, from: firstKey, count), of: count)
      let (scores, slopes) = (block.scores + start * count, block.slopes + start * count)
      if columns > 0 {
        try turnedKeys.multiply(
          rows: sliver.count, blockQueries.from(row: start), columns: columns, scratch: block.scratch, into: scores,
          stride: count, accumulates: false)
        try turnedValues.multiply(
          rows: sliver.count, output.from(row: start), columns: columns, scratch: block.scratch, into: slopes,
          stride: count, accumulates: false)
      }
      for row in sliver {
        probabilities(
          block.scores + row * count, block.slopes + row * count, visible(first + row, from: firstKey, count),
          of: count, mask: mask.map { $0.row(image, head, first + row) + firstKey },
          logSum: gradients.logSums[(image * heads + head) * queries + first + row], delta: block.deltas[row])
      }
      try plainKeys.multiply(
        rows: sliver.count, MatrixView(slopes, rowStride: count), over: 0..<columns, scratch: block.scratch,
        into: gradients.query.at(image, head, first + start), stride: gradients.query.time,
        accumulates: firstKey > 0)
    }
    try sumOverQueries(
      MatrixView(block.scores, rowStride: count),
      BlockOperand(output, depth: rows.count, columns: valueSize, users: count, into: block.output), rows, firstKey,
      count, block.scratch, into: gradients.value.at(image, head, firstKey), stride: gradients.value.time)
    try sumOverQueries(
      MatrixView(block.slopes, rowStride: count),
      BlockOperand(blockQueries, depth: rows.count, columns: size, users: count, into: block.queries), rows, firstKey,
      count, block.scratch, into: gradients.key.at(image, head, firstKey), stride: gradients.key.time)
  }

  /// Adds `leftᵀ · right` to the rows of the block's keys, the sum running over those queries that see the key.
  private func sumOverQueries(
    _ left: MatrixView<Float>, _ right: BlockOperand, _ rows: Range<Int>, _ firstKey: Int, _ count: Int,
    _ scratch: UnsafeMutablePointer<Float>, into output: UnsafeMutablePointer<Float>, stride: Int
  ) throws {
    for start in Swift.stride(from: 0, to: count, by: MicroKernel.rows) {
      let seen = isCausal ? max(0, firstKey + start + queries - keys - rows.lowerBound) : 0
      guard seen < rows.count else { return }
      try right.multiply(
        rows: min(MicroKernel.rows, count - start),
        MatrixView(left.at(seen, start), rowStride: left.rowStride).transposed, over: seen..<rows.count,
        scratch: scratch, into: output + start * stride, stride: stride, accumulates: rows.lowerBound > 0)
    }
  }

  /// Turns a row of products into probabilities p, and the gradients of p into those of the products.
  @inline(never)
  private func probabilities(
    _ scores: UnsafeMutablePointer<Float>, _ slopes: UnsafeMutablePointer<Float>, _ visible: Int, of count: Int,
    mask: UnsafePointer<Float>?, logSum: Float, delta: Float
  ) {
    let end = forEachVector(visible, of: count) { place, seen, width in
      var score = scores.vector(place, width) * scale
      if let mask { score += mask.vector(place, seen) }
      if seen < 8 { score = score.first(seen, then: Vector(repeating: -.infinity)) }
      let probability = VectorMath.expOfLow(score - logSum)
      scores.put(probability, place, width)
      let slope = probability * (slopes.vector(place, width) - delta) * scale
      slopes.put(seen < 8 ? slope.first(seen) : slope, place, width)
    }
    for place in end..<max(count, end) {
      scores[place] = 0
      slopes[place] = 0
    }
  }
}
