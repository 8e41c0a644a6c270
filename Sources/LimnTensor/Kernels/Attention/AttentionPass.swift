/// Scaled dot-product attention in memory, a block of queries and of keys at a time, and its gradients.
///
/// Scores of a block live in scratch memory and are never gathered: softmax is taken *online*, by keeping the largest
/// score and the sum of exponentials of each query so far, and scaling what has been added up when a larger score
/// comes. For the way back only log Σ exp(score) of each query is kept, from which a block's probabilities are computed
/// again. Memory grows with the length of the sequence, not with its square.
///
/// Sources: Milakov and Gimelshein, arXiv:1805.02867; Dao et al., "FlashAttention", arXiv:2205.14135.
struct AttentionPass {
  /// A tensor `[batch, time, heads, size]` whose last axis is contiguous.
  struct Heads {
    let start: UnsafePointer<Float>
    let batch: Int
    let time: Int
    let head: Int

    func matrix(_ image: Int, _ head: Int, _ time: Int) -> MatrixView<Float> {
      MatrixView(start + image * batch + time * self.time + head * self.head, rowStride: self.time)
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

  private static let queryBlock = 64
  private static let keyBlock = 256

  /// How many keys of the block that begins at `first` a query sees.
  private func visible(_ query: Int, from first: Int, _ count: Int) -> Int {
    isCausal ? max(0, min(count, query + keys - queries - first + 1)) : count
  }

  // MARK: Forward

  /// - Parameters:
  ///   - output: receives `[batch, queries, heads, valueSize]`.
  ///   - logSums: receives `[batch, heads, queries]`.
  func forward(into output: UnsafeMutablePointer<Float>, logSums: UnsafeMutablePointer<Float>) {
    let blocks = (queries - 1) / Self.queryBlock + 1
    ThreadPool.shared.run(batch * heads * blocks) { tile in
      let (image, rest) = tile.quotientAndRemainder(dividingBy: heads * blocks)
      let (head, block) = rest.quotientAndRemainder(dividingBy: blocks)
      let first = block * Self.queryBlock
      forward(
        image, head, first..<min(first + Self.queryBlock, queries),
        into: output + ((image * queries + first) * heads + head) * valueSize,
        logSums: logSums + (image * heads + head) * queries + first)
    }
  }

  private func forward(
    _ image: Int, _ head: Int, _ rows: Range<Int>, into output: UnsafeMutablePointer<Float>,
    logSums: UnsafeMutablePointer<Float>
  ) {
    let stride = heads * valueSize
    Scratch.withFloats(Self.queryBlock * (Self.keyBlock + 2)) { scores in
      let (largest, sums) = (scores + Self.queryBlock * Self.keyBlock, scores + Self.queryBlock * (Self.keyBlock + 1))
      largest.update(repeating: -.infinity, count: rows.count)
      sums.update(repeating: 0, count: rows.count)
      for first in Swift.stride(from: 0, to: keys, by: Self.keyBlock) {
        let count = min(Self.keyBlock, keys - first)
        guard visible(rows.upperBound - 1, from: first, count) > 0 else { break }
        MatrixProduct.multiply(
          rows: rows.count, columns: count, depth: size, query.matrix(image, head, rows.lowerBound),
          key.matrix(image, head, first).transposed, into: scores, stride: count)
        for row in 0..<rows.count {
          let rescaled = exponentials(
            scores + row * count, visible(rows.lowerBound + row, from: first, count), of: count,
            mask: mask.map { $0.row(image, head, rows.lowerBound + row) + first }, &largest[row], &sums[row])
          if first > 0, rescaled != 1 { multiply(output + row * stride, by: rescaled, valueSize) }
        }
        MatrixProduct.multiply(
          rows: rows.count, columns: valueSize, depth: count, MatrixView(scores, rowStride: count),
          value.matrix(image, head, first), into: output, stride: stride, accumulates: first > 0)
      }
      for row in 0..<rows.count {
        multiply(output + row * stride, by: 1 / sums[row], valueSize)
        logSums[row] = largest[row] + Float(Mathematics.log(Double(sums[row])))
      }
    }
  }

  /// Turns a row of products into exponentials, and says by what earlier ones of that query have to be multiplied.
  @inline(never)
  private func exponentials(
    _ scores: UnsafeMutablePointer<Float>, _ visible: Int, of count: Int, mask: UnsafePointer<Float>?,
    _ largest: inout Float, _ sum: inout Float
  ) -> Float {
    var lanes = Vector(repeating: largest)
    forEachVector(visible) { place, width in
      var score = scores.vector(place, width) * scale
      if let mask { score += mask.vector(place, width) }
      scores.put(score, place, width)
      if width == 8 { lanes.replace(with: score, where: (score .> lanes) .| (score .!= score)) } else {
        for lane in 0..<width where score[lane] > lanes[lane] || score[lane] != score[lane] { lanes[lane] = score[lane] }
      }
    }
    var top = -Float.infinity
    for lane in 0..<8 { top = lanes[lane] > top || lanes[lane] != lanes[lane] ? lanes[lane] : top }
    // Where everything is masked nothing is subtracted, and the sum stays 0.
    let shift = top == -.infinity ? 0 : top
    let rescaled = largest == -.infinity ? 0 : VectorMath.exp(Vector(repeating: largest - shift))[0]
    var total = Vector()
    forEachVector(visible) { place, width in
      let power = VectorMath.exp(scores.vector(place, width) - shift)
      scores.put(power, place, width)
      if width == 8 { total += power } else { for lane in 0..<width { total[lane] += power[lane] } }
    }
    for place in visible..<max(count, visible) { scores[place] = 0 }
    sum = sum * rescaled + total.total
    largest = top
    return rescaled
  }

  @inline(__always)
  private func multiply(_ row: UnsafeMutablePointer<Float>, by factor: Float, _ count: Int) {
    for place in 0..<count { row[place] *= factor }
  }

  // MARK: Backward

  /// What the way back is given and what it fills: arrays `[batch, time, heads, size]` without gaps.
  struct Gradients {
    let output: UnsafePointer<Float>
    /// What the forward pass gave.
    let values: UnsafePointer<Float>
    let logSums: UnsafePointer<Float>
    let query: UnsafeMutablePointer<Float>
    let key: UnsafeMutablePointer<Float>
    let value: UnsafeMutablePointer<Float>
  }

  func backward(_ gradients: Gradients) {
    ThreadPool.shared.run(batch * heads) { tile in
      let (image, head) = tile.quotientAndRemainder(dividingBy: heads)
      clear(gradients.query + (image * queries * heads + head) * size, queries, size)
      clear(gradients.key + (image * keys * heads + head) * size, keys, size)
      clear(gradients.value + (image * keys * heads + head) * valueSize, keys, valueSize)
      let block = Self.queryBlock * Self.keyBlock
      Scratch.withFloats(2 * block + Self.queryBlock) { scratch in
        for first in Swift.stride(from: 0, to: queries, by: Self.queryBlock) {
          let rows = first..<min(first + Self.queryBlock, queries)
          let deltas = scratch + 2 * block
          for row in rows {
            let place = ((image * queries + row) * heads + head) * valueSize
            deltas[row - first] = ThinProduct.dot(gradients.output + place, gradients.values + place, valueSize)
          }
          for firstKey in Swift.stride(from: 0, to: keys, by: Self.keyBlock) {
            let count = min(Self.keyBlock, keys - firstKey)
            guard visible(rows.upperBound - 1, from: firstKey, count) > 0 else { break }
            backward(image, head, rows, firstKey, count, gradients, scratch, scratch + block, deltas)
          }
        }
      }
    }
  }

  private func clear(_ start: UnsafeMutablePointer<Float>, _ times: Int, _ size: Int) {
    for time in 0..<times { (start + time * heads * size).update(repeating: 0, count: size) }
  }

  private func backward(
    _ image: Int, _ head: Int, _ rows: Range<Int>, _ firstKey: Int, _ count: Int, _ gradients: Gradients,
    _ scores: UnsafeMutablePointer<Float>, _ slopes: UnsafeMutablePointer<Float>, _ deltas: UnsafePointer<Float>
  ) {
    let first = rows.lowerBound
    let valueStride = heads * valueSize
    let output = MatrixView(
      gradients.output + ((image * queries + first) * heads + head) * valueSize, rowStride: valueStride)
    MatrixProduct.multiply(
      rows: rows.count, columns: count, depth: size, query.matrix(image, head, first),
      key.matrix(image, head, firstKey).transposed, into: scores, stride: count)
    MatrixProduct.multiply(
      rows: rows.count, columns: count, depth: valueSize, output, value.matrix(image, head, firstKey).transposed,
      into: slopes, stride: count)
    for row in 0..<rows.count {
      probabilities(
        scores + row * count, slopes + row * count, visible(first + row, from: firstKey, count), of: count,
        mask: mask.map { $0.row(image, head, first + row) + firstKey },
        logSum: gradients.logSums[(image * heads + head) * queries + first + row], delta: deltas[row])
    }
    let (probability, slope) = (MatrixView(scores, rowStride: count), MatrixView(slopes, rowStride: count))
    MatrixProduct.multiply(
      rows: count, columns: valueSize, depth: rows.count, probability.transposed, output,
      into: gradients.value + ((image * keys + firstKey) * heads + head) * valueSize, stride: valueStride,
      accumulates: true)
    MatrixProduct.multiply(
      rows: count, columns: size, depth: rows.count, slope.transposed, query.matrix(image, head, first),
      into: gradients.key + ((image * keys + firstKey) * heads + head) * size, stride: heads * size, accumulates: true)
    MatrixProduct.multiply(
      rows: rows.count, columns: size, depth: count, slope, key.matrix(image, head, firstKey),
      into: gradients.query + ((image * queries + first) * heads + head) * size, stride: heads * size,
      accumulates: true)
  }

  /// Turns a row of products into probabilities p, and the gradients of p into those of the products.
  @inline(never)
  private func probabilities(
    _ scores: UnsafeMutablePointer<Float>, _ slopes: UnsafeMutablePointer<Float>, _ visible: Int, of count: Int,
    mask: UnsafePointer<Float>?, logSum: Float, delta: Float
  ) {
    forEachVector(visible) { place, width in
      var score = scores.vector(place, width) * scale
      if let mask { score += mask.vector(place, width) }
      let probability = VectorMath.exp(score - logSum)
      scores.put(probability, place, width)
      slopes.put(probability * (slopes.vector(place, width) - delta) * scale, place, width)
    }
    for place in visible..<max(count, visible) {
      scores[place] = 0
      slopes[place] = 0
    }
  }
}
