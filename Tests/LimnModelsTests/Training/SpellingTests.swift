import Testing

@testable import LimnModels

@Suite("Spelling")
struct SpellingTests {
  @Test("counts edits", arguments: [
    ("kernel", "kernel", 0), ("kernal", "kernel", 1), ("krenel", "kernel", 1), ("kernels", "kernel", 1),
    ("", "abc", 3), ("abc", "", 3), ("ab", "ba", 1),
  ])
  func distance(_ a: String, _ b: String, _ edits: Int) {
    #expect(Spelling.distance(Array(a.utf8), Array(b.utf8)) == edits)
  }

  @Test("finds the nearest name, and none that is far")
  func nearest() {
    #expect(Spelling.nearest(to: "sigmod", among: ["softmax", "sigmoid", "silu"]) == "sigmoid")
    #expect(Spelling.nearest(to: "reul", among: ["gelu", "relu"]) == "relu")
    #expect(Spelling.nearest(to: "tensorflow", among: ["relu", "gelu"]) == nil)
    #expect(Spelling.nearest(to: "", among: []) == nil)
    #expect(Spelling.suggestion(for: "1.kernel", among: ["2.kernel", "1.bias"]) == "did you mean \"2.kernel\"?")
  }
}
