import Testing

@testable import LimnLanguage

@Suite struct DiagnosticRendererTests {
  @Test func theFormIsTheLanguagePages() {
    let text = String(repeating: "\n", count: 11) + "  let score = d(batch)\n"
    let source = Source(name: "dcgan.md", text: text, cell: .init(number: 4, id: "discriminator"))
    let diagnostic = Diagnostic(
      code: "shape-mismatch", message: "conv2d got 3 channels, but its kernel was made for 1",
      primary: .init(source: source, span: Span(25, 33), label: "input is [64, 28, 28, 3]"),
      notes: ["the kernel took its shape on the first call, cell 2, line 5: [5, 5, 1, 64]"],
      help: "convert with to_gray(batch), or make d anew for color images")
    #expect(
      DiagnosticRenderer().render(diagnostic) == """
        error[shape-mismatch]: conv2d got 3 channels, but its kernel was made for 1
          --> dcgan.md, cell 4 "discriminator", line 12
           |
        12 |   let score = d(batch)
           |               ^^^^^^^^ input is [64, 28, 28, 3]
           |
           = the kernel took its shape on the first call, cell 2, line 5: [5, 5, 1, 64]
        help: convert with to_gray(batch), or make d anew for color images
        """)
  }

  @Test func aDiagnosticWithoutAPlaceIsProseAlone() {
    let diagnostic = Diagnostic(severity: .warning, code: "old", message: "m", notes: ["n"], help: "h")
    #expect(DiagnosticRenderer().render(diagnostic) == "warning[old]: m\n  = n\nhelp: h")
  }

  @Test func theSecondMarkShowsTheCauseElsewhere() {
    let here = Source(name: "a.limn", text: "f(x)")
    let there = Source(name: "b.limn", text: "one\nfn f() { }")
    let diagnostic = Diagnostic(
      code: "c", message: "m", primary: .init(source: here, span: Span(0, 4)),
      secondary: [.init(source: there, span: Span(7, 8), label: "declared here")])
    #expect(
      DiagnosticRenderer().render(diagnostic) == """
        error[c]: m
         --> a.limn, line 1
          |
        1 | f(x)
          | ^^^^
          |
         ::: b.limn, line 2
          |
        2 | fn f() { }
          |    - declared here
        """)
  }

  @Test func marksFarApartHaveDotsBetweenThem() {
    #expect(rendered("a\nb\nc\nd\ne", Span(0, 1), second: Span(8, 9)) == "1 | a\n  | ^ here\n...\n5 | e\n  | - there")
    #expect(rendered("a\nb\nc", Span(0, 1), second: Span(4, 5)) == "1 | a\n  | ^ here\n2 | b\n3 | c\n  | - there")
  }

  @Test func aSpanOfSeveralLinesShowsItsEnds() {
    #expect(
      rendered("x = f {\n    a\n    b\n  } + 1", Span(4, 23))
        == "1 | x = f {\n  |     ^^^\n...\n4 |   } + 1\n  |   ^ here")
  }

  // MARK: Columns

  @Test func caretsStandBelowTabsWideAndCombiningCharacters() {
    #expect(rendered("\tx", Span(1, 2)) == "1 |     x\n  |     ^ here")
    #expect(rendered("ab\tx", Span(3, 4)) == "1 | ab  x\n  |     ^ here")
    #expect(rendered("\"日本\" + x", Span(11, 12)) == "1 | \"日本\" + x\n  |          ^ here")
    #expect(rendered("\"e\u{301}\" + x", Span(8, 9)) == "1 | \"e\u{301}\" + x\n  |       ^ here")
    #expect(rendered("\"🎨👩‍🚀\" + x", Span(20, 21)) == "1 | \"🎨👩‍🚀\" + x\n  |          ^ here")
    #expect(rendered("日本", Span(0, 3)) == "1 | 日本\n  | ^^ here")
  }

  @Test func anEmptySpanHasOneCaret() {
    #expect(rendered("let x =", Span(7, 7)) == "1 | let x =\n  |        ^ here")
    #expect(rendered("", Span(0, 0)) == "1 |\n  | ^ here")
  }

  @Test func spansBeyondTheSourceAreClipped() { #expect(rendered("ab", Span(-3, 99)) == "1 | ab\n  | ^^ here") }

  @Test func longLinesAreCutToAWindow() {
    let line = String(repeating: "a", count: 100) + "X" + String(repeating: "b", count: 100)
    let lines = rendered(line, Span(100, 101), width: 50).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 50 })
    let column = lines[0].firstIndex(of: "X").map { lines[0].distance(from: lines[0].startIndex, to: $0) }
    let caret = lines[1].firstIndex(of: "^").map { lines[1].distance(from: lines[1].startIndex, to: $0) }
    #expect(column != nil && column == caret)
    #expect(lines[0].hasPrefix("1 | …") && lines[0].hasSuffix("…"))
    let ascii = rendered(line, Span(100, 101), width: 50, ascii: true).split(separator: "\n")
    #expect(ascii[0].hasPrefix("1 | ...") && ascii[0].hasSuffix("..."))
    #expect(
      ascii[0].firstIndex(of: "X")?.utf16Offset(in: ascii[0]) == ascii[1].firstIndex(of: "^")?.utf16Offset(in: ascii[1])
    )
  }

  @Test(arguments: [0, 1, 2, 20, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 90, 95, 99])
  func wherevertheMarkStandsItIsInTheWindow(_ offset: Int) {
    let line = String(repeating: "a", count: offset) + "X" + String(repeating: "b", count: 99 - offset)
    for ascii in [false, true] {
      let lines = rendered(line, Span(offset, offset + 1), width: 50, ascii: ascii).split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= 50 })
      let column = lines[0].firstIndex(of: "X").map { lines[0].distance(from: lines[0].startIndex, to: $0) }
      let caret = lines[1].firstIndex(of: "^").map { lines[1].distance(from: lines[1].startIndex, to: $0) }
      #expect(column != nil && column == caret)
    }
  }

  // MARK: Options

  @Test func asciiTerminalsSeeEscapes() {
    #expect(rendered("\"é\" + x", Span(7, 8), ascii: true) == "1 | \"\\u{E9}\" + x\n  |            ^ here")
    let diagnostic = Diagnostic(code: "c", message: "“é”")
    #expect(DiagnosticRenderer(isASCII: true).render(diagnostic) == "error[c]: \\u{201C}\\u{E9}\\u{201D}")
  }

  @Test func colorChangesNothingButColor() {
    let source = Source(name: "a.limn", text: "f(x)")
    let diagnostic = Diagnostic(
      code: "c", message: "m", primary: .init(source: source, span: Span(0, 4), label: "l"), help: "h")
    let colored = DiagnosticRenderer(usesColor: true).render(diagnostic)
    #expect(colored.contains("\u{1B}[1;31merror[c]\u{1B}[0m"))
    #expect(colored.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == DiagnosticRenderer().render(diagnostic))
  }

  @Test func proseIsWrappedAtTheWidth() {
    let words = Array(repeating: "word", count: 20).joined(separator: " ")
    let text = DiagnosticRenderer(width: 40).render(Diagnostic(code: "c", message: words, notes: [words], help: words))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 40 })
    #expect(text.split(separator: "\n").last?.hasPrefix("      word") == true)
  }

  // MARK: Traces

  @Test func theTraceIsInTheUsersFrames() {
    let user = Source(name: "a.md", text: "one\ntwo\nthree", cell: .init(number: 2))
    let library = Source(name: "gan", text: "x", isLibrary: true)
    let inner = TraceFrame(function: "step", source: user, span: Span(8, 9))
    let frames =
      [inner] + Array(repeating: TraceFrame(function: "train", source: library, span: Span(0, 1)), count: 3)
      + [TraceFrame(function: nil, source: user, span: Span(0, 1))]
    #expect(
      DiagnosticRenderer().render(Diagnostic(code: "c", message: "m", trace: frames)) == """
        error[c]: m
        trace: step               a.md, cell 2, line 3
               (3 library calls)
               top level          a.md, cell 2, line 1
        """)
    #expect(TraceRenderer.lines([inner]) == [])
  }

  @Test func repeatsFold() {
    let source = Source(name: "a", text: "x\ny")
    let f = TraceFrame(function: "f", source: source, span: Span(0, 1))
    let g = TraceFrame(function: "g", source: source, span: Span(2, 3))
    #expect(
      TraceRenderer.lines(Array(repeating: f, count: 1000)) == [
        "f                      a, line 1", "... 999 more of these",
      ])
    let turns = TraceRenderer.lines(Array(repeating: [f, g], count: 500).flatMap { $0 })
    #expect(turns.count == 3 && turns.last == "... 499 more turns of these 2")
    let many = (0..<50).map { TraceFrame(function: "f\($0)", source: source, span: Span(0, 1)) }
    #expect(TraceRenderer.lines(many).count == TraceRenderer.maximumLines)
  }

  /// The lines below the gutter's first edge.
  private func rendered(_ text: String, _ span: Span, second: Span? = nil, width: Int = 100, ascii: Bool = false)
    -> String
  {
    let source = Source(name: "a", text: text)
    let diagnostic = Diagnostic(
      code: "c", message: "m", primary: .init(source: source, span: span, label: "here"),
      secondary: second.map { [.init(source: source, span: $0, label: "there")] } ?? [])
    let lines = DiagnosticRenderer(width: width, isASCII: ascii).render(diagnostic).split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.dropFirst(3).joined(separator: "\n")
  }
}
