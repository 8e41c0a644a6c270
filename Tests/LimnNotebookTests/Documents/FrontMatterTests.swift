import Testing

@testable import LimnNotebook

@Suite struct FrontMatterTests {
  private func frontMatter(_ yaml: String) throws -> FrontMatter {
    try notebook("---\n\(yaml)\n---\ntext\n").frontMatter
  }

  @Test func knownKeysAreReadAndOthersKept() throws {
    let read = try frontMatter(
      "title: DCGAN\nseed: 42\nparams:\n  epochs: 5\n  lr: 2e-4\nrequires: [fashion-mnist]\njupyter: {kernel: x}\n")
    #expect(read.title == "DCGAN")
    #expect(read.seed == 42)
    #expect(read.parameters == [.init(key: "epochs", value: .int(5)), .init(key: "lr", value: .float(2e-4))])
    #expect(read.requires == ["fashion-mnist"])
    #expect(read.otherKeys == ["jupyter"])
    #expect(!read.isExecuted)
  }

  @Test func aNotebookNeedsNone() throws {
    #expect(try notebook("# Title\n").frontMatter == FrontMatter())
  }

  @Test(arguments: ["", "# a comment", "params:", "~"])
  func itMayBeEmpty(yaml: String) throws {
    #expect(try frontMatter(yaml).parameters.isEmpty)
  }

  @Test func aSeedHasSixtyFourBits() throws {
    #expect(try frontMatter("seed: 18446744073709551615").seed == .max)
  }

  @Test(arguments: [
    ("seed: -1", "-1"), ("seed: 1.5", "1.5"), ("seed: 18446744073709551616", "18446744073709551616"),
    ("seed: [1]", "[1]"),
    ("title: [a]", "[a]"), ("params: 3", "3"), ("requires: fashion-mnist", "fashion-mnist"), ("requires: [1]", "[1]"),
    ("executed: perhaps", "perhaps"),
  ])
  func aMistypedKeyIsMarked(yaml: String, value: String) throws {
    let found = faults("---\n\(yaml)\n---\n")
    #expect(found.map(\.code) == ["invalid-front-matter"])
    #expect(found.first?.marked == value)
    #expect(found.first?.line == 2)
  }

  @Test(arguments: ["a: [1", "a: b: c", "- 1", "text", "\ta: 1", "a: *x", "a: 1\na: 2", "{", "&a [*a]", "%"])
  func whatIsNoYAMLIsAnError(yaml: String) {
    #expect(faults("---\n\(yaml)\n---\n").map(\.code) == ["invalid-front-matter"])
  }

  @Test func unclosedFrontMatterIsAnError() {
    let found = faults("---\ntitle: x\n\n# Heading\n")
    #expect(found.map(\.code) == ["unclosed-front-matter"])
  }

  @Test func aRuleFurtherDownIsNoFrontMatter() throws {
    #expect(try notebook("\n---\ntext\n").frontMatter == FrontMatter())
  }

  @Test func anIntegerBeyondSixtyFourBitsIsAnErrorInParametersAlone() throws {
    #expect(faults("---\nparams: {x: 99999999999999999999}\n---\n").map(\.code) == ["invalid-front-matter"])
    #expect(try frontMatter("other: 99999999999999999999").otherKeys == ["other"])
  }

  @Test func deepNestingAndAliasesCannotCrash() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(faults("---\nparams: {x: \(deep)}\n---\n").map(\.code) == ["invalid-front-matter"])
    let nested = String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
    #expect(faults("---\nparams: {x: \(nested)}\n---\n").isEmpty)
    var laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      laughs +=
        "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    #expect(faults("---\n\(laughs)params: {x: *a9}\n---\n").map(\.code) == ["invalid-front-matter"])
  }
}
