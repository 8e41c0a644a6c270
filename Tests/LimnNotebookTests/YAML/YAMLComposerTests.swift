import Testing

@testable import LimnNotebook

@Suite struct YAMLComposerTests {
  /// The nodes of a text as one line: plain scalars as they are, strings in quotes.
  private func composed(_ text: String) throws -> String? {
    func words(_ node: YAMLNode) -> String {
      switch node.content {
      case .scalar(let scalar): scalar.isString ? "'\(scalar.text)'" : scalar.text
      case .list(let parts): "[\(parts.map(words).joined(separator: ", "))]"
      case .map(let pairs): "{\(pairs.map { "\(words($0.key)): \(words($0.value))" }.joined(separator: ", "))}"
      }
    }
    return try YAMLComposer.root(of: text).map(words)
  }

  private func failure(_ text: String) throws -> YAMLComposer.Failure? {
    do {
      _ = try YAMLComposer.root(of: text)
      return nil
    } catch let failure as YAMLComposer.Failure {
      return failure
    }
  }

  @Test(arguments: [
    ("a: 1\nb:\n- x\n- [2, 'y']\n", "{a: 1, b: [x, [2, 'y']]}"), ("{a: \"1\", b: !!str 2}", "{a: '1', b: '2'}"),
    ("a: |\n  x\n  y\n", "{a: 'x\ny\n'}"), ("? [1]\n: 2", "{[1]: 2}"), ("a: é\n", "{a: é}"),
    ("- &x [1, 2]\n- *x\n- &x 3\n- *x\n", "[[1, 2], [1, 2], 3, 3]"),
  ])
  func partsAreComposed(text: String, nodes: String) throws {
    #expect(try composed(text) == nodes)
  }

  @Test(arguments: ["", "# nothing", "\n\n"])
  func aTextWithoutADocumentHasNoRoot(text: String) throws {
    #expect(try YAMLComposer.root(of: text) == nil)
  }

  @Test(arguments: [
    ("a: é: b", 1, 5), ("a: [1", 2, 1), ("a: *x", 1, 4), ("a: 1\nb: 2\na: 3\n", 1, 1), ("1\n---\n2\n", 2, 1),
  ])
  func faultsHavePlaces(text: String, line: Int, column: Int) throws {
    #expect(try failure(text)?.place == YAMLNode.Place(line: line, column: column))
  }

  @Test func everyNameGivenTwiceIsNamed() throws {
    #expect(try failure("{b: 1, a: 2, c: 3, a: 4, b: 5}")?.message == "gives `a`, `b` twice")
  }

  @Test func deepNestingIsAnErrorAndNoOverflow() throws {
    #expect(try composed(String(repeating: "[", count: 200) + String(repeating: "]", count: 200)) != nil)
    for opening in ["[", "- "] {
      #expect(try failure(String(repeating: opening, count: 5_000)) != nil)
    }
  }
}
