/// A fenced code block at the top level of a Markdown text: in no block quote, list item, or HTML block.
///
/// Ranges are offsets in the text's bytes; lines do not include their line breaks.
struct MarkdownFence {
  var marker: UInt8
  /// How many markers opened it; at least as many close it.
  var length: Int
  /// Spaces before the opening fence, which are removed from its content's lines.
  var indentation: Int
  /// What follows the opening markers, without the spaces around it.
  var info: Range<Int>
  var openingLine: Range<Int>
  /// The lines between, as they stand in the text.
  var contentLines: [Range<Int>] = []
  /// Nil when the text ends first.
  var closingLine: Range<Int>?

  /// The lines between without the fence's own indentation, each with a line feed.
  func content(in bytes: [UInt8]) -> String {
    contentLines.map { line in
      let (padding, rest) = unindented(bytes[line])
      return String(repeating: " ", count: padding) + String(decoding: rest, as: UTF8.self) + "\n"
    }.joined()
  }

  /// A line without as many columns of space as the fence is indented by. Of a tab that reaches further, spaces are
  /// left.
  func unindented(_ line: ArraySlice<UInt8>) -> (padding: Int, rest: ArraySlice<UInt8>) {
    var rest = line
    var column = 0
    while column < indentation, let first = rest.first, first.isSpaceOrTab {
      rest = rest.dropFirst()
      column = first == UInt8(ascii: "\t") ? 4 : column + 1
    }
    return (max(0, column - indentation), rest)
  }
}
