import Testing

@testable import LimnLanguage

/// Comments and texts of several lines keep their words and their places.
@Suite struct FormatterCommentTests {
  @Test func commentsOnTheirOwnLinesAreIndentedAsWhatFollows() {
    #expect(
      formatted("# a\n\n\n   # b\nfn f() {\n# c\nx\n  # d\n}\n# e")
        == "# a\n\n# b\nfn f() {\n  # c\n  x\n  # d\n}\n# e")
  }

  @Test func commentsBehindCodeKeepTheirColumnWhereThereIsRoom() {
    #expect(formatted("a   # x\nb# y") == "a   # x\nb  # y")
    #expect(formatted("f(1,2,3) # x\ng     # y") == "f(1, 2, 3)  # x\ng     # y")
  }

  @Test func aTextBehindAnotherMovesWithIt() {
    let text = "f(\n    \"\"\"\n    a\n    \"\"\" + \"\"\"\n    b\n    \"\"\")"
    let once = formatted(text)
    #expect(once == "f(\n  \"\"\"\n  a\n  \"\"\" + \"\"\"\n  b\n  \"\"\",\n)")
    #expect(formatted(once) == once)
  }

  @Test func commentsBelowOneAnotherStaySo() {
    #expect(formatted("ab=1 # x\nc=2  # y") == "ab = 1  # x\nc = 2   # y")
  }

  @Test func commentsWithinBracketsOpenThem() {
    #expect(formatted("f(a, # first\n b)") == "f(\n  a,  # first\n  b,\n)")
    #expect(formatted("[ # all\n1 # one\n, 2\n# end\n]") == "[     # all\n  1,  # one\n  2,\n  # end\n]")
    #expect(formatted("f(\n# none\n)") == "f(\n  # none\n)")
  }

  @Test func commentsWithinAChainStay() {
    #expect(formatted("x |> f # first\n|> g # second") == "x |> f  # first\n  |> g  # second")
    #expect(formatted("x |> f\n# now\n|> g") == "x |> f\n  # now\n  |> g")
  }

  @Test func commentsBehindABraceStayThere() {
    #expect(formatted("type T(a) { # doc\nlet b = a # c\n}") == "type T(a) {  # doc\n  let b = a  # c\n}")
  }

  @Test func commentsAroundSemicolonsStay() {
    #expect(formatted("a # x\n;b") == "a  # x\nb")
    #expect(formatted("a\n; # x") == "a;  # x")
  }

  @Test func trailingBlanksGo() {
    #expect(formatted("a   \n# c  \t\n") == "a\n# c")
  }

  @Test func optionsOfACellStayAsTheyAre() {
    #expect(formatted("#| id: a  \n#| hide: code\nx") == "#| id: a  \n#| hide: code\nx")
    #expect(formatted("\n#| id: a\nx") == "\n#| id: a\nx")
  }

  @Test func textsOfSeveralLinesMoveWithTheirQuotes() {
    #expect(
      formatted("fn f() {\nlet s = \"\"\"\n  a\n    b\n\n  \"\"\"\n}")
        == "fn f() {\n  let s = \"\"\"\n    a\n      b\n\n    \"\"\"\n}")
    #expect(
      formatted("        let s = \"\"\"\n   a\n  \n   \"\"\"") == "let s = \"\"\"\na\n\n\"\"\"")
  }

  @Test func textsWhoseLinesCannotMoveStay() {
    let text = "fn f() {\nlet s = \"\"\"\n\ta\n\t\"\"\"\n}"
    #expect(formatted(text) == "fn f() {\n  let s = \"\"\"\n\ta\n\t\"\"\"\n}")
  }

  @Test func commentsInInterpolationsStayInTheText() {
    #expect(formatted("let s=\"\\(f(1, # c\n 2))\"") == "let s = \"\\(f(1, # c\n 2))\"")
  }

  @Test func carriageReturnsAndByteOrderMarksStay() throws {
    #expect(
      try SourceFormatter.format(Source(name: "a", text: "a\r\n\r\n\r\nb=\"\"\"\r\n x\r\n \"\"\"\r\n"))
        == "a\r\n\r\nb = \"\"\"\r\n x\r\n \"\"\"\r\n")
    #expect(try SourceFormatter.format(Source(name: "a", text: "\u{FEFF}a=1")) == "\u{FEFF}a = 1\n")
  }
}
