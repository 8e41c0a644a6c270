/// Cross entropy of the softmax of rows with one wanted class each, in single precision.
///
/// Neither the softmax nor its logarithm is ever stored: a vocabulary's worth of them would be the largest tensor of a
/// language model. A row keeps its log Σ eˣ, from which the gradient is made.
enum CrossEntropyRows {
  private static let tileElements = 1 << 14

  /// A row's loss and log Σ eˣ. The loss is `logSum - (1 - smoothing) · x[label] - smoothing · mean x`.
  ///
  /// - Parameters:
  ///   - labels: a class for each row; a negative one gives loss 0.
  static func losses(
    _ x: UnsafePointer<Float>, rows: Int, classes: Int, labels: UnsafePointer<Int>, smoothing: Float,
    into losses: UnsafeMutablePointer<Float>, logSums: UnsafeMutablePointer<Float>
  ) {
    ThreadPool.shared.run(elements: rows, grain: max(1, tileElements / classes)) { range in
      for row in range {
        let from = x + row * classes
        let logSum = logSum(from, classes)
        logSums[row] = logSum
        guard labels[row] >= 0 else {
          losses[row] = 0
          continue
        }
        var wanted = (1 - smoothing) * from[labels[row]]
        if smoothing > 0 { wanted += smoothing * sum(from, classes) / Float(classes) }
        losses[row] = logSum - wanted
      }
    }
  }

  /// `y = (softmax x - target) · scale[row]`, where the target is the smoothed label; 0 for a negative label.
  static func gradients(
    _ x: UnsafePointer<Float>, rows: Int, classes: Int, labels: UnsafePointer<Int>, smoothing: Float,
    logSums: UnsafePointer<Float>, scale: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>
  ) {
    let rest = Vector(repeating: smoothing / Float(classes))
    ThreadPool.shared.run(elements: rows, grain: max(1, tileElements / classes)) { range in
      for row in range {
        let (from, to) = (x + row * classes, y + row * classes)
        guard labels[row] >= 0 else {
          to.update(repeating: 0, count: classes)
          continue
        }
        let shift = Vector(repeating: logSums[row])
        let factor = Vector(repeating: scale[row])
        forEachVector(classes) { place, width in
          to.put((VectorMath.exp(from.vector(place, width) - shift) - rest) * factor, place, width)
        }
        to[labels[row]] -= (1 - smoothing) * scale[row]
      }
    }
  }

  /// log Σ eˣ, by way of the largest.
  @inline(never)
  private static func logSum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    var largest = -Float.infinity
    var place = 0
    if count >= 8 {
      var lanes = Vector(at: x)
      place = 8
      while place + 8 <= count {
        let next = Vector(at: x + place)
        lanes = lanes.replacing(with: next, where: next .> lanes)
        place += 8
      }
      for lane in 0..<8 where lanes[lane] > largest { largest = lanes[lane] }
    }
    while place < count {
      if x[place] > largest { largest = x[place] }
      place += 1
    }
    // Of infinities there is nothing to take out; a NaN comes out of the sum.
    let shift = Vector(repeating: largest.isFinite ? largest : 0)
    var total = Vector()
    place = 0
    while place + 8 <= count {
      total += VectorMath.exp(Vector(at: x + place) - shift)
      place += 8
    }
    if place < count {
      total += VectorMath.exp(Vector(at: x + place, count: count - place) - shift).first(count - place)
    }
    return shift[0] + VectorMath.log(Vector(repeating: total.total))[0]
  }

  @inline(never)
  private static func sum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    var total = Vector()
    var place = 0
    while place + 8 <= count {
      total += Vector(at: x + place)
      place += 8
    }
    var sum = total.total
    while place < count {
      sum += x[place]
      place += 1
    }
    return sum
  }
}
