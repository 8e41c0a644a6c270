/// A walk over the elements of up to four tensors of one shape, each with strides of its own.
///
/// Axes that lie one inside the other for every operand are merged, so that most walks are one row, and the innermost
/// axis that is left is walked by the caller, as a row. Rows are cut into chunks by the shape alone, and large walks
/// are shared among the threads of the pool.
struct Walk {
  /// Elements of one task of the pool. Smaller work is done at once by the calling thread.
  static let grain = 32_768

  /// Units of a task, where `grain` are worth a task of their own and there are more: fewer, where they would not make
  /// tasks enough for threads to end together.
  @inline(__always)
  static func task(_ count: Int, grain: Int) -> Int {
    let share = (count - 1) / 8 + 1
    return min(grain, share < 64 ? share : (share + 63) & ~63)
  }

  /// Lengths after merging; the last is the row's.
  private var lengths: Shape
  private var strides: InlineArray<4, Shape>
  let count: Int

  /// A walk over `shape`; unused operands have no strides.
  init(
    _ shape: Shape, _ first: Shape, _ second: Shape = Shape(), _ third: Shape = Shape(), _ fourth: Shape = Shape()
  ) {
    lengths = Shape()
    let all: InlineArray<4, Shape> = [first, second, third, fourth]
    strides = InlineArray(repeating: Shape())
    count = shape.elementCount
    for axis in 0..<shape.rank where shape[axis] != 1 {
      let last = lengths.rank - 1
      if last >= 0, Self.nests(all, axis, inside: strides, last, length: shape[axis]) {
        lengths[last] *= shape[axis]
        for operand in 0..<4 where all[operand].rank > 0 { strides[operand][last] = all[operand][axis] }
      } else {
        lengths.append(shape[axis])
        for operand in 0..<4 { strides[operand].append(all[operand].rank > 0 ? all[operand][axis] : 0) }
      }
    }
    if lengths.rank == 0 {
      lengths.append(1)
      for operand in 0..<4 { strides[operand].append(0) }
    }
  }

  private static func nests(
    _ all: borrowing InlineArray<4, Shape>, _ axis: Int, inside strides: borrowing InlineArray<4, Shape>, _ last: Int,
    length: Int
  ) -> Bool {
    for operand in 0..<4 where all[operand].rank > 0 {
      if strides[operand][last] != all[operand][axis] &* length { return false }
    }
    return true
  }

  /// The stride of an operand along a row.
  @inline(__always)
  func rowStride(_ operand: Int) -> Int { strides[operand][lengths.rank - 1] }

  /// Part of a row: where it begins in each operand, and its length.
  struct Row {
    var offsets: InlineArray<4, Int>
    var length: Int
  }

  /// Calls `body` for every row, or part of one, on any thread.
  func rows(grain: Int = Walk.grain, _ body: (Row) -> Void) {
    if count <= grain { return rows(0..<count, body) }
    ThreadPool.shared.run(elements: count, grain: Self.task(count, grain: grain)) { rows($0, body) }
  }

  /// Calls `body` for the rows that hold the elements `range`, in order.
  @inline(never)
  func rows(_ range: Range<Int>, _ body: (Row) -> Void) {
    guard !range.isEmpty else { return }
    let last = lengths.rank - 1
    let rowLength = lengths[last]
    var position = range.lowerBound
    var within = position % rowLength
    var coordinates = Shape(repeating: 0, rank: lengths.rank)
    var row = Row(offsets: InlineArray(repeating: 0), length: 0)
    place(position / rowLength, &coordinates, &row.offsets)
    while true {
      row.length = min(rowLength - within, range.upperBound - position)
      if within > 0 {
        var part = row
        for operand in 0..<4 { part.offsets[operand] &+= within &* strides[operand][last] }
        body(part)
        within = 0
      } else {
        body(row)
      }
      position &+= row.length
      if position >= range.upperBound { return }
      step(&coordinates, &row.offsets)
    }
  }

  /// The coordinates and offsets of row `index`.
  @inline(never)
  private func place(_ index: Int, _ coordinates: inout Shape, _ offsets: inout InlineArray<4, Int>) {
    var rest = index
    var axis = lengths.rank - 2
    while axis >= 0 {
      coordinates[axis] = rest % lengths[axis]
      rest /= lengths[axis]
      for operand in 0..<4 { offsets[operand] += coordinates[axis] * strides[operand][axis] }
      axis -= 1
    }
  }

  /// Moves on to the next row.
  @inline(__always)
  private func step(_ coordinates: inout Shape, _ offsets: inout InlineArray<4, Int>) {
    var axis = lengths.rank - 2
    while axis >= 0 {
      coordinates[axis] &+= 1
      for operand in 0..<4 { offsets[operand] &+= strides[operand][axis] }
      if coordinates[axis] < lengths[axis] { return }
      for operand in 0..<4 { offsets[operand] &-= strides[operand][axis] &* lengths[axis] }
      coordinates[axis] = 0
      axis -= 1
    }
  }
}
