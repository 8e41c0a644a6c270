#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Tensor: CustomStringConvertible {
  /// A header and rows: `tensor [2, 2] float32`, then
  ///
  ///     [[1, 2.5],
  ///      [3,   4]]
  ///
  /// Floats have four significant digits, columns are aligned, and beyond a thousand elements the middle of
  /// long axes is left out.
  public var description: String {
    let header = "tensor \(shape) \(dtype)"
    if count == 0 { return header + "\n[]" }
    let edge = count > Self.printedElements ? Self.printedEdge : nil
    var texts: [String] = []
    collect(0, offset: 0, edge, &texts)
    let width = texts.reduce(0) { Swift.max($0, $1.count) }
    var lines = header + "\n"
    var next = texts.makeIterator()
    write(0, edge, width, &next, &lines)
    return lines
  }

  /// The largest number of elements that are printed whole.
  static let printedElements = 1000
  /// How many entries of an axis stay at each end when the middle is left out.
  static let printedEdge = 3

  /// Whether the middle of an axis is left out.
  private func isElided(_ axis: Int, _ edge: Int?) -> Bool {
    guard let edge else { return false }
    return shape[axis] > 2 * edge + 1
  }

  /// The indices of an axis that are printed.
  private func printedIndices(_ axis: Int, _ edge: Int?) -> [Int] {
    guard let edge, isElided(axis, edge) else { return Array(0..<shape[axis]) }
    return Array(0..<edge) + Array((shape[axis] - edge)..<shape[axis])
  }

  private func collect(_ axis: Int, offset: Int, _ edge: Int?, _ texts: inout [String]) {
    guard axis < rank else { return texts.append(element(at: offset).printed) }
    for index in printedIndices(axis, edge) {
      collect(axis + 1, offset: offset + index * strides[axis], edge, &texts)
    }
  }

  private func write(
    _ axis: Int, _ edge: Int?, _ width: Int, _ texts: inout IndexingIterator<[String]>, _ lines: inout String
  ) {
    guard axis < rank else {
      let text = texts.next() ?? ""
      lines += String(repeating: " ", count: rank == 0 ? 0 : width - text.count) + text
      return
    }
    let isInnermost = axis == rank - 1
    // Matrices of a higher tensor are set apart by an empty line.
    let newLines = String(repeating: "\n", count: rank - 1 - axis)
    let gap = isInnermost ? " " : newLines + String(repeating: " ", count: axis + 1)
    lines += "["
    let indices = printedIndices(axis, edge)
    for (position, index) in indices.enumerated() {
      if position > 0 { lines += "," + gap }
      if position > 0, index != indices[position - 1] + 1 { lines += "...," + gap }
      write(axis + 1, edge, width, &texts, &lines)
    }
    lines += "]"
  }
}

extension Scalar {
  /// As a tensor prints it: an int as digits, a float with four significant digits.
  fileprivate var printed: String {
    guard case .float(let value) = self else { return description }
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    var buffer = [CChar](repeating: 0, count: 40)
    let length = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.4g", $0) }
    return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
