/// A way to combine many elements into one. Combining is associative up to rounding.
protocol Reduction {
  associatedtype Element: TensorElement
  static var start: Element { get }
  static func combine(_ a: Element, _ b: Element) -> Element
}

/// A contiguous tensor seen as `[outer, length, inner]`, of which the middle axis is to be reduced.
struct ReductionLayout {
  let source: Tensor
  var outer = 1
  var length = 1
  var inner = 1

  /// Reduced axes that are not neighbors are brought together by a copy.
  init(_ tensor: Tensor, _ axes: AxisSet) throws {
    let shape = tensor.shape
    var first = -1
    var last = -1
    for axis in 0..<shape.rank where axes.contains(axis) && shape[axis] != 1 {
      if first < 0 { first = axis }
      last = axis
    }
    var isBlock = true
    for axis in 0..<shape.rank where !axes.contains(axis) && shape[axis] != 1 && axis > first && axis < last {
      isBlock = false
    }
    if first < 0 {
      // Nothing but axes of length 1 is reduced.
      outer = tensor.count
      source = try tensor.contiguous()
    } else if isBlock {
      for axis in 0..<first where !axes.contains(axis) { outer *= shape[axis] }
      for axis in first...last where axes.contains(axis) { length *= shape[axis] }
      for axis in (last + 1)..<max(shape.rank, last + 1) where !axes.contains(axis) { inner *= shape[axis] }
      source = try tensor.contiguous()
    } else {
      var order: [Int] = []
      for axis in 0..<shape.rank where !axes.contains(axis) {
        order.append(axis)
        outer *= shape[axis]
      }
      for axis in 0..<shape.rank where axes.contains(axis) {
        order.append(axis)
        length *= shape[axis]
      }
      source = try tensor.detached().permuted(order).contiguous()
    }
  }
}

extension Shape {
  /// What is left after reducing some axes: gone, or of length 1.
  func reduced(_ axes: AxisSet, keepsAxes: Bool) -> Shape {
    var result = Shape()
    for axis in 0..<rank {
      if !axes.contains(axis) { result.append(self[axis]) } else if keepsAxes { result.append(1) }
    }
    return result
  }
}

/// Reduces the middle axis of a layout into `output`, which has `outer * inner` elements in order.
///
/// The order of combining depends on the layout alone: a long axis is cut into blocks, each
/// block is reduced by itself, and their results are combined in order.
func reduce<R: Reduction>(_ reduction: R.Type, _ layout: ReductionLayout, into output: Tensor) throws {
  try reduce(
    hidden { source, length, inner, columns, target in
      let (source, target) = (source.of(R.Element.self), target.of(R.Element.self))
      if inner == 1 {
        target.pointee = reduceRow(reduction, source, length)
      } else {
        reduceColumns(reduction, source, length, columns, rowStride: inner, target)
      }
    }, layout, into: output, size: MemoryLayout<R.Element>.stride)
}

/// Reduces `length` rows, `inner` elements apart, into one row of `columns` elements. None at all give the reduction's
/// start.
private typealias BlockReduction = (
  _ source: UnsafeMutableRawPointer, _ length: Int, _ inner: Int, _ columns: Int, _ target: UnsafeMutableRawPointer
) -> Void

/// Hides from the optimizer which loop it is, so that all share one driver.
@inline(never)
@_optimize(none)
private func hidden(_ block: @escaping BlockReduction) -> BlockReduction { block }

private func reduce(_ block: BlockReduction, _ layout: ReductionLayout, into output: Tensor, size: Int) throws {
  let source = layout.source.storage.pointer + layout.source.offset * size
  let target = output.storage.pointer
  let (outer, length, inner) = (layout.outer, layout.length, layout.inner)
  let work = length * inner
  defer { withExtendedLifetime((layout.source, output)) {} }
  if output.count == 0 { return }
  if work <= Walk.grain {
    Tensor.chunks(outer, grain: max(1, Walk.grain / max(work, 1))) { range in
      for index in range { block(source + index * work * size, length, inner, inner, target + index * inner * size) }
    }
  } else if inner >= columnBlock {
    let blocks = (inner + columnBlock - 1) / columnBlock
    ThreadPool.shared.run(outer * blocks) { task in
      let start = (task % blocks) * columnBlock
      let outerIndex = task / blocks
      block(
        source + (outerIndex * work + start) * size, length, inner, min(columnBlock, inner - start),
        target + (outerIndex * inner + start) * size)
    }
  } else {
    let rows = max(1, Walk.grain / inner)
    let blocks = (length + rows - 1) / rows
    let partial = try Storage(byteCount: outer * blocks * inner * size)
    ThreadPool.shared.run(outer * blocks) { task in
      let start = (task % blocks) * rows
      block(
        source + ((task / blocks) * work + start * inner) * size, min(rows, length - start), inner, inner,
        partial.pointer + task * inner * size)
    }
    for index in 0..<outer {
      block(partial.pointer + index * blocks * inner * size, blocks, inner, inner, target + index * inner * size)
    }
    withExtendedLifetime(partial) {}
  }
}

private let columnBlock = 4096

/// Reduces neighbors, in sixteen interleaved series and in runs that are short enough for float32 sums to stay exact to
/// a few units of the last place.
@inline(__always)
private func reduceRow<R: Reduction>(
  _ reduction: R.Type, _ source: UnsafeMutablePointer<R.Element>, _ count: Int
) -> R.Element {
  var total = R.start
  var index = 0
  while count - index >= 16 {
    var series = InlineArray<16, R.Element>(repeating: R.start)
    let end = index + min(2048, (count - index) / 16 * 16)
    while index < end {
      for lane in 0..<16 { series[lane] = R.combine(series[lane], source[index + lane]) }
      index += 16
    }
    for lane in 0..<8 { series[lane] = R.combine(series[lane], series[lane + 8]) }
    for lane in 0..<4 { series[lane] = R.combine(series[lane], series[lane + 4]) }
    total = R.combine(total, R.combine(R.combine(series[0], series[2]), R.combine(series[1], series[3])))
  }
  while index < count {
    total = R.combine(total, source[index])
    index += 1
  }
  return total
}

/// Reduces rows into one row, column by column.
@inline(__always)
private func reduceColumns<R: Reduction>(
  _ reduction: R.Type, _ source: UnsafeMutablePointer<R.Element>, _ length: Int, _ columns: Int, rowStride: Int,
  _ target: UnsafeMutablePointer<R.Element>
) {
  for column in 0..<columns { target[column] = length == 0 ? R.start : source[column] }
  var row = source
  for _ in 1..<max(length, 1) {
    row += rowStride
    for column in 0..<columns { target[column] = R.combine(target[column], row[column]) }
  }
}
