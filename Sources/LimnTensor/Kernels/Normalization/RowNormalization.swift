/// Layer normalization of the rows of a matrix in single precision, and its gradients.
enum RowNormalization {
  private static let tileElements = 1 << 14

  /// `y = (x - mean) / √(variance + epsilon) · scale + offset`, with mean and variance of each row.
  ///
  /// - Parameters:
  ///   - mean: receives a number for each row.
  ///   - inverseDeviation: receives 1 / √(variance + epsilon) of each row.
  static func normalize(
    _ x: UnsafePointer<Float>, rows: Int, width: Int, scale: UnsafePointer<Float>, offset: UnsafePointer<Float>,
    epsilon: Float, into y: UnsafeMutablePointer<Float>, mean: UnsafeMutablePointer<Float>,
    inverseDeviation: UnsafeMutablePointer<Float>
  ) {
    ThreadPool.shared.run(elements: rows, grain: max(1, tileElements / width)) { range in
      for row in range {
        let from = x + row * width
        let to = y + row * width
        let center = total(width) { place in Vector(at: from + place) } rest: { from[$0] } / Float(width)
        let shift = Vector(repeating: center)
        let squares = total(width) { place in
          let distance = Vector(at: from + place) - shift
          return distance * distance
        } rest: { (from[$0] - center) * (from[$0] - center) }
        let inverse = 1 / (squares / Float(width) + epsilon).squareRoot()
        mean[row] = center
        inverseDeviation[row] = inverse
        var place = 0
        while place + 8 <= width {
          let normal = (Vector(at: from + place) - shift) * inverse
          Vector(at: offset + place).adding(normal, times: Vector(at: scale + place)).store(to: to + place)
          place += 8
        }
        while place < width {
          to[place] = (from[place] - center) * inverse * scale[place] + offset[place]
          place += 1
        }
      }
    }
  }

  /// The gradients of ``normalize(_:rows:width:scale:offset:epsilon:into:mean:inverseDeviation:)`` for x, scale
  /// and offset.
  ///
  /// With n = (x - mean) · inverseDeviation and h = g · scale, the gradient for x is
  /// (h - mean h - n · mean(h · n)) · inverseDeviation.
  static func gradients(
    _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, rows: Int, width: Int, scale: UnsafePointer<Float>,
    mean: UnsafePointer<Float>, inverseDeviation: UnsafePointer<Float>, into inputGradient: UnsafeMutablePointer<Float>,
    scaleGradient: UnsafeMutablePointer<Float>, offsetGradient: UnsafeMutablePointer<Float>
  ) throws {
    let grain = max(16, tileElements / width)
    let chunks = (rows - 1) / grain + 1
    try Scratch.withFloats(chunks * width * 2) { partial in
      ThreadPool.shared.run(elements: rows, grain: grain) { range in
        let scaleSums = partial + range.lowerBound / grain * width * 2
        scaleSums.update(repeating: 0, count: width * 2)
        for row in range {
          rowGradients(
            g + row * width, x + row * width, width: width, scale: scale, mean: mean[row],
            inverse: inverseDeviation[row],
            into: inputGradient + row * width, scaleSums, scaleSums + width)
        }
      }
      ThreadPool.shared.run(elements: width, grain: max(64, tileElements / chunks)) { range in
        for place in range {
          var scaleSum: Float = 0
          var offsetSum: Float = 0
          for chunk in 0..<chunks {
            scaleSum += partial[chunk * width * 2 + place]
            offsetSum += partial[chunk * width * 2 + width + place]
          }
          scaleGradient[place] = scaleSum
          offsetGradient[place] = offsetSum
        }
      }
    }
  }

  @inline(never)
  private static func rowGradients(
    _ g: UnsafePointer<Float>, _ x: UnsafePointer<Float>, width: Int, scale: UnsafePointer<Float>, mean: Float,
    inverse: Float, into output: UnsafeMutablePointer<Float>, _ scaleSums: UnsafeMutablePointer<Float>,
    _ offsetSums: UnsafeMutablePointer<Float>
  ) {
    let center = Vector(repeating: mean)
    let sum = total(width) { Vector(at: g + $0) * Vector(at: scale + $0) } rest: { g[$0] * scale[$0] }
    let product = total(width) { place in
      Vector(at: g + place) * Vector(at: scale + place) * (Vector(at: x + place) - center)
    } rest: { g[$0] * scale[$0] * (x[$0] - mean) }
    let meanSum = sum / Float(width)
    let meanProduct = product * inverse / Float(width)
    var place = 0
    while place + 8 <= width {
      let gradient = Vector(at: g + place)
      let normal = (Vector(at: x + place) - center) * inverse
      let inner = gradient * Vector(at: scale + place) - meanSum - normal * meanProduct
      (inner * inverse).store(to: output + place)
      Vector(at: scaleSums + place).adding(gradient, times: normal).store(to: scaleSums + place)
      (Vector(at: offsetSums + place) + gradient).store(to: offsetSums + place)
      place += 8
    }
    while place < width {
      let normal = (x[place] - mean) * inverse
      output[place] = (g[place] * scale[place] - meanSum - normal * meanProduct) * inverse
      scaleSums[place] += g[place] * normal
      offsetSums[place] += g[place]
      place += 1
    }
  }

  /// The sum of a vector function over a row, in two running sums.
  @inline(__always)
  private static func total(_ width: Int, _ vector: (Int) -> Vector, rest: (Int) -> Float) -> Float {
    var even = Vector()
    var odd = Vector()
    var place = 0
    while place + 16 <= width {
      even += vector(place)
      odd += vector(place + 8)
      place += 16
    }
    var sum = (even + odd).total
    while place < width {
      sum += rest(place)
      place += 1
    }
    return sum
  }
}
