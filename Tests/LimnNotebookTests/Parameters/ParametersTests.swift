import LimnLanguage
import Testing

@testable import LimnNotebook

@Suite struct ParametersTests {
  private func parameters() throws -> Parameters {
    Parameters(
      try notebook(
        """
        ---
        params:
          epochs: 5
          rate: 0.1
          name: "a"
          fast: false
          sizes: [1, 2]
          extra: {a: 1}
          anything:
        ---
        """))
  }

  private func replaced(_ argument: String) throws -> Parameters {
    var parameters = try parameters()
    try parameters.replace(argument: argument)
    return parameters
  }

  private func fault(_ argument: String) throws -> Diagnostic {
    try #require(faults { _ = try replaced(argument) }.first)
  }

  @Test func withoutArgumentsTheyAreTheFrontMatters() throws {
    #expect(try parameters()["epochs"] == .int(5))
    #expect(try parameters().entries.map(\.key) == ["epochs", "rate", "name", "fast", "sizes", "extra", "anything"])
  }

  @Test(arguments: [
    ("epochs=20", "epochs", YAMLValue.int(20)), ("epochs=-1", "epochs", .int(-1)), ("rate=1e-4", "rate", .float(1e-4)),
    ("fast=true", "fast", .bool(true)), ("sizes=[3, 4.5]", "sizes", .list([.int(3), .float(4.5)])),
    ("sizes=[]", "sizes", .list([])),
    ("extra={b: [x]}", "extra", .map([.init(key: "b", value: .list([.string("x")]))])),
    ("name=b c", "name", .string("b c")),
    ("name='x'", "name", .string("x")), ("name=a=b", "name", .string("a=b")), ("name=", "name", .string("")),
    ("anything=3", "anything", .int(3)), ("anything=", "anything", .null),
  ])
  func anArgumentReplacesOne(argument: String, name: String, value: YAMLValue) throws {
    #expect(try replaced(argument)[name] == value)
  }

  @Test func anIntBecomesAFloat() throws {
    #expect(try replaced("rate=1")["rate"] == .float(1))
    #expect(try replaced("epochs=2.5")["epochs"] == .float(2.5))
  }

  @Test func aNumberServesAsAString() throws {
    #expect(try replaced("name=007")["name"] == .string("007"))
    #expect(try replaced("name=true")["name"] == .string("true"))
  }

  @Test(arguments: [
    "epochs=abc", "epochs=true", "epochs='5'", "epochs=[1]", "epochs=", "rate=x", "fast=1", "fast=yes", "sizes=3",
    "extra=[1]", "name=[a]",
  ])
  func anotherTypeIsAnError(argument: String) throws {
    #expect(try fault(argument).code == "parameter-type")
  }

  @Test func anUnknownNameIsAnErrorWithDidYouMean() throws {
    let fault = try fault("epohcs=3")
    #expect(fault.code == "unknown-parameter")
    #expect(fault.marked == "epohcs")
    #expect(fault.help == "did you mean `epochs`?")
  }

  @Test func aNotebookWithoutParametersSaysSo() throws {
    var none = Parameters(try notebook("text"))
    let found = faults { try none.replace(argument: "x=1") }
    #expect(found.first?.help == "its front matter has no params")
  }

  @Test(arguments: ["epochs", "=3", ""])
  func anArgumentWithoutNameAndValueIsAnError(argument: String) throws {
    #expect(try fault(argument).code == "invalid-parameter")
  }

  @Test(arguments: ["sizes=[1", "epochs=*a", "epochs=99999999999999999999", "sizes=[1]\n---\n2", "extra={? [a] : 1}"])
  func whatIsNoYAMLValueIsAnError(argument: String) throws {
    #expect(try fault(argument).code == "invalid-parameter")
  }

  @Test func everyErrorIsWrongUsage() throws {
    #expect(throws: UsageError.self) { try self.replaced("epochs=abc") }
    #expect(throws: UsageError.self) { try self.replaced("sizes=[1") }
  }

  @Test func aFileReplacesSeveral() throws {
    var parameters = try parameters()
    try parameters.replace(file: Array("epochs: 9\nrate: 2\n".utf8), name: "fast.yaml")
    #expect(parameters["epochs"] == .int(9))
    #expect(parameters["rate"] == .float(2))
  }

  @Test func aFilesFaultIsMarkedInTheFile() throws {
    var parameters = try parameters()
    let found = faults { try parameters.replace(file: Array("rate: 2\nepochs: soon\n".utf8), name: "fast.yaml") }
    #expect(found.map(\.code) == ["parameter-type"])
    #expect(found.first?.primary?.source.name == "fast.yaml")
    #expect(found.first?.marked == "soon")
    #expect(found.first?.line == 2)
  }
}
