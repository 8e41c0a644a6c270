/// Sums over the rows of a matrix, one for each column: what batch normalization needs of a tensor whose last axis is
/// the channels.
///
/// Rows are cut into chunks of a fixed length. Within a chunk sums run in single precision about a shift; chunks are
/// combined in double precision, in order. So the result depends neither on the number of threads nor, beyond
/// rounding, on how far the data lie from zero.
enum ChannelStatistics {
  private static let chunkRows = 256
  /// Channels that are summed side by side: a cache line of floats.
  private static let blockChannels = 16

  /// The mean and the mean squared distance from it, of each channel.
  ///
  /// - Parameters:
  ///   - mean: receives `channels` numbers.
  ///   - variance: the same.
  static func moments(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int,
    mean: UnsafeMutablePointer<Double>, variance: UnsafeMutablePointer<Double>
  ) throws {
    try sumChunks(rows: rows, channels: channels) { first, count, channel, width, sums in
      let start = x + first * channels + channel
      let (shift0, shift1) = load(start, width)
      var sum0 = Vector()
      var sum1 = Vector()
      var square0 = Vector()
      var square1 = Vector()
      forEachRow(start, stride: channels, count: count, width: width) { value0, value1 in
        let distance0 = value0 - shift0
        let distance1 = value1 - shift1
        sum0 += distance0
        sum1 += distance1
        square0.addProduct(distance0, distance0)
        square1.addProduct(distance1, distance1)
      }
      let inverse = 1 / Float(count)
      // The chunk's mean, counted from its shift, and its sum of squared distances from that mean.
      let mean0 = sum0 * inverse
      let mean1 = sum1 * inverse
      sums[0] = mean0
      sums[1] = mean1
      sums[2] = square0 - sum0 * mean0
      sums[3] = square1 - sum1 * mean1
    } combine: { channel, chunks, chunk in
      // Source: Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances"
      // (1979).
      var seen = 0.0
      var center = 0.0
      var squares = 0.0
      for index in 0..<chunks {
        let count = Double(min(chunkRows, rows - index * chunkRows))
        let (fromShift, chunkSquares) = chunk(index)
        // Added in double precision: far from zero a float cannot hold the two together.
        let chunkMean = Double(x[index * chunkRows * channels + channel]) + Double(fromShift)
        let distance = chunkMean - center
        seen += count
        center += distance * count / seen
        squares += max(Double(chunkSquares), 0) + distance * distance * count * (seen - count) / seen
      }
      mean[channel] = center
      variance[channel] = squares / Double(rows)
    }
  }

  /// For each channel, the sum of `gradient`, and that of `gradient · (x - mean)`.
  static func gradientSums(
    _ gradient: UnsafePointer<Float>, _ x: UnsafePointer<Float>, mean: UnsafePointer<Float>, rows: Int, channels: Int,
    sum: UnsafeMutablePointer<Double>, product: UnsafeMutablePointer<Double>
  ) throws {
    try sumChunks(rows: rows, channels: channels) { first, count, channel, width, sums in
      let (center0, center1) = load(mean + channel, width)
      var sum0 = Vector()
      var sum1 = Vector()
      var product0 = Vector()
      var product1 = Vector()
      let place = first * channels + channel
      forEachRow(gradient + place, x + place, stride: channels, count: count, width: width) { g0, g1, x0, x1 in
        sum0 += g0
        sum1 += g1
        product0.addProduct(g0, x0 - center0)
        product1.addProduct(g1, x1 - center1)
      }
      sums[0] = sum0
      sums[1] = sum1
      sums[2] = product0
      sums[3] = product1
    } combine: { channel, chunks, chunk in
      var first = 0.0
      var second = 0.0
      for index in 0..<chunks {
        let (chunkSum, chunkProduct) = chunk(index)
        first += Double(chunkSum)
        second += Double(chunkProduct)
      }
      sum[channel] = first
      product[channel] = second
    }
  }

  /// Runs `body` for every chunk of rows and block of channels, and then `combine` for every channel.
  ///
  /// - Parameters:
  ///   - body: gets the first row, the number of rows, the first channel and the number of channels, and leaves two
  ///     numbers for each channel: the first ones in two vectors, then the second ones.
  ///   - combine: gets a channel, the number of chunks, and a function that gives a chunk's two numbers.
  @inline(__always)
  private static func sumChunks(
    rows: Int, channels: Int,
    body: (Int, Int, Int, Int, UnsafeMutablePointer<Vector>) -> Void,
    combine: (Int, Int, (Int) -> (Float, Float)) -> Void
  ) throws {
    let chunks = (rows - 1) / chunkRows + 1
    let blocks = (channels - 1) / blockChannels + 1
    try Scratch.withBuffer(of: Vector.self, count: chunks * blocks * 4) { partial in
      // A tile of at least some thousand elements.
      let blocksPerTile = max(1, min(blocks, 4))
      let tiles = (blocks - 1) / blocksPerTile + 1
      ThreadPool.shared.run(chunks * tiles) { tile in
        let chunk = tile / tiles
        let first = tile % tiles * blocksPerTile
        let count = min(chunkRows, rows - chunk * chunkRows)
        for block in first..<min(first + blocksPerTile, blocks) {
          let channel = block * blockChannels
          body(
            chunk * chunkRows, count, channel, min(blockChannels, channels - channel),
            partial + (chunk * blocks + block) * 4)
        }
      }
      let numbers = UnsafeMutableRawPointer(partial).assumingMemoryBound(to: Float.self)
      ThreadPool.shared.run(elements: channels, grain: max(64, 4096 / chunks)) { range in
        for channel in range {
          let block = channel / blockChannels
          let lane = channel % blockChannels
          combine(channel, chunks) { chunk in
            let place = (chunk * blocks + block) * 32 + lane
            return (numbers[place], numbers[place + 16])
          }
        }
      }
    }
  }

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>, _ width: Int) -> (Vector, Vector) {
    let low = min(width, 8)
    return (Vector(at: pointer, count: low), Vector(at: pointer + low, count: width - low))
  }

  @inline(__always)
  private static func forEachRow(
    _ start: UnsafePointer<Float>, stride: Int, count: Int, width: Int, _ body: (Vector, Vector) -> Void
  ) {
    var row = start
    if width == blockChannels {
      for _ in 0..<count {
        body(Vector(at: row), Vector(at: row + 8))
        row += stride
      }
    } else {
      for _ in 0..<count {
        let (low, high) = load(row, width)
        body(low, high)
        row += stride
      }
    }
  }

  @inline(__always)
  private static func forEachRow(
    _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, stride: Int, count: Int, width: Int,
    _ body: (Vector, Vector, Vector, Vector) -> Void
  ) {
    var a = first
    var b = second
    if width == blockChannels {
      for _ in 0..<count {
        body(Vector(at: a), Vector(at: a + 8), Vector(at: b), Vector(at: b + 8))
        a += stride
        b += stride
      }
    } else {
      for _ in 0..<count {
        let (lowA, highA) = load(a, width)
        let (lowB, highB) = load(b, width)
        body(lowA, highA, lowB, highB)
        a += stride
        b += stride
      }
    }
  }
}
