import LimnRuntime
import Testing

@testable import LimnNotebook

@Suite struct RenderedNotebookTests {
  private func render(_ text: String, _ outputs: [CellOutputs]) throws -> String {
    String(decoding: RenderedNotebook.bytes(of: try notebook(text), outputs: outputs), as: UTF8.self)
  }

  /// What stands behind the front matter that rendering adds.
  private func body(_ text: String, _ outputs: [CellOutputs]) throws -> String {
    let rendered = try render(text, outputs)
    let head = "---\nexecuted: true\n---\n"
    #expect(rendered.hasPrefix(head))
    return String(rendered.dropFirst(head.count))
  }

  private func text(_ texts: String...) -> CellOutputs {
    var outputs = CellOutputs()
    for text in texts { outputs.add(text: text) }
    return outputs
  }

  private func picture(_ file: String, id: String? = nil, digest: String = "0") -> Picture {
    Picture(file: file, displayID: id, width: 1, height: 1, digest: digest, png: [1])
  }

  private func withPicture(_ file: String) -> CellOutputs {
    var outputs = CellOutputs()
    outputs.add(picture(file))
    return outputs
  }

  @Test func textStandsInAnOutputFenceBehindItsCell() throws {
    #expect(
      try body("a\n\n```limn\n1\n```\n\nb\n", [text("one\n", "two\n")])
        == "a\n\n```limn\n1\n```\n\n```output\none\ntwo\n```\n\nb\n")
  }

  @Test func aCellWithoutOutputsIsLeftAlone() throws {
    #expect(try body("a\n\n```limn\n1\n```\nb", [CellOutputs()]) == "a\n\n```limn\n1\n```\nb")
  }

  @Test func aFenceGrowsWithTheBackticksInItsText() throws {
    #expect(try body("```limn\n1\n```\n", [text("a ```` b\n")]) == "```limn\n1\n```\n\n`````output\na ```` b\n`````\n")
  }

  @Test func aFenceEndsItsLastLine() throws {
    #expect(try body("```limn\n1\n```", [text("x")]) == "```limn\n1\n```\n\n```output\nx\n```\n")
  }

  @Test func picturesAreLinkedBetweenTexts() throws {
    var outputs = text("a\n")
    outputs.add(picture("images/p-1.png"))
    outputs.add(text: "b\n")
    #expect(
      try body("```limn\n1\n```\n", [outputs])
        == "```limn\n1\n```\n\n```output\na\n```\n\n![p-1](images/p-1.png)\n\n```output\nb\n```\n")
  }

  @Test func aBlankLineKeepsOutputAndProseApart() throws {
    #expect(
      try body("```limn\n1\n```\nprose\n", [withPicture("images/p-1.png")])
        == "```limn\n1\n```\n\n![p-1](images/p-1.png)\n\nprose\n")
    #expect(
      try body("```limn\n1\n```\n```limn\n2\n```\n", [text("x\n"), text("y\n")])
        == "```limn\n1\n```\n\n```output\nx\n```\n\n```limn\n2\n```\n\n```output\ny\n```\n")
  }

  @Test func aCaptionDescribesPicturesAndStandsBelow() throws {
    #expect(
      try body("```limn\n#| caption: Loss [by] *step*\n```\n", [withPicture("images/p-1.png")]).hasSuffix(
        "![Loss \\[by\\] \\*step\\*](images/p-1.png)\n\n*Loss \\[by\\] \\*step\\**\n"))
  }

  @Test func hiddenCodeIsLeftOut() throws {
    #expect(try body("a\n\n```limn\n#| hide: code\n1\n```\n\nb\n", [text("x\n")]) == "a\n\n```output\nx\n```\n\nb\n")
  }

  @Test func hiddenOutputIsLeftOut() throws {
    #expect(try body("```limn\n#| hide: output\n```\nb\n", [text("x\n")]) == "```limn\n#| hide: output\n```\nb\n")
  }

  @Test func whatIsHiddenAltogetherLeavesNothing() throws {
    #expect(try body("a\n\n```limn\n#| hide: all\n```\n\nb\n", [text("x\n")]) == "a\n\n\nb\n")
  }

  @Test func anErrorIsShownEvenWhereOutputIsHidden() throws {
    var outputs = text("x\n")
    outputs.add(error: "error[a]: b")
    #expect(try body("```limn\n#| hide: all\n```\n", [outputs]) == "\n```output\nerror[a]: b\n```\n")
  }

  @Test(arguments: [
    ("---\ntitle: x\n---\n", "---\ntitle: x\nexecuted: true\n---\n"),
    ("---\n---\n", "---\nexecuted: true\n---\n"),
    (
      "---\ntitle: x\nexecuted: false # not yet\nseed: 1\n---\n",
      "---\ntitle: x\nexecuted: true # not yet\nseed: 1\n---\n"
    ),
    ("---\n  title: x\n  seed: 1\n---\n", "---\n  title: x\n  seed: 1\n  executed: true\n---\n"),
    ("---\n{title: x}\n---\n", "---\n{executed: true, title: x}\n---\n"),
    ("---\n{}\n---\n", "---\nexecuted: true\n---\n"),
    ("---\r\ntitle: x\r\n---\r\n", "---\r\ntitle: x\r\nexecuted: true\r\n---\r\n"),
    ("---\ntitle: |\n  x\n...\n", "---\ntitle: |\n  x\nexecuted: true\n...\n"),
    ("\u{FEFF}text\n", "\u{FEFF}---\nexecuted: true\n---\ntext\n"),
    ("\u{FEFF}---\ntitle: x\n---\ntext\n", "\u{FEFF}---\ntitle: x\nexecuted: true\n---\ntext\n"),
  ])
  func theFrontMatterSaysThatItIsExecuted(text: String, rendered: String) throws {
    #expect(try render(text, []) == rendered)
    #expect(try notebook(rendered).frontMatter.isExecuted)
  }

  @Test func aLoopLeavesItsLastCountAndMessage() throws {
    var outputs = CellOutputs()
    outputs.follow(.began(id: 1, label: "train", total: 3))
    for count in 1...3 { outputs.follow(.advanced(id: 1, count: count, message: "loss 0.\(count)")) }
    outputs.follow(.ended(id: 1, count: 3))
    outputs.add(text: "done\n")
    #expect(try body("```limn\n```\n", [outputs]) == "```limn\n```\n\n```output\ntrain 3/3, loss 0.3\ndone\n```\n")
  }

  @Test func loopsInALoopLeaveOneLine() {
    var outputs = CellOutputs()
    outputs.follow(.began(id: 1, label: "epoch", total: 2))
    for epoch in 1...2 {
      outputs.follow(.began(id: 1 + epoch, label: "batch", total: 10))
      outputs.follow(.advanced(id: 1 + epoch, count: 5 * epoch, message: nil))
      outputs.follow(.ended(id: 1 + epoch, count: 5 * epoch))
      outputs.follow(.advanced(id: 1, count: epoch, message: nil))
    }
    outputs.follow(.ended(id: 1, count: 2))
    let lines = outputs.items.compactMap { if case .progress(let bar) = $0 { bar.summary } else { nil } }
    #expect(lines == ["epoch 2/2", "batch 10/10"])
  }

  @Test func aPictureTakesThePlaceOfTheLastWithItsId() {
    var outputs = CellOutputs()
    outputs.add(picture("images/a-1.png", id: "x", digest: "1"))
    outputs.add(text: "t\n")
    outputs.add(picture("images/a-2.png", id: "x", digest: "2"))
    outputs.replace(with: picture("images/a-2.png", id: "x", digest: "3"))
    #expect(outputs.pictures.map(\.digest) == ["1", "3"])
    #expect(outputs.pictureCount == 2)
  }

  @Test func aResultBeginsItsOwnLine() {
    var outputs = CellOutputs()
    outputs.add(text: "no break")
    outputs.add(lines: "42")
    #expect(outputs.items.map(\.shownText) == ["no break\n42\n"])
  }
}

extension CellOutputs.Item {
  /// The text of an item; nil of a picture.
  var shownText: String? {
    switch self {
    case .text(let text), .error(let text): text
    case .progress(let bar): bar.summary
    case .picture: nil
    }
  }
}
