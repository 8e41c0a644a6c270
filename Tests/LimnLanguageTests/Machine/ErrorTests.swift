import Testing

@testable import LimnLanguage

@Suite struct ErrorTests {
  @Test func tryIsAnExpression() throws {
    #expect(try value("let r = try { 1 // 0 } catch e { e.kind }\nr") == "\"division-by-zero\"")
    #expect(try value("try { 5 } catch _ { 6 }") == "5")
    #expect(
      try value("try { throw error(\"no\", kind: \"mine\") } catch e { [e.message, e.kind] }") == "[\"no\", \"mine\"]")
    #expect(try value("try { throw error(\"no\") } catch e { e }") == "error(\"no\", kind: \"error\")")
  }

  @Test func theInnermostHandlerCatches() throws {
    let program = """
      fn f() { throw error("inner") }
      let log = []
      try {
        try { f() } catch e {
          log.append(e.message)
          throw error("outer")
        }
      } catch e { log.append(e.message) }
      try { [1, 2].map(x => [][x]) } catch e { log.append(e.kind) }
      log
      """
    #expect(try value(program) == "[\"inner\", \"outer\", \"index-out-of-range\"]")
  }

  @Test func aFaultLeavesVariablesAsTheyWere() throws {
    #expect(try value("fn f() {\n var x = 1\n try { x = x + nil } catch _ { }\n x\n}\nf()") == "1")
    #expect(try value("var xs = [1]\ntry { xs[5] = 2 } catch _ { }\nxs") == "[1]")
    #expect(
      try value("fn f() {\n for i in 0..<3 { try { if i == 1 { throw error(\"x\") } } catch _ { return i } }\n}\nf()")
        == "1")
  }

  @Test func onlyErrorsAreThrown() { #expect(fault("throw 3") == "type-mismatch: 3") }

  @Test func theTraceNamesTheCallsInnermostFirst() throws {
    let session = Session()
    let diagnostic = session.diagnostics("fn inner(x) { x // 0 }\nfn outer(x) { [x].map(y => inner(y)) }\nouter(1)")
      .first
    #expect(diagnostic?.trace.map { $0.function ?? "top" } == ["inner", "fn(y)", "outer", "top"])
    #expect(diagnostic?.trace.map { $0.source.line(at: $0.span.start) } == [1, 2, 2, 3])
    #expect(diagnostic.map(session.describe) == "division-by-zero: 0")
  }

  @Test func aCaughtErrorKnowsItsTraceAndARethrownOneKeepsIt() throws {
    #expect(
      try value("fn f() { 1 // 0 }\ntry { f() } catch e { e.trace }")
        == "[\"f, cell 1, line 1\", \"top level, cell 1, line 2\"]")
    let session = Session()
    let diagnostic = session.diagnostics("fn f() { 1 // 0 }\nfn g() { try { f() } catch e { throw e } }\ng()").first
    #expect(diagnostic?.trace.map { $0.function ?? "top" } == ["f", "g", "top"])
    #expect(diagnostic.map(session.describe) == "division-by-zero: throw e")
    #expect(diagnostic?.secondary.map { $0.source.text(of: $0.span) } == ["0"])
  }

  @Test func anErrorThrownElsewhereTellsOfItsOwnJourney() throws {
    let session = Session()
    let diagnostic = session.diagnostics(
      "let e = error(\"x\")\nfn f() { throw e }\nfn g() { throw e }\ntry { f() } catch _ { }\ng()"
    ).first
    #expect(diagnostic?.trace.map { $0.function ?? "top" } == ["g", "top"])
    #expect(diagnostic?.primary.map { $0.source.line(at: $0.span.start) } == 3)
    #expect(diagnostic?.secondary.map { $0.source.line(at: $0.span.start) } == [2])
  }

  @Test func anErrorThrownAgainAndAgainDoesNotGrow() throws {
    let program =
      "let e = error(\"x\")\nfn f() { throw e }\nfor i in 0..<1000 { try { f() } catch _ { } }\nlen(e.trace)"
    #expect(try value(program) == "2")
  }

  @Test func aFailingAssertionShowsBothSides() throws {
    let session = Session()
    let diagnostic = session.diagnostics("let x = [1, 2]\nassert x == [1, 3]").first
    #expect(diagnostic.map(session.describe) == "assertion-failed: x")
    #expect(diagnostic?.primary?.label == "is [1, 2]")
    #expect(diagnostic?.secondary.first?.label == "is [1, 3]")
    #expect(session.diagnostics("assert 1 > 2, \"order\"").first?.message == "order")
    #expect(session.fault("assert false") == "assertion-failed: false")
    #expect(session.fault("assert 3") == "not-a-bool: 3")
    #expect(try session.value("assert 1 < 2\nassert true, \"never\"") == "nil")
  }

  @Test func aFailureLeavesTheSessionUsable() throws {
    let session = Session()
    #expect(session.fault("var done = 0\ndone = 1\n[][0]\ndone = 2") == "index-out-of-range: 0")
    #expect(try session.value("done") == "1")
    #expect(try session.value("[1, 2].map(x => x * done)") == "[1, 2]")
  }

  @Test func faultsOfLibraryTextShowTheUsersCallToo() throws {
    let session = Session()
    session.interpreter.loader = LibraryText()
    let diagnostic = session.diagnostics("import helper\nhelper.halve([])").first
    #expect(diagnostic?.primary?.source.name == "helper.limn")
    #expect(diagnostic?.secondary.last?.label == "called from here")
    #expect(diagnostic?.secondary.last.map { $0.source.text(of: $0.span) } == "helper.halve([])")
  }

  private struct LibraryText: ModuleLoader {
    func source(ofModule name: String, importedFrom importer: Source) throws -> Source? {
      Source(name: "helper.limn", text: "fn halve(x) { x / 2 }", isLibrary: true)
    }
    func moduleNames(importedFrom importer: Source) -> [String] { ["helper"] }
  }
}
