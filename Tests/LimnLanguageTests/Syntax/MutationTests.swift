import LimnTestSupport
import Testing

@testable import LimnLanguage

/// Valid programs are damaged at random, always in the same way: nothing that a user can type crashes or hangs the parser.
@Suite struct MutationTests {
  private static let programs = [
    "let a, b = f(1, x: 2), {k: [1, 2.5e-3], \"s\": nil}\nfor k, v in m { if a < b { break } else { continue } }",
    "type T(n = 1) {\n  var f = 2\n  fn call(x) { x |> f(-1) |> (g >> h) }\n}\ntest \"t\" { assert T(1)(2) == 3, \"no\" }",
    "let s = \"a \\(x[1:2]:.3f) \\(\"in \\(f { 1 })\") \\u{1F3A8}\"\nlet m = \"\"\"\n  one \\(y)\n    two\n  \"\"\"",
    "fn f(a, b = 2, ...rest) {\n  try { return a ** -b, rest } catch e { throw e }\n}\nimport gan as g\nfrom data import a, b",
    "let r = (0..<10).step(2)\nlet h = (a, b) => a @ b | ~c\nwhile not x in xs and y != 1 { x[..., 0, :] = 'a' # c\n}",
  ]
  private static let fragments = [
    "(", ")", "[", "]", "{", "}", "\"", "\"\"\"", "\\(", "\\", "\n", " ", "=", "=>", "|>", ">>", ":", ";", ",", ".",
    "...", "..<", "-", "**", "let ",
    "fn ", "if ", "else ", "try ", "catch ", "type ", "for ", "in ", "not ", "return ", "import ", "test ", "0x", "1.",
    "1e", "é", "🎨", "\0", "#", "##",
    "'", "&&", "+=", "\r\n", "\u{A0}", "_", "99999999999999999999",
  ]

  @Test(arguments: 0..<40)
  func damagedProgramsGiveErrorsOrTreesAndNothingElse(_ seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let renderer = DiagnosticRenderer(width: 60)
    for _ in 0..<100 {
      var bytes = Array(Self.programs[random.below(Self.programs.count)].utf8)
      for _ in 0...random.below(6) { Self.damage(&bytes, &random) }
      let source = Source(name: "damaged", text: String(decoding: bytes, as: UTF8.self))
      let diagnostics = Parser.parse(source).diagnostics
      #expect(diagnostics.count <= Parser.maximumErrors + 20)
      for diagnostic in diagnostics {
        let span = diagnostic.primary?.span ?? Span(0, 0)
        #expect(span.start >= 0 && span.start <= span.end && span.end <= source.bytes.count)
        #expect(renderer.render(diagnostic).hasPrefix("error["))
      }
      if diagnostics.isEmpty { #expect(!dump(source.text).contains("<invalid>")) }
      _ = Parser.completeness(of: source.text)
    }
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    let place = random.below(bytes.count + 1)
    switch random.below(4) {
    case 0: bytes.insert(contentsOf: Array(fragments[random.below(fragments.count)].utf8), at: place)
    case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
    case 2:
      let other = Array(programs[random.below(programs.count)].utf8)
      let start = random.below(other.count)
      bytes.insert(contentsOf: other[start..<min(other.count, start + random.below(30))], at: place)
    default: bytes.removeSubrange(place...)
    }
  }
}
