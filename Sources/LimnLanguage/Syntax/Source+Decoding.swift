extension Source {
  /// Makes a source of a file's bytes, or throws a `DiagnosticError` that shows the first bytes that are not UTF-8.
  public static func decoding(
    _ bytes: [UInt8], name: String, cell: Cell? = nil, isLibrary: Bool = false
  ) throws(DiagnosticError) -> Source {
    let source = Source(name: name, text: String(decoding: bytes, as: UTF8.self), cell: cell, isLibrary: isLibrary)
    guard
      let offset = zip(source.bytes, bytes).enumerated().first(where: { $1.0 != $1.1 })?.offset
        ?? (source.bytes.count == bytes.count ? nil : min(bytes.count, source.bytes.count))
    else { return source }
    // Up to the first bad byte both texts agree; there the repaired one has U+FFFD.
    let mark = Diagnostic.Mark(
      source: source, span: Span(offset, min(offset + 3, source.bytes.count)), label: "these bytes could not be read")
    throw DiagnosticError([
      Diagnostic(
        code: SyntaxError.invalidText.rawValue, message: "\(name) is not valid UTF-8", primary: mark,
        help: "save the file in UTF-8")
    ])
  }
}
