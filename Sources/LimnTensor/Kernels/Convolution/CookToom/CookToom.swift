import Glibc

/// The matrices of a Cook-Toom algorithm: short correlations by few multiplications.
///
///     y[o] = Σ over t of w[t] · x[o + t]        for `outputs` outputs and `taps` taps
///     y = result · ((kernel · w) ⊙ (window · x))
///
/// Both factors are evaluated as polynomials at `points` = outputs + taps - 1 places, multiplied place by place, and
/// the product's coefficients read off, transposed. Two dimensions take a matrix on each side. A correlation of four
/// outputs and five taps needs 8 multiplications in place of 20, a square one 64 in place of 400.
///
/// The last place is infinity. The powers of the others grow, and rounding errors with them, so there are at most
/// eight: errors are then some 10⁻⁶ of the largest output. Of small fractions, those are taken that amplify rounding
/// least: the largest root, over outputs, of Σ over points of (result · |kernel| · |window|)². Each point's three rows
/// are scaled to the same length.
///
/// Sources: Toom (1963) and Cook (1966); Lavin and Gray, "Fast algorithms for convolutional neural networks" (2016).
struct CookToom: Sendable {
  /// `outputs` rows of `points`.
  let result: [[Double]]
  /// `points` rows of `taps`.
  let kernel: [[Double]]
  /// `points` rows of `points`.
  let window: [[Double]]

  static let mostPoints = 8
  /// The places for each number of points, besides infinity.
  private static let places: [[Double]] = [
    [], [], [0], [0, 1], [0, 1, -1], [0, 2 / 3, -1, 3 / 2], [0, 2 / 3, -2 / 3, 3 / 2, -3 / 2],
    [0, 0.6, -0.6, 1, -1.25, 2.5], [0, 1, -1, 0.5, -0.5, 2, -2],
  ]

  init(outputs: Int, taps: Int) {
    let points = outputs + taps - 1
    precondition(outputs >= 1 && taps >= 1 && points <= Self.mostPoints)
    /// Powers of each place; the last place is infinity, where only the highest power counts.
    func powers(_ count: Int) -> [[Double]] {
      (0..<points).map { point in
        (0..<count).map { power in
          point == points - 1 ? (power == count - 1 ? 1 : 0) : pow(Self.places[points][point], Double(power))
        }
      }
    }
    let inverse = Self.inverse(of: powers(points))
    var result = Self.transposed(powers(outputs))
    var kernel = powers(taps)
    var window = Self.transposed(inverse)
    for point in 0..<points {
      let lengths = [result.map { $0[point] }, kernel[point], window[point]].map { row in
        row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
      let common = cbrt(lengths[0] * lengths[1] * lengths[2])
      for row in result.indices { result[row][point] *= common / lengths[0] }
      kernel[point] = kernel[point].map { $0 * common / lengths[1] }
      window[point] = window[point].map { $0 * common / lengths[2] }
    }
    self.result = result
    self.kernel = kernel
    self.window = window
  }

  static func transposed(_ matrix: [[Double]]) -> [[Double]] {
    guard let first = matrix.first else { return [] }
    return first.indices.map { column in matrix.map { $0[column] } }
  }

  /// By Gauss and Jordan's elimination. The matrix is small, and never singular: the places differ.
  private static func inverse(of matrix: [[Double]]) -> [[Double]] {
    let size = matrix.count
    var rows = matrix.enumerated().map { index, row in row + (0..<size).map { $0 == index ? 1 : 0 } }
    for column in 0..<size {
      let pivot = (column..<size).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      let scale = rows[column][column]
      rows[column] = rows[column].map { $0 / scale }
      for row in 0..<size where row != column && rows[row][column] != 0 {
        let factor = rows[row][column]
        for place in 0..<2 * size { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return rows.map { Array($0[size...]) }
  }

  /// The algorithms with at least two points, by outputs and taps: made once.
  private static let all: [[CookToom]] = (1..<mostPoints).map { outputs in
    (1...mostPoints + 1 - outputs).map { CookToom(outputs: outputs, taps: $0) }
  }

  static func algorithm(outputs: Int, taps: Int) -> CookToom { all[outputs - 1][taps - 1] }
}
