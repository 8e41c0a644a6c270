import Testing

@testable import LimnLanguage

@Suite struct ModuleTests {
  @Test func aModuleRunsOnceAndHasItsOwnNames() throws {
    let session = Session(modules: [
      "shapes": "print(\"runs\")\nvar count = 0\nfn area(w, h) {\n count = count + 1\n w * h\n}\nlet unit = 1"
    ])
    #expect(
      try session.lines(
        "import shapes\nimport shapes as s\nfrom shapes import area, unit\nprint(shapes.area(2, 3), area(unit, 4), s.count)"
      ) == ["runs", "6 4 2"])
    #expect(try session.lines("import shapes\nprint(shapes.count, shapes)") == ["2 module shapes"])
    #expect(session.fault("count") == "unknown-name: count")
    #expect(session.fault("shapes.unit = 2") == "immutable-name: unit")
  }

  @Test func whatAModuleLacksIsFoundBeforeAnythingRuns() {
    let session = Session(modules: ["shapes": "fn area(w) { w }"])
    #expect(session.fault("print(1)\nimport shapes\nfn f() { shapes.aera(1) }") == "unknown-name: aera")
    #expect(session.fault("print(1)\nfrom shapes import perimeter") == "unknown-name: perimeter")
    #expect(session.diagnostics("import shaeps").first?.help == "did you mean `shapes`?")
    #expect(session.output == "")
  }

  @Test func aCycleIsNamed() {
    let session = Session(modules: ["a": "import b", "b": "import c", "c": "import a"])
    let diagnostic = session.diagnostics("import a").first
    #expect(diagnostic?.code == "import-cycle")
    #expect(diagnostic?.message == "modules import each other: a → b → c → a")
    #expect(diagnostic?.primary?.source.name == "c.limn")
  }

  @Test func mistakesInAModuleAreTold() throws {
    let session = Session(modules: ["broken": "let x = )", "wrong": "fn f() { nothing }", "fails": "let a = 1 // 0"])
    #expect(session.diagnostics("import broken").first?.primary?.source.name == "broken.limn")
    #expect(session.fault("import wrong") == "unknown-name: nothing")
    #expect(session.fault("import fails") == "division-by-zero: 0")
    #expect(try session.value("1") == "1")
  }

  @Test func bindingsAndTextMakeOneModule() throws {
    let half = Binding("half", module: "numbers", [.required("x", .float)], "Half of it.", example: "half(3)") { call in
      .float(try call.float(0) / 2)
    }
    let session = Session(modules: ["numbers": "fn quarter(x) { half(half(x)) }"], bindings: [half])
    #expect(try session.value("import numbers\n[numbers.half(3), numbers.quarter(2)]") == "[1.5, 0.5]")
    #expect(session.fault("half(1)") == "unknown-name: half")
  }
}
