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
}
