import LimnTensor

/// A number for each of the two axes of an image: a kernel's size, a stride.
///
/// An integer literal means the same for both: `kernel: 5`.
public struct WindowSize: Sendable, Hashable, ExpressibleByIntegerLiteral {
  public let rows: Int
  public let columns: Int

  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }

  public init(_ both: Int) { self.init(rows: both, columns: both) }

  public init(integerLiteral value: Int) { self.init(value) }

  /// - Throws: `bad-argument` when either number is less than 1.
  func require(_ name: String) throws {
    try requireCount(name, rows)
    try requireCount(name, columns)
  }
}

extension WindowSize: CustomStringConvertible {
  /// `5`, or `[3, 5]`.
  public var description: String { rows == columns ? "\(rows)" : "[\(rows), \(columns)]" }
}
