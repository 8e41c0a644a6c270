import LimnImage
import LimnRuntime
import Testing

@Suite struct SessionTests {
  @Test func showGivesPicturesAndText() throws {
    let session = try TestSession()
    try session.run("show(zeros(4, 6, 1))\nshow(grid(zeros(2, 4, 4, 3)), id: \"g\")\nshow([1, 2])\nshow(zeros(2, 2))")
    let shown = session.displayed
    #expect(shown.count == 4)
    if case .picture(let image) = shown[0].display {
      #expect(image.width == 6 && image.height == 4)
    } else {
      Issue.record("no picture")
    }
    if case .picture = shown[1].display { #expect(shown[1].id == "g") } else { Issue.record("no picture") }
    if case .text(let text) = shown[2].display { #expect(text == "[1, 2]") } else { Issue.record("no text") }
    if case .text(let text) = shown[3].display {
      #expect(text.hasPrefix("tensor [2, 2]"))
    } else {
      Issue.record("no text")
    }
  }

  @Test func progressReportsTurnsAndItsEnd() throws {
    let session = try TestSession()
    try session.run(
      "for i in progress(1...3, label: \"turns\") { }\nfor i in progress([1, 2, 3]) { if i == 2 { break } }")
    let text = session.progress.map { event in
      switch event {
      case .began(_, let label, let total): "began \(label ?? "-") \(total ?? -1)"
      case .advanced(_, let count, _): "\(count)"
      case .ended(_, let count): "ended \(count)"
      }
    }
    #expect(text == ["began turns 3", "1", "2", "3", "ended 3", "began - 3", "1", "ended 1"])
  }

  @Test func aPNGMadeHereReadsBackTheSame() throws {
    let session = try TestSession()
    try session.run("let x = arange(64).reshape(8, 8, 1) / 255\nsave_png(\"x.png\", x)")
    #expect(try session.run("close(read_png(\"x.png\"), x, absolute: 1e-6)") == "true")
    #expect(try session.run("read_images(\".\", size: 4).shape") == "[1, 4, 4, 3]")
  }

  @Test func aNaNInAPictureIsAnError() throws {
    #expect(try TestSession().failure(of: "show(full([2, 2, 1], nan))")?.code == "not-finite")
  }

  @Test func sessionsShareNoState() throws {
    let (a, b) = (try TestSession(seed: 1), try TestSession(seed: 1))
    try a.run("let only_here = 1\nrandn(5)")
    #expect(b.failure(of: "only_here")?.code == "unknown-name")
    let first = try TestSession(seed: 1).run("randn(2)")
    #expect(try b.run("randn(2)") == first)
  }

  /// The error that a newcomer sees first, whole.
  @Test func aShapeErrorNamesBothShapesAndTheAxis() throws {
    #expect(
      try TestSession().failureText(of: "let x = zeros(2, 3) @ zeros(2, 3)") == """
        error[shape-mismatch]: matrix product of [2, 3] and [2, 3]: the left's last axis is 3, the right's
          second to last is 2
         --> test.limn, line 1
          |
        1 | let x = zeros(2, 3) @ zeros(2, 3)
          |         ^^^^^^^^^^^ this is [2, 3]
          |                       ----------- this is [2, 3]
        help: transpose the right one: a @ b.transpose()
        """)
  }
}
