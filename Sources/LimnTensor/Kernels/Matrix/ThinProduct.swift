/// Products with so few rows or columns that the large operand's elements are used once or thrice: they run at the
/// speed of memory, and packing would double the traffic.
enum ThinProduct {
  /// The largest number of rows, or of columns, that counts as few.
  static let limit = 3

  private static let columnBlock = 512
  /// Elements of the large operand that make a tile.
  private static let tileElements = 1 << 15

  /// Multiplies, if there is a direct way for these strides, and says whether there was.
  static func multiply(
    rows: Int, columns: Int, depth: Int, _ left: MatrixView<Float>, _ right: MatrixView<Float>,
    into output: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) throws -> Bool {
    if rows <= limit {
      if right.rowStride == 1 {
        try withPacked(left, rows: rows, depth: depth) { vectors in
          dots(
            vectors, count: rows, depth: depth, right.transposed, rows: columns,
            into: output, rowStride: 1, vectorStride: stride, accumulates)
        }
        return true
      }
      if right.columnStride == 1 {
        try withPacked(left, rows: rows, depth: depth) { vectors in
          combine(
            vectors, count: rows, depth: depth, right, columns: columns, into: output, stride: stride, accumulates)
        }
        return true
      }
      return false
    }
    guard left.columnStride == 1 else { return false }
    try withPacked(right.transposed, rows: columns, depth: depth) { vectors in
      dots(
        vectors, count: columns, depth: depth, left, rows: rows,
        into: output, rowStride: stride, vectorStride: 1, accumulates)
    }
    return true
  }

  /// Copies the few vectors side by side.
  private static func withPacked(
    _ view: MatrixView<Float>, rows: Int, depth: Int, _ body: (UnsafePointer<Float>) -> Void
  ) throws {
    if view.columnStride == 1, rows == 1 || view.rowStride == depth { return body(view.start) }
    try Scratch.withFloats(rows * depth) { packed in
      for row in 0..<rows {
        for k in 0..<depth { packed[row * depth + k] = view.at(row, k).pointee }
      }
      body(packed)
    }
  }

  /// `output[v, j] (+)= Σ over k of vectors[v, k] · matrix[k, j]`: rows of the matrix are scaled and added.
  private static func combine(
    _ vectors: UnsafePointer<Float>, count: Int, depth: Int, _ matrix: MatrixView<Float>, columns: Int,
    into output: UnsafeMutablePointer<Float>, stride: Int, _ accumulates: Bool
  ) {
    // Wide enough to read memory in long runs, narrow enough to give every thread some.
    let grain = columns >= 4 * columnBlock ? columnBlock : columnBlock / 4
    ThreadPool.shared.run(elements: columns, grain: grain) { range in
      for vector in 0..<count {
        let to = output + vector * stride + range.lowerBound
        if !accumulates { to.update(repeating: 0, count: range.count) }
      }
      var k = 0
      while k < depth {
        // Four rows of the matrix for one pass over the output.
        let group = min(4, depth - k)
        for vector in 0..<count {
          let factors = vectors + vector * depth + k
          let to = output + vector * stride + range.lowerBound
          if group == 4 {
            addFour(factors, matrix.at(k, range.lowerBound), matrix.rowStride, to, range.count)
          } else {
            for row in 0..<group {
              let from = matrix.at(k + row, range.lowerBound)
              for column in 0..<range.count { to[column] += factors[row] * from[column] }
            }
          }
        }
        k += group
      }
    }
  }

  @inline(never)
  private static func addFour(
    _ factors: UnsafePointer<Float>, _ rows: UnsafePointer<Float>, _ rowStride: Int,
    _ output: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    let factor0 = Vector(repeating: factors[0])
    let factor1 = Vector(repeating: factors[1])
    let factor2 = Vector(repeating: factors[2])
    let factor3 = Vector(repeating: factors[3])
    let row1 = rows + rowStride
    let row2 = rows + 2 * rowStride
    let row3 = rows + 3 * rowStride
    var column = 0
    while column + 8 <= count {
      Vector(at: output + column)
        .adding(factor0, times: Vector(at: rows + column))
        .adding(factor1, times: Vector(at: row1 + column))
        .adding(factor2, times: Vector(at: row2 + column))
        .adding(factor3, times: Vector(at: row3 + column))
        .store(to: output + column)
      column += 8
    }
    while column < count {
      var sum = output[column]
      sum.addProduct(factors[0], rows[column])
      sum.addProduct(factors[1], row1[column])
      sum.addProduct(factors[2], row2[column])
      sum.addProduct(factors[3], row3[column])
      output[column] = sum
      column += 1
    }
  }

  /// `output[v, i] (+)= Σ over k of vectors[v, k] · matrix[i, k]`, the matrix's rows being contiguous.
  private static func dots(
    _ vectors: UnsafePointer<Float>, count: Int, depth: Int, _ matrix: MatrixView<Float>, rows: Int,
    into output: UnsafeMutablePointer<Float>, rowStride: Int, vectorStride: Int, _ accumulates: Bool
  ) {
    ThreadPool.shared.run(elements: rows, grain: max(1, tileElements / depth)) { range in
      for row in range {
        for vector in 0..<count {
          let sum = dot(matrix.at(row, 0), vectors + vector * depth, depth)
          let place = row * rowStride + vector * vectorStride
          output[place] = accumulates ? output[place] + sum : sum
        }
      }
    }
  }

  /// Σ a[k] · b[k], in four running sums of eight lanes each.
  @inline(never)
  static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    var sum0 = Vector()
    var sum1 = Vector()
    var sum2 = Vector()
    var sum3 = Vector()
    var k = 0
    while k + 32 <= count {
      sum0.addProduct(Vector(at: a + k), Vector(at: b + k))
      sum1.addProduct(Vector(at: a + k + 8), Vector(at: b + k + 8))
      sum2.addProduct(Vector(at: a + k + 16), Vector(at: b + k + 16))
      sum3.addProduct(Vector(at: a + k + 24), Vector(at: b + k + 24))
      k += 32
    }
    while k + 8 <= count {
      sum0.addProduct(Vector(at: a + k), Vector(at: b + k))
      k += 8
    }
    var total = ((sum0 + sum1) + (sum2 + sum3)).total
    while k < count {
      total.addProduct(a[k], b[k])
      k += 1
    }
    return total
  }
}
