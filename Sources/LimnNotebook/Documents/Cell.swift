import LimnLanguage

/// One cell of a notebook, or the whole of a script.
public struct Cell: Sendable {
  /// Its number in the document, from 1.
  public let number: Int
  /// The author's id, or else `cell-N`. Outputs are named by it.
  public let id: String
  public let options: CellOptions
  /// The code. Its line 1 is the line behind the opening fence, so that option lines count.
  public let source: Source
  /// The cell with its fence and the line break behind that, in the document's bytes.
  public let range: Range<Int>
  /// The line of the document, from 1, on which the cell begins.
  public let line: Int
}

/// What a cell's leading `#|` lines say.
public struct CellOptions: Sendable, Hashable {
  /// The id that the author gave.
  public var id: String?
  /// The cell is shown but neither checked nor run.
  public var skip = false
  /// The code of an error, or text in its message: the cell must fail so.
  public var expectedError: String?
  /// Seconds after which the cell is stopped.
  public var timeout: Double?
  public var hide: Hidden?
  /// A line of text below the cell's outputs, and its pictures' description.
  public var caption: String?

  /// What the rendered notebook leaves out.
  public enum Hidden: String, Sendable, Hashable, CaseIterable {
    case code, output, all
  }

  public init() {}

  /// Whether the rendered notebook leaves the code out.
  public var hidesCode: Bool { hide == .code || hide == .all }
  /// Whether the rendered notebook leaves the outputs out.
  public var hidesOutput: Bool { hide == .output || hide == .all }
}
