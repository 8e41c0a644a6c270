import Testing

@testable import LimnLanguage

@Suite struct NumberTests {
  @Test(arguments: [
    ("42", "42"), ("0xff", "255"), ("0XFF", "255"), ("1_000", "1000"), ("3.14", "3.14"), ("1e-4", "0.0001"),
    ("2E3", "2000.0"), ("1_0.0_1", "10.01"), ("007", "7"), ("9223372036854775807", "9223372036854775807"),
    ("0x7fff_ffff_ffff_ffff", "9223372036854775807"),
  ])
  func literalsHaveTheirValues(_ text: String, _ value: String) { #expect(dump(text) == value) }

  @Test func aPointBelongsToTheNumberOnlyBeforeADigit() {
    #expect(dump("1..<n") == "(..< 1 n)")
    #expect(dump("0...1.5") == "(... 0 1.5)")
    #expect(dump("1.abs()") == "(call (. 1 abs))")
    #expect(dump("2.exp()") == "(call (. 2 exp))")
  }

  @Test func theSmallestIntIsWrittenWithItsMinus() {
    #expect(dump("-9223372036854775808") == "-9223372036854775808")
    #expect(dump("-9223372036854775808 ** 2").hasPrefix("error[number-too-large]"))
    #expect(dump("9223372036854775808").hasPrefix("error[number-too-large]"))
    #expect(dump("-9223372036854775809").hasPrefix("error[number-too-large]"))
  }

  @Test(arguments: ["1.", ".5", "1.e5", "0x", "0x1.8", "0b1", "12ab", "1_", "1__0", "3é", "1e999"])
  func malformedNumbersAreErrors(_ text: String) {
    #expect(
      dump("let x = \(text)").hasPrefix("error[invalid-number]")
        || dump("let x = \(text)").hasPrefix("error[number-too"))
  }
}

@Suite struct StringTests {
  @Test func escapesAreSwifts() {
    #expect(text(#""\n\t\r\0\\\"\'\u{1F3A8}\u{e9}""#) == "\n\t\r\0\\\"'🎨é")
    #expect(dump(#""\q""#).hasPrefix("error[invalid-escape]"))
    #expect(dump(#""\u{d800}""#).hasPrefix("error[invalid-escape]"))
    #expect(dump(#""\u{}""#).hasPrefix("error[invalid-escape]"))
    #expect(dump(#""\u{000000041}""#).hasPrefix("error[invalid-escape]"))
  }

  @Test func multilineStringsLoseTheClosingLinesIndentation() {
    #expect(text("\"\"\"\n    one\n      two\n\n    three\n    \"\"\"") == "one\n  two\n\nthree")
    #expect(text("\"\"\"\none\n\"\"\"") == "one")
    #expect(text("\"\"\"\n\"\"\"") == "")
    #expect(text("\"\"\"\n\n\"\"\"") == "")
    #expect(text("\"\"\"\n\n\n\"\"\"") == "\n")
    #expect(text("\"\"\"\n  a\\\n  b\n  \"\"\"") == "ab")
    #expect(text("\"\"\"\n\tone\n\t\"two\"\n\t\"\"\"") == "one\n\"two\"")
    #expect(text("\"\"\"\r\n  one\r\n  two\r\n  \"\"\"") == "one\ntwo")
    #expect(text("\"\"\"\n  \\tone\n  \"\"\"") == "\tone")
  }

  @Test func multilineStringsInterpolate() {
    #expect(dump("\"\"\"\n  a \\(x)\n  \\(y:.2f) b\n  \"\"\"") == #""a \(x)\n\(y:.2f) b""#)
    #expect(dump("\"\"\"\n  \\(f(\"\"\"\n    inner\n    \"\"\"))\n  \"\"\"") == #""\((call f "inner"))""#)
  }

  @Test(arguments: [
    ("\"\"\"\n  a\n b\n  \"\"\"", "indented less"), ("\"\"\"a\"\"\"", "begins on the line after"),
    ("\"\"\"\na\"\"\"", "on a line of its own"), ("\"\"\"\n\tone\n  two\n\t\"\"\"", "indented less"),
  ])
  func badlyLaidOutMultilineStringsAreErrors(_ text: String, _ message: String) {
    #expect(dump(text).contains(message))
  }

  @Test func interpolationsHoldAnyExpression() {
    #expect(dump(#""a\(x)b""#) == #""a\(x)b""#)
    #expect(dump(#""\(f("b", [1, 2]["k"]))""#) == #""\((call f "b" (at [1 2] "k")))""#)
    #expect(dump(#""\({a: 1}.a)""#) == #""\((. {a:1} a))""#)
    #expect(dump(#""\("\("\(x)")")""#) == #""\("\("\(x)")")""#)
    #expect(dump("\"\\(f(1,\n  2))\"") == #""\((call f 1 2))""#)
    #expect(
      dump("\"\\(xs.map(fn(x) {\n  let y = x\n  y\n}))\"") == #""\((call (. xs map) (fn (x) { (let y = x); y })))""#)
  }

  @Test func theFirstColonOutsideBracketsAndStringsBeginsTheFormat() {
    #expect(dump(#""\(loss:.4f)""#) == #""\(loss:.4f)""#)
    #expect(dump(#""\(x[1:2]:>8)""#) == #""\((at x 1:2):>8)""#)
    #expect(dump(#""\(f(a: 1):08.3e)""#) == #""\((call f a:1):08.3e)""#)
    #expect(dump(#""\(m["a:b"]:x)""#) == #""\((at m "a:b"):x)""#)
  }

  @Test(arguments: ["<8", ">8", "^8", "08", "8", ".3", ".3f", "08.3e", "d", "g", "x", "%", ".1%", "<08.2f", "0"])
  func formatsOfTheLanguagePageAreAccepted(_ format: String) {
    #expect(dump("\"\\(x:\(format))\"") == "\"\\(x:\(format))\"")
  }

  @Test(arguments: ["", "q", ".", "8.f", "=8", "f8", "99999", ".99999f", " 8"])
  func otherFormatsAreErrors(_ format: String) {
    #expect(dump("\"\\(x:\(format))\"").hasPrefix("error[invalid-format]"))
  }

  private func text(_ literal: String) -> String? {
    let (unit, diagnostics) = Parser.parse(Source(name: "test", text: literal))
    guard diagnostics.isEmpty, case .expression(let e)? = unit.statements.first?.kind, case .string(let parts) = e.kind
    else { return nil }
    return parts.map { if case .text(let text) = $0 { text } else { "?" } }.joined()
  }
}

@Suite struct CommentTests {
  @Test func commentsMeanNothing() {
    #expect(dump("# one\nx # two\n# three") == "x")
    #expect(dump("f(a, # first\n  b)") == "(call f a b)")
    #expect(dump("\"# no comment\"") == "\"# no comment\"")
  }

  @Test func everyCommentIsKeptForTheFormatter() {
    let source = Source(name: "test", text: "# one\nf(a, # two\n  \"# no\") ## three\r\n")
    let unit = Parser.parse(source).unit
    #expect(unit.comments.map { source.text(of: $0) } == ["# one", "# two", "## three"])
  }

  @Test func linesWithTwoMarksDocumentTheDeclarationBelow() {
    let text = """
      ## Adds.
      ##
      ##   indented
      fn add(a, b) { a + b }

      ## Far away.

      let x = 1
      let y = 2 ## not above anything
      let z = 3
      type T() {
        ## A field.
        let f = 1
        ## A method.
        fn m() { f }
      }
      """
    let statements = Parser.parse(Source(name: "test", text: text)).unit.statements
    #expect(statements.map(\.documentation) == ["Adds.\n\n  indented", nil, nil, nil, nil])
    guard case .type(let type) = statements[4].kind else {
      Issue.record("the last statement declares a type")
      return
    }
    #expect(type.fields[0].documentation == "A field.")
    #expect(type.methods[0].documentation == "A method.")
  }
}

@Suite struct CharacterTests {
  @Test func namesTakeLettersOfAnyScript() {
    #expect(dump("let größe = λ + 名前 + _x1") == "(let größe = (+ (+ λ 名前) _x1))")
  }

  @Test func aByteOrderMarkAndCarriageReturnsArePassed() {
    #expect(dump("\u{FEFF}let x = 1\r\nlet y = 2\r\n") == "(let x = 1); (let y = 2)")
  }

  @Test(arguments: [
    "let x = 1\0", "let x = \u{1B}1", "let x = “a”", "let x = 3€", "let\u{A0}x = 1", "let x = 1\u{200B}", "a\rb",
  ])
  func charactersOutsideTheLanguageAreOneErrorALine(_ text: String) {
    let diagnostics = Parser.parse(Source(name: "test", text: text)).diagnostics
    #expect(diagnostics.map(\.code) == ["invalid-character"])
  }

  @Test func controlCharactersAreErrorsInStringsToo() {
    #expect(dump("\"a\0b\"").hasPrefix("error[invalid-character]"))
    #expect(dump("\"a\tb\"") == "\"a\tb\"")
  }

  @Test func bytesThatAreNotUTF8AreShownWhereTheyStand() throws {
    let bytes = Array("let x = 1\nlet y = \"".utf8) + [0xFF] + Array("\"".utf8)
    let error = #expect(throws: DiagnosticError.self) { try Source.decoding(bytes, name: "a.limn") }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect(diagnostic.code == "invalid-text")
    let mark = try #require(diagnostic.primary)
    #expect(mark.source.line(at: mark.span.start) == 2)
    #expect(try Source.decoding(Array("é".utf8), name: "a.limn").text == "é")
  }
}
