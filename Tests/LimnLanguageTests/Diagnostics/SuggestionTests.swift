import Testing

@testable import LimnLanguage

@Suite struct SuggestionTests {
  private let names = [
    "append", "relu", "leaky_relu", "conv2d", "len", "print", "kernel_size", "batch_norm", "map", "x",
  ]

  @Test(arguments: [
    ("appand", "append"), ("apend", "append"), ("appned", "append"), ("pritn", "print"), ("Relu", "relu"),
    ("leakyrelu", "leaky_relu"),
    ("leakyReLU", "leaky_relu"), ("conv2D", "conv2d"), ("kernelSize", "kernel_size"), ("lenn", "len"),
    ("batchnorm", "batch_norm"),
  ])
  func misspeltNamesFindTheirNearest(_ word: String, _ name: String) {
    #expect(Suggestion.closest(to: word, among: names) == name)
  }

  @Test(arguments: ["transformer", "y", "ab", "", "append", "zzz"])
  func otherNamesFindNothing(_ word: String) { #expect(Suggestion.closest(to: word, among: names) == nil) }

  /// Distances by hand.
  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
  ])
  func distanceIsDamerausAndLevenshteins(_ left: String, _ right: String, _ distance: Int) {
    #expect(Suggestion.editDistance(Array(left), Array(right)) == distance)
  }

  @Test func otherLanguagesNamesHaveCounterparts() {
    #expect(Suggestion.counterpart(of: "None") == "nil")
    #expect(Suggestion.counterpart(of: "True") == "true")
    #expect(Suggestion.counterpart(of: "limn") == nil)
  }
}
