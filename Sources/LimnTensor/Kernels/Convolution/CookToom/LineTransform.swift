/// A small matrix that is applied to pixels of many channels: a step of a ``CookToom`` algorithm.
struct LineMatrix {
  let rows: Int
  let columns: Int
  private let elements: [Float]

  init(_ matrix: [[Double]]) {
    rows = matrix.count
    columns = matrix.first?.count ?? 0
    elements = matrix.flatMap { $0.map { Float($0) } }
  }

  private init(rows: Int, columns: Int, elements: [Float]) {
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  var transposed: LineMatrix {
    let turned = (0..<columns).flatMap { column in (0..<rows).map { elements[$0 * columns + column] } }
    return LineMatrix(rows: columns, columns: rows, elements: turned)
  }

  /// Some neighboring rows and columns of the matrix.
  struct Part {
    var start: UnsafePointer<Float>
    var stride: Int
    var rows: Int
    var columns: Int
  }

  /// Gives `body` the part of the matrix that acts on `columns` and gives `rows`.
  @inline(__always)
  func withPart(rows: Range<Int>, columns: Range<Int>, _ body: (Part) -> Void) {
    elements.withUnsafeBufferPointer { elements in
      guard let start = elements.baseAddress else { return }
      body(
        Part(
          start: start + rows.lowerBound * self.columns + columns.lowerBound, stride: self.columns, rows: rows.count,
          columns: columns.count))
    }
  }
}

/// Applies one matrix along the rows and another along the columns of a small image of sixteen channels.
///
///     to[p, q, c] = Σ over y, x of vertical[p, y] · horizontal[q, x] · from[y, x, c]
enum LineTransform {
  /// Channels that are transformed at a time.
  static let channels = 16
  /// Floats that a transform needs for its intermediate result.
  static let scratchFloats = CookToom.mostPoints * CookToom.mostPoints * channels

  /// Where an image is: floats from a row to the next, and from a column to the next.
  struct Layout {
    var row: Int
    var column: Int
  }

  /// - Parameter adds: whether to add to what is there.
  @inline(__always)
  static func apply(
    _ vertical: LineMatrix.Part, _ horizontal: LineMatrix.Part, _ from: UnsafePointer<Float>, _ source: Layout,
    to: UnsafeMutablePointer<Float>, _ target: Layout, adds: Bool = false, scratch: UnsafeMutablePointer<Float>
  ) {
    guard vertical.columns > 0, horizontal.columns > 0 else {
      if !adds { clear(vertical.rows, horizontal.rows, to, target) }
      return
    }
    let row = horizontal.columns * channels
    lines(
      vertical, count: horizontal.columns, from, step: source.row, next: source.column, to: scratch, step: row,
      next: channels, adds: false)
    lines(
      horizontal, count: vertical.rows, scratch, step: channels, next: row, to: to, step: target.column,
      next: target.row, adds: adds)
  }

  private static func clear(_ rows: Int, _ columns: Int, _ to: UnsafeMutablePointer<Float>, _ target: Layout) {
    for row in 0..<rows {
      for column in 0..<columns {
        (to + row * target.row + column * target.column).update(repeating: 0, count: channels)
      }
    }
  }

  /// Multiplies `count` lines of sixteen channels each by a matrix.
  ///
  /// - Parameters:
  ///   - step: from an element of a line to the next.
  ///   - next: from a line to the next.
  @inline(never)
  private static func lines(
    _ matrix: LineMatrix.Part, count: Int, _ from: UnsafePointer<Float>, step: Int, next: Int,
    to: UnsafeMutablePointer<Float>, step toStep: Int, next toNext: Int, adds: Bool
  ) {
    @inline(__always)
    func all(_ length: Int) {
      for line in 0..<count {
        let (source, target) = (from + line * next, to + line * toNext)
        multiply(length, matrix, source, step, target, toStep, adds)
        multiply(length, matrix, source + 8, step, target + 8, toStep, adds)
      }
    }
    switch matrix.columns {
    case 1: all(1)
    case 2: all(2)
    case 3: all(3)
    case 4: all(4)
    case 5: all(5)
    case 6: all(6)
    case 7: all(7)
    default: all(8)
    }
  }

  /// One line of eight channels. `length` is a constant wherever this is inlined.
  @inline(__always)
  private static func multiply(
    _ length: Int, _ matrix: LineMatrix.Part, _ from: UnsafePointer<Float>, _ step: Int,
    _ to: UnsafeMutablePointer<Float>, _ toStep: Int, _ adds: Bool
  ) {
    let x0 = Vector(at: from)
    let x1 = length > 1 ? Vector(at: from + step) : Vector()
    let x2 = length > 2 ? Vector(at: from + 2 * step) : Vector()
    let x3 = length > 3 ? Vector(at: from + 3 * step) : Vector()
    let x4 = length > 4 ? Vector(at: from + 4 * step) : Vector()
    let x5 = length > 5 ? Vector(at: from + 5 * step) : Vector()
    let x6 = length > 6 ? Vector(at: from + 6 * step) : Vector()
    let x7 = length > 7 ? Vector(at: from + 7 * step) : Vector()
    var row = matrix.start
    var target = to
    for _ in 0..<matrix.rows {
      var sum = Vector(repeating: row[0]) * x0
      if length > 1 { sum.addProduct(Vector(repeating: row[1]), x1) }
      if length > 2 { sum.addProduct(Vector(repeating: row[2]), x2) }
      if length > 3 { sum.addProduct(Vector(repeating: row[3]), x3) }
      if length > 4 { sum.addProduct(Vector(repeating: row[4]), x4) }
      if length > 5 { sum.addProduct(Vector(repeating: row[5]), x5) }
      if length > 6 { sum.addProduct(Vector(repeating: row[6]), x6) }
      if length > 7 { sum.addProduct(Vector(repeating: row[7]), x7) }
      if adds { sum += Vector(at: target) }
      sum.store(to: target)
      row += matrix.stride
      target += toStep
    }
  }
}
